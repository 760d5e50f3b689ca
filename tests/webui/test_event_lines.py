"""The line that tells an event: made of its slots, in the language of the page."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from indexer.search.event_search import EventPage, EventRequest, FoundEvent, FoundParty
from indexer.search.results import SearchRequest
from webui.event_lines import event_line, event_text, type_name
from webui.event_links import EventLinks
from webui.pictures.timeline import events_over_time

KERRY = FoundParty(
    *("a", "people", "Q1", "جون كيري", "John Kerry", "وزير الخارجية", "Foreign minister"),
    *("US", "الولايات المتحدة", "United States"),
)
EGYPT = FoundParty("b", "countries", "EG", "", "", "", "", "EG", "مصر", "Egypt")
KING = replace(EGYPT, facet="", id="", role="ملك مصر", role_en="King of Egypt")
NAMELESS = FoundParty("b", name="السفير")
EVENT = FoundEvent(
    *("e", "meeting", "fact", "2015-07-07", "2015-07-07", "فيينا", "Vienna"),
    (KERRY, EGYPT),
    1,
    1,
    1,
)


@pytest.fixture(params=["en"])
def lang(app: Flask, request: pytest.FixtureRequest) -> Iterator[str]:
    with app.test_request_context(f"/?lang={request.param}"):
        yield request.param


LINES = {
    "as a sentence": (EVENT, "John Kerry (United States) met Egypt, Vienna, 7 July 2015"),
    "over days": (
        replace(EVENT, last="2015-07-09"),
        "John Kerry (United States) met Egypt, Vienna, 7–9 July 2015",
    ),
    "over months": (
        replace(EVENT, last="2015-08-01", place="", place_en=""),
        "John Kerry (United States) met Egypt, 7 July 2015 – 1 August 2015",
    ),
    "in a month": (
        replace(EVENT, first="2015-07", last="2015-07"),
        "John Kerry (United States) met Egypt, Vienna, July 2015",
    ),
    "of no day": (
        replace(EVENT, first="", last=""),
        "John Kerry (United States) met Egypt, Vienna",
    ),
    "of one side": (
        replace(EVENT, type="vote", parties=(KERRY,), place="", place_en="", first="", last=""),
        "Vote: John Kerry (United States)",
    ),
    "of nobody": (replace(EVENT, parties=(), place=""), "Meeting, Vienna, 7 July 2015"),
    "not done": (
        replace(EVENT, status="denied"),
        "Meeting (denied): John Kerry (United States) – Egypt, Vienna, 7 July 2015",
    ),
    "of an office": (
        replace(EVENT, parties=(KERRY, KING), place="", place_en="", first="", last=""),
        "John Kerry (United States) met King of Egypt",
    ),
    "of many": (
        replace(EVENT, parties=(KERRY, *[EGYPT] * 6), place="", place_en="", first="", last=""),
        "John Kerry (United States) met Egypt, Egypt, Egypt and 3 other parties",
    ),
    "in Arabic letters only": (
        replace(EVENT, parties=(KERRY, NAMELESS), place_en="", first="", last=""),
        "John Kerry (United States) met السفير, فيينا",
    ),
    "of a type that is gone": (
        replace(EVENT, type="<b>", place="", place_en="", first="", last=""),
        "<b>: John Kerry (United States) – Egypt",
    ),
}


@pytest.mark.parametrize(("event", "line"), LINES.values(), ids=LINES)
def test_an_event_is_told(lang, event, line):
    assert event_text(event) == line


def test_names_are_marked_and_nothing_else_is_markup(lang):
    line = event_line(replace(EVENT, type="<i>", parties=(NAMELESS,), place_en="<b>"))
    assert '<bdi lang="ar" dir="rtl">السفير</bdi>' in line
    assert "<i>" not in line
    assert "<b>" not in line


@pytest.mark.parametrize("lang", ["ar"], indirect=True)
def test_in_arabic_and_joins_the_last_name(lang):
    event = replace(EVENT, parties=(KERRY, EGYPT, replace(EGYPT, country_name="قطر")))
    line = "لقاء بين جون كيري (الولايات المتحدة) ومصر وقطر، فيينا، 7 يوليو 2015"
    assert event_text(event) == line
    assert type_name("visit") == "زيارة"


def months(**counts: int) -> EventPage:
    given = tuple((name[1:].replace("_", "-"), count) for name, count in counts.items())
    return EventPage(SearchRequest(), EventRequest(), months=given)


def test_the_few_events_of_long_ago_stand_beside_the_timeline(lang):
    page = months(m1968_06=1, m2012_01=2, m2015_07=50, m2015_08=60)
    found = events_over_time(page, EventLinks(), lang)
    assert [bar.period for bar in found.bars] == ["2015-07", "2015-08"]
    assert found.earlier == 3
    assert found.earlier_address == "/events?until=2015-06-30"


def test_many_events_of_long_ago_are_drawn(lang):
    found = events_over_time(months(m1968_06=30, m2015_07=50), EventLinks(), lang)
    assert [bar.period for bar in found.bars] == ["1968", "2015"]
    assert found.earlier == 0


def test_events_of_one_month_make_no_timeline(lang):
    assert events_over_time(months(m2015_07=50), EventLinks(), lang) is None
    assert events_over_time(months(), EventLinks(), lang) is None


def test_a_bar_is_chosen_by_the_days_that_are_asked_for(lang):
    page = months(m2015_06=5, m2015_07=5)
    page = replace(page, asked=EventRequest(since=dt.date(2015, 7, 3)))
    assert [bar.chosen for bar in events_over_time(page, EventLinks(), lang).bars] == [False, True]
