"""Pairs of diplomatic words that must meet, and pairs that must stay apart; see the two tables."""

from pathlib import Path

import pytest

from indexer.model import Word
from indexer.text import default_analyzer

HERE = Path(__file__).parent


def read_pairs(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(one, other) for one, other in rows]


def layers(printed: str) -> Word:
    return default_analyzer().word(printed)


@pytest.mark.parametrize(("one", "other"), read_pairs("meet.tsv"))
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    first, second = layers(one), layers(other)
    assert first.lemma == second.lemma or first.stem == second.stem


@pytest.mark.parametrize(("one", "other"), read_pairs("apart.tsv"))
def test_different_words_stay_apart(one: str, other: str) -> None:
    first, second = layers(one), layers(other)
    assert first.lemma != second.lemma
    assert first.stem != second.stem
