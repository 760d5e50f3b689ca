"""What is to be looked for in turn when something was typed.

First all of it; where nothing matches that, weaker queries. The list of results and the page of
one article walk the same plan, so an article opens with just those words marked that found it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from indexer import query
from indexer.catalogue import Catalogue
from indexer.query import Query
from indexer.query.ast import All, Any, Clause, Most
from indexer.search.expansion import expanded
from indexer.search.name_expansion import Linked, Linker
from indexer.search.repair import Repair, Repairs
from indexer.text import Analyzer
from indexer.text.homographs import told_apart

_ROW = 16  # words that may stand in a row in an article as they do in a query


class Step(NamedTuple):
    """A query to try as engines take it, and the code of what it gives up: None for nothing.

    Codes are those of ``query.relaxations``; «related» takes words of the same root for an answer.
    """

    code: str | None
    clause: Clause

    def typed(self, number: int) -> str:
        """The words of a clause of its ``Most``, as the reader typed them."""
        return _typed(_most(self.clause)[number])


class Plan(NamedTuple):
    """A query as it was understood, and the steps to take for it, to be walked once.

    ``q`` is what was read: the query as typed or, where ``repaired`` is not None, in the letters
    that were meant. ``linked`` are the names and terms in Latin letters that Arabic ones were added
    to. Each step asks the index for the forms of its words when its turn comes.
    """

    q: str
    query: Query
    repaired: Repair | None
    linked: tuple[Linked, ...]
    steps: Iterator[Step]


class Planner:
    """Makes plans for queries to one index; safe to share between threads."""

    def __init__(
        self, catalogue: Catalogue, analyzer: Analyzer, linker: Linker, repairs: Repairs
    ) -> None:
        self._catalogue = catalogue
        self._analyzer = analyzer
        self._linker = linker
        self._repairs = repairs

    def plan(self, q: str, *, strict: bool = False) -> Plan:
        """The plan for a query; a ``strict`` one asks for all of it and gives nothing up."""
        asked = query.parse(q, self._analyzer)
        repaired = self._repairs.reading(q, asked.clause)
        if repaired:
            q = repaired.q
            asked = query.parse(q, self._analyzer)
        clause, linked, loose = self._linker.joined(asked.clause)
        first = query.graded(clause, self._phrase(q), names=loose, strict=strict)
        return Plan(q, asked, repaired, linked, self._steps(first, asked, strict=strict))

    def text(self, text: str) -> Plan:
        """The plan for the words of a text, all or some of them: one step, and no operators."""
        asked = query.words_of(query.parse(text, self._analyzer).clause)
        clause, linked, names = self._linker.joined(asked)
        graded = query.graded(clause, self._phrase(text), names=names, text=True)
        step = Step(None, self._expanded(graded))
        return Plan(text, Query(asked, query.write(asked)), None, linked, iter((step,)))

    def all_of(self, clause: Clause) -> Clause:
        """A clause as it stands, for articles that hold all of it."""
        return self._expanded(self._linker.joined(clause).clause)

    def _steps(self, first: Clause, asked: Query, *, strict: bool) -> Iterator[Step]:
        yield Step(None, self._expanded(first))
        if not strict:
            for code, clause in self._weaker(asked):
                yield Step(code, self._expanded(clause))

    def _weaker(self, asked: Query) -> Iterator[tuple[str, Clause]]:
        """Weaker queries to try in turn; the last ones take related words as well."""
        weakest = asked.clause
        for code, weaker in query.relaxations(asked):
            weakest = weaker.clause
            if code == "any-word":
                yield code, self._linker.joined(query.related(weakest)).clause
                continue
            clause, _, loose = self._linker.joined(weakest)
            yield code, query.graded(clause, names=loose)
        if query.has_words(weakest):
            yield "related", self._linker.joined(query.related(weakest)).clause

    def _phrase(self, text: str) -> tuple[str, ...]:
        """The words of a query in a row, if they are few enough to be one."""
        tokens = told_apart(text, self._analyzer.analyze(text))
        return tuple(token.word.exact for token in tokens) if len(tokens) <= _ROW else ()

    def _expanded(self, clause: Clause) -> Clause:
        return expanded(clause, self._catalogue, self._linker.ids)


def _most(clause: Clause) -> tuple[Clause, ...]:
    """The clauses of the ``Most`` in a query; none where it has none."""
    for part in clause.clauses if isinstance(clause, All) else (clause,):
        if isinstance(part, Most):
            return part.clauses
    return ()


def _typed(clause: Clause) -> str:
    """The words of a clause as typed: of a name in Latin letters the words that it was read in."""
    while isinstance(clause, Any) and clause.clauses:
        clause = clause.clauses[0]
    return query.write(clause)
