"""Many readers and a writer at once: no error, and every answer of one commit.

    python benchmarks/speed/load.py [ARTICLES.jsonl.gz] [--engine whoosh|tantivy] [--many 3000]
        [--clients 16] [--minutes 10] [--every 60] [--pause 0.05]

An index of the first articles (without any, of the sample pages) is made in a folder that goes
again, and served on 127.0.0.1. Each commit of the writer changes marked articles, adds and removes
others: every answer about them must be of one commit, by their titles, texts, sources and by how
many there are, and of none older than the newest at the time of asking. Ends with 1 where one is
not, or where an answer is no success.
"""

import argparse
import itertools
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from marked_pages import WORD, gone, ids, marked, written_in

from indexer.catalogue import Page
from indexer.engines import ENGINES
from indexer.index import Asked, Index, IndexWriter, writable
from indexer.indexing.documents import DocumentBuilder, document_builder
from indexer.model import Document
from indexer.sources import Skipped, walk

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
_PATIENCE = 60  # seconds that are waited for a second commit
_Q = quote(WORD)
#: Kind → what is asked, and how many marked articles an answer tells of, where it tells.
KINDS: dict[str, tuple[Sequence[str], Callable[[str], int] | None]] = {
    "search": ((f"/search?q={_Q}", f"/search?q={_Q}&sort=newest&lang=ar"), None),
    "JSON": ((f"/api/v1/search?q={_Q}&size=100",), lambda text: int(json.loads(text)["total"])),
    "facet": ((f"/api/v1/facets/sources?q={_Q}", f"/facets/sources?q={_Q}"), None),
    "article": ([f"/article/marked-{n}?q={_Q}" for n in range(12)], None),
    "suggest": ((f"/api/v1/suggest?q={_Q}%20{quote('في')}",), None),
    "feed": ((f"/search.atom?q={_Q}",), None),
    "CSV": ((f"/search.csv?q={_Q}",), lambda text: text.count("\nmarked-")),
    "others": (
        [f"/search?q={quote(q)}" for q in ("السفير", "وزير الخارجية", "visit", "*ية", "مصر")]
        + ["/", "/search.csv?q=", "/search.atom?q=", "/facets/people", "/api/v1/suggest?q=al"],
        None,
    ),
    "pictures": (
        [f"/pictures{kind}?q={q}" for kind in ("", "/people", "/topics") for q in ("", _Q)],
        None,
    ),
}


class Figures:
    """What the clients have met; they share it."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()
        self.committed = 0
        self._writing = threading.Lock()

    def note(self, kind: str, seconds: float, wrong: str) -> None:
        with self._writing:
            self.seconds[kind].append(seconds)
            if wrong:
                self.wrong[f"{kind}: {wrong}"] += 1


def main() -> None:
    """Make an index, serve it, ask and write; print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--engine", choices=ENGINES, default="whoosh")
    parser.add_argument("--many", type=int, default=3000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--every", type=float, default=60, help="seconds from commit to commit")
    parser.add_argument("--pause", type=float, default=0.05, help="seconds of a client's thinking")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)  # in a process of our own
    given = parser.parse_args()
    if given.write:
        write(given.write, given.every)
        return
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        make(index, given)
        figures = loaded(index, given)
    sys.exit(bool(figures.wrong) or figures.committed < 2)


def make(folder: Path, given: argparse.Namespace) -> None:
    """Index the first articles and the first marked ones."""
    with writable(folder, Asked(engine=given.engine)) as index, index.writer() as writer:
        builder = document_builder(index.settings)
        raws = (raw for raw in walk([given.articles]) if not isinstance(raw, Skipped))
        read = (one for one in map(builder.outcome, raws) if isinstance(one, Document))
        documents = islice(read, given.many)
        while batch := list(islice(documents, 500)):
            add(writer, batch)
        commit(builder, writer, 1)


def add(writer: IndexWriter, documents: Sequence[Document]) -> None:
    """Write documents with a page each."""
    found = [document.record.article.id for document in documents]
    writer.add(documents, [Page(id, id, id) for id in found])


def commit(builder: DocumentBuilder, writer: IndexWriter, number: int) -> None:
    """Write the marked articles of a commit in place of those of the one before."""
    outcomes = map(builder.again, marked(number))
    add(writer, [one for one in outcomes if isinstance(one, Document)])
    if number > 1:
        writer.remove(dict.fromkeys(gone(number - 1), WORD))
    writer.commit()


def write(folder: Path, every: float) -> None:
    """Commit, and say which number was committed, until it is ended."""
    with closing(Index.open(folder)) as index:
        builder = document_builder(index.settings)
    builder.again(next(marked(1)))  # loads what the first article needs
    print(1, flush=True)
    for number in itertools.count(2):
        time.sleep(every)
        with closing(Index.open(folder)) as index, index.writer() as writer:
            commit(builder, writer, number)
        print(number, flush=True)


