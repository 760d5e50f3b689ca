"""The diplomatic events that an article tells, each with the sentence that tells it."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from indexer.events.event_folding import folded
from indexer.events.event_reader import EventReader
from indexer.events.frames import frames
from indexer.events.trigger_forms import TriggerForms
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Event, Facets


class EventExtractor:
    """Finds the events of articles in their annotated parts and the values of their facets."""

    def __init__(self, folder: Path | None = None) -> None:
        """``folder`` holds types of one's own."""
        self._frames = frames(folder)
        self._triggers = TriggerForms(self._frames.values())
        self._mutual = frozenset(id for id, frame in self._frames.items() if frame.mutual)

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], facets: Facets
    ) -> tuple[Event, ...]:
        """Return the events in the order of the text, each once."""
        told = sorted(
            self._told(article, parts, facets),
            key=lambda event: (event.told.part != "title", event.told.start),
        )
        return folded(told, self._mutual)

    def _told(
        self, article: Article, parts: Sequence[AnnotatedPart], facets: Facets
    ) -> Iterator[Event]:
        for part in parts:
            triggers = {
                at: found
                for at, word in enumerate(part.words)
                if (found := self._triggers.of(word))
            }
            if triggers:
                yield from EventReader(article, part, facets, self._frames, triggers).events()


@cache
def event_extractor() -> EventExtractor:
    """The extractor over the frames that come with Rasad."""
    return EventExtractor()
