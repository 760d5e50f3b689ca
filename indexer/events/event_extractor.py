"""The diplomatic events that an article tells, each with the sentence that tells it."""

import datetime as dt
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cache
from operator import attrgetter
from pathlib import Path

from indexer.events.actor_words import event_words
from indexer.events.event_dates import day_told
from indexer.events.event_folding import folded
from indexer.events.event_reader import EventReader, Telling
from indexer.events.frames import frames
from indexer.events.trigger_forms import TriggerForms
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Event, Facets, Party

#: Sentences of the body, from its first, that tell the day of what the article is about.
_LEAD = 3
_WEEK = 7
SPORT, VISIT = "sport", "visit"
_MOST_COMPARED = 60
_NUMBER = attrgetter("number")


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
        if _is_sport(facets):
            return ()
        tellings = sorted(self._tellings(article, parts, facets), key=_NUMBER)
        told = folded(tellings, self._mutual)
        if article.date is None or not told:
            return tuple(telling.event for telling in told)
        lead = _lead_day(article, parts)
        about = {_state(party) for one, number in told if number <= _LEAD for party in one.parties}
        day = article.date.isoformat()
        told = [_of_one_visit(one, told) for one in told]
        return tuple(
            _dated(one, about, lead, day, self._frames[one.event.type].spoken) for one in told
        )

    def _tellings(
        self, article: Article, parts: Sequence[AnnotatedPart], facets: Facets
    ) -> Iterator[Telling]:
        ask, introduced = self._triggers.of, dict[str, Party]()
        # A title calls people by the names by which the body introduces them.
        for part in sorted(parts, key=lambda part: part.name == "title"):
            asked = enumerate(map(ask, part.words))
            triggers = {at: found for at, found in asked if found}
            if triggers:
                reader = EventReader(article, part, facets, self._frames, triggers, introduced)
                yield from reader.tellings()


def _of_one_visit(telling: Telling, told: Sequence[Telling]) -> Telling:
    """What somebody does on a visit, or is told in one sentence with it, is of its day."""
    event, number = telling
    if event.when:
        return telling
    people = {party.id for party in event.parties if party.facet == "people"}
    days = {
        one.when
        for one, other in told[:_MOST_COMPARED]
        if one.when
        and (one.type == VISIT or (other == number and one.status == event.status))
        and not people.isdisjoint(party.id for party in one.parties)
    }
    return telling._replace(event=replace(event, when=days.pop())) if len(days) == 1 else telling


def _dated(telling: Telling, about: Set[str], lead: str, day: str, spoken: bool) -> Event:
    """An event of which no day is told has that of the lead, if it belongs to what that is about.

    ``about`` are the states and bodies of the lead. What is ``spoken`` is news of its own day.
    """
    event, number = telling
    if event.when or event.status != "fact":
        return event
    if number <= _LEAD:
        return replace(event, when=lead or day)
    belongs = not about.isdisjoint(map(_state, event.parties))
    return replace(event, when=lead or day) if belongs and (lead or spoken) else event


def _is_sport(facets: Facets) -> bool:
    """Whether an article is about sport most of all: its meetings are matches."""
    return any(topic.id == SPORT for topic in facets["topics"][:1])


def _is_news(day: str, article: dt.date | None) -> bool:
    """Whether a day is near enough to the article's to be what that is about."""
    return article is not None and (article - dt.timedelta(days=_WEEK)).isoformat() <= day


def _state(party: Party) -> str:
    return party.country or party.org


def _lead_day(article: Article, parts: Sequence[AnnotatedPart]) -> str:
    """The day that the first sentences of the body tell."""
    for part in parts:
        if part.name == "body":
            for _, span in zip(range(_LEAD), part.sentences(), strict=False):
                words = event_words("relatives")
                end = next((at for at in span if part.words[at] in words), span.stop)
                main = range(span.start, end)
                told = day_told(part, main, span.start, article.date, planned=False)
                if told and _is_news(told, article.date):
                    return told
    return ""


@cache
def event_extractor() -> EventExtractor:
    """The extractor over the frames that come with Rasad."""
    return EventExtractor()
