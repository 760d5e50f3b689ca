"""Weaker queries, for when nothing matches."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from indexer.query.ast import (
    All,
    Any,
    Clause,
    Exact,
    Fuzzy,
    Match,
    Most,
    Named,
    Pattern,
    Phrase,
    Prefix,
    mapped,
)
from indexer.query.combine import all_of, any_of, eased, has_words
from indexer.query.parser import Query
from indexer.query.printer import write


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


def graded(
    clause: Clause,
    phrase: tuple[str, ...] = (),
    *,
    names: Collection[Clause] = (),
    strict: bool = False,
    text: bool = False,
) -> Clause:
    """The query with its loose words as a ``Most``: an article may lack some of them.

    Loose are words in any form that stand side by side at the top, and ``names``, clauses of the
    query that were made of such words; of a ``text`` everything. What has an operator, quotes or a
    field is asked of every article. ``phrase`` is the whole query as typed; it ranks where there is
    nothing but words.
    """
    parts = clause.clauses if isinstance(clause, All) else (clause,)
    loose = tuple(c for c in parts if text or is_loose(c) or c in names)
    if not loose:
        return clause
    others = tuple(c for c in parts if c not in loose)
    plain = not others and not names
    # Names and terms are exact: «Mosul» is not every word of the root of الموصل.
    words = tuple(c if c in names else related(c) for c in loose)
    most = Most(words, phrase if plain else (), strict)
    return All((most, *others)) if others else most


def is_loose(clause: Clause) -> bool:
    """Whether this is a word of which nothing is asked but that it be there in some form."""
    return isinstance(clause, Match) and clause.part is None and not clause.required


def words_of(clause: Clause) -> Clause:
    """The query as loose words alone: without operators, quotes, fields and exclusions.

    For questions and headlines, where «-» is a dash and a colon is no field.
    """
    return all_of(
        dict.fromkeys(_words(eased(_without_fields(_without_phrases(clause)), _optional)))
    )


def _words(clause: Clause) -> Iterator[Clause]:
    match clause:
        case All(clauses) | Any(clauses):
            for inner in clauses:
                yield from _words(inner)
        case Match() | Exact() | Prefix() | Pattern() | Fuzzy():
            yield clause


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
