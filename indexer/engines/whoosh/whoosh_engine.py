"""The embedded default engine: Whoosh keeps the postings and the records, numpy counts.

Only the exact layer is indexed, with positions; a loose word is looked up through the printed
forms that share its stem or lemma (``query.ast.Match``), so a better lexicon needs no new index.
What ranking, sorting and facets ask of every article stands in columns, one file a segment, made
from the stored fields when a segment is first opened. Articles are documents of Whoosh's, and so
are the shelves that hold their words (``postings``); a shelf goes with its last article.
"""

import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from pickle import PickleError
from typing import Any, NamedTuple
from uuid import uuid4

import numpy as np
from whoosh import fields, index, writing
from whoosh.codec.whoosh3 import W3Codec

from indexer.engines import record_json
from indexer.engines.base import Hit, Search
from indexer.engines.columnar.columns import Columns, Ints, Mask, Row, row
from indexer.engines.columnar.snapshot import Snapshot, SnapshotReader
from indexer.engines.ranking import RANKING, Ranking
from indexer.engines.whoosh.merging import merged
from indexer.engines.whoosh.postings import SHELF, Postings, Shelf, Shelving, WordsField, read
from indexer.engines.whoosh.scoring import ScoredMatches, Scorer
from indexer.errors import EngineError, IndexLocked, IndexMissing
from indexer.model import Document, Record
from indexer.query.ast import Clause

_CACHED_POSITIONS = 8_000_000  # in posting lists kept in memory: 64 MB
_WRITER_MEGABYTES = 128
_NUMBER = 4  # bytes of a slot in a file
_LOCK = "RASAD"  # of a writer from its first commit to its last
# Whoosh would compress each block of postings: a tenth of the time, for few bytes of numbers.
_CODEC = W3Codec(compression=0)
_DAMAGE = (
    AttributeError,
    EOFError,
    LookupError,
    PickleError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class WhooshEngine(SnapshotReader):
    """Implements ``indexer.engines.base.Engine`` over one folder."""

    name = "whoosh"

    def __init__(self, ix: Any, folder: Path, ranking: Ranking = RANKING) -> None:
        self._ix = ix
        self._folder = folder
        self._ranking = ranking
        self._opening = threading.Lock()
        self._snapshot: _WhooshSnapshot | None = None

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = False, ranking: Ranking = RANKING
    ) -> "WhooshEngine":
        """Open the index in ``folder``; make an empty one there if allowed and there is none."""
        with engine_errors(folder), damage_errors(folder):
            if index.exists_in(folder):
                return cls(index.open_dir(folder), folder, ranking)
            if not create:
                raise IndexMissing(f"There is no index in {folder}.")
            folder.mkdir(parents=True, exist_ok=True)
            return cls(index.create_in(folder, _schema()), folder, ranking)

    def writer(self) -> "_Writer":
        with self._engine_errors():
            return _Writer(self._ix, self._folder, self._current)

    def close(self) -> None:
        if self._snapshot is not None:
            self._snapshot.reader.close()
            self._snapshot = None
        self._ix.close()

    def _engine_errors(self) -> AbstractContextManager[None]:
        return engine_errors(self._folder)

    def _current(self) -> "_WhooshSnapshot":
        snapshot = self._snapshot
        generation = self._ix.latest_generation()
        if snapshot is not None and generation < 0:
            return snapshot  # a new index is taking this one's place, whose files are still open
        if snapshot is None or snapshot.generation != generation:
            with self._opening:
                if self._snapshot is None or self._snapshot.generation != generation:
                    with damage_errors(self._folder):
                        reader = self._ix.reader()
                        self._snapshot = _WhooshSnapshot(reader, self._folder, self._ranking)
                snapshot = self._snapshot
        return snapshot


