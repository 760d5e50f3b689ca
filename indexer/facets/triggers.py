"""What a word type can begin, worked out once.

Texts have millions of words and some hundred thousand types of them; most types begin nothing at
all. So the tables are asked about each type once, and the silent ones are passed over at the
speed of a dictionary: one lookup a word serves all facets.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import Beginnings
from indexer.facets.gazetteer.topic_terms import Terms
from indexer.model import Word

#: How many types are kept before all are forgotten: memory stays flat over any number of texts.
_MOST = 1 << 17
_SILENT = False


class _WordTriggers(NamedTuple):
    phrases: Beginnings
    given_name: str
    terms: Terms


class PartTriggers(NamedTuple):
    """The words of a part that begin something, by what they begin, with their places."""

    phrases: list[tuple[int, Beginnings]]
    given_names: dict[int, str]
    terms: list[tuple[int, Terms]]


class Triggers:
    """Asks the tables about the words of texts: what phrases, given name, terms each begins."""

    def __init__(
        self,
        phrases: Callable[[str], Beginnings],
        given_name: Callable[[str], str],
        terms: Callable[[Word], Terms],
    ) -> None:
        self._phrases = phrases
        self._given_name = given_name
        self._terms = terms
        self._known: dict[str, _WordTriggers | bool] = {}

    def of(self, words: Sequence[str], layers: Sequence[Word]) -> PartTriggers:
        """Return where the words, given on the exact layer and on all, begin something."""
        triggers = PartTriggers([], {}, [])
        asked = enumerate(map(self._known.get, words))
        for at, known in [(at, known) for at, known in asked if known is not _SILENT]:
            begun = self._ask(layers[at]) if known is None else known
            if not isinstance(begun, _WordTriggers):
                continue
            if begun.phrases:
                triggers.phrases.append((at, begun.phrases))
            if begun.given_name:
                triggers.given_names[at] = begun.given_name
            if begun.terms:
                triggers.terms.append((at, begun.terms))
        return triggers

    def _ask(self, word: Word) -> _WordTriggers | bool:
        if len(self._known) >= _MOST:
            self._known.clear()
        exact = word.exact
        begun = _WordTriggers(self._phrases(exact), self._given_name(exact), self._terms(word))
        told = self._known[exact] = begun if any(begun) else _SILENT
        return told
