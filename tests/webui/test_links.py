import pytest
from flask import Flask

from indexer.model import Filter, SearchRequest
from site_records import SCRIPT
from webui import links
from webui.links import Links, excluded, included, literal, page_numbers, web_address

REQUEST = SearchRequest(q="وزير", filters=frozenset({Filter("countries", "EG")}), page=4)


def test_choosing_twice_is_choosing_nothing():
    assert included(included(REQUEST, "people", "Q1"), "people", "Q1").filters == REQUEST.filters


def test_a_value_is_never_chosen_and_excluded_at_once():
    assert excluded(REQUEST, "countries", "EG").filters == {Filter("countries", "EG", True)}
    assert included(excluded(REQUEST, "countries", "EG"), "countries", "EG") == included(
        SearchRequest(q="وزير"), "countries", "EG"
    )


@pytest.mark.parametrize(
    "changed",
    [
        included(REQUEST, "people", "Q1"),
        excluded(REQUEST, "people", "Q1"),
        links.narrowed(REQUEST, "people", "Q1"),
        links.ordered(REQUEST, "newest"),
        links.sized(REQUEST, 25),
        links.asked(REQUEST, "سفير"),
        links.undated(REQUEST),
        links.unfiltered(REQUEST),
        links.with_meaning(REQUEST, on=False),
    ],
)
def test_every_change_of_the_results_begins_at_page_one(changed):
    assert changed.page == 1


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (3, 5, [1, 2, 3, 4, 5]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (1, 9, [1, 2, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_page_numbers_leave_out_no_single_page(page, pages, numbers):
    assert list(page_numbers(page, pages)) == numbers


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil", "", None])
def test_only_web_addresses_are_followed(url):
    assert web_address(url) is None


def test_the_address_of_an_original_page_is_kept():
    assert web_address("HTTPS://example.org/ا?b=1") == "HTTPS://example.org/ا?b=1"


@pytest.mark.parametrize(
    ("q", "words", "meant"),
    [
        ("لقاء Putin", "putin", "لقاء =Putin"),
        ("De  Croo visit", "de croo", "=De  =Croo visit"),
        ("سفير", "putin", "سفير"),
    ],
)
def test_words_taken_for_a_name_can_be_meant_as_they_stand(q, words, meant):
    assert literal(SearchRequest(q=q), words).q == meant


def test_a_language_in_the_address_stays_in_links(app: Flask):
    with app.test_request_context("/"):
        assert Links("en").search(SearchRequest(q="x")) == "/search?q=x&lang=en"
        assert Links().search(SearchRequest()) == "/search"


def test_addresses_hold_nothing_unquoted(app: Flask):
    with app.test_request_context("/"):
        address = Links().article(f"a/b {SCRIPT}?&", SearchRequest(q='"&=#'))
    assert "<" not in address
    assert address.endswith("?q=%22%26%3D%23")
