"""Datelines and bylines; the tables can be reviewed without Python."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.cleaning.datelines import inline_source, read_author, read_dateline
from indexer.sources.cleaning.outlets import outlets
from source_tables import read_rows

ROWS = read_rows("datelines.tsv")
SAID = [row for row in ROWS if len(row) == 4]
STORY = [row[0] for row in ROWS if len(row) == 2]


@pytest.mark.parametrize(("line", "source", "author", "place"), SAID)
def test_a_dateline_says_who_reports_from_where(line, source, author, place):
    dateline = read_dateline(line)
    assert dateline is not None
    found = [dateline.source, dateline.author, dateline.place]
    assert [name or "-" for name in found] == [source, author, place]


@pytest.mark.parametrize("line", STORY)
def test_a_line_of_a_story_is_no_dateline(line):
    assert read_dateline(line) is None


@pytest.mark.parametrize(("field", "person"), read_rows("authors.tsv"))
def test_the_person_is_taken_from_a_field_for_authors(field, person):
    assert (read_author(field) or "-") == person


@pytest.mark.parametrize(
    ("paragraph", "source"),
    [
        ("لندن (رويترز) - قالت وزيرة الخارجية إن المحادثات ستستمر.", "رويترز"),
        ("بيروت - (أ ف ب) - وصل الرئيس إلى العاصمة اللبنانية.", "فرانس برس"),
        ("القاهرة - 10 يونيو 2021 (رويترز) - قال الوزير.", "رويترز"),
        ("قال الرئيس - وهو يزور بروكسل - إن رويترز نقلت عنه.", None),
        ("أعلن الوزير أن وكالة رويترز نقلت الخبر.", None),
    ],
)
def test_an_agency_before_the_first_words_is_the_source(paragraph, source):
    assert inline_source(paragraph) == source


@given(st.text(max_size=90))
def test_no_line_breaks_the_reader(line):
    read_dateline(line)
    read_author(line)
    inline_source(line)


def test_the_table_of_outlets_is_as_long_as_promised():
    assert len(outlets().all) >= 150


@pytest.mark.parametrize(
    "name", ["الأناضول", "وكالة الأناضول", "وكالة أنباء الأناضول", "aa.com.tr"]
)
def test_an_outlet_has_many_names(name):
    assert outlets().named(name) is outlets().of_url("https://www.aa.com.tr/ar/2269823")


def test_an_address_names_its_outlet_below_any_prefix():
    assert outlets().of_url("http://arabic.rt.com/news/1").name == "آر تي عربي"
    assert outlets().of_url("http://[broken") is None
    assert outlets().of_url("https://notaa.com.tr.example.org/") is None
