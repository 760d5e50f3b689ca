"""The links to events: lists of them, their own pages, the sentences that tell them, days."""

import datetime as dt
from dataclasses import replace
from typing import Literal
from urllib.parse import quote

from flask import url_for

from indexer.model import Record, SearchRequest, TextPart
from indexer.search.event_search import EventRequest, EventSort, PartyId
from webui import event_params, params
from webui.links import Links

#: What takes part in the pictures of events.
EVENT_PICTURES = ("events", "visits")
EVERY_EVENT = EventRequest()
EventsForm = Literal["table", "gdelt", "feed", "lines", "json"]
#: What answers in that form.
_FORMS: dict[EventsForm, str] = {
    "table": "exports.events_table",
    "gdelt": "exports.events_gdelt",
    "feed": "exports.events_feed",
    "lines": "exports.events_lines",
    "json": "api.events",
}


def event_turned(asked: EventRequest, page: int) -> EventRequest:
    """``asked`` on another page."""
    return replace(asked, page=page)


def event_ordered(asked: EventRequest, sort: EventSort) -> EventRequest:
    """``asked`` in another order, from page one."""
    return replace(asked, sort=sort, page=1)


def event_unfiltered(asked: EventRequest) -> EventRequest:
    """Every event of the articles, in the same order."""
    return EventRequest(sort=asked.sort, size=asked.size)


def during(asked: EventRequest, since: dt.date | None, until: dt.date | None) -> EventRequest:
    """``asked`` from one day to another, from page one."""
    return replace(asked, since=since, until=until, page=1)


def anchor(part: TextPart, start: int) -> str:
    """What the page of an article calls the place at which an event or quotation begins."""
    return f"{part}-{start}"


def anchors(record: Record, part: TextPart) -> dict[str, tuple[int, int]]:
    """Every place of a part of an article to which links lead, with what is told there."""
    mentions = [event.told for event in record.events]
    mentions += [one for quotation in record.quotations for one in (quotation.told, quotation.said)]
    found: dict[str, tuple[int, int]] = {}
    for mention in sorted(mentions):  # of two that begin at one place the longer is kept
        if mention.part == part:
            found[anchor(part, mention.start)] = mention.start, mention.end
    return found


def of_profile(facet: str, id: str) -> EventRequest:
    """The events in which a profile takes part; a country in those of its people, too."""
    if facet == "countries":
        return EventRequest(countries=(id,))
    return EventRequest(parties=(PartyId(facet, id),))


class EventLinks(Links):
    """Writes addresses, also those of events."""

    def events(self, search: SearchRequest, asked: EventRequest = EVERY_EVENT) -> str:
        """The events that the articles of a search tell."""
        return self._address(url_for("events.listed"), event_params.dump(search, asked))

    def event(self, id: str) -> str:
        """One event with all that is told of it."""
        return self._address(url_for("events.one", id=id), {})

    def with_party(self, facet: str, id: str) -> str:
        """Every event in which a profile takes part."""
        return self.events(SearchRequest(), of_profile(facet, id))

    def told(
        self, article: str, part: TextPart, start: int, search: SearchRequest | None = None
    ) -> str:
        """The place in an article at which it tells something."""
        return f"{self.article(article, search)}#{quote(anchor(part, start))}"

    def day(self, day: dt.date) -> str:
        """What happened on a day."""
        return self._address(url_for("events.day", day=day.isoformat()), {})

    def quotations(
        self, search: SearchRequest, speaker: PartyId | None = None, page: int = 1
    ) -> str:
        """What somebody says in the articles of a search."""
        query = params.dump(replace(event_params.unsorted(search), page=page))
        if speaker:
            query["speaker"] = [str(speaker)]
        return self._address(url_for("events.quotations"), query)

    def event_pictures(self, search: SearchRequest, asked: EventRequest | None, kind: str) -> str:
        """A picture of these, or all, events that the articles of a search tell."""
        query = event_params.dump(search, replace(asked or EVERY_EVENT, sort="relevance", page=1))
        return self._address(url_for("pictures.show", kind=kind), query)

    def events_as(
        self, form: EventsForm, search: SearchRequest, asked: EventRequest = EVERY_EVENT
    ) -> str:
        """The same events for a program, from the first on."""
        query = event_params.dump(search, event_turned(asked, 1))
        return self._address(url_for(_FORMS[form]), query)

    def event_json(self, id: str) -> str:
        """The same event as JSON."""
        return url_for("api.event", id=id)

    def quotations_json(self, search: SearchRequest, speaker: PartyId | None = None) -> str:
        """The same quotations as JSON."""
        query = params.dump(search) | ({"speaker": [str(speaker)]} if speaker else {})
        return self._address(url_for("api.quotations"), query)

    def hidden_events(
        self, search: SearchRequest, asked: EventRequest, *without: str
    ) -> list[tuple[str, str]]:
        """Names and values of the hidden fields of a form that changes the parameters named."""
        query = {**event_params.dump(search, event_turned(asked, 1)), **self._language()}
        return [(name, v) for name, values in query.items() if name not in without for v in values]
