"""Whether a name that is asked for is a person's own or that of the father."""

from collections.abc import Iterable, Sequence

from indexer.catalogue import Catalogue, Name
from indexer.schema import PEOPLE
from indexer.text.normalize import normalize

SONS = frozenset({"بن", "ابن", "بنت", "bin", "ben", "ibn", "bint"})
#: Joined with the word behind them: «عبد العزيز», «أبو بكر», «آل سعود».
_HALVES = ("عبد", "ابو", "ابي", "ال")


def own_names(catalogue: Catalogue, names: Sequence[Name], text: str) -> list[Name]:
    """The people whose own name ``text`` is: «سلمان بن عبد العزيز» is none of his sons.

    All of them where the name is one word, begins with «بن» or is nobody's own.
    """
    asked = _words(text)
    if len(asked) < 2 or asked[0] in SONS:
        return list(names)
    written = catalogue.seen(PEOPLE, [name.id for name in names])
    own = []
    for name in names:
        ways = (name.name, name.name_en, *written.get(name.id, ()))
        if any(is_own(_words(way), asked) for way in ways):
            own.append(name)
    return own or list(names)


def is_own(written: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether a written name is called so, its bearer and not the father.

    >>> is_own(_words("محمد بن سلمان بن عبدالعزيز"), _words("سلمان بن عبد العزيز"))
    False
    >>> is_own(_words("سلمان بن عبدالعزيز آل سعود"), _words("سلمان بن عبد العزيز"))
    True
    """
    if asked[0] not in written:
        return False
    at = written.index(asked[0])
    if at and written[at - 1] in SONS:
        return False
    rest = written[at:]
    if not SONS.isdisjoint(asked):  # «فيصل بن عبدالعزيز» is not «فيصل بن خالد بن عبدالعزيز»
        return tuple(rest[: len(asked)]) == tuple(asked)
    return _in_order(asked, rest)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, compound names made one."""
    words: list[str] = []
    for word in normalize(name.lower().replace("-", " ")).split():
        if words and words[-1] in _HALVES:
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def _in_order(some: Iterable[str], words: Iterable[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in some)
