"""What commits on the way cost: an archive written to an engine by commits of so many articles.

    python benchmarks/speed/commits.py ARTICLES.jsonl.gz [--every 500 2000 8000]
        [--engine whoosh|tantivy] [--many 5000] [--times 1]

The documents of the first articles are made beforehand and come from a file, as often as
``--times`` says, with other ids each time. Each size of commits is measured in a process of its
own: seconds of the processor in all, in commits and in the dearest commit, and the peak of its
memory; in brackets as multiples of what a single commit at the end takes.
"""

import argparse
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from memory import peak

from indexer.engines import ENGINES, open_engine
from indexer.index import IndexSettings
from indexer.indexing.documents import document_builder
from indexer.model import Document
from indexer.sources import Skipped, walk

BATCH = 64


class Cost(NamedTuple):
    """What it took to write all documents."""

    seconds: float
    in_commits: float
    dearest: float
    megabytes: float


def main() -> None:
    """Print a line for each size of commits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--every", type=int, nargs="*", default=[500, 2000, 8000])
    parser.add_argument("--engine", choices=ENGINES, default="whoosh")
    parser.add_argument("--many", type=int, default=5000)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--made", type=Path, help=argparse.SUPPRESS)  # in processes of our own
    given = parser.parse_args()
    if given.made:
        cost = written(given.made, given.engine, given.every[0], given.times)
        print(*cost)
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "documents"
        documents = keep(given.articles, given.many, made) * given.times
        print(f"{documents} articles, {given.engine}")
        print(
            f"{'articles a commit':>17} {'seconds':>15} {'in commits':>10} {'dearest':>8} peak MB"
        )
        whole = measured(made, given, documents)
        for every in (documents, *given.every):
            cost = whole if every == documents else measured(made, given, every)
            print(
                f"{every:17} {cost.seconds:7.1f} ({cost.seconds / whole.seconds:4.2f}x)"
                f" {cost.in_commits:10.1f} {cost.dearest:8.1f}"
                f" {cost.megabytes:4.0f} ({cost.megabytes / whole.megabytes:4.2f}x)",
                flush=True,
            )


def keep(articles: Path, many: int, made: Path) -> int:
    """Write the documents of the first articles into a file; how many there are."""
    builder = document_builder(IndexSettings())
    raws = (raw for raw in walk([articles]) if not isinstance(raw, Skipped))
    outcomes = map(builder.outcome, raws)
    documents = (one for one in outcomes if isinstance(one, Document))
    count = 0
    with made.open("wb") as file:
        for document in islice(documents, many):
            pickle.dump(document, file, pickle.HIGHEST_PROTOCOL)
            count += 1
    return count


def measured(made: Path, given: argparse.Namespace, every: int) -> Cost:
    """What commits of one size take, in a process of their own."""
    options = ["--made", made, "--engine", given.engine, "--every", every, "--times", given.times]
    run = subprocess.run(
        [sys.executable, __file__, str(given.articles), *map(str, options)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return Cost(*map(float, run.stdout.split()))


def written(made: Path, engine: str, every: int, times: int) -> Cost:
    """Write the documents to a new index, with a commit after ``every`` of them and at the end."""
    commits: list[float] = []
    started = time.process_time()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_engine(engine, Path(folder), create=True)) as opened,
        closing(opened.writer()) as writer,
    ):

        def commit() -> None:
            began = time.process_time()
            writer.commit()
            commits.append(time.process_time() - began)

        waiting = 0
        for batch in batches(made, times, min(BATCH, every)):
            writer.add(batch)
            waiting += len(batch)
            if waiting >= every:
                commit()
                waiting = 0
        if waiting:
            commit()
        return Cost(time.process_time() - started, sum(commits), max(commits), peak())


def batches(made: Path, times: int, size: int) -> Iterator[list[Document]]:
    """The documents as often as asked for, with other ids each time."""
    for turn in range(times):
        with made.open("rb") as file:
            documents = (renamed(one, turn) for one in unpickled(file))
            while batch := list(islice(documents, size)):
                yield batch


def unpickled(file: BinaryIO) -> Iterator[Document]:
    """The documents of a file that ``keep`` wrote."""
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def renamed(document: Document, turn: int) -> Document:
    """The document under another id in each turn but the first."""
    if not turn:
        return document
    article = replace(document.record.article, id=f"{document.record.article.id}-{turn}")
    return replace(document, record=replace(document.record, article=article))


if __name__ == "__main__":
    main()
