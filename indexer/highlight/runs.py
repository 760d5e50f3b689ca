"""Texts as runs between spaces, each analysed once: a page of results has thousands of words, and
analysing them anew for every query would take longer than the search.

No word goes across a space, so a run (a word and the punctuation around it) reads alike in every
text.
"""

from collections.abc import Iterable, Iterator

from indexer.model import Token, Word
from indexer.text import Analyzer

#: The layers by which words are looked up: places in ``layers(word)``.
EXACT, STEM, LEMMA, ROOT = range(4)


def layers(word: Word) -> tuple[str, str, str, str]:
    """The layers of a word; the root is empty where it has none."""
    return word.exact, word.stem, word.lemma, word.root


class Runs:
    """Runs of text, their words, and which runs hold a given word. Threads may share it."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._tokens: dict[str, tuple[Token, ...]] = {}
        self._holding: tuple[dict[str, list[str]], ...] = ({}, {}, {}, {})

    def __len__(self) -> int:
        return len(self._tokens)

    def split(self, text: str) -> list[str]:
        """The runs of a text, in order; from now on they are known."""
        runs = text.split()
        for run in set(runs).difference(self._tokens):
            self._learn(run)
        return runs

    def tokens(self, run: str) -> tuple[Token, ...]:
        """The words of a known run."""
        return self._tokens[run]

    def lengths(self, runs: Iterable[str]) -> Iterator[int]:
        """How many words each of these known runs has."""
        return map(len, map(self._tokens.__getitem__, runs))

    def holding(self, layer: int, terms: Iterable[str]) -> set[str]:
        """The known runs with a word that has one of these terms in a layer."""
        known = self._holding[layer]
        return set().union(*(known[term] for term in terms if term in known))

    def _learn(self, run: str) -> None:
        tokens = tuple(self._analyzer.analyze(run))
        for token in tokens:
            for known, term in zip(self._holding, layers(token.word), strict=True):
                if term:
                    known.setdefault(term, []).append(run)
        self._tokens[run] = tokens