class _WhooshSnapshot(Snapshot[ScoredMatches]):
    """One generation of the index, open for reading."""

    def __init__(self, reader: Any, folder: Path, ranking: Ranking) -> None:
        self.reader = reader
        self.generation = reader.generation()
        self._folder = folder
        self._leaves = reader.leaf_readers() if reader.doc_count_all() else []
        segments = _segments([leaf for leaf, _ in self._leaves], folder / "columns")
        self._shelving = Shelving(
            np.concatenate([np.zeros(0, np.int64), *(one.slots for one in segments)])
        )
        alive = ~np.array(
            [reader.is_deleted(int(document)) for document in self._shelving.documents], np.bool_
        )
        super().__init__(Columns.join([segment.columns for segment in segments]), alive)
        self._reading = threading.Lock()  # readers share file positions between threads
        self._lists: OrderedDict[str, Postings] = OrderedDict()
        self._kept = 0
        self._scorer = Scorer(self._postings, self._columns, alive, ranking)

    def hits(
        self,
        answer: ScoredMatches,
        search: Search,
        wanted: int,
        found: Mask,
        shown: Mask,
        full: Mask,
    ) -> list[tuple[int, Hit]]:
        scores = answer.scores if search.sort == "relevance" else np.zeros(len(found))
        best = self._columns.first(shown, full, search.sort, wanted, self._by_id, scores)
        ids = self._columns.ids
        return [(n, Hit(ids[n], round(float(scores[n]), 4))) for n in best]

    def answer(self, query: Clause) -> ScoredMatches:
        answer = self._scorer.answer(query)
        return answer._replace(matches=answer.matches & self._alive)

    def records(self, ids: Sequence[str], mentions: bool) -> list[Record]:
        with damage_errors(self._folder):
            with self._reading:
                stored = [
                    self.reader.stored_fields(int(self._shelving.documents[self.rows[id]]))
                    for id in ids
                    if id in self.rows
                ]
            return [record_json.loads(one["record"], mentions=mentions) for one in stored]

    def replaced(self, ids: Collection[str]) -> list[int]:
        """The Whoosh documents that go with these articles: their own, and shelves left empty."""
        going = np.zeros(len(self._alive), np.bool_)
        going[[self.rows[id] for id in self.rows.keys() & ids]] = True
        shelves = self._shelving.shelves
        emptied = np.setdiff1d(shelves[going], shelves[self._alive & ~going])
        return [*self._shelving.documents[going].tolist(), *emptied.tolist()]

    def _postings(self, form: str) -> Postings:
        with self._reading:
            postings = self._lists.pop(form, None)
            if postings is None:
                postings = read(self._leaves, "words", form, self._shelving)
                self._kept += len(postings.positions) + 1
                while self._kept > _CACHED_POSITIONS and self._lists:
                    _, oldest = self._lists.popitem(last=False)
                    self._kept -= len(oldest.positions) + 1
            self._lists[form] = postings
        return postings


class _Writer:
    """Writes shelf by shelf. Whoosh's own writer ends with its commit; the lock here does not."""

    def __init__(self, ix: Any, folder: Path, current: Callable[[], "_WhooshSnapshot"]) -> None:
        self._ix = ix
        self._folder = folder
        self._current = current
        self._lock = ix.lock(_LOCK)
        if not self._lock.acquire():
            raise _locked(folder)
        self._before = self._current()
        self._new: set[str] = set()  # committed by this writer since ``_before``
        self._native: Any = None
        self._begin()

    def _begin(self) -> None:
        self._shelf = Shelf()
        self._added: dict[str, int] = {}  # number in the new segment
        self._removed: set[str] = set()

    def add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            with engine_errors(self._folder):
                self._add(self._writing(), document)

    def _add(self, native: Any, document: Document) -> None:
        id = document.record.article.id
        if id in self._added:
            native.newsegment.delete_document(self._added[id])
        self._added[id] = native.docnum - native.docbase
        native.add_document(
            slot=self._shelf.add(document),
            row=tuple(row(document)),
            record=record_json.dumps(document.record),
        )
        if len(self._shelf) == SHELF:
            self._put_shelf(native)

    def _put_shelf(self, native: Any) -> None:
        if len(self._shelf):
            native.add_document(words=self._shelf, slot=-len(self._shelf))
            self._shelf = Shelf()

    def _writing(self) -> Any:
        """Whoosh's writer of the next commit."""
        if self._native is None:
            try:
                self._native = self._ix.writer(limitmb=_WRITER_MEGABYTES, codec=_CODEC)
            except index.LockError as error:
                raise _locked(self._folder) from error
        return self._native

    def remove(self, ids: Iterable[str]) -> None:
        self._removed.update(ids)

    def commit(self) -> None:
        if not self._added and not self._removed:
            return
        with engine_errors(self._folder):
            native = self._writing()
            self._put_shelf(native)
            gone = self._added.keys() | self._removed
            replaces = not gone.isdisjoint(self._before.rows)
            if not self._new.isdisjoint(gone) or (self._new and replaces):
                self._before = self._current()  # documents are numbered anew by every commit
                self._new.clear()
            for document in self._before.replaced(gone):
                native.delete_document(document)
            native.commit(mergetype=merged)
            self._native = None
            self._new |= self._added.keys()
            self._begin()

    def close(self) -> None:
        with engine_errors(self._folder):
            if self._native is not None:
                self._native.cancel()
                self._native = None
            self._lock.release()


