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

from indexer.sources.tables import rows

TABLES = Path(__file__).parents[1] / "sources" / "tables"
ARAB = "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE"
#: People in a city from which on papers report from it; those of Arab countries from smaller ones.
LARGE, LARGE_ARAB = 1_000_000, 30_000
#: People of this given name among 86,739; rarer ones are often surnames or misspelt.
BEARERS = 3
_ARABIC = re.compile("[\u0621-\u064a]+(?: [\u0621-\u064a]+)*")


def places(gazetteers: Path) -> Iterator[str]:
    """Names of cities and countries, in Arabic letters."""
    with (gazetteers / "cities15000_ar.tsv").open(encoding="utf-8") as lines:
        for row in lines:
            _, _, country, inhabitants, names = row.rstrip("\n").split("\t")[:5]
            if int(inhabitants) >= (LARGE_ARAB if country in ARAB.split() else LARGE):
                yield from names.split("|")
    yield from _values(gazetteers / "cldr_exemplar_cities_ar.json", "exemplarCity")
    territories = json.loads((gazetteers / "cldr_territories_ar.json").read_text("utf-8"))
    yield from territories["main"]["ar"]["localeDisplayNames"]["territories"].values()


def given_names(gazetteers: Path) -> Iterator[str]:
    """Given names that several people bear."""
    bearers: Counter[str] = Counter()
    with (gazetteers / "wikidata_units_arab.tsv").open(encoding="utf-8") as lines:
        for row in lines:
            name, kind, count = row.rstrip("\n").split("\t")[:3]
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


def _write(table: str, source: str, names: Iterable[str]) -> None:
    """Write a table without the names that its «not» table holds, which is curated by hand."""
    unwanted = {name for (name,) in rows(f"{table}_not.txt")}
    kept = sorted({name for name in names if len(name) > 1 and _ARABIC.fullmatch(name)} - unwanted)
    head = f"# Made by indexer.generate.dateline_words from {source}. One a line."
    (TABLES / f"{table}.txt").write_text("\n".join((head, *kept, "")), "utf-8")


def main() -> None:
    """Write the two tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gazetteers", type=Path, required=True)
    gazetteers = arguments.parse_args().gazetteers
    _write("places", "GeoNames (CC BY 4.0) and CLDR (Unicode-3.0)", places(gazetteers))
    _write("given_names", "Wikidata (CC0)", given_names(gazetteers))


if __name__ == "__main__":
    main()
