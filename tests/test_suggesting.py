"""Suggestions go on as the reader's text does, best first, and follow the index."""

import time
from pathlib import Path

import pytest
from factories import make_document
from hypothesis import given
from hypothesis import strategies as st

from indexer.beginnings import Beginnings
from indexer.catalogue import Catalogue, Vocabulary
from indexer.model import Document
from indexer.suggesting import Suggester, Suggestion

LINES = st.lists(st.text("اب ج", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=30)


@given(LINES, st.text("اب ج", min_size=1, max_size=3), st.integers(1, 5))
def test_the_first_lines_that_begin_so_are_found(lines: list[str], text: str, limit: int):
    begin = [n for n, line in enumerate(lines) if line.startswith(text)]
    hold = [n for n, line in enumerate(lines) if f" {text}" in f" {line}"]
    assert Beginnings(lines).lines(text, limit) == begin[:limit]
    assert Beginnings(lines).words(text, limit) == hold[:limit]


def test_no_line_is_found_across_two():
    assert Beginnings(["وزير", "الخارجية"]).words("وزير\n الخا", 5) == []


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.create(tmp_path / "catalogue.sqlite", "whoosh")


def learn(catalogue: Catalogue, *documents: Document) -> None:
    vocabulary = Vocabulary()
    list(vocabulary.watch(documents))
    catalogue.learn(vocabulary)


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
