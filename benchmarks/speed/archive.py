"""How fast Rasad is at real size: index a file of articles, then ask 200 queries taken from it.

    python benchmarks/size.py ARTICLES.jsonl.gz [--engine whoosh|tantivy] [--index DIR] [--keep]

Prints articles a second end to end, peak memory, the time of a page's data (hits, all facets,
snippets) inside the process at the 50th and 95th percentile, where that time goes, and the machine
and versions it was measured on. Machines differ and are shared: compare figures of one run only.
"""

import argparse
import gzip
import json
import os
import platform
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.model import Filter, SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer

QUERIES = 200
LIBRARIES = ("whoosh3", "tantivy", "numpy", "pyarabic")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--index", type=Path, help="where to make the index [a temporary folder]")
    parser.add_argument("--keep", action="store_true", help="search an index that is there")
    parser.add_argument("--jobs", type=int)
    given = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=""
    )
    print("".join(f", {name} {version(name)}" for name in LIBRARIES))
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.index or Path(temporary) / "index"
        if not given.keep:
            build(given.articles, folder, given.engine, given.jobs)
        search(given.articles, folder)


def build(articles: Path, folder: Path, engine: str, jobs: int | None) -> None:
    """Index the articles and print how that went."""
    started = time.monotonic()
    with writable(folder, {"engine": engine}, rebuild=True) as index:
        report = index_pages([articles], index, jobs=jobs)
    seconds = time.monotonic() - started
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(
        f"{engine}: {report.indexed} articles in {seconds:.1f} s, {report.indexed / seconds:.0f}/s"
    )
    print(f"peak memory: writer {own:.0f} MB, largest worker {workers:.0f} MB; disk {disk:.0f} MB")


def search(articles: Path, folder: Path) -> None:
    """Ask the queries and print percentiles."""
    index = Index.open(folder)
    service = SearchService(index, default_analyzer())
    started = time.perf_counter()
    print(f"{service.stats().articles} articles, {index.engine.name}", end=", ")
    print(f"first answer after {1000 * (time.perf_counter() - started):.0f} ms")
    queries = list(taken_from(articles))
    show("all words, first time", lambda q: service.page(SearchRequest(q)), queries)
    show("all words, again", lambda q: service.page(SearchRequest(q)), queries)
    filters = frozenset({Filter("countries", "SA"), Filter("countries", "IR")})
    show("with two countries", lambda q: service.page(SearchRequest(q, filters)), queries)
    show("by date", lambda q: service.page(SearchRequest(q, sort="newest")), queries)
    either = [" OR ".join(q.split()) for q in queries]
    show("any word", lambda q: service.page(SearchRequest(q)), either)
    show("phrases", lambda q: service.page(SearchRequest(f'"{q}"')), queries)
    index.close()


def taken_from(articles: Path) -> Iterator[str]:
    """Runs of one to four words from the articles, always the same ones."""
    chance = random.Random(2015)
    opened = gzip.open if articles.suffix == ".gz" else open
    with opened(articles, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    analyzer = default_analyzer()
    for text in chance.sample(texts, min(QUERIES, len(texts))):
        tokens = [t for t in analyzer.analyze(text) if not t.word.stop]
        if tokens:
            first = chance.randrange(len(tokens))
            last = min(first + chance.randint(0, 3), len(tokens) - 1)
            yield " ".join(text[t.start : t.end] for t in tokens[first : last + 1])


def show(name: str, ask: Callable[[str], object], queries: list[str]) -> None:
    """Time each query once and print the percentiles in milliseconds."""
    times = []
    for q in queries:
        started = time.perf_counter()
        ask(q)
        times.append(1000 * (time.perf_counter() - started))
    cuts = statistics.quantiles(times, n=20)
    print(f"  {name}: p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms, max {max(times):.1f} ms")


if __name__ == "__main__":
    main()
