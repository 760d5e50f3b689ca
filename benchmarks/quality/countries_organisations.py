"""Measure countries and organisations on articles of SaudiNewsNet that were read by hand.

    python benchmarks/quality/countries_organisations.py SAUDINEWSNET.jsonl.gz [--differences]

The articles themselves are not part of the project; their path is given. countries.tsv and
organisations.tsv beside this script hold, by article, what must be found and what may be. An
organisation has several names, apart by «|»: found is a name with the same words as one of them,
or with some of these.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from indexer.facets.extractor import default_extractor
from indexer.model import Article, FacetValue
from indexer.sources import Raw, read, walk
from indexer.text import default_analyzer
from indexer.text.normalize import normalize

HERE = Path(__file__).parent
_WORD = re.compile(r"\w+")


class Label(NamedTuple):
    """The values that an article must have, and those that it may have."""

    must: tuple[str, ...]
    may: tuple[str, ...]


class Judged(NamedTuple):
    """What was found of a label: the values of each verdict, and what was not found."""

    right: list[FacetValue]
    wrong: list[FacetValue]
    missed: list[str]


def labels(table: Path, apart: str) -> dict[str, Label]:
    """The hand-made labels of a table by article id; its values stand ``apart``."""
    found = {}
    for line in table.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            id, must, may = line.split("\t")
            values = (tuple(filter(None, of.split(apart))) for of in (must, may))
            found[id] = Label(*values)
    return found


def articles(path: Path, ids: Iterable[str]) -> Iterator[Article]:
    """The articles with these ids, read as Rasad reads them."""
    wanted = set(ids)
    for raw in walk([path]):
        if isinstance(raw, Raw) and str(json.loads(raw.payload)["id"]) in wanted:
            yield read(raw)


def is_country(label: str, value: FacetValue) -> bool:
    """Whether the value is the country of the label, an id."""
    return label == value.id


def is_organisation(label: str, value: FacetValue) -> bool:
    """Whether one of the names of the label is that of the value, or the one is in the other."""
    name = _words(value.name)
    return any(_same(_words(other), name) for other in label.split("|"))


def _words(name: str) -> Sequence[str]:
    return _WORD.findall(normalize(name).replace("عبد ال", "عبدال"))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return "".join(one) == "".join(other) or (bool(short) and set(short) <= set(long))


def judge(
    found: Sequence[FacetValue], label: Label, same: Callable[[str, FacetValue], bool]
) -> Judged:
    """Compare what was found with a label; each value that must be there is found once."""
    left, judged = list(label.must), Judged([], [], [])
    for value in found:
        hit = next((other for other in left if same(other, value)), None)
        if hit is not None:
            left.remove(hit)
            judged.right.append(value)
        elif not any(same(other, value) for other in label.may):
            judged.wrong.append(value)
    judged.missed.extend(left)
    return judged


FACETS = {"countries": (" ", is_country), "organisations": (" ; ", is_organisation)}


def main() -> None:
    """Print precision, recall and F1 of both facets, precision by rule, and each difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--labels", type=Path, default=HERE, help="a folder with both tables")
    parser.add_argument("--differences", action="store_true")
    given = parser.parse_args()
    tables = {
        facet: labels(given.labels / f"{facet}.tsv", apart) for facet, (apart, _) in FACETS.items()
    }
    analyzer = default_analyzer()
    extractor = default_extractor(analyzer)
    verdicts: dict[str, list[Judged]] = {facet: [] for facet in FACETS}
    for article in articles(given.articles, {id for table in tables.values() for id in table}):
        values = extractor.extract(
            article, analyzer.analyze(article.title), analyzer.analyze(article.body)
        )
        for facet, table in tables.items():
            if article.id in table:
                judged = judge(values[facet], table[article.id], FACETS[facet][1])
                verdicts[facet].append(judged)
                if given.differences and (judged.wrong or judged.missed):
                    wrong = [f"{v.name} ({v.mentions[0].rule})" for v in judged.wrong]
                    print(f"{article.id} {facet}: wrong {wrong}, missed {judged.missed}")
    for facet, of in verdicts.items():
        print_figures(facet, of)


def print_figures(facet: str, verdicts: Sequence[Judged]) -> None:
    """Print the figures of one facet, and its precision by the rule of the first mention."""
    right = Counter(value.mentions[0].rule for judged in verdicts for value in judged.right)
    wrong = Counter(value.mentions[0].rule for judged in verdicts for value in judged.wrong)
    r, w, m = right.total(), wrong.total(), sum(len(judged.missed) for judged in verdicts)
    print(
        f"{facet} of {len(verdicts)} articles: precision {r / (r + w or 1):.3f} "
        f"recall {r / (r + m or 1):.3f} F1 {2 * r / (2 * r + w + m or 1):.3f} "
        f"({r} right, {w} wrong, {m} missed)"
    )
    for rule in sorted(right | wrong):
        print(f"  {rule:24} {right[rule]:4} right {wrong[rule]:4} wrong")


if __name__ == "__main__":
    main()
