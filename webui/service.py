"""What the pages ask of the search behind them.

A protocol, so that the pages can be built and tested over a few records by hand;
``indexer.search.service.SearchService`` is the real one.
"""

from collections.abc import Sequence
from typing import Protocol

from flask import current_app

from indexer.model import Record, SearchRequest
from indexer.search.results import ArticlePage, Facet, Profile, SearchPage, Stats, Together

EXTENSION = "rasad"
#: More values than a facet of months or countries has: all of them.
EVERY = 10_000


class Suggestion(Protocol):
    """A text to offer and the query that it stands for; a name also carries its facet value."""

    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def facet(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def arabic(self) -> str: ...
    @property
    def query(self) -> str: ...


class Service(Protocol):
    """Answers requests from one open index; safe to share between threads."""

    def page(self, request: SearchRequest) -> SearchPage:
        """The page of results for a request; no request is an error."""

    def article(self, id: str, q: str = "") -> ArticlePage | None:
        """One article with the words of the query ``q`` marked, or None."""

    def gone(self, id: str) -> str | None:
        """The title of an article that was here and was removed, else None."""

    def similar(self, record: Record, size: int = 5) -> list[Record]:
        """Other articles about the same matter, most similar first."""

    def profile(self, facet: str, id: str) -> Profile | None:
        """What the articles say of a value; None for one that no article has."""

    def stats(self) -> Stats:
        """How much there is in the index."""

    def labels(self, facet: str, id: str) -> tuple[str, str]:
        """Arabic and Latin name of a facet value; the id itself where unknown."""

    def facet(self, name: str, request: SearchRequest, contains: str = "", size: int = 50) -> Facet:
        """The values of one facet under a request whose name, in either script, holds a text."""

    def together(
        self, request: SearchRequest, rows: str, columns: str, sizes: tuple[int | None, int | None]
    ) -> Together:
        """Who and what appears together in the articles that a request finds."""

    def suggest(self, q: str) -> Sequence[Suggestion]:
        """What the reader of an unfinished query may want, best first."""


def service() -> Service:
    """The service of the application that answers now."""
    found: Service = current_app.extensions[EXTENSION]
    return found
