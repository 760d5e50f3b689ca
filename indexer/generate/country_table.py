"""Derive ``facets/tables/countries.tsv``: labels, names and adjectives of countries.

Sources: CLDR (labels and names, Unicode-3.0), UNTERM (official names, PDDL), ArWikiCats
(adjectives, MIT). What the press calls countries beyond that is curated by hand in
``countries_press.tsv``.

usage: python -m indexer.generate.country_table --gazetteers PATH
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from indexer.text.tables import TableHead

TABLE = Path(__file__).parents[1] / "facets" / "tables" / "countries.tsv"
HEAD = TableHead(
    "Labels, names and adjectives of countries; forms are apart by |, a label is Arabic|English.",
    "by indexer.generate.country_table from CLDR, UNTERM and ArWikiCats",
    "Unicode-3.0 (CLDR), PDDL-1.0 (UNTERM), MIT (ArWikiCats)",
    ("id", "kind", "forms"),
)
SOURCES = ("cldr48", "unterm/M49 (datasets/country-codes)")
#: Adjectives that are other words as well, or that two countries share; curated by hand instead.
NOT_ADJECTIVES = frozenset(
    {"ML", "KM", "CF", "CV", "CG", "RO", "HU", "DO", "DM", "SM", "AG", "KI", "WS"}
)
#: Labels where CLDR's is a description rather than a name.
SHORT = ("alt-short", "alt-variant")
#: CLDR's short English forms, which Babel leaves out.
ENGLISH = {
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
}
#: Where CLDR's variant is only a spelling that it used to prefer, its plain form is the label.
PLAIN = frozenset({"FK", "IO", "CZ", "CI", "TL", "SZ"})


def rows(gazetteers: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (id, kind, forms) for every territory, sorted by id."""
    territories = _territories(gazetteers / "cldr_territories_ar.json")
    english = Locale("en").territories
    merged = json.loads((gazetteers / "countries_ar_merged.json").read_text("utf-8"))
    for code in sorted(merged):
        yield code, "label", f"{_label(code, territories)}|{ENGLISH.get(code, english[code])}"
        names = {_plain(name) for s in SOURCES for name in merged[code]["names_ar"].get(s, ())}
        yield code, "name", "|".join(sorted(names))
        adjective = merged[code].get("demonym_ar")
        if adjective and code not in NOT_ADJECTIVES:
            yield code, "adjective", adjective["male"]
            if not adjective["males"].endswith("ون"):
                yield code, "people", f"{adjective['males']}|ال{adjective['males']}"


def _territories(path: Path) -> dict[str, str]:
    main = json.loads(path.read_text("utf-8"))["main"]["ar"]
    table: dict[str, str] = main["localeDisplayNames"]["territories"]
    return table


def _label(code: str, territories: dict[str, str]) -> str:
    short = () if code in PLAIN else (territories.get(f"{code}-{alt}") for alt in SHORT)
    return _plain(next(filter(None, short), None) or territories[code])


def _plain(name: str) -> str:
    """The name without its explanation in brackets and the marks of footnotes."""
    return re.sub(r"\s*\(.*?\)|\s*\*", "", name).replace("|", " ").strip()


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteers", type=Path, required=True)
    gazetteers = parser.parse_args().gazetteers
    lines = ("\t".join(row) + "\n" for row in rows(gazetteers))
    TABLE.write_text(HEAD.text() + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
