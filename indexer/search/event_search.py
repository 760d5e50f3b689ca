"""Events and quotations as results of their own, as values: what is asked and what is answered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from indexer.model import EventStatus, Mode, SearchRequest, Side, TextPart
from indexer.search.repair import Repair

EventSort = Literal["relevance", "newest", "oldest", "sources"]
#: What events are counted by, in the order in which a page shows it.
EventFacetName = Literal["types", "statuses", "parties", "countries", "places"]
EVENT_FACETS: tuple[EventFacetName, ...] = ("types", "statuses", "parties", "countries", "places")


class PartyId(NamedTuple):
    """A profile that takes part in events, written «people:ID» in addresses."""

    facet: str
    id: str

    @classmethod
    def parse(cls, text: str) -> "PartyId":
        """What ``str`` wrote.

        >>> PartyId.parse("people:john-kerry")
        PartyId(facet='people', id='john-kerry')
        """
        facet, _, id = text.partition(":")
        return cls(facet, id)

    def __str__(self) -> str:
        return f"{self.facet}:{self.id}"


@dataclass(frozen=True, slots=True)
class EventRequest:
    """What is asked of events, beside the ``SearchRequest`` whose articles tell them.

    An event has one of the ``types``, ``statuses`` and ``places``, and all of the ``parties`` and
    ``countries``; empty ones ask nothing. It took place from ``since`` to ``until``, on days that
    articles state. Each of the ``actors`` is the country of a party that acts, each of the
    ``targets`` of one that is acted upon: who visits, and who is visited. «relevance» is certainty
    times sources.
    """

    types: tuple[str, ...] = ()
    statuses: tuple[EventStatus, ...] = ()
    parties: tuple[PartyId, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    sort: EventSort = "relevance"
    page: int = 1
    size: int = 20
    since: dt.date | None = None
    until: dt.date | None = None

    def chosen(self, facet: EventFacetName) -> tuple[str, ...]:
        """The chosen values of a facet, as addresses write them."""
        return tuple(str(one) for one in getattr(self, facet))

    def toggled(self, facet: EventFacetName, value: str) -> "EventRequest":
        """This request with one value of a facet switched on or off, from page one."""
        values = [one for one in self.chosen(facet) if one != value]
        if len(values) == len(self.chosen(facet)):
            values.append(value)
        parsed = map(PartyId.parse, values) if facet == "parties" else values
        changed: dict[str, Any] = {facet: tuple(parsed)}
        return replace(self, **changed, page=1)


@dataclass(frozen=True, slots=True)
class FoundParty:
    """Who takes part in an event, or speaks, with names in both scripts.

    ``facet`` and ``id`` are of the profile, both empty where there is none. ``name`` is empty where
    a state acts: then only the country has names.
    """

    side: Side
    facet: str = ""
    id: str = ""
    name: str = ""
    name_en: str = ""
    role: str = ""
    role_en: str = ""
    country: str = ""
    country_name: str = ""
    country_name_en: str = ""


@dataclass(frozen=True, slots=True)
class EventReport:
    """One article's telling of an event: its sentence ``text`` is ``[start:end]`` of the part."""

    article: str
    title: str
    source: str
    source_en: str
    date: dt.date | None
    url: str
    text: str
    part: TextPart
    start: int
    end: int
    status: EventStatus
    certainty: float


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event as all articles together tell it.

    ``first`` and ``last`` are ISO days or months, equal for what took one day, empty where nobody
    knows. ``articles`` counts copies of one story once, ``sources`` those who printed these.
    ``reports`` are the best first; a page of many events has a few of each event.
    """

    id: str
    type: str
    status: EventStatus
    first: str
    last: str
    place: str
    place_en: str
    parties: tuple[FoundParty, ...]
    certainty: float
    articles: int
    sources: int
    reports: tuple[EventReport, ...] = ()

    def side(self, side: Side) -> tuple[FoundParty, ...]:
        """The parties of one side."""
        return tuple(party for party in self.parties if party.side == side)


@dataclass(frozen=True, slots=True)
class EventValue:
    """A value that events are counted by. ``facet`` is that of a party's profile, else empty."""

    id: str
    name: str
    name_en: str
    count: int
    selected: bool = False
    facet: str = ""


@dataclass(frozen=True, slots=True)
class EventFacet:
    """The values of one facet of events, most frequent first; ``distinct`` is how many in all."""

    name: EventFacetName
    values: tuple[EventValue, ...] = ()
    distinct: int = 0
    mode: Mode = "or"


@dataclass(frozen=True, slots=True)
class QueryReading:
    """How a query was read, in the codes of ``SearchPage``."""

    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    repaired: Repair | None = None
    relaxed: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class EventPage:
    """The events that the articles of a request tell.

    ``months`` are «2015-07» with the events that began or ended then, in the order of time.
    ``partial`` tells that only some of the articles were looked at, or that the time was up.
    """

    request: SearchRequest
    asked: EventRequest
    total: int = 0
    events: tuple[FoundEvent, ...] = ()
    facets: Mapping[EventFacetName, EventFacet] = field(default_factory=dict)
    months: tuple[tuple[str, int], ...] = ()
    partial: bool = False
    took_ms: float = 0.0
    reading: QueryReading = QueryReading()

    @property
    def pages(self) -> int:
        """How many pages of events there are; at least 1."""
        return max(1, -(-self.total // self.asked.size))


@dataclass(frozen=True, slots=True)
class EventCell:
    """Two countries and how many events they have with each other, whoever of them acts."""

    one: str
    other: str
    count: int


@dataclass(frozen=True, slots=True)
class EventMatrix:
    """How many events countries have with each other.

    ``countries`` are the values with the most events, ``cells`` hold each pair once, in the order
    of that list.
    """

    countries: tuple[EventValue, ...] = ()
    cells: tuple[EventCell, ...] = ()
    total: int = 0
    partial: bool = False

    def count(self, one: str, other: str) -> int:
        """How many events two countries have with each other."""
        return sum(cell.count for cell in self.cells if {cell.one, cell.other} == {one, other})


@dataclass(frozen=True, slots=True)
class VisitFlow:
    """How many visits lead from one country to another."""

    home: EventValue
    visited: EventValue
    count: int


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """What somebody is let say: ``text`` is ``[start:end]`` of the part of the article."""

    speaker: FoundParty
    text: str
    article: str
    title: str
    source: str
    source_en: str
    date: dt.date | None
    part: TextPart
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """The quotations of a speaker, or of anybody, in the articles of a request; newest first."""

    request: SearchRequest
    total: int = 0
    quotations: tuple[FoundQuotation, ...] = ()
    page: int = 1
    size: int = 20
    partial: bool = False
    reading: QueryReading = QueryReading()

    @property
    def pages(self) -> int:
        """How many pages of quotations there are; at least 1."""
        return max(1, -(-self.total // self.size))
