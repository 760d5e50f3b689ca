"""Whether English queries find what their Arabic ones find.

    python benchmarks/quality/english_queries.py INDEX
    python benchmarks/quality/english_queries.py INDEX --judged FOLDER

For each pair in english_queries.tsv: how many articles either finds and how many of the first ten
they share. The index is one of the news that the queries were written for, see README.md.
With judgements, queries.tsv and qrels.tsv in FOLDER: nDCG@10 of either language on the page of
results.
"""

import argparse
import statistics
import time
from collections import defaultdict
from math import log2
from pathlib import Path

from indexer.index import Index
from indexer.model import SearchRequest
from indexer.search.results import SearchPage
from indexer.search.service import SearchService
from indexer.text import default_analyzer

PAIRS = Path(__file__).with_suffix(".tsv")
TOP = 10


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--judged", type=Path)
    given = parser.parse_args()
    service = SearchService(Index.open(given.index), default_analyzer())
    if given.judged:
        judged(service, given.judged)
    else:
        pairs(service)


def pairs(service: SearchService) -> None:
    """Each English query beside its Arabic one."""
    shared: dict[str, list[float]] = defaultdict(list)
    took: dict[str, list[float]] = {"English": [], "Arabic": []}
    service.page(SearchRequest(q="Kerry"))
    for line in PAIRS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, english, arabic = line.split("\t")
        one = timed(service, english, took["English"])
        other = timed(service, arabic, took["Arabic"])
        common = len(ids(one) & ids(other))
        shared[kind].append(common / max(1, min(TOP, len(ids(other)))))
        note = f"{one.relaxed or ''}/{other.relaxed or ''}"
        print(f"{common:3} {one.total:6} {other.total:6}  {english}  {arabic}  {note.strip('/')}")
    for kind, values in shared.items():
        print(f"{kind}: {statistics.mean(values):.2f} of the first {TOP} shared")
    every = [value for values in shared.values() for value in values]
    print(f"all: {statistics.mean(every):.2f}")
    for language, times in took.items():
        print(f"{language}: median {statistics.median(times):.1f} ms a page")


def timed(service: SearchService, q: str, took: list[float]) -> SearchPage:
    """The page of a query, and how long it took in milliseconds."""
    started = time.perf_counter()
    page = service.page(SearchRequest(q=q, size=TOP))
    took.append(1000 * (time.perf_counter() - started))
    return page


def judged(service: SearchService, folder: Path) -> None:
    """nDCG@10 of judged queries in both languages."""
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for query, article, grade in _rows(folder / "qrels.tsv"):
        grades[query][article] = float(grade)
    scores: dict[str, list[float]] = {"ar": [], "en": []}
    for id, arabic, english in _rows(folder / "queries.tsv"):
        for lang, q in (("ar", arabic), ("en", english)):
            page = service.page(SearchRequest(q=q, size=TOP))
            found = [result.record.article.id for result in page.results]
            scores[lang].append(ndcg(found, grades[id]))
        print(f"{scores['ar'][-1]:.2f} {scores['en'][-1]:.2f} {page.total:5}  {arabic}  {english}")
    for lang, values in scores.items():
        print(f"{lang}: nDCG@{TOP} {statistics.mean(values):.3f} ({len(values)} queries)")


def ndcg(found: list[str], grades: dict[str, float]) -> float:
    """The discounted gain of a list against the best there is."""
    gain = sum(grades.get(id, 0) / log2(at + 2) for at, id in enumerate(found[:TOP]))
    ideal = sorted(grades.values(), reverse=True)[:TOP]
    best = sum(grade / log2(at + 2) for at, grade in enumerate(ideal))
    return gain / best if best else 0.0


def ids(page: SearchPage) -> set[str]:
    return {result.record.article.id for result in page.results}


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    main()
