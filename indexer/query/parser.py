"""The second reading of a query: pieces to clauses."""

from dataclasses import dataclass
from itertools import chain, islice, pairwise

from indexer.query.ast import EVERYTHING, Clause
from indexer.query.combine import all_of, any_of, depth, negation, required, shallow
from indexer.query.false_operators import without_false_operators
from indexer.query.lexer import Kind, Lexeme, lexemes
from indexer.query.printer import write
from indexer.query.terms import Terms
from indexer.text import Analyzer

#: How many words, phrases, operators and runs of brackets are looked at.
MAX_PIECES = 1000
#: How many unknown fields are named.
MAX_UNKNOWN = 5
#: How deep clauses may lie within one another.
MAX_DEPTH = 20

_BRACKET = Lexeme("open")
_END = Lexeme("close", run=0)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    ``text`` is the clause in the query language. ``notes`` say what was left out: «too-long» (what
    comes after the first 64 words), «too-deep» (brackets within too many others),
    «too-many-patterns» (words with «*» or «?» in them after the first 4), «hosts-only» (what
    «inurl:» asks for beyond the host of a source), «too-many-signs» (too many words with «~» or
    «*», or phrases; the words of the others were searched plain). ``unknown`` are names
    before a colon that are no fields, or of dates that are none; what stands behind them was
    searched as words.
    """

    clause: Clause = EVERYTHING
    text: str = ""
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def parse(text: str, analyzer: Analyzer) -> Query:
    """Read what was typed; never fails, and reads ``Query.text`` as the same clause again."""
    terms = Terms(analyzer)
    reader = _Reader(terms)
    clause = reader.read(_pieces(text, analyzer))
    too_deep = reader.too_deep or depth(clause) > MAX_DEPTH
    if too_deep:
        clause = shallow(clause, MAX_DEPTH)
    notes = {
        "too-long": terms.full,
        "too-deep": too_deep,
        "too-many-patterns": terms.patterns_left_out,
        "too-many-signs": terms.crowded,
        "hosts-only": terms.hosts_only,
    }
    return Query(
        clause,
        write(clause),
        tuple(note for note, holds in notes.items() if holds),
        tuple(terms.unknown)[:MAX_UNKNOWN],
    )


def _pieces(text: str, analyzer: Analyzer) -> list[Lexeme]:
    """As many pieces as are looked at, and one more where there are more."""
    return without_false_operators(text, list(islice(lexemes(text), MAX_PIECES + 1)), analyzer)


class _Group:
    """What was read inside one pair of brackets: neighbours, each of alternatives in «and»."""

    def __init__(self, opening: Lexeme, field: str | None = None) -> None:
        self.field = field
        self._opening = opening
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
        whole = all_of(any_of(map(_together, choices)) for choices in self._neighbours)
        return _signed(whole, self._opening)


class _Reader:
    """Reads one query. Open brackets wait in a list, so none are too many for Python's stack."""

    def __init__(self, terms: Terms) -> None:
        self.too_deep = False
        self._terms = terms
        self._groups = [_Group(_BRACKET)]
        self._ignored = 0  # open brackets that lie too deep

    def read(self, pieces: list[Lexeme]) -> Clause:
        for n, (lexeme, following) in enumerate(pairwise(chain(pieces, (_END,)))):
            if lexeme.name and not lexeme.field:
                self._terms.unknown[lexeme.name] = None
            if lexeme.field == "all-title":  # of what follows in these brackets as well
                self._groups[-1].field = "title"
                lexeme = lexeme._replace(field="title", name="")
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
        signed = [lexeme, *[_BRACKET] * (opened - 1)][:opened]
        self._groups += [_Group(bracket, field) for bracket in signed]

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
            self._groups[-1].add(_signed(clause, lexeme))


def _together(operands: list[Clause]) -> Clause:
    """What stands between two «or»: one clause, or several that «and» says must all be there."""
    whole = all_of(operands)
    return required(whole, stops=False) if len(operands) > 1 else whole


def _signed(clause: Clause, lexeme: Lexeme) -> Clause:
    """The clause as the «-» or «+» before it has it."""
    if lexeme.negate:
        return negation(clause)
    return required(clause, stops=True) if lexeme.require else clause
