"""Names of places that are no countries: evidence against their being names of people.

``places.tsv`` holds regions, seas and places of history; ``cities.tsv`` the cities of GeoNames, of
which only names of several words are looked for as phrases.
"""

from collections.abc import Iterator

from indexer.facets.phrases import Form
from indexer.facets.tables import rows

FACET = "places"


def forms() -> Iterator[tuple[str, Form]]:
    """Yield the places as phrases."""
    for (alternatives,) in rows("places.tsv"):
        for place in alternatives.split("|"):
            yield place, Form(FACET, "", "place")
    for city, _ in rows("cities.tsv"):
        if " " in city:
            yield city, Form(FACET, "", "city")
