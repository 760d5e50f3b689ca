"""Fill in what only the index knows: the printed forms of a query's words, the ids of its names."""

from dataclasses import replace

from indexer.catalogue import Catalogue
from indexer.clauses import Clause, Exact, Fuzzy, HasValue, Match, Named, Prefix, mapped
from indexer.spelling import similar

_MAX_EXPANSIONS = 200  # forms that «word*» or «word~» may stand for, the most frequent ones


def resolved(clause: Clause, catalogue: Catalogue) -> Clause:
    """Return the clause as engines take it."""

    def known(leaf: Clause) -> Clause:
        match leaf:
            case Match():
                stem_forms, lemma_forms = catalogue.forms(leaf.word)
                root_forms = catalogue.related(leaf.word) if leaf.related else ()
                return replace(
                    leaf, stem_forms=stem_forms, lemma_forms=lemma_forms, root_forms=root_forms
                )
            case Prefix(text, part, printed):
                return Exact(catalogue.prefixed(text, _MAX_EXPANSIONS), part, printed)
            case Fuzzy(text, distance, part, printed):
                forms = similar(text, distance, catalogue)
                return Exact(tuple(forms[:_MAX_EXPANSIONS]), part, printed)
            case Named(facet, text):
                return HasValue(facet, tuple(name.id for name in catalogue.named(facet, text)))
            case _:
                return leaf

    return mapped(clause, known)
