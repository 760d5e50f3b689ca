"""Fill in what only the index knows: the printed forms of a query's words, the ids of its names."""

from dataclasses import replace
from types import UnionType

from indexer.catalogue import Catalogue
from indexer.clauses import (
    EVERYTHING,
    All,
    Any,
    Clause,
    Exact,
    Fuzzy,
    HasValue,
    Match,
    Named,
    Not,
    Prefix,
    mapped,
)
from indexer.spelling import similar

_MAX_EXPANSIONS = 200  # forms that one «word*» or «word~» may stand for, the most frequent ones
_MOST_FORMS = (
    3200  # of a layer that all words of a query together stand for, the most frequent ones
)
_MOST_EXPANSIONS = 400  # all of a query together; each of several may stand for fewer


def resolved(clause: Clause, catalogue: Catalogue) -> Clause:
    """Return the clause as engines take it."""
    most = min(_MAX_EXPANSIONS, _MOST_EXPANSIONS // max(1, _count(clause, Prefix | Fuzzy)))
    each = _MOST_FORMS // max(1, _count(clause, Match))

    def known(leaf: Clause) -> Clause:
        match leaf:
            case Match():
                stem_forms, lemma_forms = catalogue.forms(leaf.word)
                root_forms = catalogue.related(leaf.word) if leaf.related else ()
                return replace(
                    leaf,
                    stem_forms=stem_forms[:each],
                    lemma_forms=lemma_forms[:each],
                    root_forms=root_forms[:each],
                )
            case Prefix(text, part, printed):
                return Exact(catalogue.beginning(text, most), part, printed)
            case Fuzzy(text, distance, part, printed):
                forms = similar(text, distance, catalogue)
                return Exact(tuple(forms[:most]), part, printed)
            case Named(facet, text, loose):
                ids = [name.id for name in catalogue.named(facet, text)]
                if catalogue.name(facet, text):
                    ids.insert(0, text)
                # The name's words need not stand there, but where they do they rank and are marked.
                words = Any((EVERYTHING, *map(known, loose)))
                return All((HasValue(facet, tuple(ids)), words))
            case _:
                return leaf

    return mapped(clause, known)


def _count(clause: Clause, kind: type | UnionType) -> int:
    """How many leaves of a kind there are."""
    match clause:
        case All(clauses) | Any(clauses):
            return sum(_count(c, kind) for c in clauses)
        case Not(inner):
            return _count(inner, kind)
        case _:
            return isinstance(clause, kind)
