"""Names in Latin letters: «Putin» in a query finds the articles that hold فلاديمير بوتين."""

from itertools import groupby
from typing import NamedTuple

from indexer.catalogue import Catalogue, Name
from indexer.clauses import EVERYTHING, All, Any, Clause, HasValue, Match
from indexer.text import Analyzer
from indexer.text.sounds import sounds

_FACETS = ("countries", "people", "organisations")
_MAX_VALUES = 20  # of one facet that one name may mean
_CLEAR = 3  # sounds of a word that is taken for a name by its sound alone: «Poutine» has P, T, N


class Linked(NamedTuple):
    """Words of a query that were taken for a name, and the most frequent value they mean."""

    text: str
    facet: str
    name: Name


def link_names(
    clause: Clause, catalogue: Catalogue, analyzer: Analyzer
) -> tuple[Clause, tuple[Linked, ...]]:
    """Let each run of Latin words that names a facet's values find these values as well.

    The words themselves still match; written with «=» they mean only themselves.
    """
    if not isinstance(clause, All):
        whole, found = link_names(All((clause,)), catalogue, analyzer)
        return (whole, found) if found else (clause, ())
    clauses: list[Clause] = []
    linked: list[Linked] = []
    for latin, group in groupby(clause.clauses, _is_latin):
        run = tuple(group)
        named = _named(run, catalogue) if latin else None
        if named is None:
            clauses += run
            continue
        facet, text, names = named
        linked.append(Linked(text, facet, names[0]))
        values = HasValue(facet, tuple(name.id for name in names))
        # The Arabic words need not match (the country may be named by its adjective only),
        # but where they stand they rank and are marked.
        words = analyzer.analyze(names[0].name)
        arabic = Any((EVERYTHING, *(Match(token.word) for token in words)))
        clauses.append(Any((All(run), All((values, arabic)))))
    return All(tuple(clauses)), tuple(linked)


def _is_latin(clause: Clause) -> bool:
    return (
        isinstance(clause, Match)
        and clause.part is None
        and clause.word.exact.isascii()
        and not clause.word.exact.isdigit()
    )


def _named(run: tuple[Clause, ...], catalogue: Catalogue) -> tuple[str, str, list[Name]] | None:
    text = " ".join(clause.word.exact for clause in run if isinstance(clause, Match))
    for facet in _FACETS:
        names = catalogue.named(facet, text, _MAX_VALUES)
        if names:
            return facet, text, names
    heard = sounds(text)
    if all(len(sound) >= _CLEAR for sound in heard) and (
        names := catalogue.sounding(heard, _MAX_VALUES)
    ):
        return "people", text, names
    return None
