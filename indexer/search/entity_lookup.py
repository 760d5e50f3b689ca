"""The people of an index, by name, sound or id."""

from collections.abc import Iterator

from indexer.catalogue import Catalogue, Name
from indexer.errors import RasadError
from indexer.text.phonetics import sounds

PEOPLE = "people"


def matching(catalogue: Catalogue, text: str, limit: int) -> list[Name]:
    """People by id, by words of a name, or by its sound in the other script; best first."""
    exact = catalogue.name(PEOPLE, text)
    names = [exact] if exact else []
    names += catalogue.named(PEOPLE, text, limit)
    if not names:
        names += catalogue.sounding(sounds(text), limit)
    return list(dict.fromkeys(names))[:limit]


def known(catalogue: Catalogue, id: str) -> Name:
    """The person with an id; raises ``RasadError`` that says who may be meant."""
    name = catalogue.name(PEOPLE, id)
    if name is None:
        others = ", ".join(_told(matching(catalogue, id, 3)))
        hint = f"; did you mean {others}?" if others else "; see «rasad people find»."
        raise RasadError(f"No person has the id {id!r}{hint}")
    return name


def _told(names: list[Name]) -> Iterator[str]:
    for name in names:
        yield f"{name.id} ({name.name})"
