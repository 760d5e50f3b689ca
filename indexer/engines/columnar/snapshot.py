"""What both engines do alike: they answer from the newest state that was committed."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Found, Hit, Pairs
from indexer.engines.columnar.collapse import Stories
from indexer.engines.columnar.columns import Columns, Mask
from indexer.engines.columnar.coverage import full
from indexer.model import Filter, Record, Sort
from indexer.query.ast import Clause
from indexer.schema import FACET_IDS


class Matching(Protocol):
    """The answer to a query: the rows that it matches, and more that only its engine reads.

    ``held`` is a mask of rows for each clause of its ``Most``; None where it has none.
    """

    @property
    def matches(self) -> Mask: ...

    @property
    def held(self) -> NDArray[np.bool_] | None: ...


A = TypeVar("A", bound=Matching)


class State(ABC, Generic[A]):
    """One commit of an index, open for reading.

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
    def answer(self, query: Clause) -> A:
        """Which rows a query matches, of those alive, with what ranks them."""

    @abstractmethod
    def hits(
        self,
        answer: A,
        filters: Collection[Filter],
        sort: Sort,
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
    def records(self, ids: Sequence[str], mentions: bool) -> list[Record]:
        """See ``Engine.records``."""

    def find(
        self,
        query: Clause,
        filters: Collection[Filter],
        sort: Sort,
        start: int,
        limit: int,
        facets: Sequence[str],
        facet_size: int | None,
        collapse: bool,
    ) -> Found:
        """See ``Engine.find``."""
        answer = self.answer(query)
        surplus = self._stories.surplus if collapse else None
        found, counts = self._columns.counted(answer.matches, filters, facets, facet_size, surplus)
        whole = found if answer.held is None else found & full(answer.held)
        shown = self._stories.shown(found, whole) if collapse else found
        total, total_full, articles = map(_size, (shown, shown & whole, found))
        wanted = min(start + limit, total)
        if wanted <= start:
            return Found(total, (), counts, articles, total_full)
        page = self.hits(answer, filters, sort, wanted, found, shown, whole)[start:]
        if answer.held is not None:
            page = [(row, hit._replace(lacks=_lacks(answer.held[:, row]))) for row, hit in page]
        told = self._stories.told(page, found) if collapse else tuple(hit for _, hit in page)
        return Found(total, told, counts, articles, total_full)

    def story(self, id: str) -> tuple[str, ...]:
        """See ``Engine.story``."""
        if id not in self.rows:
            return ()
        rows = self._stories.of_row(self.rows[id])
        return tuple(self._columns.ids[row] for row in rows if self._alive[row])

    def pairs(
        self,
        query: Clause,
        filters: Collection[Filter],
        facets: tuple[str, str],
        sizes: tuple[int | None, int | None],
        collapse: bool,
    ) -> Pairs:
        """See ``Engine.pairs``."""
        return self._stories.pairs(self.answer(query).matches, filters, facets, sizes, collapse)


def _size(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _lacks(held: NDArray[np.bool_]) -> tuple[int, ...]:
    """The numbers of the clauses that an article does not match."""
    return tuple(np.flatnonzero(~held).tolist())


class Reader(ABC):
    """The reading half of an ``Engine``."""

    @abstractmethod
    def _current(self) -> State[Any]:
        """The newest committed state; a search that runs on an older one keeps it."""

    @abstractmethod
    def _plainly(self) -> AbstractContextManager[None]:
        """Lets the library's own exceptions leave as ``EngineError``."""

    def find(
        self,
        query: Clause,
        filters: Collection[Filter] = (),
        *,
        sort: Sort = "relevance",
        start: int = 0,
        limit: int = 10,
        facets: Sequence[str] = FACET_IDS,
        facet_size: int | None = 50,
        collapse: bool = False,
    ) -> Found:
        """See ``Engine.find``."""
        with self._plainly():
            return self._current().find(
                query, filters, sort, start, limit, facets, facet_size, collapse
            )

    def story(self, id: str) -> tuple[str, ...]:
        """See ``Engine.story``."""
        with self._plainly():
            return self._current().story(id)

    def pairs(
        self,
        query: Clause,
        filters: Collection[Filter] = (),
        *,
        rows: str,
        columns: str,
        sizes: tuple[int | None, int | None] = (None, None),
        collapse: bool = False,
    ) -> Pairs:
        """See ``Engine.pairs``."""
        with self._plainly():
            return self._current().pairs(query, filters, (rows, columns), sizes, collapse)

    def records(self, ids: Sequence[str], *, mentions: bool = True) -> list[Record]:
        """See ``Engine.records``."""
        with self._plainly():
            return self._current().records(ids, mentions)

    def ids(self) -> frozenset[str]:
        """See ``Engine.ids``."""
        with self._plainly():
            return frozenset(self._current().rows)
