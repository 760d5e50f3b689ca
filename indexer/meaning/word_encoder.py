"""Words to a vector: the mean of their vectors in the table, each by how much it tells.

Such means compare sentences well where words that tell little weigh little (Arora, Liang and Ma,
«A Simple but Tough-to-Beat Baseline for Sentence Embeddings», 2017).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np

from indexer.meaning.packing import Floats, packed
from indexer.meaning.table import WordTable, word_table
from indexer.model import Article, Word
from indexer.schema import WORDS

#: News says first what it is about: words of the story count less from word to word, half as much
#: ``HALF`` words down, and from ``LEAD`` on nothing. Beside forty words that count alike: nDCG@10
#: of the news queries .819 → .821, MRR@10 of arcd, whose paragraphs have no title, .835 → .839.
HALF, LEAD = 20, 100
_WEIGHTS = [HALF / (HALF + place) for place in range(LEAD)]
_REMEMBERED = 100_000  # words whose place in the table is kept
_PLURALS = ("s", "es")
_UNKNOWN = -1


class WordEncoder:
    """The encoder of the table of words; see ``indexer.meaning.encoder.Encoder``."""

    name = WORDS

    def __init__(self, table: WordTable) -> None:
        self._table = table
        self._numbers: dict[str, int] = {}

    @property
    def dimensions(self) -> int:
        """The length of the vectors that ``query`` gives."""
        return self._table.dimensions

    def load(self) -> None:
        """Nothing: the table is read where it lies."""

    def article(self, article: Article, title: Sequence[Word], body: Sequence[Word]) -> bytes:
        """The packed vector of an article; empty where no word of it is known."""
        vector = self._vector([*title, *body[:LEAD]], [1.0] * len(title) + _WEIGHTS)
        return b"" if vector is None else packed(vector)

    def query(self, text: str, words: Iterable[Word]) -> Floats | None:
        """The vector of the words of a query; None where none is known or tells anything."""
        return self.vector(words)

    def vector(self, words: Iterable[Word]) -> Floats | None:
        """The vector of some words, of length 1; None where none is known or tells anything."""
        every = list(words)
        return self._vector(every, [1.0] * len(every))

    def _vector(self, words: Sequence[Word], weights: Sequence[float]) -> Floats | None:
        """The vector of words that weigh so much, of length 1; there may be more weights."""
        numbers = self._all_numbers(words)
        known = [at for at, number in enumerate(numbers) if number != _UNKNOWN]
        if not known:
            return None
        vector = self._table.summed([numbers[at] for at in known], [weights[at] for at in known])
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
        return (number for number in self._all_numbers(list(words)) if number != _UNKNOWN)

    def _all_numbers(self, words: Sequence[Word]) -> list[int]:
        """The number of each word, ``_UNKNOWN`` for one that is not known and for a stop word."""
        if len(self._numbers) >= _REMEMBERED:
            self._numbers.clear()
        known = self._numbers
        found = []
        for word in words:
            number = known.get(word.exact)
            if number is None:
                number = known[word.exact] = _UNKNOWN if word.stop else self._looked_up(word)
            found.append(number)
        return found

    def _looked_up(self, word: Word) -> int:
        """By lemma or stem; in Latin letters as it stands, or without a plural's ending."""
        if not word.exact.isascii() and (number := self._arabic(word)) is not None:
            return number
        forms = (word.exact, *(word.exact.removesuffix(ending) for ending in _PLURALS))
        found = (self._table.latin_number(form) for form in forms)
        return next((number for number in found if number is not None), _UNKNOWN)

    def _arabic(self, word: Word) -> int | None:
        found = (self._table.arabic_number(form) for form in (word.lemma, word.stem, word.exact))
        return next((number for number in found if number is not None), None)


@cache
def word_encoder() -> WordEncoder:
    """The encoder over the table that comes with Rasad."""
    return WordEncoder(word_table())
