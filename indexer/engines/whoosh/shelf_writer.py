"""The writer: commits articles with their packed shelves, and gathers shelves now and then."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from whoosh import index
from whoosh.codec.whoosh3 import W3Codec

from indexer.engines import record_json
from indexer.engines.columnar.columns import row
from indexer.engines.failures import locked
from indexer.engines.whoosh import gathering, merging
from indexer.engines.whoosh.segments import clear_parts
from indexer.engines.whoosh.shelves import SHELF, Shelf, ShelfFiles, Shelves
from indexer.engines.whoosh.whoosh_errors import damage_errors, engine_errors
from indexer.model import Document

_LOCK = "RASAD"  # of a writer from its first commit to its last
# Whoosh would compress each block of postings: a tenth of the time, for few bytes of numbers.
_CODEC = W3Codec(compression=0)


class Gone(NamedTuple):
    """What goes with some articles: Whoosh's documents, keys of anchors and of words documents."""

    documents: list[int]
    keys: set[str]


class Before(Protocol):
    """The state that is replaced by a commit."""

    @property
    def rows(self) -> Collection[str]:
        """The ids of its articles."""

    @property
    def shelves(self) -> Shelves:
        """Its shelves whose anchors are alive."""

    def replaced(self, ids: Collection[str]) -> Gone:
        """What goes with these articles; unknown ids are passed over."""


class ShelfWriter:
    """Implements ``EngineWriter``. Whoosh's own writer ends with its commit; the lock does not."""

    def __init__(self, ix: Any, folder: Path, current: Callable[[], Before]) -> None:
        self._ix = ix
        self._folder = folder
        self._current = current
        self._lock = ix.lock(_LOCK)
        if not self._lock.acquire():
            raise locked(folder)
        try:
            self._before = current()
            self._stale = False  # whether commits have numbered documents anew since
            self._new: set[str] = set()  # committed since ``_before``
            self._shelves = self._before.shelves
            self._files = ShelfFiles(folder / "shelves")
            self._files.keep(gathering.needed(self._shelves))
            clear_parts(folder / "columns")
        except BaseException:
            self._lock.release()
            raise
        self._native: Any = None
        self._begin()

    def _begin(self) -> None:
        self._shelf = Shelf()
        self._packed: dict[str, int] = {}  # the shelves of this commit: key → slots
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
            key = self._files.write(self._shelf.pack())
            native.add_document(slot=-len(self._shelf), shelf=key)
            self._packed[key] = len(self._shelf)
            self._shelf = Shelf()

    def _writing(self) -> Any:
        """Whoosh's writer of the next commit."""
        if self._native is None:
            try:
                self._native = self._ix.writer(codec=_CODEC)
            except index.LockError as error:
                raise locked(self._folder) from error
        return self._native

    def remove(self, ids: Iterable[str]) -> None:
        self._removed.update(ids)

    def commit(self) -> None:
        if not self._added and not self._removed:
            return
        with engine_errors(self._folder):
            native = self._writing()
            self._put_shelf(native)
            gone = self._replaced(self._added.keys() | self._removed)
            for document in gone.documents:
                native.delete_document(document)
            native.commit(mergetype=merging.articles(self._shelves.gathered.keys()))
            self._native = None
            self._stale = True
            self._new |= self._added.keys()
            self._shelves = _without(self._shelves, gone.keys)
            self._shelves.open.update(self._packed)
            self._begin()
            while gathering.is_due(self._shelves):
                self._gather()
            if gone.keys:
                self._files.keep(gathering.needed(self._shelves))

    def _replaced(self, ids: set[str]) -> Gone:
        if ids.isdisjoint(self._new) and ids.isdisjoint(self._before.rows):
            return Gone([], set())
        if self._stale:
            self._before = self._current()
            self._new.clear()
            self._stale = False
        return self._before.replaced(ids)

    def _gather(self) -> None:
        try:
            with damage_errors(self._folder):
                self._shelves = gathering.gather(self._writing(), self._shelves, self._files)
        except BaseException:
            self._cancel()
            raise
        self._native = None
        self._files.keep(gathering.needed(self._shelves))

    def close(self) -> None:
        try:
            with engine_errors(self._folder):
                if self._native is not None:  # something failed, or is given up
                    self._cancel()
                    return
                while self._stale and gathering.is_due(self._shelves, closing=True):
                    self._gather()
        finally:
            self._lock.release()

    def _cancel(self) -> None:
        if self._native is not None and not self._native.is_closed:
            self._native.cancel()


def _without(shelves: Shelves, keys: Collection[str]) -> Shelves:
    """The shelves less those of these keys."""
    left = {
        id: tuple(words for words in documents if words.key not in keys)
        for id, documents in shelves.gathered.items()
    }
    return Shelves(
        {key: size for key, size in shelves.open.items() if key not in keys},
        {id: documents for id, documents in left.items() if documents},
    )
