"""Clauses put together so that equal meanings are equal trees."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.model import Token
from indexer.query.ast import (
    All,
    Any,
    Clause,
    Exact,
    Fuzzy,
    Match,
    Not,
    Part,
    Pattern,
    Phrase,
    Prefix,
)
from indexer.query.lexer import operator


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Every one of these. Stop words are left out if another word remains; doubles too.

    Of a word that is required and stands there once more without being so, the first remains.
    """
    flat = dict.fromkeys(
        _beside_one_another(
            [
                inner
                for clause in clauses
                for inner in (clause.clauses if isinstance(clause, All) else (clause,))
            ]
        )
    )
    required = {replace(c, required=False) for c in flat if isinstance(c, Match) and c.required}
    flat = dict.fromkeys(clause for clause in flat if clause not in required)
    if any(map(has_words, flat)):
        flat = dict.fromkeys(clause for clause in flat if not _is_stop(clause))
    return next(iter(flat)) if len(flat) == 1 else All(tuple(flat))


def any_of(clauses: Iterable[Clause]) -> Clause:
    """At least one of these; among several, none is required."""
    flat = dict.fromkeys(
        inner
        for clause in clauses
        for inner in (clause.clauses if isinstance(clause, Any) else (clause,))
    )
    if len(flat) == 1:
        return next(iter(flat))
    flat = dict.fromkeys(map(_not_required, flat))
    return next(iter(flat)) if len(flat) == 1 else Any(tuple(flat))


def negation(clause: Clause) -> Clause:
    """What the clause does not match."""
    return clause.clause if isinstance(clause, Not) else Not(_not_required(clause))


def required(clause: Clause, *, stops: bool) -> Clause:
    """The clause with its words required; with ``stops`` also those that are stop words.

    Only words side by side can be left out, so alternatives and exclusions stay as they are.
    """
    match clause:
        case Match(word) if stops or not word.stop:
            return replace(clause, required=True)
        case All(clauses):
            return all_of([required(c, stops=stops) for c in clauses])
        case _:
            return clause


def matches(text: str, tokens: Iterable[Token], part: Part = None) -> list[Match]:
    """Loose words. The operators' names, where they are words at all, are stop words."""
    return [
        Match(
            word._replace(stop=word.stop or operator(text[start:end]) is not None),
            part,
            printed=text[start:end],
        )
        for start, end, word in tokens
    ]


def has_words(clause: Clause) -> bool:
    """Whether the clause asks for a word of the text, apart from stop words and exclusions."""
    match clause:
        case Match():
            return not _is_stop(clause)
        case All(clauses) | Any(clauses):
            return any(map(has_words, clauses))
        case _:
            return isinstance(clause, Exact | Phrase | Prefix | Pattern | Fuzzy)


def depth(clause: Clause) -> int:
    """How many clauses lie within one another; 0 for a word."""
    match clause:
        case All(clauses) | Any(clauses):
            return 1 + max(map(depth, clauses), default=0)
        case Not(inner):
            return 1 + depth(inner)
        case _:
            return 0


def shallow(clause: Clause, levels: int) -> Clause:
    """The tree with all that lies deeper than ``levels`` side by side, in one «and»."""
    match clause:
        case All() | Any() | Not() if not levels:
            return all_of(_leaves(clause))
        case All(clauses):
            return all_of(shallow(c, levels - 1) for c in clauses)
        case Any(clauses):
            return any_of(shallow(c, levels - 1) for c in clauses)
        case Not(inner):
            return negation(shallow(inner, levels - 1))
        case _:
            return clause


def eased(clause: Clause, change: Callable[[Clause], Clause]) -> Clause:
    """The tree with every leaf put through ``change``, except those that are excluded."""
    match clause:
        case All(clauses):
            return all_of(eased(c, change) for c in clauses)
        case Any(clauses):
            return any_of(eased(c, change) for c in clauses)
        case Not():
            return clause
        case _:
            return change(clause)


def _beside_one_another(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses; loose words know their neighbours, also those that will be left out."""
    row = [None, *clauses, None]
    for before, clause, behind in zip(row, row[1:], row[2:], strict=False):
        if isinstance(clause, Match):
            beside = (
                clause.beside[0] or _form_of(before, clause.part),
                clause.beside[1] or _form_of(behind, clause.part),
            )
            yield replace(clause, beside=beside)
        elif clause is not None:
            yield clause


def _form_of(clause: Clause | None, part: Part) -> str:
    """The exact form of a loose word of this part of an article; of anything else none."""
    return clause.word.exact if isinstance(clause, Match) and clause.part == part else ""


def _is_stop(clause: Clause) -> bool:
    return isinstance(clause, Match) and clause.word.stop and not clause.required


def _not_required(clause: Clause) -> Clause:
    """The clause as a part of another one, within which no word is left out anyway."""
    match clause:
        case Match():
            return replace(clause, required=False)
        case All(clauses):
            return all_of([_not_required(c) for c in clauses])
        case _:
            return clause


def _leaves(clause: Clause) -> list[Clause]:
    """The clauses without parts of their own, and what is excluded among them one by one."""
    match clause:
        case All(clauses) | Any(clauses):
            return [leaf for c in clauses for leaf in _leaves(c)]
        case Not(inner):
            return [negation(leaf) for leaf in _leaves(inner)]
        case _:
            return [clause]
