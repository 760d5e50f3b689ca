import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.model import MAX_PAGE_SIZE, Filter, SearchRequest
from indexer.schema import EXTRACTED, FACET_IDS
from webui.params import MAX_FILTERS, MAX_QUERY, SORTS, Note, clean, dump, parse, read

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
NAMES = st.sampled_from(
    ("q", *FACET_IDS, "any", "from", "to", "sort", "page", "size", "meaning", "lang", "planets")
)
PRINTED = TEXT.map(clean)
REQUESTS = st.builds(
    SearchRequest,
    q=PRINTED,
    filters=st.frozensets(
        st.builds(
            Filter,
            st.sampled_from(FACET_IDS),
            PRINTED.filter(bool),
            st.booleans(),
            st.just(False),
        ),
        max_size=8,
    ),
    date_from=st.none() | st.dates(),
    date_to=st.none() | st.dates(),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 1000),
    size=st.integers(1, MAX_PAGE_SIZE),
    copies=st.booleans(),
    full=st.booleans(),
    meaning=st.booleans(),
    any_of=st.frozensets(st.sampled_from(EXTRACTED)),
)


@given(REQUESTS)
def test_a_request_written_and_read_back_is_equal(request):
    assert parse(MultiDict(dump(request))) == request


@given(st.lists(st.tuples(NAMES, TEXT), max_size=12))
def test_any_query_string_is_a_request_within_limits(pairs):
    request = parse(MultiDict(pairs))
    assert request.page >= 1
    assert 1 <= request.size <= MAX_PAGE_SIZE
    assert all(f.facet in FACET_IDS and f.value for f in request.filters)
    assert parse(MultiDict(dump(request))) == request


@pytest.mark.parametrize(
    ("name", "written", "field", "read_as", "problem"),
    [
        ("page", "-1", "page", 1, "ignored"),
        ("page", "0", "page", 1, "ignored"),
        ("page", "two", "page", 1, "ignored"),
        ("page", "²", "page", 1, "ignored"),
        ("page", "9" * 5000, "page", 1_000_000, "cut"),
        ("page", "٣", "page", 3, None),
        ("size", "1000000000", "size", 100, "cut"),
        ("size", "", "size", 10, None),
        ("sort", "price", "sort", "relevance", "ignored"),
        ("sort", "newest", "sort", "newest", None),
        ("from", "2021-06-09", "date_from", dt.date(2021, 6, 9), None),
        ("from", "2021", "date_from", dt.date(2021, 1, 1), None),
        ("to", "2020-02", "date_to", dt.date(2020, 2, 29), None),
        ("to", "2021", "date_to", dt.date(2021, 12, 31), None),
        ("from", "٢٠٢١-٠٦-٠٩", "date_from", dt.date(2021, 6, 9), None),
        ("from", "2021-13-45", "date_from", None, "ignored"),
        ("from", "0000-01-01", "date_from", None, "ignored"),
        ("to", "99999-01-01", "date_to", None, "ignored"),
        ("to", "yesterday", "date_to", None, "ignored"),
        ("any", "people", "any_of", {"people"}, None),
        ("any", "sources", "any_of", set(), None),
        ("any", "planets", "any_of", set(), "ignored"),
        ("meaning", "0", "meaning", False, None),
        ("meaning", "1", "meaning", True, None),
        ("meaning", "", "meaning", True, None),
        ("meaning", "perhaps", "meaning", True, "ignored"),
        ("q", "a\0b", "q", "a b", None),
        ("q", "(" * 100_000, "q", "(" * MAX_QUERY, "cut"),
    ],
)
def test_what_makes_no_sense_is_brought_into_range_and_noted(
    name, written, field, read_as, problem
):
    request, notes = read(MultiDict({name: written}))
    assert getattr(request, field) == read_as
    assert notes == ((Note(name, problem),) if problem else ())


def test_a_leading_hyphen_excludes_and_a_plus_protects_a_sign():
    args = MultiDict([("people", "-Q1"), ("people", "Q2"), ("people", "+-Q3"), ("people", "-")])
    assert parse(args).filters == {
        Filter("people", "Q1", exclude=True),
        Filter("people", "Q2"),
        Filter("people", "-Q3"),
    }


def test_several_facets_are_switched_and_said_in_their_order():
    args = MultiDict([("any", "topics"), ("any", "people"), ("any", "topics")])
    request = parse(args)
    assert request.any_of == {"people", "topics"}
    assert dump(request) == {"any": ["people", "topics"]}


def test_a_reversed_stretch_of_time_is_kept_and_noted():
    request, notes = read(MultiDict({"from": "2021-06-02", "to": "2021-06-01"}))
    assert (request.date_from, request.date_to) == (dt.date(2021, 6, 2), dt.date(2021, 6, 1))
    assert notes == (Note("to", "range"),)


def test_thousands_of_filters_are_cut():
    request, notes = read(MultiDict([("topics", f"t{n}") for n in range(5000)]))
    assert len(request.filters) == MAX_FILTERS
    assert notes == (Note("filters", "cut"),)


def test_defaults_are_not_written():
    assert dump(SearchRequest()) == {}
    assert dump(SearchRequest(meaning=False)) == {"meaning": ["0"]}