def loaded(folder: Path, given: argparse.Namespace) -> Figures:
    """What clients met while the index was served and written to."""
    figures = Figures()
    ends = threading.Event()
    options = [str(folder), "--every", str(given.every)]
    with served(folder) as (port, server), process([__file__, "--write", *options]) as writer:
        follow = threading.Thread(target=read_commits, args=[writer, figures], daemon=True)
        clients = [
            threading.Thread(target=ask, args=[port, number, given.pause, figures, ends])
            for number in range(given.clients)
        ]
        follow.start()
        while not figures.committed and writer.poll() is None:
            time.sleep(0.1)
        for thread in clients:
            thread.start()
        memory = watched(server.pid, 60 * given.minutes, figures)
        ends.set()
        for thread in clients:
            thread.join()
        for one, name in ((server, "server"), (writer, "writer")):
            if one.poll() is not None:
                figures.wrong[f"the {name} ended with {one.returncode}"] += 1
        log = Path(f"{folder / 'catalogue.db'}-wal")
        tell(figures, given, memory, log.stat().st_size if log.exists() else 0)
    return figures


@contextmanager
def process(options: Iterable[str]) -> Iterator[subprocess.Popen[str]]:
    """A process of Python's that ends with the block."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"}
    one = subprocess.Popen(
        [sys.executable, *options], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield one
    finally:
        one.terminate()
        one.wait(30)


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server of the index, with its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = "from indexer.commands import main; main()"
    options = ["serve", "--host", "127.0.0.1", "--port", str(port), "--index", str(folder)]
    with process(["-c", command, *options]) as server:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, server


def read_commits(writer: subprocess.Popen[str], figures: Figures) -> None:
    """Note what the writer has committed."""
    for line in writer.stdout or ():
        figures.committed = int(line)


def ask(port: int, client: int, pause: float, figures: Figures, ends: threading.Event) -> None:
    """One client: asks for one thing after the other."""
    chosen = random.Random(client)
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while not ends.wait(chosen.random() * 2 * pause):
        kind = chosen.choice(list(KINDS))
        paths, count = KINDS[kind]
        path = chosen.choice(paths)
        least = figures.committed
        started = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
            if path.startswith("/search.csv") and answer.status == 503:
                continue  # more downloads at once than a worker sends: refused, not wrong
            wrong = "" if answer.status == 200 else f"status {answer.status}"
        except (OSError, HTTPException) as error:
            connection.close()
            text, wrong = "", type(error).__name__
        seconds = time.perf_counter() - started
        if not wrong and kind not in ("others", "pictures"):
            wrong = mixed(text, least, count(text) if count else None, kind == "suggest")
        figures.note(kind, seconds, wrong)
    connection.close()


def mixed(text: str, least: int, count: int | None, may_be_empty: bool) -> str:
    """What is wrong with an answer about the marked articles, if anything."""
    numbers = written_in(text)
    if not numbers:
        return "" if may_be_empty else "no marked article"
    if len(numbers) > 1:
        return "of several commits"
    (number,) = numbers
    if number < least:
        return "of an older commit"
    if count is not None and count != len(ids(number)):
        return "a number of another commit"
    return ""


def watched(pid: int, seconds: float, figures: Figures) -> list[int]:
    """How many megabytes a process and its children hold, each second of so many.

    It takes longer where the writer has hardly begun by then.
    """
    held = []
    until = time.monotonic() + seconds
    while (now := time.monotonic()) < until or (figures.committed < 3 and now < until + _PATIENCE):
        held.append(sum(map(resident, family(pid))))
        time.sleep(1)
    return held


def family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text("utf-8").split():
            yield from family(int(child))


def resident(pid: int) -> int:
    """The megabytes that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next((int(line.split()[1]) // 1000 for line in lines if line.startswith("VmRSS")), 0)


def tell(figures: Figures, given: argparse.Namespace, memory: list[int], log: int) -> None:
    """Print the figures; memory from two fifths on, when all has been asked once."""
    total = sum(map(len, figures.seconds.values()))
    print(f"{given.engine}: {total} requests by {given.clients} clients, ", end="")
    print(f"{figures.committed - 1} commits, {given.minutes:g} minutes")
    print(f"{'milliseconds':12} {'requests':>9} {'p50':>7} {'p99':>7} {'most':>7}")
    for kind in KINDS:
        times = sorted(1000 * one for one in figures.seconds[kind])
        if len(times) > 1:
            p99 = quantiles(times, n=100, method="inclusive")[98]
            print(f"{kind:12} {len(times):9} {median(times):7.0f} {p99:7.0f} {times[-1]:7.0f}")
    part = max(1, len(memory) // 5)
    early, late = median(memory[2 * part : 3 * part] or memory), median(memory[-part:])
    print(f"memory: {early:.0f} MB after warming up, {late:.0f} MB at the end ", end="")
    print(f"({100 * (late / early - 1):+.1f} %); the catalogue's log {log / 1e6:.1f} MB")
    print(f"wrong answers: {sum(figures.wrong.values())}")
    for what, times_met in figures.wrong.most_common():
        print(f"  {what}: {times_met}")


if __name__ == "__main__":
    main()
