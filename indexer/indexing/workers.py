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
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from typing import NamedTuple

from indexer.index import IndexSettings
from indexer.indexing.documents import Outcome, document_builder
from indexer.model import Document, Record, Word
from indexer.sources import Raw, Skipped

BATCH = 64  # pages a worker takes at once
_YOUNG = 50_000  # new objects after which a worker looks for those that nobody needs
_FEW = 32  # pages that take less time than starting workers
_WAITING = 3  # batches a worker may be ahead
_PARENT_DIES = 1  # PR_SET_PDEATHSIG of Linux's prctl
_LOOKS = 1.0  # seconds between looks for the parent, elsewhere

Built = tuple[list[Raw], list[Outcome]]


def build(
    batches: Iterator[list[Raw]], jobs: int, settings: IndexSettings, repeated_lines: Set[int]
) -> Iterator[Built]:
    """Each batch with what became of its pages, in the order of input.

    ``repeated_lines`` grow while pages come; each batch is read with what is known by then.
    """
    first = next(batches, [])
    if jobs == 1 or len(first) < _FEW:
        builder = document_builder(settings)
        for batch in _chain(first, batches):
            yield batch, [builder.outcome(raw, repeated_lines) for raw in batch]
        return
    with ProcessPoolExecutor(
        jobs, initializer=_begin_work, initargs=(settings, os.getpid())
    ) as pool:
        waiting: deque[tuple[list[Raw], Future[_Packed]]] = deque()
        for batch in _chain(first, batches):
            waiting.append((batch, pool.submit(_build, batch, settings, {*repeated_lines})))
            if len(waiting) >= jobs * _WAITING:
                done, packed = waiting.popleft()
                yield done, list(packed.result().unpacked())
        for done, packed in waiting:
            yield done, list(packed.result().unpacked())


def _chain(first: list[Raw], others: Iterable[list[Raw]]) -> Iterator[list[Raw]]:
    if first:
        yield first
    yield from others


def _build(batch: Sequence[Raw], settings: IndexSettings, repeated_lines: Set[int]) -> "_Packed":
    builder = document_builder(settings)
    return _Packed.of(builder.outcome(raw, repeated_lines) for raw in batch)


def _begin_work(settings: IndexSettings, parent: int) -> None:
    """Load the tables of a worker, which Python's collector need not look through ever again."""
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
    outcomes: "list[tuple[Record, array[int], array[int], bytes] | Skipped]"

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
                record, title, body, signature = one
                yield Document(
                    record,
                    tuple(map(words.__getitem__, title)),
                    tuple(map(words.__getitem__, body)),
                    signature,
                )
