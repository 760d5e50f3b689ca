"""The day that a sentence tells, counted from Wednesday 2015-07-22."""

import datetime as dt

import pytest

from indexer.events.event_dates import day_told
from indexer.facets.part import AnnotatedPart
from indexer.text import default_analyzer

DAY = dt.date(2015, 7, 22)


def told(text: str, *, planned: bool = False, day: dt.date | None = DAY) -> str:
    part = AnnotatedPart.of("body", text, default_analyzer().analyze(text))
    return day_told(part, range(len(part.words)), 0, day, planned)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("التقاه اليوم", "2015-07-22"),
        ("التقاه أمس", "2015-07-21"),
        ("التقاه أمس الأول", "2015-07-20"),
        ("التقاه أول من أمس", "2015-07-20"),
        ("التقاه الليلة الماضية", "2015-07-21"),
        ("التقاه يوم الأربعاء", "2015-07-22"),
        ("التقاه الخميس", "2015-07-16"),
        ("التقاه الأربعاء الماضي", "2015-07-15"),
        ("التقاه في 14 يوليو", "2015-07-14"),
        ("التقاه في 14 يوليو/تموز", "2015-07-14"),
        ("التقاه في ٣ مارس ٢٠١٤", "2014-03-03"),
        ("التقاه في 14 ديسمبر", "2014-12-14"),
        ("التقاه في مايو الماضي", "2015-05"),
        ("التقاه في سبتمبر الماضي", "2014-09"),
        ("التقاه في مارس 2010", "2010-03"),
        ("التقاه الشهر الماضي", "2015-06"),
        ("التقاه الأسبوع الماضي", "2015-07"),
        ("التقاه في 10 رمضان 1436", "2015-06-27"),
        ("التقاه في اليوم الأول من المؤتمر", ""),
        ("التقاه في 31 فبراير", ""),
        ("التقاه مرارا", ""),
    ],
)
def test_what_is_done_was_on_this_day(text: str, day: str) -> None:
    assert told(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("سيلتقيه غدا", "2015-07-23"),
        ("سيلتقيه بعد غد", "2015-07-24"),
        ("سيلتقيه الخميس", "2015-07-23"),
        ("سيلتقيه الثلاثاء المقبل", "2015-07-28"),
        ("سيلتقيه في 3 أغسطس", "2015-08-03"),
        ("سيلتقيه في 3 مارس", "2016-03-03"),
        ("سيلتقيه في يناير المقبل", "2016-01"),
    ],
)
def test_what_is_planned_is_on_this_day(text: str, day: str) -> None:
    assert told(text, planned=True) == day


def test_what_is_done_is_not_to_come() -> None:
    assert told("التقاه قبل قمة تعقد في 3 أغسطس") == ""


def test_of_two_days_the_nearer_one_counts() -> None:
    assert told("التقاه أمس بعد اتفاق 14 يوليو") == "2015-07-21"


def test_an_article_without_date_tells_no_day() -> None:
    assert told("التقاه أمس", day=None) == ""
