"""Suggestions go on as the reader's text does, best first, and follow the index."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import learn, make_document, make_value
from indexer.catalogue import Catalogue
from indexer.catalogue.line_search import Lines
from indexer.search.autocomplete import Suggester, Suggestion
from indexer.search.prefix_index import PrefixIndex

LINES = st.lists(st.text("اب ج", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=30)


@given(LINES, st.text("اب ج", min_size=1, max_size=3), st.integers(1, 5))
def test_the_first_lines_that_begin_so_are_found(lines: list[str], text: str, limit: int):
    begin = [n for n, line in enumerate(lines) if line.startswith(text)]
    hold = [n for n, line in enumerate(lines) if f" {text}" in f" {line}"]
    assert PrefixIndex(lines).lines(text, limit) == begin[:limit]
    assert PrefixIndex(lines).words(text, limit) == hold[:limit]


@given(LINES, st.text("اب ج", min_size=1, max_size=3), st.integers(1, 5))
def test_what_stands_inside_lines_is_found(lines: list[str], text: str, limit: int):
    hold = [n for n, line in enumerate(lines) if text in f" {line}"]
    assert PrefixIndex(lines).inside(text, limit) == hold[:limit]
    assert [PrefixIndex(lines).line(n) for n in range(len(lines))] == lines


@given(LINES, st.lists(st.text("ابج", min_size=1, max_size=2), min_size=1, max_size=3))
def test_lines_that_hold_all_words_are_found(lines: list[str], words: list[str]):
    hold = [n for n, line in enumerate(lines) if set(words) <= set(line.split(" "))]
    assert list(Lines(lines).holding(words)) == hold


def test_no_line_is_found_across_two():
    assert PrefixIndex(["وزير", "الخارجية"]).words("وزير\n الخا", 5) == []


def test_names_then_words_then_titles(catalogue: Catalogue):
    learn(
        catalogue,
        make_document("a", title="وزير الخارجية في بغداد", countries={"IQ"}),
        make_document("b", title="وزير الدفاع", countries={"IQ"}),
    )
    suggester = Suggester(catalogue)
    names = [name for _, _, name in catalogue.folded_names()]
    offered = suggester.suggestions(names[0][:3])
    assert offered[0].kind == "name"
    assert (offered[0].facet, offered[0].id) == ("countries", "IQ")
    offered = suggester.suggestions("وزير الخا")
    assert Suggestion("وزير الخارجية", "word") in offered
    assert offered[-1] == Suggestion("وزير الخارجية في بغداد", "title")


def test_frequent_words_come_first_and_stop_words_never(catalogue: Catalogue):
    learn(
        catalogue,
        make_document("a", title="سفير سفارة الى الذي"),
        make_document("b", title="سفارة اخرى"),
    )
    suggester = Suggester(catalogue)
    assert [one.text for one in suggester.suggestions("سف")] == ["سفارة", "سفير"]
    assert suggester.suggestions("الذ") == []


def test_only_words_that_stand_together_are_offered(catalogue: Catalogue):
    learn(
        catalogue,
        make_document("a", title="وزير الدفاع في زيارة", body="بسم الله"),
        make_document("b", title="حزب الله يعلن", body="وزير الخارجية"),
        make_document("c", title="وزير الدفاع والخارجية"),
    )
    offered = [one.text for one in Suggester(catalogue).suggestions("لقاء وزير ال")]
    assert offered == ["لقاء وزير الدفاع"]


def test_words_are_printed_as_most_articles_print_them(catalogue: Catalogue):
    learn(catalogue, make_document("a", title="الاسلامية"))
    learn(
        catalogue,
        make_document("b", title="الدول الإسلامية"),
        make_document("c", title="الإسلامية"),
    )
    suggester = Suggester(catalogue)
    assert [one.text for one in suggester.suggestions("الاسلا")] == ["الإسلامية"]
    assert [one.text for one in suggester.suggestions("الإسلا")] == ["الإسلامية"]


def test_a_hamza_that_was_typed_is_kept(catalogue: Catalogue):
    learn(catalogue, make_document("a", title="الاستقبال"))
    assert [one.text for one in Suggester(catalogue).suggestions("الإستق")] == ["الإستقبال"]


def test_the_title_of_copies_is_offered_once_as_the_newest_prints_it(catalogue: Catalogue):
    learn(
        catalogue,
        make_document("a", title="قمة عربية في القاهره", date="2021-01-01"),
        make_document("b", title="قمة عربية في القاهرة", date="2021-01-02"),
        make_document("c", title="قمة عربية في الجزائر", date="2020-01-02"),
    )
    titles = [one.text for one in Suggester(catalogue).suggestions("قمة عر") if one.kind == "title"]
    assert titles == ["قمة عربية في القاهرة", "قمة عربية في الجزائر"]


@pytest.mark.parametrize(
    "typed", ["لافر", "Lavr", "avro", "غي لافر", "لافروف سير", "Lavrov Ser", "سيرغي"]
)
def test_a_name_is_found_by_any_of_its_parts(catalogue: Catalogue, typed: str):
    document = make_document("a", title="لقاء")
    lavrov = make_value("sergey-lavrov", name="سيرغي لافروف", name_en="Sergey Lavrov")
    kerry = make_value("john-kerry", name="جون كيري", name_en="John Kerry")
    record = replace(document.record, facets={"people": (lavrov, kerry)})
    learn(catalogue, replace(document, record=record))
    offered = [one for one in Suggester(catalogue).suggestions(typed) if one.kind == "name"]
    assert [(one.text, one.query) for one in offered] == [
        ("سيرغي لافروف", 'person:"sergey-lavrov"')
    ]


def test_terms_of_another_table_are_offered(catalogue: Catalogue):
    terms = [("nuclear deal", "الاتفاق النووي"), ("ceasefire", "هدنة")]
    suggester = Suggester(catalogue, lambda: terms)
    assert suggester.suggestions("Nucl") == [
        Suggestion("nuclear deal", "term", arabic="الاتفاق النووي")
    ]
    assert [one.query for one in suggester.suggestions("dea")] == ["nuclear deal"]


@pytest.mark.parametrize("q", ["", " ", "و", "؟!", "\0", "%", "_" * 5000])
def test_nothing_is_offered_for_next_to_nothing(catalogue: Catalogue, q: str):
    learn(catalogue, make_document("a", title="وزير الخارجية"))
    assert Suggester(catalogue).suggestions(q) == []


def test_what_is_indexed_later_is_offered_soon(catalogue: Catalogue, tmp_path: Path):
    learn(catalogue, make_document("a", title="وزير الخارجية"))
    suggester = Suggester(catalogue)
    assert suggester.suggestions("مفاو") == []
    learn(Catalogue.open(tmp_path / "catalogue.sqlite"), make_document("b", title="مفاوضات"))
    until = time.monotonic() + 10
    while not suggester.suggestions("مفاو") and time.monotonic() < until:
        time.sleep(0.01)
    assert [one.text for one in suggester.suggestions("مفاو")] == ["مفاوضات"]


def test_a_name_that_went_meanwhile_is_not_offered(catalogue: Catalogue):
    document = make_document("a", title="لقاء")
    lavrov = make_value("sergey-lavrov", name="سيرغي لافروف", name_en="Sergey Lavrov")
    learn(
        catalogue, replace(document, record=replace(document.record, facets={"people": (lavrov,)}))
    )
    suggester = Suggester(catalogue)
    assert [one.kind for one in suggester.suggestions("لافر")] == ["name"]
    catalogue.rename("people", [], ["sergey-lavrov"])
    assert suggester.suggestions("لافر") == []
