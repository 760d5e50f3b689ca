"""What an archive knows of words, gathered to tell a slip from a word."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from indexer.catalogue import Catalogue, Frequent
from indexer.schema import NAMED
from indexer.text.normalize import normalize

_FAMILIAR = 3  # articles that a person stands in whose names are known spellings
_LEAST = 4  # letters of a name that can be misspelt
_NEAR = 2  # letters that two spellings of a name may differ by
_CALLED = ("people", "countries")


class KnownWords(NamedTuple):
    """The words of one state of a catalogue.

    ``forms`` are the frequent ones, sorted; ``latin`` the Latin words of names and terms, those of
    people and countries with the number of articles; ``names`` the Arabic words of what values are
    usually called; ``spellings`` lead from other ways to write a person's name to the usual one.
    """

    frequent: Frequent
    forms: list[str]
    latin: dict[str, int]
    names: frozenset[str]
    spellings: dict[str, str]
    articles: int  # about how many there are

    @classmethod
    def read(cls, catalogue: Catalogue, terms: Callable[[], Iterable[str]]) -> "KnownWords":
        """What the catalogue knows now; ``terms`` gives more words in Latin letters."""
        frequent = catalogue.frequent_words()
        latin: dict[str, int] = dict.fromkeys(_words(" ".join(terms())), 0)
        names: dict[str, None] = {}
        spellings: dict[str, str] = {}
        for facet, name, folded, articles in catalogue.names_by_frequency():
            words = folded.split()
            for word in words:
                if word.isascii():
                    # «State» is a word of many bodies' names; nobody is offered it for «estate».
                    counted = articles if facet in _CALLED else 0
                    latin[word] = max(latin.get(word, 0), counted)
            usual = _words(name)
            if articles >= _FAMILIAR and facet in NAMED:
                names |= dict.fromkeys(usual)
                if facet == "people":
                    _learn(spellings, usual, words)
        for word in names:
            spellings.pop(word, None)
        most = next(iter(frequent.articles.values()), 0)
        return cls(frequent, sorted(frequent.articles), latin, frozenset(names), spellings, most)

    def printed(self, form: str) -> str:
        """A form as it is usually printed."""
        return self.frequent.printed.get(form, form)


def _words(text: str) -> list[str]:
    return normalize(text).replace("-", " ").split()


def _learn(spellings: dict[str, str], usual: list[str], words: Iterable[str]) -> None:
    """Note which words are other spellings of those of the usual name."""
    for word in words:
        if word in usual or word in spellings or word.isascii() or len(word) < _LEAST:
            continue
        near = min(usual, key=lambda one: OSA.distance(one, word))
        if len(near) >= _LEAST and OSA.distance(near, word) <= _NEAR:
            spellings[word] = near
