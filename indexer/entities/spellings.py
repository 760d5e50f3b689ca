"""Which ways in which articles name a value are spellings of its name.

A country is named by its adjective, its capital and its cities as well: «القاهرة» is no way to
write «مصر».
"""

from collections import defaultdict
from functools import cache

from indexer.facets.gazetteer import known_countries
from indexer.text.normalize import normalize

COUNTRIES = "countries"
_NAMES = frozenset({"name", "cautious"})


def is_spelling(facet: str, id: str, text: str) -> bool:
    """Whether a text is a name of the value rather than something that belongs to it.

    >>> is_spelling("countries", "EG", "جمهورية مصر العربية")
    True
    >>> is_spelling("countries", "EG", "القاهرة")
    False
    """
    return facet != COUNTRIES or normalize(text) in _country_names().get(id, ())


@cache
def _country_names() -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for form, entry in known_countries.entries():
        if entry.kind in _NAMES:
            names[entry.id].add(normalize(form))
    return names
