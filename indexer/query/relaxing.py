"""Weaker queries, for when nothing matches."""

from collections.abc import Callable
from dataclasses import replace

from indexer.clauses import (
    All,
    Any,
    Clause,
    Exact,
    Fuzzy,
    Match,
    Named,
    Phrase,
    Prefix,
)
from indexer.query.building import all_of, any_of, has_words, mapped, matches
from indexer.query.parsing import Query
from indexer.query.writing import write
from indexer.text import Analyzer


def relaxations(query: Query, analyzer: Analyzer) -> list[tuple[str, Query]]:
    """Queries that find more and more, each with the code of what it gives up.

    «no-phrase»: phrases and «=word» become loose words; «no-fields»: words may stand outside the
    title, and names are words of the text; «any-word»: one of the words is enough. A step holds
    what the steps before it gave up; steps that change nothing are left out. Exclusions and dates
    stay as they are.
    """
    steps: dict[str, Callable[[Clause], Clause]] = {
        "no-phrase": lambda clause: mapped(clause, loose, excluded=False),
        "no-fields": lambda clause: mapped(clause, anywhere, excluded=False),
        "any-word": _any_word,
    }

    def loose(clause: Clause) -> Clause:
        """A phrase as loose words."""
        match clause:
            case Phrase(forms, _, part) | Exact(forms, part):
                text = clause.printed or " ".join(forms)
                return all_of(matches(text, analyzer.analyze(text), part))
            case _:
                return clause

    def anywhere(clause: Clause) -> Clause:
        """A word of the title as a word of the text, a name as words."""
        match clause:
            case Match() | Exact() | Phrase() | Prefix() | Fuzzy():
                return replace(clause, part=None)
            case Named(_, text):
                return all_of(matches(text, analyzer.analyze(text)))
            case _:
                return clause

    found = []
    clause = query.clause
    for code, step in steps.items():
        weaker = step(clause)
        if weaker != clause:
            clause = weaker
            found.append((code, Query(clause, write(clause), query.notes)))
    return found


def _any_word(clause: Clause) -> Clause:
    """One of the words is enough; what is no word still has to hold."""
    match clause:
        case All(clauses):
            words = [_any_word(c) for c in clauses if has_words(c)]
            rest = [c for c in clauses if not has_words(c)]
            return all_of([any_of(words), *rest]) if words else clause
        case Any(clauses):
            return any_of(map(_any_word, clauses))
        case _:
            return clause
