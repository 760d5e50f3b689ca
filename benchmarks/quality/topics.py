"""Measure the topics on hand-labelled articles of SaudiNewsNet.

The articles themselves are not part of the project; their path is given. Other articles are
measured against labels of their own.

    python benchmarks/quality/topics.py SAUDINEWSNET.jsonl.gz [--labels LABELS.tsv]
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.facets.extractor import default_extractor
from indexer.model import Article
from indexer.text import default_analyzer

LABELS = Path(__file__).with_suffix(".tsv")


class Label(NamedTuple):
    """The topics that an article must have, and those that it may have."""

    must: frozenset[str]
    may: frozenset[str]


def labels(path: Path) -> dict[str, Label]:
    """The hand-made labels by article id."""
    table = {}
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            id, must, may = line.split("\t")
            table[id] = Label(frozenset(must.split()), frozenset(may.split()))
    return table


def articles(path: Path) -> Iterator[Article]:
    """The articles of a file of records with id, title and text, packed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Article(str(record["id"]), record["title"], record["text"])


def main() -> None:
    """Print precision, recall and F1 in all and of each topic, and each difference if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--differences", action="store_true")
    options = parser.parse_args()
    wanted = labels(options.labels)
    analyzer = default_analyzer()
    extractor = default_extractor(analyzer)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for article in articles(options.articles):
        if article.id not in wanted:
            continue
        facets = extractor.extract(
            article, analyzer.analyze(article.title), analyzer.analyze(article.body)
        )
        found = {value.id for value in facets["topics"]}
        label = wanted[article.id]
        right.update(found & label.must)
        wrong.update(found - label.must - label.may)
        missed.update(label.must - found)
        if options.differences and (found - label.must - label.may or label.must - found):
            strengths = " ".join(f"{v.id}:{v.score}" for v in facets["topics"])
            print(article.id, article.title, "|", *sorted(label.must), "| found", strengths)
    for topic in sorted(right | wrong | missed):
        print(f"{topic:22} {right[topic]:4} right {wrong[topic]:4} wrong {missed[topic]:4} missed")
    r, w, m = right.total(), wrong.total(), missed.total()
    print(f"precision {r / (r + w):.3f} recall {r / (r + m):.3f} F1 {2 * r / (2 * r + w + m):.3f}")


if __name__ == "__main__":
    main()
