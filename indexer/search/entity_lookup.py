"""The people of an index, by name, sound or id."""

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from indexer.catalogue import Catalogue, Name
from indexer.errors import RasadError
from indexer.schema import PEOPLE
from indexer.text.normalize import normalize
from indexer.text.phonetics import sounds

#: How many consonants a sound has at least to tell a name by itself.
_TELLING = 2
#: How alike words of one short sound are, from 0 to 1: «Cissi» and «Sisi», not «zzzz».
_ALIKE = 0.5


def matching(catalogue: Catalogue, text: str, limit: int) -> list[Name]:
    """People by id, by words of a name, or by its sound in the other script; best first."""
    exact = catalogue.name(PEOPLE, text)
    names = [exact] if exact else []
    names += catalogue.named(PEOPLE, text, limit)
    if not names:
        heard = sounds(text)
        names = catalogue.sounding(heard, limit)
        if max(map(len, heard), default=0) < _TELLING:
            names = [name for name in names if _looks_like(text, name)]
    return list(dict.fromkeys(names))[:limit]


def known(catalogue: Catalogue, id: str) -> Name:
    """The person with an id; raises ``RasadError`` that says who may be meant."""
    name = catalogue.name(PEOPLE, id)
    if name is None:
        others = ", ".join(_told(matching(catalogue, id, 3)))
        hint = f"; did you mean {others}?" if others else "; see «rasad people find»."
        raise RasadError(f"No person has the id {id!r}{hint}")
    return name


def _looks_like(text: str, name: Name) -> bool:
    """Whether each word of a text resembles one of a name: a short sound is that of many words."""
    words = normalize(f"{name.name} {name.name_en}").replace("-", " ").split()
    return all(
        max(Levenshtein.normalized_similarity(one, word) for word in words) >= _ALIKE
        for one in normalize(text).replace("-", " ").split()
    )


def _told(names: list[Name]) -> Iterator[str]:
    for name in names:
        yield f"{name.id} ({name.name})"
