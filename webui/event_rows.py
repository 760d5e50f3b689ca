"""Facets and filters of events as a page prints them: a name in its language, a count, links."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.model import EventStatus
from indexer.search.event_search import (
    EVENT_FACETS,
    EventFacet,
    EventFacetName,
    EventPage,
    EventRequest,
    EventValue,
    PartyId,
)
from indexer.search.service import SearchService
from webui import language
from webui.event_lines import status_name, type_name
from webui.language import translated as _
from webui.wording import event_facet_name

#: How many values of a facet stand beside the events, and how many a reader unfolds there.
SHOWN, MORE = 8, 42


@dataclass(frozen=True, slots=True)
class EventValueRow:
    """A value of a facet of events; ``choose`` leads to the request with it switched."""

    name: str
    other: str
    count: str
    selected: bool
    choose: str


class EventFacetRows(NamedTuple):
    """A facet beside the events, ``more`` of it folded away; ``distinct`` are all its values."""

    name: EventFacetName
    rows: tuple[EventValueRow, ...]
    more: tuple[EventValueRow, ...]
    distinct: int


class EventChip(NamedTuple):
    """A condition on events, and the address of the request without it."""

    heading: str
    name: str
    without: str


@dataclass(frozen=True, slots=True)
class EventRows:
    """Makes rows for one request in one language; ``lead`` gives the address of another one."""

    asked: EventRequest
    lead: Callable[[EventRequest], str]
    lang: str

    def facets(self, page: EventPage) -> Iterator[EventFacetRows]:
        """The facets that have values, chosen ones on top."""
        for name in EVENT_FACETS:
            facet = page.facets.get(name)
            if facet and facet.values:
                yield self.facet(facet)

    def chips(self, search: SearchService) -> Iterator[EventChip]:
        """What is asked of events: chosen values, who acts, from when to when."""
        for facet in EVENT_FACETS:
            for id in self.asked.chosen(facet):
                name = self._chosen(facet, id, search)
                yield EventChip(event_facet_name(facet), name, self._toggled(facet, id))
        for heading, name, without in self._other_conditions(search):
            yield EventChip(heading, name, self.lead(replace(without, page=1)))

    def named(self, facet: EventFacetName, value: EventValue) -> str:
        """What a value is called in the language of the page."""
        if facet == "types":
            return type_name(value.id)
        if facet == "statuses":
            status: EventStatus = value.id  # type: ignore[assignment]
            name = status_name(status)
            return name[:1].upper() + name[1:]
        return language.label(value, self.lang)

    def facet(self, facet: EventFacet) -> EventFacetRows:
        """The values of a facet, chosen ones on top."""
        ours = [value for value in facet.values if value.selected]
        others = [value for value in facet.values if not value.selected]
        rows = tuple(self._row(facet.name, value) for value in (*ours, *others))
        shown = max(SHOWN, len(ours))
        distinct = max(facet.distinct, len(rows))
        return EventFacetRows(facet.name, rows[:shown], rows[shown : shown + MORE], distinct)

    def _row(self, facet: EventFacetName, value: EventValue) -> EventValueRow:
        named_in_both = facet not in ("types", "statuses")
        return EventValueRow(
            self.named(facet, value),
            language.other_label(value, self.lang) if named_in_both else "",
            language.number(value.count, self.lang),
            value.selected,
            self._toggled(facet, self._id(value)),
        )

    def _other_conditions(self, search: SearchService) -> Iterator[tuple[str, str, EventRequest]]:
        """What is no value of a facet: its heading, its name, and what is asked without it."""
        asked = self.asked
        for id in asked.actors:
            rest = tuple(one for one in asked.actors if one != id)
            name = self._chosen("countries", id, search)
            yield _("acts"), name, replace(asked, actors=rest)
        for id in asked.targets:
            rest = tuple(one for one in asked.targets if one != id)
            name = self._chosen("countries", id, search)
            yield _("acted upon"), name, replace(asked, targets=rest)
        if asked.since:
            yield _("event from"), language.day(asked.since, self.lang), replace(asked, since=None)
        if asked.until:
            yield _("event until"), language.day(asked.until, self.lang), replace(asked, until=None)

    def _chosen(self, facet: EventFacetName, id: str, search: SearchService) -> str:
        if facet not in ("parties", "countries"):
            return self.named(facet, EventValue(id, "", "", 0))
        party = PartyId.parse(id) if facet == "parties" else PartyId("countries", id)
        return language.name_of(search.labels(*party), party.id, self.lang)

    def _toggled(self, facet: EventFacetName, id: str) -> str:
        return self.lead(self.asked.toggled(facet, id))

    @staticmethod
    def _id(value: EventValue) -> str:
        """As an address writes it."""
        return f"{value.facet}:{value.id}" if value.facet else value.id
