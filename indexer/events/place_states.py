"""Which state a place is in, where the tables know."""

from functools import cache
from typing import NamedTuple

from indexer.facets.gazetteer.known_countries import country_forms
from indexer.facets.tables import rows
from indexer.text.normalize import normalize

#: The kinds of a country's forms that are not the country, but a town of it.
_TOWNS = frozenset({"capital", "city"})
_NAMES = frozenset({"label", "name"})


class PlaceState(NamedTuple):
    """The state of a place; ``whole`` where the place is the state itself."""

    country: str
    whole: bool


def place_state(place: str) -> PlaceState | None:
    """The state that a printed place is in, by all of its name or by the last word; else None."""
    known = _known()
    words = normalize(place).split()
    whole = known.get(" ".join(words))
    return whole or (known.get(words[-1]) if words else None)


@cache
def _known() -> dict[str, PlaceState]:
    known = {city: PlaceState(country, whole=False) for city, country in rows("cities.tsv")}
    for country, kind, forms in country_forms():
        if kind in _TOWNS or kind in _NAMES:
            for form in forms.split("|"):
                known[normalize(form)] = PlaceState(country, kind in _NAMES)
    return known
