"""The events and quotations of one index, under what is asked of them."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from indexer import deadline
from indexer.catalogue import Catalogue, EventQuery, EventRow, QuotationRow, ReportRow
from indexer.engines.base import Engine
from indexer.events.event_matching import read_parties
from indexer.model import Article, Record, SearchRequest, TextPart
from indexer.schema import EVENTS
from indexer.search.event_search import (
    EventCell,
    EventFacet,
    EventFacetName,
    EventMatrix,
    EventPage,
    EventReport,
    EventRequest,
    EventValue,
    FoundEvent,
    FoundQuotation,
    PartyId,
    QuotationPage,
    VisitFlow,
)
from indexer.search.party_names import PartyNames, place_en

#: Values of a facet that come with a page.
_FACET_SIZE = 50
#: Reports of an event in a list, and on its own page.
_FEW, _MANY = 3, 200
_COUNTRIES = "countries"
_PEOPLE_AND_BODIES = ("people", "organisations")
_COLUMNS: dict[EventFacetName, Literal["type", "status", "place"]] = {
    "types": "type",
    "statuses": "status",
    "places": "place",
}
#: Of which articles events are wanted: None for all of the index.
Told = Collection[str] | None


class EventAnswers:
    """Answers what is asked of events; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, engine: Engine) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._names = PartyNames(catalogue)

    def page(self, request: SearchRequest, asked: EventRequest, told: Told) -> EventPage:
        """A page of the events that these articles tell, with what they are counted by."""
        started = time.perf_counter()
        query = self._query(asked, told)
        start = (asked.page - 1) * asked.size
        rows = self._catalogue.list_events(query, asked.sort, start, asked.size)
        facets = {
            name: facet
            for name, count in self._counters().items()
            if not deadline.is_over() and (facet := count(query, asked))
        }
        return EventPage(
            request,
            asked,
            self._catalogue.count_events(query),
            self._found(rows, _FEW),
            facets,
            tuple(self._catalogue.count_months(query)),
            deadline.was_missed(),
            1000 * (time.perf_counter() - started),
        )

    def event(self, id: str) -> FoundEvent | None:
        """One event with its reports."""
        row = self._catalogue.event_row(id)
        return self._found([row], _MANY)[0] if row else None

    def of_article(self, record: Record) -> tuple[FoundEvent, ...]:
        """The events that an article tells, in its order, each with its report alone."""
        reports = self._catalogue.reports_of([record.article.id])
        rows = self._catalogue.event_rows({report.event for report in reports})
        events = {row.number: row for row in rows}
        texts = {record.article.id: record}
        return tuple(
            self._event(events[report.event], [report], texts, {})
            for report in reports
            if report.event in events
        )

    def matrix(self, asked: EventRequest, told: Told, size: int) -> EventMatrix:
        """The countries with the most events, and how many each two have with each other."""
        query = self._query(asked, told)
        together: dict[tuple[str, str], int] = {}
        whole: dict[str, int] = {}
        for one, other, count in self._catalogue.count_pairs(query):
            pair = (min(one, other), max(one, other))
            together[pair] = together.get(pair, 0) + count
            for country in pair:
                whole[country] = whole.get(country, 0) + count
        kept = sorted(whole, key=lambda id: (-whole[id], id))[:size]
        place = {id: number for number, id in enumerate(kept)}
        cells = [
            EventCell(one, other, count)
            for pair, count in together.items()
            if place.keys() >= set(pair)
            for one, other in [sorted(pair, key=place.__getitem__)]
        ]
        cells.sort(key=lambda cell: (place[cell.one], place[cell.other]))
        values = self._values(_COUNTRIES, [(id, whole[id]) for id in kept], asked.countries)
        total = self._catalogue.count_events(query)
        return EventMatrix(values, tuple(cells), total, deadline.was_missed())

    def visits(self, asked: EventRequest, told: Told) -> tuple[VisitFlow, ...]:
        """From which country to which visits lead, most frequent first."""
        query = self._query(replace(asked, types=("visit",)), told)
        pairs = self._catalogue.count_pairs(query)
        ids = {id for pair in pairs for id in pair[:2]}
        values = {value.id: value for value in self._values(_COUNTRIES, [(id, 0) for id in ids])}
        return tuple(VisitFlow(values[home], values[to], count) for home, to, count in pairs)

    def quotations(
        self, request: SearchRequest, speaker: PartyId | None, told: Told, page: int, size: int
    ) -> QuotationPage:
        """What these articles let one speaker say, or anybody; newest first."""
        total, rows = self._catalogue.list_quotations(speaker, told, (page - 1) * size, size)
        texts = self._records(row.article for row in rows)
        found = tuple(
            self._quotation(row, texts[row.article]) for row in rows if row.article in texts
        )
        return QuotationPage(request, total, found, page, size, deadline.was_missed())

    def said_in(self, record: Record) -> tuple[FoundQuotation, ...]:
        """What an article lets people say, in its order."""
        _, rows = self._catalogue.list_quotations(None, [record.article.id], 0, _MANY)
        rows.sort(key=lambda row: row.number)
        return tuple(self._quotation(row, record) for row in rows)

    def _query(self, asked: EventRequest, told: Told) -> EventQuery:
        numbers = None if told is None else self._catalogue.events_told(told)
        countries = (PartyId(_COUNTRIES, id) for id in asked.countries)
        return EventQuery(
            asked.types,
            asked.statuses,
            asked.places,
            (*asked.parties, *countries),
            asked.since.isoformat() if asked.since else None,
            asked.until.isoformat() if asked.until else None,
            numbers,
            asked.actors,
            asked.targets,
        )

    def _counters(
        self,
    ) -> dict[EventFacetName, Callable[[EventQuery, EventRequest], EventFacet]]:
        """How each facet is counted: one of alternatives without its own choice."""
        return {
            "types": lambda query, asked: self._column("types", query._replace(types=()), asked),
            "statuses": lambda query, asked: self._column(
                "statuses", query._replace(statuses=()), asked
            ),
            "parties": self._parties,
            "countries": self._countries,
            "places": lambda query, asked: self._column("places", query._replace(places=()), asked),
        }

    def _column(self, name: EventFacetName, query: EventQuery, asked: EventRequest) -> EventFacet:
        counted = self._catalogue.count_by(_COLUMNS[name], query)
        chosen = asked.chosen(name)
        facet = EVENTS if name == "types" else ""
        values = self._values(facet or name, _cut(counted, chosen), chosen)
        return EventFacet(name, values, len(counted))

    def _countries(self, query: EventQuery, asked: EventRequest) -> EventFacet:
        counted = self._catalogue.count_parties([_COUNTRIES], query)
        pairs = [(id, count) for _, id, count in counted]
        values = self._values(_COUNTRIES, _cut(pairs, asked.countries), asked.countries)
        return EventFacet("countries", values, len(counted), "and")

    def _parties(self, query: EventQuery, asked: EventRequest) -> EventFacet:
        counted = self._catalogue.count_parties(_PEOPLE_AND_BODIES, query)
        chosen = asked.chosen("parties")
        pairs = [(str(PartyId(facet, id)), count) for facet, id, count in counted]
        values = []
        for written, count in _cut(pairs, chosen):
            facet, id = PartyId.parse(written)
            name, name_en = self._names.labels(facet, [id])[id]
            values.append(EventValue(id, name, name_en, count, written in chosen, facet))
        return EventFacet("parties", tuple(values), len(counted), "and")

    def _values(
        self, facet: str, counted: Sequence[tuple[str, int]], chosen: Collection[str] = ()
    ) -> tuple[EventValue, ...]:
        """Counted values with their names."""
        ids = [id for id, _ in counted]
        if facet == "places":
            names = {id: (id, place_en(id)) for id in ids}
        elif facet == "statuses":
            names = {id: (id, id) for id in ids}
        else:
            names = self._names.labels(facet, ids)
        return tuple(EventValue(id, *names[id], count, id in chosen) for id, count in counted)

    def _found(self, rows: Sequence[EventRow], each: int) -> tuple[FoundEvent, ...]:
        """Events with some of their reports, no two of one story unless all are wanted."""
        told = {}
        for row in rows:
            reports = self._catalogue.event_reports(row.number, _MANY)
            # What is told as done by now is shown by who says so, not by who announced it.
            reports.sort(key=lambda report: report.status != row.status)
            if each < _MANY:
                reports = list({one.story: one for one in reversed(reports)}.values())[::-1][:each]
            told[row.number] = reports
        texts = self._records(one.article for reports in told.values() for one in reports)
        sources = self._catalogue.names(
            "sources", {one.source for reports in told.values() for one in reports}
        )
        latin = {id: name.name_en for id, name in sources.items()}
        return tuple(self._event(row, told[row.number], texts, latin) for row in rows)

    def _event(
        self,
        row: EventRow,
        reports: Sequence[ReportRow],
        texts: dict[str, Record],
        latin: dict[str, str],
    ) -> FoundEvent:
        return FoundEvent(
            row.id,
            row.type,
            row.status,
            row.first,
            row.last,
            row.place,
            place_en(row.place),
            self._names.found(read_parties(row.parties)),
            row.certainty,
            row.articles,
            row.sources,
            tuple(
                _report(one, texts[one.article].article, latin.get(one.source, ""))
                for one in reports
                if one.article in texts
            ),
        )

    def _quotation(self, row: QuotationRow, record: Record) -> FoundQuotation:
        article = record.article
        (speaker,) = self._names.found(read_parties(row.speaker))
        source = self._catalogue.names("sources", [article.source or ""]).get(article.source or "")
        return FoundQuotation(
            speaker,
            _printed(article, row.part, row.start, row.end),
            article.id,
            article.title,
            article.source or "",
            source.name_en if source else "",
            article.date,
            row.part,
            row.start,
            row.end,
        )

    def _records(self, articles: Iterable[str]) -> dict[str, Record]:
        ids = list(dict.fromkeys(articles))
        found = self._engine.records(ids, mentions=False)
        return {record.article.id: record for record in found}


def _report(row: ReportRow, article: Article, source_en: str) -> EventReport:
    return EventReport(
        article.id,
        article.title,
        article.source or "",
        source_en,
        article.date,
        article.url or "",
        _printed(article, row.part, row.start, row.end),
        row.part,
        row.start,
        row.end,
        row.status,
        row.certainty,
    )


def _printed(article: Article, part: TextPart, start: int, end: int) -> str:
    return (article.title if part == "title" else article.body)[start:end]


def _cut(counted: Sequence[tuple[str, int]], chosen: Collection[str]) -> list[tuple[str, int]]:
    """The first values, and those that are chosen, if with 0."""
    first = dict(counted[:_FACET_SIZE])
    every = dict(counted) if chosen else first
    return [*first.items(), *((id, every.get(id, 0)) for id in chosen if id not in first)]
