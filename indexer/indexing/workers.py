"""The processes that build documents, and how documents travel back from them."""

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from typing import NamedTuple, TypeVar

from indexer.errors import RasadError
from indexer.index import IndexSettings
from indexer.indexing.documents import Outcome, document_builder
from indexer.model import Article, Document, Record, Word
from indexer.sources import Raw, Skipped

BATCH = 64  # pages a worker takes at once
_YOUNG = 50_000  # new objects after which a worker looks for those that nobody needs
_FEW = 32  # pages that take less time than starting workers
_WAITING = 3  # batches a worker may be ahead
_PARENT_DIES = 1  # PR_SET_PDEATHSIG of Linux's prctl
_LOOKS = 1.0  # seconds between looks for the parent, elsewhere

T = TypeVar("T")


class Workers:
    """Builds documents in ``jobs`` processes, or in this one where there is little to do.

    A context: the processes start with the first batch that is worth it and end with the context.
    """

    def __init__(self, jobs: int, settings: IndexSettings) -> None:
        self._jobs = jobs
        self._settings = settings
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool:
            if kind:  # nobody waits for what they are at
                for process in active_children():
                    process.terminate()
            self._pool.shutdown(cancel_futures=True)

    def build(
        self, batches: Iterable[list[Raw]], repeated_lines: Set[int]
    ) -> Iterator[tuple[list[Raw], list[Outcome]]]:
        """Each batch with what became of its pages, in the order of input.

        ``repeated_lines`` grow while pages come; each batch is read with what is known by then.
        """

        def task(batch: list[Raw]) -> _Task:
            return _Task(self._settings, raws=batch, repeated_lines=frozenset(repeated_lines))

        return self._done(batches, task)

    def rebuild(
        self, batches: Iterable[list[Article]]
    ) -> Iterator[tuple[list[Article], list[Outcome]]]:
        """Each batch of articles with their documents, in the order of input."""
        return self._done(batches, lambda batch: _Task(self._settings, articles=batch))

    def revise(
        self, batches: Iterable[list[Record]]
    ) -> Iterator[tuple[list[Record], list[Outcome]]]:
        """Each batch of records with their documents, the facets of which stay."""
        return self._done(batches, lambda batch: _Task(self._settings, records=batch))

    def _done(
        self, batches: Iterable[list[T]], task: Callable[[list[T]], "_Task"]
    ) -> Iterator[tuple[list[T], list[Outcome]]]:
        """As ``_in_order``; raises ``RasadError`` where a worker was killed."""
        try:
            yield from self._in_order(batches, task)
        except BrokenProcessPool as error:
            raise RasadError(
                "A process that read pages was killed, as happens when memory runs out. What was "
                "committed stays, and the same command goes on; --jobs with a smaller number takes "
                "less memory."
            ) from error

    def _in_order(
        self, batches: Iterable[list[T]], task: Callable[[list[T]], "_Task"]
    ) -> Iterator[tuple[list[T], list[Outcome]]]:
        waiting: deque[tuple[list[T], Future[_Packed]]] = deque()
        for batch in batches:
            pool = self._started(len(batch))
            if pool is None:
                yield batch, list(task(batch).outcomes())
                continue
            waiting.append((batch, pool.submit(_packed, task(batch))))
            if len(waiting) >= self._jobs * _WAITING:
                done, packed = waiting.popleft()
                yield done, list(packed.result().unpacked())
        for done, packed in waiting:
            yield done, list(packed.result().unpacked())

    def _started(self, pages: int) -> ProcessPoolExecutor | None:
        """The processes, if there are any or so many pages are worth starting them."""
        if self._pool is None and self._jobs > 1 and pages >= _FEW:
            self._pool = ProcessPoolExecutor(
                self._jobs, initializer=_begin_work, initargs=(self._settings, os.getpid())
            )
        return self._pool


class _Task(NamedTuple):
    """What a worker is to do: pages to read and build, or articles to build anew."""

    settings: IndexSettings
    raws: Sequence[Raw] = ()
    articles: Sequence[Article] = ()
    records: Sequence[Record] = ()
    repeated_lines: frozenset[int] = frozenset()

    def outcomes(self) -> Iterator[Outcome]:
        builder = document_builder(self.settings)
        yield from (builder.outcome(raw, self.repeated_lines) for raw in self.raws)
        yield from map(builder.again, self.articles)
        yield from map(builder.revised, self.records)


def _packed(task: _Task) -> "_Packed":
    return _Packed.of(task.outcomes())


def _begin_work(settings: IndexSettings, parent: int) -> None:
    """Load the tables of a worker, which Python's collector need not look through ever again."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the whole group; the parent ends them
    _end_with(parent)
    document_builder(settings)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _end_with(parent: int) -> None:
    """End this process when its parent ends, however that happens.

    A worker that outlived a killed run would hold the locks that it inherited.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIES, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before that was asked for
            os._exit(1)
        return
    threading.Thread(target=_wait_for, args=[parent], daemon=True).start()


def _wait_for(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os._exit(1)


class _Packed(NamedTuple):
    """Outcomes as they travel from a worker: each word once, documents as numbers of words.

    A tenth of the time that documents take as they are.
    """

    words: list[tuple[str, str, str, bool, str]]
    outcomes: "list[tuple[Record, array[int], array[int], bytes, tuple[bytes, ...], str] | Skipped]"

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "_Packed":
        """Pack a batch."""
        numbers: dict[str, int] = {}  # equal exact forms are equal words
        distinct: list[Word] = []

        def numbered(words: Sequence[Word]) -> "array[int]":
            for word in words:
                if word.exact not in numbers:
                    numbers[word.exact] = len(numbers)
                    distinct.append(word)
            return array("I", [numbers[word.exact] for word in words])

        packed = [
            outcome
            if isinstance(outcome, Skipped)
            else (
                outcome.record,
                numbered(outcome.title),
                numbered(outcome.body),
                outcome.signature,
                outcome.vectors,
                outcome.source_en,
            )
            for outcome in outcomes
        ]
        return cls([(*word,) for word in distinct], packed)

    def unpacked(self) -> Iterator[Outcome]:
        """The batch again."""
        words = list(map(Word._make, self.words))
        for one in self.outcomes:
            if isinstance(one, Skipped):
                yield one
            else:
                record, title, body, signature, vectors, source_en = one
                yield Document(
                    record,
                    tuple(map(words.__getitem__, title)),
                    tuple(map(words.__getitem__, body)),
                    signature,
                    vectors=vectors,
                    source_en=source_en,
                )
