"""Derive what datelines are made of: ``sources/tables/places.txt`` and ``given_names.txt``.

Sources: cities with Arabic names (GeoNames, CC BY 4.0; CLDR, Unicode-3.0), countries (CLDR) and the
given names of people of Arab countries, Iran, Pakistan and Afghanistan (Wikidata, CC0). What they
lack and what they should not hold is curated by hand: ``…_more.txt`` and ``…_not.txt``.

usage: python -m indexer.generate.dateline_words --gazetteers PATH
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from indexer.generate import gazetteers
from indexer.sources.tables import rows
from indexer.text.tables import TableHead

TABLES = Path(__file__).parents[1] / "sources" / "tables"
PLACES = TableHead(
    "Cities and countries from which news is reported.",
    "by indexer.generate.dateline_words from GeoNames and CLDR",
    "CC BY 4.0 (GeoNames), Unicode-3.0 (CLDR)",
    ("name",),
)
GIVEN_NAMES = TableHead(
    "Given names of people of Arab countries, Iran, Pakistan and Afghanistan.",
    "by indexer.generate.dateline_words from Wikidata",
    "CC0-1.0",
    ("name",),
)
ARAB = "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE"
#: People in a city from which on papers report from it; those of Arab countries from smaller ones.
LARGE, LARGE_ARAB = 1_000_000, 30_000
#: People of this given name among 86,739; rarer ones are often surnames or misspelt.
BEARERS = 3
_ARABIC = re.compile("[\u0621-\u064a]+(?: [\u0621-\u064a]+)*")


def places(folder: Path) -> Iterator[str]:
    """Names of cities and countries, in Arabic letters."""
    for _, _, country, inhabitants, names in gazetteers.rows(folder / "cities15000_ar.tsv"):
        if int(inhabitants) >= (LARGE_ARAB if country in ARAB.split() else LARGE):
            yield from names.split("|")
    yield from _values(folder / "cldr_exemplar_cities_ar.json", "exemplarCity")
    territories = json.loads((folder / "cldr_territories_ar.json").read_text("utf-8"))
    yield from territories["main"]["ar"]["localeDisplayNames"]["territories"].values()


def given_names(folder: Path) -> Iterator[str]:
    """Given names that several people bear."""
    bearers: Counter[str] = Counter()
    for name, kind, count, *_ in gazetteers.rows(folder / "wikidata_units_arab.tsv"):
        if kind == "given":
            bearers[name] += int(count)
    for name, number in bearers.items():
        if number >= BEARERS:
            yield name


def _values(path: Path, key: str) -> Iterator[str]:
    """All values of ``key``, however deep they stand."""

    def inside(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, below in value.items():
                if name == key:
                    yield below
                else:
                    yield from inside(below)

    yield from inside(json.loads(path.read_text("utf-8")))


def _write(table: str, head: TableHead, names: Iterable[str]) -> None:
    """Write a table without the names that its «not» table holds, which is curated by hand."""
    unwanted = {name for (name,) in rows(f"{table}_not.txt")}
    kept = sorted({name for name in names if len(name) > 1 and _ARABIC.fullmatch(name)} - unwanted)
    lines = (f"{name}\n" for name in kept)
    (TABLES / f"{table}.txt").write_text(head.text() + "".join(lines), "utf-8")


def main() -> None:
    """Write the two tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gazetteers", type=Path, required=True)
    folder = arguments.parse_args().gazetteers
    _write("places", PLACES, places(folder))
    _write("given_names", GIVEN_NAMES, given_names(folder))


if __name__ == "__main__":
    main()