def _locked(folder: Path) -> IndexLocked:
    return IndexLocked(f"Another process is writing to the index in {folder}; try again later.")


class _Segment(NamedTuple):
    """What is kept of one segment in a file: its articles' columns, its documents' slots."""

    columns: Columns
    slots: Ints

    @classmethod
    def build(cls, leaf: Any) -> "_Segment":
        """Read it out of the stored fields."""
        stored = [leaf.stored_fields(n) for n in range(leaf.doc_count_all())]
        rows = [Row(*one["row"]) for one in stored if one["slot"] >= 0]
        return cls(Columns.build(rows), np.array([one["slot"] for one in stored], np.int64))

    @classmethod
    def load(cls, path: Path) -> "_Segment":
        """Read what ``save`` wrote; raises ``OSError``, ``ValueError`` or ``KeyError``."""
        packed = path.read_bytes()
        end = _NUMBER * (1 + int.from_bytes(packed[:_NUMBER], "little"))
        columns = Columns.from_bytes(packed[end:])
        return cls(columns, np.frombuffer(packed[_NUMBER:end], "<i4").astype(np.int64))

    def save(self, path: Path) -> None:
        """Write a file that ``load`` reads: how many slots, the slots, the columns.

        It appears whole or not at all.
        """
        slots = np.array([len(self.slots), *self.slots], "<i4").tobytes()
        part = path.with_suffix(f".{uuid4().hex}.part")  # several readers may save at once
        part.write_bytes(slots + self.columns.to_bytes())
        part.replace(path)


def _schema() -> fields.Schema:
    return fields.Schema(
        words=WordsField(),
        slot=fields.STORED,
        row=fields.STORED,
        record=fields.STORED,
    )


def _segments(leaves: Sequence[Any], folder: Path) -> list[_Segment]:
    """All segments; missing files are made from the stored fields, dead ones go."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    paths = [folder / f"{leaf.segment().segment_id()}.columns" for leaf in leaves]
    segments = []
    for leaf, path in zip(leaves, paths, strict=True):
        try:
            segments.append(_Segment.load(path))
        except (OSError, ValueError, KeyError):
            segments.append(_Segment.build(leaf))
            with suppress(OSError):  # where nothing may be written they are made each time
                segments[-1].save(path)
    for dead in set(folder.glob("*.columns")) - set(paths):
        dead.unlink(missing_ok=True)
    return segments


@contextmanager
def engine_errors(folder: Path) -> Iterator[None]:
    """Let Whoosh's and the disk's own exceptions leave as ``EngineError``."""
    try:
        yield
    except (index.IndexError, writing.IndexingError, OSError) as error:
        raise _unusable(folder, error) from error


@contextmanager
def damage_errors(folder: Path) -> Iterator[None]:
    """The same for what reading damaged bytes raises, where only the index is read."""
    try:
        yield
    except _DAMAGE as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: Exception) -> EngineError:
    return EngineError(
        f"The index in {folder} can't be used: {error}. Make it anew with «rasad index --rebuild»."
    )
