"""What a reader may be about to type: words, names and titles that go on as the text does."""

from typing import Literal, NamedTuple

from indexer.catalogue import Catalogue
from indexer.clauses import All, Exact, Match
from indexer.engines.base import Engine
from indexer.resolving import resolved
from indexer.text import Analyzer

_WORDS = 5
_NAMES = 5
_TITLES = 3
_FORMS = 30  # that the last word of a title may go on as


class Suggestion(NamedTuple):
    """A whole query to offer; a name also carries the facet value that it leads to."""

    text: str
    kind: Literal["word", "name", "title"]
    facet: str = ""
    id: str = ""
    name_en: str = ""


def suggestions(
    q: str, engine: Engine, catalogue: Catalogue, analyzer: Analyzer
) -> list[Suggestion]:
    """Names first, then words, then titles; the most frequent of each; at most 13."""
    tokens = analyzer.analyze(q)
    if not tokens or len(tokens[-1].word.exact) < 2:
        return []
    head, last = q[: tokens[-1].start], tokens[-1].word.exact
    names = [
        Suggestion(name.name, "name", facet, name.id, name.name_en)
        for facet, name in catalogue.going_on(q, _NAMES)
    ]
    forms = catalogue.prefixed(last, _FORMS)
    words = [Suggestion(head + form, "word") for form in forms if not analyzer.word(form).stop]
    titles = []
    if len(tokens) > 1:
        before = tuple(Match(token.word, "title") for token in tokens[:-1])
        clause = resolved(All((*before, Exact(forms, "title"))), catalogue)
        found = engine.find(clause, limit=_TITLES, facets=())
        records = engine.records([hit.id for hit in found.hits])
        titles = [Suggestion(record.article.title, "title") for record in records]
    return names + words[:_WORDS] + titles
