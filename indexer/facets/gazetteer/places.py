"""Names of places that are no countries: evidence against their being names of people.

``places.tsv`` holds regions, seas and places of history; ``cities.tsv`` the cities of GeoNames, of
which only names of several words are looked for as phrases.
"""

from collections.abc import Iterator
from functools import cache

from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.tables import rows

FACET = "places"


def entries() -> Iterator[tuple[str, GazetteerEntry]]:
    """Yield the places as phrases."""
    for (alternatives,) in rows("places.tsv"):
        for place in alternatives.split("|"):
            yield place, GazetteerEntry(FACET, "", "place")
    for city in all_cities():
        if " " in city:
            yield city, GazetteerEntry(FACET, "", "city")


@cache
def all_cities() -> frozenset[str]:
    """The names of cities, on the exact layer."""
    return frozenset(name for name, _ in rows("cities.tsv"))
