"""Which event each article tells: one that other articles tell as well, or a new one.

Each report is compared with the events of its type that have a party of either of its sides, on
days around its own; they are looked up in the catalogue, so memory stays flat and later runs go on
where earlier ones ended. It joins the likeliest (``event_matching``), and the event is summed up
anew (``event_summary``). An article that is indexed again is as if it had not been there before,
but for the ids of its events.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from hashlib import blake2b

from indexer.catalogue import Catalogue, EventParty, EventRow, QuotationRow, ReportRow
from indexer.events.event_matching import (
    ToldEvent,
    bodies_of,
    identity,
    likeness,
    reach,
    write_parties,
)
from indexer.events.event_summary import summary, telling, telling_of
from indexer.events.frames import Frame, frames
from indexer.model import Article, Document, Event, FacetValue, Party, Quotation, Side
from indexer.schema import EVENTS

#: Reports by which an event is summed up: the surest of it.
_SUMMED = 200
#: So many articles speak for an event that a report may join.
_WEIGHED = 20
#: Events that one report is compared with: those nearest in time.
_COMPARED = 60


class EventMerger:
    """Gives the events of documents their ids, and keeps what articles tell."""

    def __init__(self, catalogue: Catalogue, known: Mapping[str, Frame] | None = None) -> None:
        self._catalogue = catalogue
        self._frames = frames() if known is None else known

    def assign(self, documents: Sequence[Document]) -> list[Document]:
        """The documents whose events have the ids under which all articles tell them."""
        last = {document.record.article.id: document for document in documents}
        before = self._forgotten(last.keys())
        assigned = []
        for document in documents:
            article = document.record.article.id
            if document is last[article]:  # else another one takes its place
                document = self._assigned(document, before.get(article, {}))
            assigned.append(document)
        self._catalogue.keep_quotations(
            [
                _quotation_row(document.record.article, number, one)
                for document in last.values()
                for number, one in enumerate(document.record.quotations)
            ]
        )
        return assigned

    def forget(self, articles: Collection[str]) -> None:
        """What these articles tell is told no longer by them."""
        self._forgotten(articles)

    def _assigned(self, document: Document, before: Mapping[int, EventRow]) -> Document:
        """The document with its events, each in the event of all articles that it joins or begins.

        ``before`` are the events that its article told until now.
        """
        record = document.record
        if not record.events:
            return document
        events = []
        for number, event in enumerate(record.events):
            row = _report_row(record.article, number, event, document.story or record.article.id)
            joined = self._joined(event.type, row, before)
            self._catalogue.add_report(row._replace(event=joined.number))
            self._sum_up(joined)
            events.append(replace(event, id=joined.id))
        facets = {**record.facets, EVENTS: self._values(events)}
        return replace(document, record=replace(record, events=tuple(events), facets=facets))

    def _joined(self, type: str, row: ReportRow, before: Mapping[int, EventRow]) -> EventRow:
        """The likeliest event of a report.

        Where none is like it, that of its own article that has gone since, or a new one.
        """
        told = telling(type, row)
        mutual = self._is_mutual(type)
        best, most = None, 0.0
        of_story = self._catalogue.events_of_story(type, row.story)
        for event in self._candidates(told, of_story):
            so_far = telling_of(event)
            if event.number in of_story:
                so_far = replace(so_far, story=row.story)
            like = likeness(told, so_far, mutual=mutual)
            if like:  # of equal ones that which it was in before, else that which most tell
                like += (event.number in before) / 4 + min(event.articles, _WEIGHED) / 100
            if like > most:
                best, most = event, like
        if best is not None:
            return best
        for event in before.values():
            if likeness(told, telling_of(event), mutual=mutual) and self._is_gone(event):
                return event._replace(number=self._catalogue.new_event(event.id, type))
        return self._begun(type, row)

    def _candidates(self, told: ToldEvent, of_story: Set[int]) -> list[EventRow]:
        """The events that may be what is told, the nearest in time first."""
        keys = {side: _keys(told.parties, side) for side in ("a", "b")}
        numbers: set[int] | None = None
        if told.first:
            for ours in filter(None, keys.values()):
                found = self._catalogue.event_numbers(told.type, ours, reach(told))
                numbers = found if numbers is None else numbers & found
        rows = self._catalogue.event_rows((numbers or set()) | of_story)
        rows.sort(key=lambda row: (abs(row.day - told.first), row.number))
        return rows[:_COMPARED]

    def _begun(self, type: str, row: ReportRow) -> EventRow:
        id = _id(type, row.article, row.number)
        while self._catalogue.event_row(id):  # others go on with the event that it began
            id += "+"
        number = self._catalogue.new_event(id, type)
        return EventRow(
            number, id, type, row.status, 0, "", "", "", write_parties(()), 0.0, 0, 0, 0.0
        )

    def _is_gone(self, event: EventRow) -> bool:
        return self._catalogue.event_row(event.id) is None

    def _sum_up(self, event: EventRow) -> None:
        """Keep what the reports of an event come to by now; without any it is gone."""
        reports = self._catalogue.event_reports(event.number, _SUMMED)
        if not reports:
            self._catalogue.drop_event(event.number)
            return
        whole = summary(event.type, reports, mutual=self._is_mutual(event.type))
        tellers = self._catalogue.tellers(event.number)
        self._catalogue.keep_event(whole.row(event.number, event.id, tellers), whole.parties())

    def _forgotten(self, articles: Collection[str]) -> dict[str, dict[int, EventRow]]:
        """Forget what articles told; returns the events in which that was, by article."""
        told = self._catalogue.reports_of(articles)
        self._catalogue.drop_reports(articles)
        events = {row.number: row for row in self._catalogue.event_rows({r.event for r in told})}
        for event in events.values():
            self._sum_up(event)
        before: dict[str, dict[int, EventRow]] = {}
        for report in told:
            before.setdefault(report.article, {})[report.event] = events[report.event]
        return before

    def _is_mutual(self, type: str) -> bool:
        return type in self._frames and self._frames[type].mutual

    def _values(self, events: Iterable[Event]) -> tuple[FacetValue, ...]:
        """The types of an article's events as values of a facet."""
        counted = Counter(event.type for event in events)
        return tuple(self._value(type, float(count)) for type, count in counted.items())

    def _value(self, type: str, count: float) -> FacetValue:
        frame = self._frames.get(type)
        names = (frame.label_ar, frame.label_en) if frame else (type, type)
        return FacetValue(type, *names, count)


def _keys(parties: Iterable[Party], side: Side) -> set[EventParty]:
    """What the events are found by in which those of one side take part."""
    return {
        EventParty("", *key.split(":", 1))
        for party in parties
        if party.side == side
        for key in (identity(party), *bodies_of(party))
    }


def _id(type: str, article: str, number: int) -> str:
    digest = blake2b(f"{article}\0{number}".encode(errors="replace"), digest_size=5)
    return f"{type}-{digest.hexdigest()}"


def _report_row(article: Article, number: int, event: Event, story: str) -> ReportRow:
    return ReportRow(
        0,
        article.id,
        number,
        event.status,
        story,
        article.source or "",
        article.date.isoformat() if article.date else "",
        event.when,
        event.place,
        write_parties(event.parties),
        event.certainty,
        event.told.part,
        event.told.start,
        event.told.end,
    )


def _quotation_row(article: Article, number: int, one: Quotation) -> QuotationRow:
    speaker = one.speaker
    return QuotationRow(
        article.id,
        number,
        speaker.facet,
        speaker.id,
        article.date.isoformat() if article.date else "",
        write_parties([speaker]),
        one.said.part,
        one.said.start,
        one.said.end,
    )
