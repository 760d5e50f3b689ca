"""Dates in the forms of the Arabic press; the table can be reviewed without Python."""

import datetime as dt
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.cleaning import dates
from source_tables import read_rows

CASES = read_rows("dates.tsv")
READERS = {"line": dates.alone, "metadata": dates.metadata, "url": dates.in_url}
DAYS = st.dates(dt.date(1980, 1, 1), dt.date(2049, 12, 31))
MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]


@pytest.mark.parametrize(("printed", "expected", "where"), CASES)
def test_a_date_is_read_where_one_is_stated(printed, expected, where):
    found = READERS[where](printed)
    assert (found.isoformat() if found else "-") == expected


def test_the_table_is_as_long_as_promised():
    assert len({printed for printed, *_ in CASES}) >= 120


@given(DAYS)
def test_every_day_is_read_back_from_its_name(day):
    assert dates.alone(f"{day.day} {MONTHS[day.month - 1]} {day.year}") == day


@given(DAYS)
def test_every_day_is_read_back_from_metadata(day):
    assert dates.metadata(f"{day:%Y-%m-%d}T10:00:00+03:00") == day


@given(st.text(max_size=60))
def test_no_line_breaks_the_reader(line):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dates.alone(line)
        dates.metadata(line)
        dates.in_url(line)


def test_a_weekday_alone_needs_an_anchor():
    told = "التقى الوزير، اليوم الأربعاء، نظيره."
    assert dates.relative(told, dt.date(2021, 6, 10)) == dt.date(2021, 6, 9)
    assert dates.relative(told, dt.date(2021, 6, 9)) == dt.date(2021, 6, 9)


def test_a_weekday_that_is_not_today_is_no_date():
    assert dates.relative("يلتقي الوزير الأربعاء نظيره.", dt.date(2021, 6, 10)) is None
