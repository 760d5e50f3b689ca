"""Parties and places of events with their names in both scripts."""

from collections.abc import Iterable, Sequence
from functools import cache

from indexer.catalogue import Catalogue
from indexer.entities.labels import ValueLabels
from indexer.entities.office_spans import default_office_reader
from indexer.events.frames import frames
from indexer.facets.ner.romanise import romanise
from indexer.model import Party
from indexer.schema import EVENTS
from indexer.search.english.entries import arabic_places
from indexer.search.event_search import FoundParty
from indexer.text.normalize import normalize

_COUNTRIES = "countries"


class PartyNames:
    """The names of parties as one state of a catalogue has them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def found(self, parties: Iterable[Party]) -> tuple[FoundParty, ...]:
        """The parties with names of their profiles and countries, and offices in English."""
        return tuple(map(self._found, parties))

    def labels(self, facet: str, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """The Arabic and the Latin names of values; the id for one that nothing names."""
        if facet == EVENTS:
            return {id: type_label(id) for id in ids}
        known = self._catalogue.names(facet, ids)
        return {
            id: (known[id].name, known[id].name_en)
            if id in known
            else _labels().label(facet, id) or (id, id)
            for id in ids
        }

    def _found(self, party: Party) -> FoundParty:
        name = name_en = ""
        if party.facet and party.facet != _COUNTRIES:
            name, name_en = self.labels(party.facet, [party.id])[party.id]
            if name == party.id and party.name:
                name, name_en = party.name, romanise(party.name)
        elif printed := party.name or ("" if party.country else party.org):
            name, name_en = printed, romanise(printed)
        country = ("", "")
        if party.country:
            country = self.labels(_COUNTRIES, [party.country])[party.country]
        role_en = default_office_reader().label_en(party.role) if party.role else None
        return FoundParty(
            party.side,
            party.facet,
            party.id,
            name,
            name_en,
            party.role,
            role_en or "",
            party.country,
            *country,
        )


def type_label(type: str) -> tuple[str, str]:
    """What a type of events is called in Arabic and English."""
    frame = frames().get(type)
    return (frame.label_ar, frame.label_en) if frame else (type, type)


def place_en(place: str) -> str:
    """A printed place in English: as the tables have it, else in Latin letters."""
    if not place:
        return ""
    return arabic_places().get(normalize(place)) or romanise(place)


@cache
def _labels() -> ValueLabels:
    return ValueLabels()
