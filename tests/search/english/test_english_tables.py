"""The tables of English hold what they promise."""

import re
from collections import Counter

import pytest

from indexer.search.english.entries import countries, entries
from indexer.search.english.folding import folded, key, stop_words
from indexer.search.english.tables import facet_rows, rows
from indexer.text import default_analyzer
from indexer.text.normalize import normalize

ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a0-9]+(?: [\u0621-\u063a\u0641-\u064a0-9]+)*")
TERMS = list(rows("terms.tsv"))


def test_there_are_terms_enough() -> None:
    assert len(TERMS) > 1500


def test_no_term_stands_twice() -> None:
    counts = Counter(key(term[0]) for term in TERMS)
    assert [term for term, count in counts.items() if count > 1 or not term] == []


@pytest.mark.parametrize("table", ["terms.tsv", "places.tsv", "cities.tsv"])
def test_renderings_are_arabic(table: str) -> None:
    for latin, arabic, *_sort in rows(table):
        assert all(ARABIC.fullmatch(name) for name in arabic.split("|")), latin


def test_a_rendering_holds_a_word_that_counts() -> None:
    analyzer = default_analyzer()
    for term, arabic, *_sort in TERMS:
        for name in arabic.split("|"):
            assert not all(token.word.stop for token in analyzer.analyze(name)), term


def test_no_rendering_of_a_term_stands_twice() -> None:
    for term, arabic, *_sort in TERMS:
        names = [normalize(name) for name in arabic.split("|")]
        assert len(set(names)) == len(names), term


def test_sorts_are_known() -> None:
    assert {"".join(sort) for _term, _arabic, *sort in TERMS} == {"", "office", "body"}


def test_tables_speak_of_values_that_are_there() -> None:
    organisations = {row[0] for row in facet_rows("organisations.tsv")}
    assert {row[0] for row in rows("organisations.tsv")} <= organisations
    assert {row[0] for row in rows("countries.tsv")} <= countries().keys()
    people = {row[1] for row in facet_rows("people.tsv")}
    assert {row[0] for row in rows("people.tsv")} <= people


def test_every_country_and_capital_is_found_in_english() -> None:
    for id, country in countries().items():
        entry = entries().find(key(country.name_en), capital=True)
        assert entry and id in entry.ids, country.name_en


def test_spellings_lead_to_one_another_only() -> None:
    counts = Counter(word for (line,) in rows("spellings.tsv") for word in set(line.split()))
    assert [word for word, count in counts.items() if count > 1] == []
    assert not {folded(word) for word in counts} & {folded(word) for word in stop_words()}
