"""Weaker queries, for when nothing matches."""

from dataclasses import replace

from indexer.clauses import (
    All,
    Any,
    Clause,
    Exact,
    Fuzzy,
    Match,
    Named,
    Not,
    Pattern,
    Phrase,
    Prefix,
    mapped,
)
from indexer.query.building import all_of, any_of, eased, has_words
from indexer.query.parsing import Query
from indexer.query.writing import write


def relaxations(query: Query) -> list[tuple[str, Query]]:
    """Queries that find more and more, each with the code of what it gives up.

    «no-phrase»: phrases and «=word» become loose words; «no-fields»: words may stand outside the
    title, and names are words of the text; «any-word»: one of the words is enough, beside those
    that are required. A step keeps to what the steps before it gave up; steps that change nothing
    are left out. Exclusions and dates stay as they are.
    """
    steps = {"no-phrase": _without_phrases, "no-fields": _without_fields, "any-word": _any_word}
    clause, found = query.clause, []
    for code, step in steps.items():
        weaker = step(clause)
        if weaker != clause:
            clause = weaker
            found.append((code, replace(query, clause=clause, text=write(clause))))
    return found


def any_word(clause: Clause) -> Clause:
    """The weakest query: one of the words is enough, loose and anywhere.

    Engines still rank an article higher the more of the words it has. Exclusions go, too, and what
    is required: this is for questions and headlines, where «-» is a dash.
    """
    loose = eased(_without_fields(_without_phrases(clause)), _optional)
    weakest = _any_word(loose)
    if isinstance(weakest, All):
        return all_of([c for c in weakest.clauses if not isinstance(c, Not)])
    return weakest


def related(clause: Clause) -> Clause:
    """The query with words of the same root in the place of each loose word."""
    return mapped(clause, lambda c: replace(c, related=True) if isinstance(c, Match) else c)


def _without_phrases(clause: Clause) -> Clause:
    return eased(clause, lambda c: _loose(c) if isinstance(c, Phrase | Exact) else c)


def _without_fields(clause: Clause) -> Clause:
    return eased(clause, _anywhere)


def _anywhere(clause: Clause) -> Clause:
    match clause:
        case Match() | Prefix() | Pattern() | Fuzzy():
            return replace(clause, part=None)
        case Exact() | Phrase():
            loose = tuple(replace(match, part=None) for match in clause.loose)
            return replace(clause, part=None, loose=loose)
        case Named():
            return _loose(clause)
        case _:
            return clause


def _is_required(clause: Clause) -> bool:
    return isinstance(clause, Match) and clause.required


def _optional(clause: Clause) -> Clause:
    return replace(clause, required=False) if isinstance(clause, Match) else clause


def _loose(clause: Phrase | Exact | Named) -> Clause:
    return all_of(clause.loose) if clause.loose else clause


def _any_word(clause: Clause) -> Clause:
    match clause:
        case All(clauses) if has_words(clause):
            required = [c for c in clauses if _is_required(c)]
            words = [c for c in clauses if has_words(c) and c not in required]
            if len(words) < 2 and required:
                return clause
            others = [c for c in clauses if not has_words(c)]
            return all_of([*required, any_of(map(_any_word, words)), *others])
        case Any(clauses):
            return any_of(map(_any_word, clauses))
        case _:
            return clause
