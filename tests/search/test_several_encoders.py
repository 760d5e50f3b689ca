"""Queries are compared with the vectors of every encoder that knows all articles."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from factories import word
from indexer.engines.ranking import RANKING
from indexer.meaning.packing import Floats
from indexer.query.ast import All, Match
from indexer.schema import MODEL, WORDS
from indexer.search.by_meaning import Meanings
from indexer.search.name_expansion import Linked
from indexer.text import default_analyzer


class Fixed:
    """An encoder that says the same of everything."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self.dimensions = name, dimensions

    def query(self, text: str, words: Sequence[object]) -> Floats:
        vector = np.zeros(self.dimensions, np.float32)
        vector[0] = 1
        return vector


TABLE, WHOLE = Fixed(WORDS, 8), Fixed(MODEL, 16)


def meanings(held: Mapping[int, int], *encoders: Fixed) -> Meanings:
    engine: Any = SimpleNamespace(vectors=lambda: held)
    catalogue: Any = SimpleNamespace(named=lambda facet, text: [])
    every: Any = encoders or (TABLE, WHOLE)
    return Meanings(catalogue, default_analyzer(), every, engine)


def query(*words: str) -> All:
    return All(tuple(Match(word(one), None, printed=one) for one in words))


ARABIC = query("سفارة", "هافانا", "كوبا", "علم")


def lengths(held: Mapping[int, int], *encoders: Fixed) -> list[int]:
    return [len(near.vector) for near in meanings(held, *encoders).nearness(ARABIC, ())]


@pytest.mark.parametrize(
    ("held", "used"),
    [
        ({8: 5, 16: 5}, [8, 16]),
        ({8: 5, 16: 6}, [8, 16]),
        ({8: 5, 16: 4}, [8]),
        ({8: 5}, [8]),
        ({16: 5}, [8, 16]),
        ({}, [8]),
    ],
)
def test_the_model_is_used_once_it_knows_as_many_articles(
    held: Mapping[int, int], used: list[int]
) -> None:
    assert lengths(held) == used
    assert lengths(held, TABLE) == [8]
    assert meanings(held).known == (used[-1] in held)


def test_each_says_what_is_found_beside_the_words() -> None:
    floors = [near.floor for near in meanings({8: 5, 16: 5}).nearness(ARABIC, ())]
    assert floors == [RANKING.by_words.floor(4, None), RANKING.by_model.floor(4, None)]


@pytest.mark.parametrize(
    ("words", "linked", "weight"),
    [
        ((*"abcd",), 4, RANKING.by_words.weights_known[-1]),
        ((*"abcd",), 1, RANKING.by_words.weights_unknown[-1]),
        (("سفارة", "هافانا", "bc", "de"), 0, RANKING.by_words.weight(4, None)),
        (("2015", "2016", "2017", "2018"), 0, RANKING.by_words.weight(4, None)),
        (("bc", "de", "fg", "2018"), 0, RANKING.by_words.weights_unknown[-1]),
    ],
)
def test_likeness_counts_more_the_less_is_known_of_the_words(
    words: tuple[str, ...], linked: int, weight: float
) -> None:
    name = SimpleNamespace(name="اسم")
    known: Any = [SimpleNamespace(text=one, facet="", name=name) for one in words[:linked]]
    (near,) = meanings({8: 5}).nearness(query(*words), known)
    assert near.weight == weight


def test_a_single_word_in_any_letters_is_searched_as_it_stands() -> None:
    none: tuple[Linked, ...] = ()
    for one in ("football", "zzzz", "سفارة", "2015"):
        assert meanings({8: 5, 16: 5}).nearness(query(one), none) == ()
