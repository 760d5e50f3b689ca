"""Derive ``english/tables/cities.tsv``: the English names of large cities with their Arabic ones.

Source: GeoNames, cities above 15,000 inhabitants (CC BY 4.0). Its Arabic names hold Persian,
Kurdish and Uyghur ones; those that wordfreq (CC BY-SA 4.0) has seen in Arabic come first, and where
it has seen some, the others are left out. A city is left out whose English name the tables of
countries, places, organisations or terms have, or people bear.

usage: python -m indexer.generate.english_cities --gazetteers PATH
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from indexer.generate import gazetteers
from indexer.search.english.entries import entries_with
from indexer.search.english.folding import folded, key
from indexer.search.english.tables import facet_rows, rows
from indexer.text.normalize import normalize
from indexer.text.tables import TableHead

TABLE = Path(__file__).parents[1] / "search" / "english" / "tables" / "cities.tsv"
HEAD = TableHead(
    "English names of large cities with their Arabic ones, apart by |, the more frequent first.",
    "by indexer.generate.english_cities from GeoNames and wordfreq",
    "CC BY 4.0 (GeoNames), CC BY-SA 4.0 (wordfreq)",
    ("English", "Arabic"),
)
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a ]+")
#: Where the news of the archive is from, smaller cities count as well.
NEAR = "AE BH DJ DZ EG IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN TR YE"
LARGE, LARGE_NEAR = 300_000, 50_000
MOST_NAMES = 2
RARE = 1.0  # Zipf frequency of a word that the press hardly writes


def cities(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (English name, Arabic names), the largest city of a name only."""
    taken = _taken()
    for _id, latin, country, people, names in gazetteers.rows(folder / "cities15000_ar.tsv"):
        if int(people) < (LARGE_NEAR if country in NEAR.split() else LARGE):
            continue
        words = key(latin)
        arabic = tuple(_arabic(names.split("|")))
        if len(words) > 3 and arabic and words not in taken:
            taken.add(words)
            yield latin, arabic


def _taken() -> set[str]:
    """Names that mean something else."""
    people = {words for _name, latin, *_ in facet_rows("people.tsv") for words in latin.split()}
    ordinary = {word for (line,) in rows("ordinary.tsv") for word in line.split()}
    given = {spelling for (line,) in rows("spellings.tsv") for spelling in line.split()}
    known = set(entries_with(["places.tsv"]).names)
    return known | {folded(word.lower()) for word in people | ordinary | given}


def _arabic(names: list[str]) -> list[str]:
    """The names that the Arabic press may write, the more frequent first."""
    from wordfreq import zipf_frequency

    arabic = {
        normalize(name): " ".join(name.split())
        for name in reversed(names)
        if ARABIC.fullmatch(name)
    }
    seen = {
        name: min(zipf_frequency(word, "ar") for word in name.split()) for name in arabic.values()
    }
    usual = [name for name in seen if seen[name] >= RARE] or list(seen)[:1]
    return sorted(usual, key=lambda name: -seen[name])[:MOST_NAMES]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteers", type=Path, required=True)
    found = sorted(cities(parser.parse_args().gazetteers))
    lines = (f"{name}\t{'|'.join(arabic)}\n" for name, arabic in found)
    TABLE.write_text(HEAD.text() + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
