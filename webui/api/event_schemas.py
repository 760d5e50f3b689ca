"""Events and quotations as plain data, for the web and for the shell.

Others rely on these names. Add to them; do not rename them.
"""

from collections.abc import Sequence
from typing import Any

from indexer.search.event_search import (
    EventPage,
    EventReport,
    EventValue,
    FoundEvent,
    FoundParty,
    FoundQuotation,
    QuotationPage,
)
from indexer.search.party_names import type_label
from webui.params import Note, noted

Json = dict[str, Any]


def event_page(page: EventPage, notes: Sequence[Note] = ()) -> Json:
    """A page of events; ``notes`` name the parameters that were ignored or changed."""
    return {
        "query": page.request.q,
        "total": page.total,
        "page": page.asked.page,
        "pages": page.pages,
        "size": page.asked.size,
        "sort": page.asked.sort,
        "partial": page.partial,
        "took_ms": round(page.took_ms, 1),
        "notes": [_note(note) for note in noted(notes, page.reading)],
        "events": [event(one) for one in page.events],
        "facets": {
            name: [_value(value) for value in facet.values] for name, facet in page.facets.items()
        },
        "distinct": {name: facet.distinct for name, facet in page.facets.items()},
        "modes": {name: facet.mode for name, facet in page.facets.items()},
        "months": [{"id": month, "count": count} for month, count in page.months],
    }


def event(found: FoundEvent) -> Json:
    """An event as all articles together tell it; what is not known is null."""
    name, name_en = type_label(found.type)
    return {
        "id": found.id,
        "type": found.type,
        "type_name": name,
        "type_name_en": name_en,
        "status": found.status,
        "first": found.first or None,
        "last": found.last or None,
        "place": found.place or None,
        "place_en": found.place_en or None,
        "parties": [{"side": party.side, **_party(party)} for party in found.parties],
        "certainty": round(found.certainty, 4),
        "articles": found.articles,
        "sources": found.sources,
        "reports": [_report(report) for report in found.reports],
    }


def told_event(found: FoundEvent) -> Json:
    """An event that an article tells, with the sentence; the API has the rest under its id."""
    (report,) = found.reports
    return {
        "id": found.id,
        "type": found.type,
        "status": report.status,
        "certainty": round(report.certainty, 4),
        "text": report.text,
        "part": report.part,
        "start": report.start,
        "end": report.end,
    }


def said(found: FoundQuotation) -> Json:
    """What an article lets somebody say."""
    speaker = found.speaker
    return {
        "facet": speaker.facet or None,
        "id": speaker.id or None,
        "name": speaker.name or None,
        "name_en": speaker.name_en or None,
        "text": found.text,
        "part": found.part,
        "start": found.start,
        "end": found.end,
    }


def quotation_page(page: QuotationPage, notes: Sequence[Note] = ()) -> Json:
    """A page of quotations."""
    return {
        "query": page.request.q,
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        "size": page.size,
        "partial": page.partial,
        "notes": [_note(note) for note in noted(notes, page.reading)],
        "quotations": [quotation(one) for one in page.quotations],
    }


def quotation(found: FoundQuotation) -> Json:
    """What an article lets somebody say, and where it stands there."""
    return {
        "text": found.text,
        "speaker": _party(found.speaker),
        **_told_in(found),
    }


def _report(report: EventReport) -> Json:
    return {
        "text": report.text,
        **_told_in(report),
        "url": report.url or None,
        "status": report.status,
        "certainty": round(report.certainty, 4),
    }


def _told_in(told: EventReport | FoundQuotation) -> Json:
    """The article that tells something, and the place."""
    return {
        "article": told.article,
        "title": told.title,
        "source": told.source or None,
        "source_en": told.source_en or None,
        "date": told.date.isoformat() if told.date else None,
        "part": told.part,
        "start": told.start,
        "end": told.end,
    }


def _party(party: FoundParty) -> Json:
    return {
        "facet": party.facet or None,
        "id": party.id or None,
        "name": party.name or None,
        "name_en": party.name_en or None,
        "role": party.role or None,
        "role_en": party.role_en or None,
        "country": party.country or None,
        "country_name": party.country_name or None,
        "country_name_en": party.country_name_en or None,
    }


def _value(value: EventValue) -> Json:
    """A counted value; of a party also the facet that its id is of."""
    written = {
        "id": value.id,
        "name": value.name,
        "name_en": value.name_en,
        "count": value.count,
        "selected": value.selected,
    }
    return {"facet": value.facet, **written} if value.facet else written


def _note(note: Note) -> Json:
    return {name: text for name, text in note._asdict().items() if text}
