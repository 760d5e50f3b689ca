"""Precision and recall of copies over pairs that were read, by threshold.

    python benchmarks/quality/copies.py DATA/saudinewsnet.jsonl.gz

``copies.tsv`` holds ids and verdicts only. The pairs were drawn over all shares of shingles in
common from 0.1 up, three in five from two papers; among them are telegrams, weather reports,
weekly figures and follow-ups, which formulas make alike. So the figures are those of hard pairs:
most pairs of an archive are nearer to 0 or 1.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.catalogue import Signature
from indexer.errors import SourceError
from indexer.index import IndexSettings
from indexer.indexing.documents import document_builder
from indexer.indexing.near_duplicates import (
    ALIKE,
    ALIKE_LATER,
    FAR,
    are_copies,
    similarity,
)
from indexer.sources import Skipped, read, walk

PAIRS = Path(__file__).with_suffix(".tsv")
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two signed articles and whether a reader called them copies."""

    one: Signature
    other: Signature
    copy: bool


def main() -> None:
    """Print a line for each threshold, with the guards and without, and one for Rasad's rule."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    pairs = list(_pairs(parser.parse_args().articles))
    print(f"{len(pairs)} pairs, {sum(pair.copy for pair in pairs)} of them copies")
    print("threshold     shingles alone       + countries     + countries, days")
    for threshold in THRESHOLDS:
        alike = [similarity(pair.one, pair.other) >= threshold for pair in pairs]
        named = [found and _agree(pair) for found, pair in zip(alike, pairs, strict=True)]
        near = [
            found and (_near(pair) or similarity(pair.one, pair.other) >= ALIKE_LATER)
            for found, pair in zip(named, pairs, strict=True)
        ]
        print(f"{threshold:9.2f}", *(_figures(found, pairs) for found in (alike, named, near)))
    chosen = [are_copies(pair.one, pair.other) for pair in pairs]
    print(f"chosen ({ALIKE:.2f}; {ALIKE_LATER:.2f} beyond {FAR} days):", _figures(chosen, pairs))
    for pair, found in zip(pairs, chosen, strict=True):
        if found != pair.copy:
            kind = "taken for copies" if found else "not recognised"
            print(f"  {kind}: {pair.one.article} {pair.other.article}")


def _pairs(data: Path) -> Iterator[Pair]:
    lines = PAIRS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    articles = _articles(data, {id for row in rows for id in row[:2]})
    for one, other, verdict in rows:
        yield Pair(articles[one], articles[other], verdict == "copy")


def _articles(data: Path, wanted: set[str]) -> dict[str, Signature]:
    builder, found = document_builder(IndexSettings()), {}
    for raw in walk([data]):
        if isinstance(raw, Skipped):
            continue
        try:
            article = read(raw)
        except SourceError:
            continue  # none of the pairs' articles is such a page
        if article.id in wanted:
            document = builder.of(article)
            day = article.date.toordinal() if article.date else 0
            countries = frozenset(document.record.values("countries"))
            found[article.id] = Signature(0, article.id, "", day, countries, document.signature)
    return found


def _agree(pair: Pair) -> bool:
    one, other = pair.one.countries, pair.other.countries
    return not (one - other and other - one)


def _near(pair: Pair) -> bool:
    return not (pair.one.day and pair.other.day) or abs(pair.one.day - pair.other.day) <= FAR


def _figures(found: list[bool], pairs: list[Pair]) -> str:
    right = sum(f and pair.copy for f, pair in zip(found, pairs, strict=True))
    precision, recall = right / max(1, sum(found)), right / sum(pair.copy for pair in pairs)
    return f"  P {precision:.3f} R {recall:.3f}"


if __name__ == "__main__":
    main()
