"""How fast Rasad is at real size: index a file of articles, then ask 200 queries taken from it.

    python benchmarks/speed/archive.py ARTICLES.jsonl.gz [--engine whoosh|tantivy] [--times 5]
        [--index DIR] [--keep]

Prints articles a second end to end; the peak memory of the process that writes, how it grew with
the articles, and the largest worker's; the share of the run that its end took, after the last
article was read; the time of a page's data (hits, all facets, snippets) inside the process at the
50th and 95th percentile; and the machine and versions it was measured on. With ``--times`` the
articles come as often as it says, each time under other ids and dates and with other words for one
in eight, so that hardly any counts as a copy. Machines differ and are shared: compare figures
of one run only.
"""

import argparse
import gzip
import json
import os
import platform
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from memory import peak

from indexer.index import Index, writable
from indexer.indexing.report import Report
from indexer.indexing.run import index_pages
from indexer.model import Filter, SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer

QUERIES = 200
LIBRARIES = ("whoosh3", "tantivy", "numpy", "pyarabic")
CHANGED = 1 / 8  # of the words: one or more a sentence
SHIFT = timedelta(days=90)  # between one time and the next; the articles are of two months
WORD = re.compile(r"[^\W\d_]{3,}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--index", type=Path, help="where to make the index [a temporary folder]")
    parser.add_argument("--keep", action="store_true", help="search an index that is there")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--times", type=int, default=1, help="how often the articles come [1]")
    given = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=""
    )
    print("".join(f", {name} {version(name)}" for name in LIBRARIES))
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.index or Path(temporary) / "index"
        if not given.keep:
            paths = [given.articles, *repeated(given.articles, given.times, Path(temporary))]
            build(paths, folder, given.engine, given.jobs)
        search(given.articles, folder)


class Course:
    """When the last article was read, and the peak memory after each ``every`` pages."""

    def __init__(self, every: int) -> None:
        self.started = self.last = time.monotonic()
        self.peaks: list[tuple[int, int]] = []
        self._every = every
        self._indexed = 0

    def see(self, report: Report) -> None:
        """Look at the run."""
        if report.indexed == self._indexed:
            return
        self.last = time.monotonic()
        self._indexed = report.indexed
        if report.indexed + len(report.skipped) >= self._every * (len(self.peaks) + 1):
            self.peaks.append((self._indexed, peak()))


def build(paths: list[Path], folder: Path, engine: str, jobs: int | None) -> None:
    """Index the articles and print how that went."""
    course = Course(articles_in(paths[0]))
    with writable(folder, {"engine": engine}, rebuild=True) as index:
        report = index_pages(paths, index, jobs=jobs, progress=course.see)
    ended = time.monotonic()
    seconds, end = ended - course.started, ended - course.last
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(
        f"{engine}: {report.indexed} articles in {seconds:.1f} s, {report.indexed / seconds:.0f}/s;"
        f" {report.whole.copies} of them copies"
    )
    print(
        f"end of the run, after the last article was read: {end:.1f} s, {end / seconds:.3f} of it"
    )
    print(f"disk {disk:.0f} MB; peak memory: largest worker {worker:.0f} MB; writer:")
    peaks = [*course.peaks, (report.indexed, peak())]
    for articles, megabytes in peaks:
        grown = megabytes / peaks[0][1]
        print(f"  {articles:7} articles: {megabytes:5} MB ({grown:.2f}x)")


def repeated(articles: Path, times: int, folder: Path) -> Iterator[Path]:
    """The articles again in files of their own, changed each time; see the top."""
    for turn in range(1, times):
        chance = random.Random(turn)
        path = folder / f"articles-{turn}.jsonl.gz"
        words = ["خبر"]
        with opened(articles) as lines, gzip.open(path, "wt", 1, encoding="utf-8") as file:
            for line in lines:
                record = json.loads(line)
                again = changed(record, turn, words, chance)
                words = WORD.findall(record["text"]) or words
                file.write(json.dumps(again, ensure_ascii=False) + "\n")
        yield path


def changed(
    record: Mapping[str, str], turn: int, words: Sequence[str], chance: random.Random
) -> dict[str, str]:
    """A record with another id, date and address, and with some of these words for others."""

    def word(found: re.Match[str]) -> str:
        return chance.choice(words) if chance.random() < CHANGED else found[0]

    texts = {name: WORD.sub(word, record[name]) for name in ("title", "text") if record.get(name)}
    again = {**record, **texts, "id": f"{record['id']}-{turn}"}
    if record.get("date"):
        day, rest = record["date"][:10], record["date"][10:]
        again["date"] = f"{date.fromisoformat(day) + turn * SHIFT}{rest}"
    if record.get("url"):
        again["url"] = f"{record['url']}#{turn}"
    return again


def articles_in(path: Path) -> int:
    """How many records a file of one a line has."""
    with opened(path) as lines:
        return sum(1 for _ in lines)


def opened(path: Path) -> TextIO:
    """A file of records for reading, packed or not."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


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
    with opened(articles) as lines:
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
