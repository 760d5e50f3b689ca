"""Words to a vector: the mean of their vectors in the table, each by how much it tells.

Such means compare sentences well where words that tell little weigh little (Arora, Liang and Ma,
«A Simple but Tough-to-Beat Baseline for Sentence Embeddings», 2017).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat

import numpy as np

from indexer.meaning.packing import Floats, packed
from indexer.meaning.table import WordTable, word_table
from indexer.model import Article, Word
from indexer.schema import WORDS

#: News says first what it is about: words of the story count less from word to word, half as much
#: ``HALF`` words down, and from ``LEAD`` on nothing. Beside forty words that count alike: nDCG@10
#: of the news queries .819 → .821, MRR@10 of arcd, whose paragraphs have no title, .835 → .839.
HALF, LEAD = 20, 100
_REMEMBERED = 100_000  # words whose place in the table is kept
_PLURALS = ("s", "es")


class WordEncoder:
    """The encoder of the table of words; see ``indexer.meaning.encoder.Encoder``."""

    name = WORDS

    def __init__(self, table: WordTable) -> None:
        self._table = table
        self._numbers: dict[str, int | None] = {}

    @property
    def dimensions(self) -> int:
        """The length of the vectors that ``query`` gives."""
        return self._table.dimensions

    def article(self, article: Article, title: Sequence[Word], body: Sequence[Word]) -> bytes:
        """The packed vector of an article; empty where no word of it is known."""
        weights = [*repeat(1.0, len(title)), *(HALF / (HALF + place) for place in range(LEAD))]
        vector = self._vector(zip([*title, *body[:LEAD]], weights, strict=False))
        return b"" if vector is None else packed(vector)

    def query(self, text: str, words: Iterable[Word]) -> Floats | None:
        """The vector of the words of a query; None where none is known or tells anything."""
        return self.vector(words)

    def vector(self, words: Iterable[Word]) -> Floats | None:
        """The vector of some words, of length 1; None where none is known or tells anything."""
        return self._vector(zip(words, repeat(1.0), strict=False))

    def _vector(self, weighted: Iterable[tuple[Word, float]]) -> Floats | None:
        """The vector of words that weigh so much, of length 1."""
        known = [(number, weight) for word, weight in weighted for number in self.numbers((word,))]
        if not known:
            return None
        vector = self._table.summed(*zip(*known, strict=True))
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else None

    def nearest(self, word: Word, size: int, least: float) -> list[str]:
        """The Arabic lemmas nearest to a word by meaning, whose likeness is ``least`` or more."""
        vector = self.vector([word])
        if vector is None:
            return []
        lemmas, likeness = self._table.likeness(vector)
        best = np.argsort(-likeness, kind="stable")[:size]
        return [lemmas[at] for at in best if likeness[at] >= least]

    def numbers(self, words: Iterable[Word]) -> Iterator[int]:
        """The numbers in the table of those of some words that are known and are no stop words."""
        for word in words:
            number = None if word.stop else self._number(word)
            if number is not None:
                yield number

    def _number(self, word: Word) -> int | None:
        if word.exact not in self._numbers:
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            self._numbers[word.exact] = self._looked_up(word)
        return self._numbers[word.exact]

    def _looked_up(self, word: Word) -> int | None:
        """By lemma or stem; in Latin letters as it stands, or without a plural's ending."""
        if not word.exact.isascii() and (number := self._arabic(word)) is not None:
            return number
        forms = (word.exact, *(word.exact.removesuffix(ending) for ending in _PLURALS))
        found = (self._table.latin_number(form) for form in forms)
        return next((number for number in found if number is not None), None)

    def _arabic(self, word: Word) -> int | None:
        found = (self._table.arabic_number(form) for form in (word.lemma, word.stem, word.exact))
        return next((number for number in found if number is not None), None)


@cache
def word_encoder() -> WordEncoder:
    """The encoder over the table that comes with Rasad."""
    return WordEncoder(word_table())
