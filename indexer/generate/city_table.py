"""Derive ``facets/tables/cities.tsv``: Arabic names of cities, as evidence for names of places.

Source: GeoNames, cities above 15,000 inhabitants (CC BY 4.0). Its Arabic names hold Persian,
Kurdish and Uyghur ones, and names that are ordinary words; names of one word that the table of
words knows better are left out.

usage: python -m indexer.generate.city_table --gazetteers PATH
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.word_classes import WordClasses
from indexer.generate.gazetteers import rows
from indexer.text.tables import TableHead

TABLE = Path(__file__).parents[1] / "facets" / "tables" / "cities.tsv"
HEAD = TableHead(
    "Cities above 15,000 inhabitants by their Arabic names on the exact layer.",
    "by indexer.generate.city_table from GeoNames",
    "CC BY 4.0",
    ("city", "country"),
)
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a ]+")
#: «and Anas»; to GeoNames also the French town Vence.
NOT_CITIES = frozenset(("وانس",))


def cities(gazetteers: Path) -> Iterator[tuple[str, str]]:
    """Yield (name on the exact layer, country), the largest city of a name only."""
    word_classes = WordClasses()
    seen: set[str] = set()
    for _, _, country, _, names in rows(gazetteers / "cities15000_ar.tsv"):
        for name in names.split("|"):
            folded = " ".join(split(name))
            if not ARABIC.fullmatch(name) or len(folded) < 4 or folded in seen:
                continue
            if " " not in folded and (folded in NOT_CITIES or word_classes.get(folded).ordinary):
                continue
            seen.add(folded)
            yield folded, country


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteers", type=Path, required=True)
    found = sorted(cities(parser.parse_args().gazetteers))
    lines = (f"{name}\t{country}\n" for name, country in found)
    TABLE.write_text(HEAD.text() + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
