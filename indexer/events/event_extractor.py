"""The diplomatic events that an article tells, each with the sentence that tells it."""

from collections.abc import Sequence
from functools import cache

from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Event, Facets
from indexer.text import Analyzer


class EventExtractor:
    """Finds the events of articles in their annotated parts and the values of their facets."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], facets: Facets
    ) -> tuple[Event, ...]:
        """Return the events in the order of the text, each once."""
        return ()


@cache
def event_extractor(analyzer: Analyzer) -> EventExtractor:
    """The extractor over the frames that come with Rasad."""
    return EventExtractor(analyzer)
