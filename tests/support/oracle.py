"""What an engine must answer, worked out by looking at every document.

Written for plainness, straight from the docstrings of ``indexer.query.ast`` and of ``Engine.find``.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from math import log
from operator import attrgetter

from indexer.engines.base import Counts, Pairs
from indexer.engines.ranking import Ranking
from indexer.model import Document, Filter, Sort, Word
from indexer.query.ast import All, Any, Between, Clause, Exact, HasValue, Match, Most, Not, Phrase


def matches(document: Document, clause: Clause) -> bool:
    """Whether the clause matches the document."""
    record = document.record
    match clause:
        case Match(variants=variants) if any(matches(document, one) for one in variants):
            return True
        case Match(wanted, part, related=related):
            depths = [attrgetter("stem"), attrgetter("lemma")]
            if related and wanted.root:
                depths.append(attrgetter("root"))
            return any(
                _any_word(document, part, lambda w, depth=depth: depth(w) == depth(wanted))
                for depth in depths
            )
        case Exact(forms, part):
            return _any_word(document, part, lambda w: w.exact in forms)
        case Phrase(forms, slop, part):
            return any(_holds_phrase(text, forms, slop) for text in _texts(document, part))
        case HasValue(facet, values):
            return bool(set(values) & set(record.values(facet)))
        case Between(start, end):
            date = record.article.date
            return date is not None and (start or date) <= date <= (end or date)
        case Not(inner):
            return not matches(document, inner)
        case All(clauses):
            return all(matches(document, inner) for inner in clauses)
        case Any(clauses):
            return any(matches(document, inner) for inner in clauses)
    raise AssertionError(clause)


def covered(documents: Collection[Document], most: Most, ranking: Ranking) -> dict[str, list[int]]:
    """The articles that a ``Most`` finds by their ids, and the numbers of the clauses they lack."""
    asked = [  # in a ``Most`` words of the same root only rank
        replace(one, related=False) if isinstance(one, Match) else one for one in most.clauses
    ]
    lacks = {
        document.record.article.id: [n for n, one in enumerate(asked) if not matches(document, one)]
        for document in documents
    }
    if most.strict:
        return {id: lacking for id, lacking in lacks.items() if not lacking}
    size = len(documents)
    holding = [
        sum(n not in lacking for lacking in lacks.values()) for n in range(len(most.clauses))
    ]
    weights = [log(1 + (size - n + 0.5) / (n + 0.5)) if n else 0.0 for n in holding]
    share = {
        id: sum(w for n, w in enumerate(weights) if n not in lacking) / (sum(weights) or 1.0)
        for id, lacking in lacks.items()
    }
    for floor in ranking.floors:
        found = {id for id in lacks if share[id] >= floor - 1e-9}
        if len(found) >= ranking.enough:
            break
    else:
        found = {id for id in lacks if share[id] > 0}
    return {id: lacks[id] for id in found}


def passes(document: Document, filters: Collection[Filter]) -> bool:
    """Whether the document has no excluded value, every chosen one, and any of alternatives."""
    chosen: dict[str, bool] = {}
    for facet, value, exclude, either in filters:
        holds = value in document.record.values(facet)
        if exclude:
            if holds:
                return False
        elif either:
            chosen[facet] = chosen.get(facet, False) or holds
        elif not holds:
            return False
    return all(chosen.values())


def counts(
    matching: Iterable[Document],
    filters: Collection[Filter],
    facet: str,
    size: int | None,
    *,
    collapse: bool = False,
) -> Counts:
    """The counts of a facet over the documents that match, without its own alternatives.

    With ``collapse`` the stories are counted in which some document holds a value.
    """
    others = [one for one in filters if not one.either or one.exclude or one.facet != facet]
    passing = [document for document in matching if passes(document, others)]
    held = {
        (story(one) if collapse else one.record.article.id, value)
        for one in passing
        for value in one.record.values(facet)
    }
    values = Counter(value for _, value in held)
    ordered = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return Counts(tuple(ordered[:size]), len(values))


def pairs(
    found: Collection[Document],
    rows: str,
    columns: str,
    sizes: tuple[int | None, int | None],
    *,
    collapse: bool,
) -> Pairs:
    """The values of two facets counted together over the articles, or stories, that were found."""
    in_rows, in_columns = (
        counts(found, (), facet, size, collapse=collapse).values
        for facet, size in zip((rows, columns), sizes, strict=True)
    )
    held = {
        (story(one) if collapse else one.record.article.id, row, column)
        for one in found
        for row in one.record.values(rows)
        for column in one.record.values(columns)
    }
    both = Counter((row, column) for _, row, column in held)
    together = tuple(tuple(both[row, column] for column, _ in in_columns) for row, _ in in_rows)
    return Pairs(in_rows, in_columns, together)


def story(document: Document) -> str:
    """What a document tells, and others with it."""
    return document.story or document.record.article.id


def collapsed(found: Iterable[Document]) -> list[tuple[Document, int, int]]:
    """The first document of each story, its other documents, and the other sources of these."""
    stories: dict[str, list[Document]] = {}
    for document in found:
        stories.setdefault(story(document), []).append(document)

    def key(document: Document) -> tuple[bool, int, int, str]:
        date = document.record.article.date
        length = len(document.title) + len(document.body)
        return (date is None, date.toordinal() if date else 0, -length, document.record.article.id)

    shown = []
    for told in stories.values():
        first, *others = sorted(told, key=key)
        sources = {one.record.article.source for one in others} - {None}
        shown.append((first, len(others), len(sources - {first.record.article.source})))
    return shown


def by_date(documents: Iterable[Document], sort: Sort) -> list[str]:
    """The ids in the order of their dates, undated ones last, ties by id."""
    sign = -1 if sort == "newest" else 1

    def key(document: Document) -> tuple[bool, int, str]:
        date = document.record.article.date
        return (date is None, sign * date.toordinal() if date else 0, document.record.article.id)

    return [document.record.article.id for document in sorted(documents, key=key)]


def _texts(document: Document, part: str | None) -> tuple[Sequence[Word], ...]:
    return (document.title,) if part == "title" else (document.title, document.body)


def _any_word(document: Document, part: str | None, test: Callable[[Word], bool]) -> bool:
    return any(test(word) for text in _texts(document, part) for word in text)


def _holds_phrase(text: Sequence[Word], forms: Sequence[str], slop: int) -> bool:
    exact = [word.exact for word in text]
    width = len(forms) + slop
    windows = [exact[start : start + width] for start in range(len(exact))]
    if not slop:
        return list(forms) in windows
    return any(Counter(forms) <= Counter(window) for window in windows)
