"""The border between Rasad and the libraries that keep its index."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.model import Document, Filter, Record, Sort
from indexer.query.ast import EVERYTHING, Between, Clause
from indexer.schema import FACET_IDS


class Nearness(NamedTuple):
    """Where a query stands by its meaning as one encoder reads it, and how much that counts.

    ``vector`` has one number for each dimension of the articles' vectors. The likeness of an
    article is the cosine of the two, 0 where it is negative or where there is no vector. An article
    that the words don't find is found where its likeness is ``floor`` or more.

    The score is that by words, of which the best article's is 1, and for each encoder ``weight``
    times the likeness, of which the best is 1 as well, unless it is less than ``clear``: then that
    is the measure. Articles that are not among the best ``RANKED`` by words have no score by words.
    """

    vector: NDArray[np.float32]
    weight: float
    floor: float
    clear: float = 1.0


#: Articles whose score by words counts beside their likeness.
RANKED = 500


@dataclass(frozen=True, slots=True)
class Search:
    """What an engine is asked: the articles that match ``clause`` and have what ``filters`` say.

    That is every chosen value, but of a facet's alternatives (``Filter.either``) any; excluded
    values (``Filter.exclude``) are out everywhere. Of the hits, in the order of ``sort``, those
    from ``start`` on are wanted, ``limit`` at most; of each of the ``facets`` the ``facet_size``
    most frequent values, None for all. ``YEARS`` can be counted as well.

    With ``collapse`` the articles of one story that are found count as one: in the total, in each
    facet value that any of them holds, and as a hit, the earliest of them (of one day the longest;
    undated ones last).

    ``nearness`` finds and ranks by meaning as well, as each of some encoders reads it. ``dates``
    holds for what is found so; what the words find is held to it by the clause.
    """

    clause: Clause = EVERYTHING
    filters: Collection[Filter] = ()
    sort: Sort = "relevance"
    start: int = 0
    limit: int = 10
    facets: Sequence[str] = FACET_IDS
    facet_size: int | None = 50
    collapse: bool = False
    nearness: Sequence[Nearness] = ()
    dates: Between | None = None


class Pairing(NamedTuple):
    """The two facets whose values are to be counted together.

    Of each the most frequent values are taken, as many as ``sizes`` says; None is all.
    """

    rows: str
    columns: str
    sizes: tuple[int | None, int | None] = (None, None)


class Hit(NamedTuple):
    """One article found; ``score`` compares only within one search (0 when sorted by date).

    ``copies`` is how many other found articles of its story it stands for, ``sources`` how many
    other sources those are from. ``lacks`` are the numbers of the clauses of the query's ``Most``
    that the article does not match: none for a full match. ``by`` is what found it.
    """

    id: str
    score: float
    copies: int = 0
    sources: int = 0
    lacks: tuple[int, ...] = ()
    by: Literal["words", "meaning"] = "words"

    @property
    def full(self) -> bool:
        """Whether the article matches all of the query."""
        return not self.lacks and self.by == "words"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many found articles hold each value of a facet: most frequent first, then by id.

    ``distinct`` is the number of values there are; ``values`` may hold fewer (``facet_size``).
    """

    values: tuple[tuple[str, int], ...] = ()
    distinct: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of an engine: one page of hits, how many there are in all, and facet counts.

    ``articles`` is how many articles were found: ``total`` or, where those of a story count as
    one, more.
    ``total_full`` is how many of ``total`` match all of the query (see ``query.ast.Most``),
    ``total_near`` how many were found by meaning alone.
    """

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Counts]
    articles: int = 0
    total_full: int = 0
    total_near: int = 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often the values of two facets stand in one article.

    ``rows`` and ``columns`` are the values with their articles, most frequent first, then by id;
    ``together[i][j]`` is the number of articles that hold both ``rows[i]`` and ``columns[j]``.
    """

    rows: tuple[tuple[str, int], ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()


class LeftRecord(NamedTuple):
    """A record out of a damaged index; ``sure`` where the file that holds it is whole."""

    record: Record
    sure: bool


class EngineWriter(Protocol):
    """Writes to an index, commit after commit; it alone does until it is closed.

    Readers see all of a commit or none of it, also after a crash. Memory stays flat.
    """

    def add(self, documents: Iterable[Document]) -> None:
        """Store documents in place of those of equal ids; the last of several is kept."""

    def remove(self, ids: Iterable[str]) -> None:
        """Drop articles that were committed before; unknown ids are passed over."""

    def commit(self) -> None:
        """Let readers see what was added and removed; nothing is done where that is nothing."""

    def close(self) -> None:
        """Forget what was not committed, and let others write."""


class Engine(Protocol):
    """Keeps documents and finds them again.

    Analysis comes before an engine and highlighting after it, so two engines answer alike: the
    same ids, totals and counts, and the ranking of ``indexer.engines.ranking``.
    Failures leave as ``EngineError``; no library's own exceptions pass this border.
    """

    name: str

    def writer(self) -> EngineWriter:
        """What writes to the index; raises ``IndexLocked`` while another one does."""

    def snapshot(self) -> object:
        """The newest commit, for ``reading``: the same object until there is another commit."""

    def reading(self, snapshot: object) -> AbstractContextManager[None]:
        """What this thread asks in the block is answered from that commit, whatever comes after."""

    def find(self, search: Search) -> Found:
        """The articles found, a page of hits, and the counts of facets.

        A facet is counted over the articles found, so a count is what choosing the value as well
        leaves; but without its own alternatives, so that others stay in reach. Equal scores and
        equal dates are ordered by id; undated articles come last in both date orders.
        """

    def matches(self, clause: Clause, id: str) -> bool:
        """Whether one article matches a clause; False for an id that there is not."""

    def vectors(self) -> Mapping[int, int]:
        """How many articles have a vector of so many dimensions, for each length there is.

        A ``Nearness`` of another length is void.
        """

    def vector(self, id: str, dimensions: int) -> NDArray[np.float32] | None:
        """Where an article stands, of length 1; None where it has no vector of this length."""

    def vectorless(self, dimensions: int) -> tuple[str, ...]:
        """The articles that have no vector of so many dimensions, newest first."""

    def story(self, id: str) -> tuple[str, ...]:
        """The ids of the articles of this one's story, itself among them, earliest first."""

    def pairs(self, search: Search, pairing: Pairing) -> Pairs:
        """The values of two facets counted together, over the articles that ``find`` finds.

        What is to be shown of these plays no part. Where a search collapses stories, those are
        counted in which some article holds both values.
        """

    def records(self, ids: Sequence[str], *, mentions: bool = True) -> list[Record]:
        """The records of these articles in this order; unknown ids are left out.

        Without ``mentions``, which a list of results does not show, it is faster.
        """

    def ids(self) -> frozenset[str]:
        """The ids of all articles."""

    def files(self) -> frozenset[str]:
        """The names, from its folder on, of the files that the newest commit is in.

        None of them changes but those that a commit replaces whole. What can be made anew from the
        others is left out.
        """

    def close(self) -> None:
        """Let go of files and memory."""
