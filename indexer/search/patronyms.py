"""Whether a name that is asked for is a person's own or that of the father."""

from collections.abc import Iterable, Sequence

from indexer.catalogue import Catalogue, Name
from indexer.facets.gazetteer.known_people import SON, key

PEOPLE = "people"
SONS = SON | {"bin", "ben", "ibn", "bint"}


def own_names(catalogue: Catalogue, names: Sequence[Name], text: str) -> list[Name]:
    """The people whose own name ``text`` is: «سلمان بن عبد العزيز» is none of his sons.

    All of them where the name is one word, begins with «بن» or is nobody's own.
    """
    asked = key(text)
    if len(asked) < 2 or asked[0] in SONS:
        return list(names)
    written = catalogue.seen(PEOPLE, [name.id for name in names])
    own = [
        name
        for name in names
        if any(is_own(key(w), asked) for w in (name.name, name.name_en, *written.get(name.id, ())))
    ]
    return own or list(names)


def is_own(written: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether a written name is called so, its bearer and not the father.

    >>> is_own(key("محمد بن سلمان بن عبدالعزيز"), key("سلمان بن عبد العزيز"))
    False
    >>> is_own(key("سلمان بن عبدالعزيز آل سعود"), key("سلمان بن عبد العزيز"))
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


def _in_order(some: Iterable[str], words: Iterable[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in some)
