"""A search request in, a search page out: the only door for web and shell."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.model import Article, Record, SearchRequest

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Value:
    """A facet value as a page shows it. ``selected`` values stay listed even with count 0."""

    id: str
    name: str
    name_en: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet under a request; ``distinct`` is how many there are in all."""

    name: str
    values: tuple[Value, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to show and the spans of it to mark: whole printed words, in order, apart.

    ``before`` and ``after`` say that the text was cut there.
    """

    text: str
    marks: tuple[Span, ...] = ()
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One hit: the record, and its title and best passage with the query's words marked."""

    record: Record
    score: float
    title: Passage
    snippet: Passage


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a request.

    ``parsed`` is the query as it was understood, written in the query language. ``relaxed`` tells
    what was given up when nothing matched: None, or a code that templates translate
    («any-word»). ``suggestion`` is a better spelled query, or None. ``linked`` are the facet
    values that a Latin or other name in the query was taken for.
    """

    request: SearchRequest
    parsed: str
    total: int
    results: tuple[Result, ...]
    facets: Mapping[str, Facet]
    relaxed: str | None = None
    suggestion: str | None = None
    took_ms: float = 0.0

    @property
    def pages(self) -> int:
        """How many pages of results there are; at least 1."""
        return max(1, -(-self.total // self.request.size))


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One whole article, its title and body with the query's words marked."""

    record: Record
    title: Passage
    body: Passage

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.record.article


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in the index."""

    articles: int
    engine: str
    first: str | None  # ISO dates
    last: str | None
    distinct: Mapping[str, int]  # facet → number of values


class SearchService:
    """Answers requests from one open index; safe to share between threads."""

    def page(self, request: SearchRequest) -> SearchPage:
        """The page of results for a request; no request is an error."""
        raise NotImplementedError

    def article(self, id: str, q: str = "") -> ArticlePage | None:
        """One article with the words of the query ``q`` marked, or None."""
        raise NotImplementedError

    def stats(self) -> Stats:
        """Numbers for the start page and for ``rasad stats``."""
        raise NotImplementedError

    def labels(self, facet: str, id: str) -> tuple[str, str]:
        """Arabic and Latin name of a facet value, for chips; the id itself where unknown."""
        raise NotImplementedError
