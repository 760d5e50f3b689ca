"""What both engines do alike: they answer from a snapshot of the newest commit."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Found, Hit, Nearness, Pairing, Pairs, Search
from indexer.engines.columnar.collapse import Stories
from indexer.engines.columnar.columns import Columns, Mask
from indexer.engines.columnar.minimum_match import full
from indexer.model import Record
from indexer.query.ast import Clause


class QueryMatches(Protocol):
    """The answer to a query: the rows that it matches, and more that only its engine reads.

    ``held`` is a mask of rows for each clause of its ``Most``; None where it has none.
    """

    @property
    def matches(self) -> Mask: ...

    @property
    def held(self) -> NDArray[np.bool_] | None: ...


M = TypeVar("M", bound=QueryMatches)
Likenesses = Sequence[tuple[Nearness, NDArray[np.float32]]]


class Snapshot(ABC, Generic[M]):
    """One commit of an index, open for reading; what it is asked is what ``Engine`` is asked.

    ``rows`` are the rows of its articles in the columns by id; rows that are not alive belong to
    articles that were replaced or removed.
    """

    def __init__(self, columns: Columns, alive: Mask) -> None:
        columns = columns.with_years()
        self._columns = columns
        self._alive = alive
        ids = columns.ids
        self.rows: Mapping[str, int] = {ids[row]: int(row) for row in alive.nonzero()[0]}
        self._by_id = columns.ranks()
        self._stories = Stories.of(columns, self._by_id)

    @abstractmethod
    def answer(self, query: Clause) -> M:
        """Which rows a query matches, of those alive, with what ranks them."""

    @abstractmethod
    def hits(
        self,
        answer: M,
        search: Search,
        wanted: int,
        found: Mask,
        shown: Mask,
        full: Mask,
    ) -> list[tuple[int, Hit]]:
        """The first ``wanted`` hits with their rows, of those to be shown.

        ``found`` are the rows that the filters leave, ``shown`` those of them that a search shows,
        ``full`` those that match all of the query; sorted by date these come first.
        """

    @abstractmethod
    def scores(self, answer: M, search: Search, found: Mask) -> NDArray[np.float64]:
        """The score of each row, by words: of those found the best ``RANKED``, 0 elsewhere."""

    @abstractmethod
    def records(self, ids: Sequence[str], mentions: bool) -> list[Record]:
        """As ``Engine.records`` gives them."""

    def find(self, search: Search) -> Found:
        answer = self.answer(search.clause)
        collapse, start = search.collapse, search.start
        surplus = self._stories.surplus if collapse else None
        likenesses = self._likenesses(search)
        matches = self._near(answer, search, likenesses)
        found, counts = self._columns.counted(
            matches, search.filters, search.facets, search.facet_size, surplus
        )
        by_words = found & answer.matches
        whole = by_words if answer.held is None else by_words & full(answer.held)
        shown = self._stories.shown(found, whole) if collapse else found
        total, total_full, articles = map(_size, (shown, shown & whole, found))
        near = total - _size(shown & by_words)
        wanted = min(start + search.limit, total)
        if wanted <= start:
            return Found(total, (), counts, articles, total_full, near)
        if not likenesses:
            page = self.hits(answer, search, wanted, found, shown, whole)[start:]
        else:
            scores = self._together(answer, search, by_words, likenesses)
            page = self._first(search, wanted, shown, whole, scores)[start:]
            page = [
                (row, hit if by_words[row] else hit._replace(by="meaning")) for row, hit in page
            ]
        if answer.held is not None:
            page = [(row, hit._replace(lacks=_lacks(answer.held[:, row]))) for row, hit in page]
        hits = self._stories.with_copies(page, found) if collapse else tuple(h for _, h in page)
        return Found(total, hits, counts, articles, total_full, near)

    def _likenesses(self, search: Search) -> Likenesses:
        """How like the query of a search each row is, by each encoder of its vectors."""
        return [
            (near, column.likeness(near.vector, len(self._alive)))
            for near in search.nearness
            if (column := self._columns.vectors.of(len(near.vector)))
        ]

    def _near(self, answer: M, search: Search, likenesses: Likenesses) -> Mask:
        """Which rows a search matches, by words or meaning."""
        matches, may = answer.matches, self._alive
        if likenesses and search.dates:
            may = may & self._columns.between(search.dates.start, search.dates.end)
        for near, likeness in likenesses:
            matches = matches | (may & (likeness >= near.floor))
        return matches

    def _together(
        self, answer: M, search: Search, found: Mask, likenesses: Likenesses
    ) -> NDArray[np.float64]:
        """Scores by words and likeness together, see ``Nearness``."""
        scores = self.scores(answer, search, found) if found.any() else np.zeros(len(found))
        best = scores.max(initial=0.0)
        together: NDArray[np.float64] = scores / (best or 1.0)
        for near, likeness in likenesses:
            nearest = float(likeness.max(initial=0.0, where=self._alive))
            together += near.weight * likeness / max(nearest, near.clear)
        return together

    def _first(
        self,
        search: Search,
        wanted: int,
        shown: Mask,
        full: Mask,
        scores: NDArray[np.float64] | None,
    ) -> list[tuple[int, Hit]]:
        """The first hits by these scores, or in another order if the search asks for one."""
        if search.sort != "relevance" or scores is None:
            scores = np.zeros(len(shown))
        best = self._columns.first(shown, full, search.sort, wanted, self._by_id, scores)
        return [(row, Hit(self._columns.ids[row], round(float(scores[row]), 4))) for row in best]

    def matches(self, clause: Clause, id: str) -> bool:
        return id in self.rows and bool(self.answer(clause).matches[self.rows[id]])

    @cached_property
    def vectors(self) -> Mapping[int, int]:
        """As ``Engine.vectors``."""
        return self._columns.vectors.held(self._alive)

    def vector(self, id: str, dimensions: int) -> NDArray[np.float32] | None:
        """As ``Engine.vector``."""
        column = self._columns.vectors.of(dimensions)
        return column.vector(self.rows[id]) if column and id in self.rows else None

    def vectorless(self, dimensions: int) -> tuple[str, ...]:
        """As ``Engine.vectorless``."""
        rows = self._columns.vectors.without(self._alive, dimensions)
        newest = self._columns.first(rows, rows, "newest", _size(rows), self._by_id)
        return tuple(self._columns.ids[row] for row in newest)

    def story(self, id: str) -> tuple[str, ...]:
        if id not in self.rows:
            return ()
        rows = self._stories.of_row(self.rows[id])
        return tuple(self._columns.ids[row] for row in rows if self._alive[row])

    def pairs(self, search: Search, pairing: Pairing) -> Pairs:
        matches = self._near(self.answer(search.clause), search, self._likenesses(search))
        return self._stories.pairs(matches, search.filters, pairing, search.collapse)


def _size(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _lacks(held: NDArray[np.bool_]) -> tuple[int, ...]:
    """The numbers of the clauses that an article does not match."""
    return tuple(np.flatnonzero(~held).tolist())


class SnapshotReader(ABC):
    """The reading half of an ``Engine``."""

    def __init__(self) -> None:
        self._here = threading.local()

    @abstractmethod
    def _current(self) -> Snapshot[Any]:
        """The newest commit; a search that runs on an older one keeps it."""

    @abstractmethod
    def _engine_errors(self) -> AbstractContextManager[None]:
        """Lets the library's own exceptions leave as ``EngineError``."""

    def snapshot(self) -> object:
        with self._engine_errors():
            return self._current()

    @contextmanager
    def reading(self, snapshot: object) -> Iterator[None]:
        before, self._here.snapshot = self._held, snapshot
        try:
            yield
        finally:
            self._here.snapshot = before

    @property
    def _held(self) -> Any:
        """The snapshot that this thread reads, None where it reads the newest."""
        return getattr(self._here, "snapshot", None)

    def _asked(self) -> Snapshot[Any]:
        return self._held or self._current()

    def find(self, search: Search) -> Found:
        with self._engine_errors():
            return self._asked().find(search)

    def matches(self, clause: Clause, id: str) -> bool:
        with self._engine_errors():
            return self._asked().matches(clause, id)

    def vectors(self) -> Mapping[int, int]:
        with self._engine_errors():
            return self._asked().vectors

    def vector(self, id: str, dimensions: int) -> NDArray[np.float32] | None:
        with self._engine_errors():
            return self._asked().vector(id, dimensions)

    def vectorless(self, dimensions: int) -> tuple[str, ...]:
        with self._engine_errors():
            return self._asked().vectorless(dimensions)

    def story(self, id: str) -> tuple[str, ...]:
        with self._engine_errors():
            return self._asked().story(id)

    def pairs(self, search: Search, pairing: Pairing) -> Pairs:
        with self._engine_errors():
            return self._asked().pairs(search, pairing)

    def records(self, ids: Sequence[str], *, mentions: bool = True) -> list[Record]:
        with self._engine_errors():
            return self._asked().records(ids, mentions)

    def ids(self) -> frozenset[str]:
        with self._engine_errors():
            return frozenset(self._asked().rows)
