"""Reading what is asked of events gives back what was written, and never fails."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.model import Filter, SearchRequest
from indexer.search.event_search import EventRequest, PartyId
from webui.event_params import MAX_CHOSEN, dump, read

ASKED = EventRequest(
    types=("visit", "call"),
    statuses=("planned", "called-for"),
    parties=(PartyId("people", "Q1"), PartyId("organisations", "UN:1")),
    countries=("EG", "FR"),
    places=("القاهرة",),
    actors=("EG",),
    targets=("FR",),
    since=dt.date(2021, 6, 9),
    until=dt.date(2021, 7, 1),
    sort="sources",
    page=3,
    size=50,
)
SEARCH = SearchRequest(q="سفير", filters=frozenset({Filter("countries", "EG")}), copies=True)


@pytest.mark.parametrize("search", [SearchRequest(), SEARCH])
@pytest.mark.parametrize("asked", [EventRequest(), ASKED])
def test_what_is_written_is_read_back(search, asked):
    assert read(MultiDict(dump(search, asked))) == (search, asked, ())


def test_order_and_page_are_those_of_the_events():
    search, asked, notes = read(MultiDict({"sort": "sources", "page": "4", "size": "25"}))
    assert search == SearchRequest()
    assert (asked.sort, asked.page, asked.size, notes) == ("sources", 4, 25, ())


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("type", "coup"),
        ("status", "true"),
        ("party", "Q1"),
        ("party", "topics:war"),
        ("country", "egypt"),
        ("actor", "E"),
        ("since", "2021-02-30"),
        ("sort", "loudest"),
        ("page", "-1"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(name, written):
    search, asked, notes = read(MultiDict([(name, written)]))
    assert (search, asked) == (SearchRequest(), EventRequest())
    assert [note[:2] for note in notes] == [(name, "ignored")]


def test_a_stretch_of_time_that_ends_before_it_begins_is_said():
    _, _, notes = read(MultiDict({"since": "2021-07-01", "until": "2021-06-01"}))
    assert [note[:2] for note in notes] == [("until", "range")]


def test_nobody_chooses_thousands():
    _, asked, notes = read(MultiDict([("place", str(n)) for n in range(5000)]))
    assert len(asked.places) == MAX_CHOSEN
    assert [note[:2] for note in notes] == [("filters", "cut")]


@given(st.dictionaries(st.sampled_from(["type", "party", "place", "since", "page"]), st.text()))
def test_any_text_is_read(args):
    search, asked, _ = read(MultiDict(args))
    assert read(MultiDict(dump(search, asked)))[:2] == (search, asked)
