"""What the tables say to each word, worked out once per word type.

Texts have millions of words and some hundred thousand types of them; most types say nothing at
all. So the tables are asked about each type once, and the silent ones are passed over at the
speed of a dictionary: one lookup a word serves all facets.
"""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import Beginnings, Phrases
from indexer.facets.ner.word_classes import Lexemes
from indexer.facets.topics import Terms, Topics
from indexer.model import Word

#: How many types are kept before all are forgotten: memory stays flat over any number of texts.
_MOST = 1 << 17
_SILENT = False


class Heard(NamedTuple):
    """What a word type can begin: phrases of the tables, a name with its given name, terms."""

    phrases: Beginnings
    given: str
    terms: Terms


class Heeded(NamedTuple):
    """The words of a part that begin something, by what they begin, with their places."""

    phrases: list[tuple[int, Beginnings]]
    given: dict[int, str]
    terms: list[tuple[int, Terms]]


class Hearing:
    """Asks the tables about the words of texts."""

    def __init__(self, phrases: Phrases, lexemes: Lexemes, topics: Topics) -> None:
        self._phrases = phrases
        self._lexemes = lexemes
        self._topics = topics
        self._heard: dict[str, Heard | bool] = {}

    def heed(self, words: Sequence[str], layers: Sequence[Word]) -> Heeded:
        """Return where the words, given on the exact layer and on all, begin something."""
        found = Heeded([], {}, [])
        heard = enumerate(map(self._heard.get, words))
        for at, known in [(at, one) for at, one in heard if one is not _SILENT]:
            one = self._hear(layers[at]) if known is None else known
            if not isinstance(one, Heard):
                continue
            if one.phrases:
                found.phrases.append((at, one.phrases))
            if one.given:
                found.given[at] = one.given
            if one.terms:
                found.terms.append((at, one.terms))
        return found

    def _hear(self, word: Word) -> Heard | bool:
        if len(self._heard) >= _MOST:
            self._heard.clear()
        exact = word.exact
        one = Heard(
            self._phrases.begun(exact), self._lexemes.given(exact), self._topics.begun(word)
        )
        told = self._heard[exact] = one if any(one) else _SILENT
        return told
