"""A run of Latin words, cut into the longest names and terms that are known."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from indexer.search.english.entries import EnglishEntry
from indexer.search.english.folding import (
    LINKS,
    FoldedWord,
    french_words,
    is_french,
    small,
    small_words,
    tokens,
    variants,
)


class Finder(Protocol):
    """Knows names and terms by their folded words."""

    @property
    def longest(self) -> int: ...

    def knows(self, word: str) -> bool: ...

    def find(self, words: str, *, capital: bool = False) -> EnglishEntry | None: ...


class QuerySegment(NamedTuple):
    """Some words of a run, the ``first`` to the ``last``, and what they are; None: a word alone."""

    first: int
    last: int
    entry: EnglishEntry | None


def cut(printed: Sequence[str], known: Finder) -> list[QuerySegment]:
    """The pieces of a run in order; words that say nothing of the matter are left out.

    The longest name of all is taken first, then the longest of what is left on either side of it.
    """
    french, nothing = is_french(printed), small_words(printed)
    run = [_known(token, known) for token in tokens(printed)]
    taken: dict[int, tuple[int, EnglishEntry]] = {}  # start → end and entry
    free = [True] * len(run)
    for size in range(min(known.longest, len(run)), 0, -1):
        for start in range(len(run) - size + 1):
            inside = range(start, start + size)
            if not all(free[at] for at in inside):
                continue
            words = [run[at] for at in inside]
            entry = known.find(
                " ".join(token.word for token in words),
                capital=all(token.capital for token in words),
            )
            if entry and not (french and _is_french_word(words, printed)):
                taken[start] = start + size, entry
                for at in inside:
                    free[at] = False
    pieces = []
    for at, token in enumerate(run):
        if at in taken:
            end, entry = taken[at]
            pieces.append(QuerySegment(token.first, run[end - 1].last, entry))
        elif free[at] and token.word not in LINKS and small(printed[token.first]) not in nothing:
            pieces.append(QuerySegment(token.first, token.last, None))
    return pieces


def _is_french_word(words: Sequence[FoldedWord], printed: Sequence[str]) -> bool:
    """Whether French has these words, written small, for something else: «sur», «mer», «du»."""
    own = french_words() | french_words("noun")
    return all(printed[word.first] in own for word in words)


def _known(token: FoldedWord, known: Finder) -> FoldedWord:
    """The token with the form of its word that is known, if there is one."""
    if known.knows(token.word):
        return token
    other = next((word for word in variants(token.word) if known.knows(word)), token.word)
    return token._replace(word=other)
