"""Names of countries and continents and their adjectives: two lemmas that share a stem and a root.

«أمريكا», «أمريكي» and «أميركي» meet, and «سعودي» keeps away from «مساعد», whose root it would have.
``indexer.generate.nation_stems`` makes the table.
"""

from collections.abc import Mapping
from functools import cache

from indexer.text.tables import rows


@cache
def shared_stems() -> Mapping[str, str]:
    """Lemma → the stem that it shares with the other words for one country: the country's name."""
    stems = {}
    for stem, lemmas in rows("indexer.text", "nations.tsv", ("stem", "lemmas")):
        stems.update(dict.fromkeys(lemmas.split(" "), stem))
    return stems
