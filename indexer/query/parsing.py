"""The second reading of a query: pieces to clauses."""

from dataclasses import dataclass
from itertools import chain, pairwise

from indexer.clauses import EVERYTHING, Clause
from indexer.query.building import all_of, any_of, depth, negation, shallow
from indexer.query.lexing import Kind, Lexeme, lexemes
from indexer.query.terms import Terms
from indexer.query.writing import write
from indexer.text import Analyzer

#: How many words, phrases, operators and runs of brackets are looked at.
MAX_PIECES = 1000
#: How deep clauses may lie within one another.
MAX_DEPTH = 20

_END = Lexeme("close", run=0)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    ``text`` is the clause in the query language. ``notes`` say what was left out: «too-long» (what
    comes after the first 64 words), «too-deep» (brackets within too many others), «too-many-signs»
    (too many words with «~» or «*», or phrases; the words of the others were searched plain).
    """

    clause: Clause = EVERYTHING
    text: str = ""
    notes: tuple[str, ...] = ()


def parse(text: str, analyzer: Analyzer) -> Query:
    """Read what was typed; never fails, and reads ``Query.text`` as the same clause again."""
    terms = Terms(analyzer)
    reader = _Reader(terms)
    clause = reader.read(text)
    too_deep = reader.too_deep or depth(clause) > MAX_DEPTH
    if too_deep:
        clause = shallow(clause, MAX_DEPTH)
    notes = {"too-long": terms.full, "too-deep": too_deep, "too-many-signs": terms.crowded}
    return Query(clause, write(clause), tuple(note for note, holds in notes.items() if holds))


class _Group:
    """What was read inside one pair of brackets: neighbours, each of alternatives in «and»."""

    def __init__(self, field: str | None = None, *, negate: bool = False) -> None:
        self.field = field
        self._negate = negate
        self._neighbours: list[list[list[Clause]]] = []
        self._link: Kind | None = None
        self._excluding = False

    def add(self, clause: Clause) -> None:
        """Take in a clause, bound as the operators before it say."""
        if self._excluding:
            clause = negation(clause)
        if self._link == "or":
            self._neighbours[-1].append([clause])
        elif self._link == "and":
            self._neighbours[-1][-1].append(clause)
        else:
            self._neighbours.append([[clause]])
        self._link, self._excluding = None, False

    def operate(self, kind: Kind) -> bool:
        """Apply an operator; False if it lacks a clause before it. Of several the last counts."""
        if kind == "not":
            self._excluding = not self._excluding
        elif self._neighbours:
            self._link = kind
        else:
            return False
        return True

    def clause(self) -> Clause | None:
        """All of it as one clause; None if the brackets were empty."""
        if not self._neighbours:
            return None
        whole = all_of(any_of(map(all_of, choices)) for choices in self._neighbours)
        return negation(whole) if self._negate else whole


class _Reader:
    """Reads one query. Open brackets wait in a list, so none are too many for Python's stack."""

    def __init__(self, terms: Terms) -> None:
        self.too_deep = False
        self._terms = terms
        self._groups = [_Group()]
        self._ignored = 0  # open brackets that lie too deep

    def read(self, text: str) -> Clause:
        pieces = chain(lexemes(text), (_END,))
        for n, (lexeme, following) in enumerate(pairwise(pieces)):
            if n == MAX_PIECES:
                self._terms.full = True
            elif lexeme.kind == "open":
                self._open(lexeme)
            elif lexeme.kind == "close":
                self._close(lexeme.run)
            elif not self._operate(lexeme, following):
                self._add(lexeme)
            if self._terms.full:
                break
        self._ignored = 0
        self._close(len(self._groups))
        return self._groups[0].clause() or EVERYTHING

    def _open(self, lexeme: Lexeme) -> None:
        # One level more than clauses have is needed where a lone «OR» is written in brackets.
        opened = min(lexeme.run, MAX_DEPTH + 2 - len(self._groups))
        if opened < lexeme.run:
            self._ignored += lexeme.run - opened
            self.too_deep = True
        field = lexeme.field or self._groups[-1].field
        self._groups += [_Group(field, negate=lexeme.negate and not n) for n in range(opened)]

    def _close(self, count: int) -> None:
        ignored = min(count, self._ignored)
        self._ignored -= ignored
        for _ in range(min(count - ignored, len(self._groups) - 1)):
            if clause := self._groups.pop().clause():
                self._groups[-1].add(clause)

    def _operate(self, lexeme: Lexeme, following: Lexeme) -> bool:
        """Apply an operator; False where none stands between clauses: there it is a word."""
        return (
            lexeme.kind in ("or", "and", "not")
            and following.kind != "close"
            and self._groups[-1].operate(lexeme.kind)
        )

    def _add(self, lexeme: Lexeme) -> None:
        clause = self._terms.clause(lexeme, lexeme.field or self._groups[-1].field)
        if clause:
            self._groups[-1].add(negation(clause) if lexeme.negate else clause)
