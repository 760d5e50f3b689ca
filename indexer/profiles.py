"""One person, one profile: what all articles together say of a value of a facet.

While documents pass on their way to the engine, each of their values leaves a sighting in the
catalogue: the article, its date, how the value is written and titled there.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from indexer.catalogue import Catalogue, Sighting
from indexer.facets.roots import Roots
from indexer.model import Article, Document, FacetValue

#: The facets whose values are written in many ways.
SEEN = ("people", "countries", "organisations")
_BATCH = 500  # documents whose sightings are written at once


class Profiler:
    """Writes down what documents say of their values."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._roots = Roots()
        self._bare = lru_cache(1 << 16)(self._roots.bare)

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the documents; what they say of their values goes to the catalogue."""
        articles: list[str] = []
        seen: list[Sighting] = []
        for document in documents:
            articles.append(document.record.article.id)
            seen += self._sightings(document)
            if len(articles) >= _BATCH:
                self._catalogue.sight(articles, seen)
                articles, seen = [], []
            yield document
        self._catalogue.sight(articles, seen)
        self._catalogue.identify(self._roots.wikidata())

    def _sightings(self, document: Document) -> Iterator[Sighting]:
        record = document.record
        article = record.article
        date = article.date.isoformat() if article.date else ""
        for facet in SEEN:
            for value in record.facets.get(facet, ()):
                texts = self._texts(value, article)
                roles = tuple(" ".join(role.split()) for role in value.roles)
                yield Sighting(article.id, facet, value.id, date, texts, roles)

    def _texts(self, value: FacetValue, article: Article) -> tuple[str, ...]:
        """The ways in which an article writes a value, without particles, each once."""
        found = dict.fromkeys((value.name,))
        for mention in value.mentions:
            text = article.title if mention.part == "title" else article.body
            printed = text[mention.start : mention.end]
            found.setdefault(self._bare(" ".join(printed.split()), value.name))
        return tuple(found)
