"""Fill in what only the index knows: the printed forms of a query's words, the ids of its names."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import UnionType

from indexer import deadline
from indexer.catalogue import Catalogue
from indexer.query.ast import (
    EVERYTHING,
    All,
    Any,
    Clause,
    Exact,
    Fuzzy,
    HasValue,
    Match,
    Most,
    Named,
    Not,
    Pattern,
    Phrase,
    Prefix,
    mapped,
)
from indexer.schema import ACTORS, PEOPLE, facet_field
from indexer.search.patronyms import own_names
from indexer.search.spelling import similar
from indexer.search.word_variants import Variants
from indexer.text.normalize import normalize

#: Forms that one «word*», «w?rd» or «word~» may stand for, the most frequent ones.
_MAX_EXPANSIONS = 200
#: Forms of a layer that all words of a query together stand for, the most frequent ones.
_MOST_FORMS = 3200
_MOST_EXPANSIONS = 400  # all of a query together; each of several may stand for fewer


def expanded(
    clause: Clause,
    catalogue: Catalogue,
    called: Callable[[str, str], Sequence[str]] = lambda facet, text: (),
) -> Clause:
    """Return the clause as engines take it.

    ``called`` gives the values of a facet that a text is a whole name of, beside those whose names
    in the index hold its words.
    """

    variants = Variants(catalogue)
    pending = _count(clause, Prefix | Pattern | Fuzzy)
    most = min(_MAX_EXPANSIONS, _MOST_EXPANSIONS // max(1, pending))
    each = _MOST_FORMS // max(1, _count(clause, Match))

    def known(leaf: Clause, *, marked: bool = True) -> Clause:
        if deadline.is_over():
            return _unknown(leaf)
        match leaf:
            case Match():
                stem_forms, lemma_forms = catalogue.forms(leaf.word)
                root_forms = catalogue.related(leaf.word) if leaf.related and marked else ()
                found = replace(
                    leaf,
                    stem_forms=stem_forms[:each],
                    lemma_forms=lemma_forms[:each],
                    root_forms=root_forms[:each],
                )
                return replace(found, variants=variants.of_word(found))
            case Phrase():
                return variants.of_phrase(leaf)
            case Exact() if leaf.quoted:
                return variants.of_phrase(Phrase(leaf.forms, 0, leaf.part, leaf.printed))
            case Prefix(text, part, printed):
                return Exact(catalogue.beginning(text, most), part, printed)
            case Pattern(text, part, printed):
                return Exact(catalogue.matching(text, most), part, printed)
            case Fuzzy(text, distance, part, printed):
                forms = similar(text, distance, catalogue)
                return Exact(tuple(forms[:most]), part, printed)
            case Named(facet, text, loose):
                ids = _meant(facet, text, catalogue, called)
                # The name's words need not stand there, but where they do they rank and are marked.
                words = Any((EVERYTHING, *map(known, loose)))
                return All((HasValue(facet, tuple(ids)), words))
            case _:
                return leaf

    def part(one: Clause) -> Clause:
        if isinstance(one, Most):  # words of the same root rank in it, but are no answer
            return mapped(one, lambda leaf: known(leaf, marked=False))
        return mapped(one, known)

    if isinstance(clause, All):
        return All(tuple(map(part, clause.clauses)))
    return part(clause)


def _unknown(leaf: Clause) -> Clause:
    """What finds no more than can be known without looking anything up."""
    match leaf:
        case Prefix(_, part, printed) | Pattern(_, part, printed) | Fuzzy(_, _, part, printed):
            return Exact((), part, printed)
        case Named(facet, _, _):
            return HasValue(facet, ())
        case _:
            return leaf


def _meant(
    facet: str, text: str, catalogue: Catalogue, called: Callable[[str, str], Sequence[str]]
) -> list[str]:
    """The values of a facet that are called this; an id is the value alone, and so is an alias.

    Parts of a name name a person; «org:UN» is not every body of the United Nations.
    """
    if not facet_field(facet).counted:
        return _actors(text, catalogue, called)
    for id in dict.fromkeys((text, text.lower(), text.upper())):
        if catalogue.name(facet, id):
            return [id]
    ids = list(called(facet, text))
    if facet == "sources":  # a paper of the table may have the name of one that is here
        ids = [id for id in ids if catalogue.name(facet, id)]
    if not ids or facet == PEOPLE:
        names = catalogue.named(facet, text)
        ids += [
            name.id for name in (own_names(catalogue, names, text) if facet == PEOPLE else names)
        ]
    return list(dict.fromkeys(ids))


def _actors(
    text: str, catalogue: Catalogue, called: Callable[[str, str], Sequence[str]]
) -> list[str]:
    """Who «met» or «said» something: the states and bodies of just this name, else people."""
    wanted = normalize(text)
    for facet in ACTORS:
        if facet == PEOPLE:
            continue
        names = catalogue.named(facet, text)
        exact = [one.id for one in names if wanted in map(normalize, (one.name, one.name_en))]
        if exact or catalogue.name(facet, text.upper()):
            return exact or [text.upper()]
    found = (_meant(facet, text, catalogue, called) for facet in ACTORS)
    return next(filter(None, found), [])


def _count(clause: Clause, kind: type | UnionType) -> int:
    """How many leaves of a kind there are."""
    match clause:
        case All(clauses) | Most(clauses) | Any(clauses):
            return sum(_count(c, kind) for c in clauses)
        case Not(inner):
            return _count(inner, kind)
        case _:
            return isinstance(clause, kind)
