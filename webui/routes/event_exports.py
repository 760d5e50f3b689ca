"""Events to take along: a table, columns like GDELT's, JSON Lines, a feed."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from flask import Response, render_template, request, url_for

from indexer.model import MAX_PAGE_SIZE
from indexer.search.event_search import FoundEvent
from webui import event_params, params
from webui.api import event_schemas
from webui.event_tables import EVENT_COLUMNS, GDELT_COLUMNS, event_row, gdelt_row
from webui.exporting.table import harmless
from webui.params import Note
from webui.routes.exports import FEED_SIZE, bp
from webui.service import service

__all__ = ["bp"]

#: More than this is a copy of the archive, not a list to work through.
MOST_ROWS = 1000


@bp.get("/events.csv")
def events_table() -> Response:
    """The events of a search as CSV, the first thousand; opens rightly in spreadsheets."""
    events, notes = _events()
    text = _table(events, EVENT_COLUMNS, lambda one: list(map(harmless, event_row(one))))
    # Excel takes a table for UTF-8 only with this mark at its beginning.
    return _file("\ufeff" + text, "text/csv", "rasad-events.csv", notes)


@bp.get("/events.gdelt.tsv")
def events_gdelt() -> Response:
    """The same in columns that are named and filled like GDELT's, apart by tabs, with a head."""
    events, notes = _events()
    text = _table(events, GDELT_COLUMNS, gdelt_row, delimiter="\t")
    return _file(text, "text/tab-separated-values", "rasad-events.tsv", notes)


@bp.get("/events.jsonl")
def events_lines() -> Response:
    """The same as JSON, an event a line, as the API has it."""
    events, notes = _events()
    lines = (json.dumps(event_schemas.event(one), ensure_ascii=False) for one in events)
    text = "".join(f"{line}\n" for line in lines)
    return _file(text, "application/x-ndjson", "rasad-events.jsonl", notes)


@bp.get("/events.atom")
def events_feed() -> Response:
    """The latest events of a search, to be told of what comes in."""
    wanted, asked, notes = event_params.read(request.args)
    page = service().events(wanted, replace(asked, sort="newest", page=1, size=FEED_SIZE))
    return Response(
        render_template(
            "events_feed.xml",
            events=[event for event in page.events if _told_on(event)],
            request_=wanted,
            asked=asked,
            notes=params.noted(notes, page.reading),
            told_on=_told_on,
            root=url_for("pages.start"),
        ),
        mimetype="application/atom+xml",
    )


def _events() -> tuple[Iterator[FoundEvent], Sequence[Note]]:
    """The first events of a request, asked for in large pages, and what is to be said of it."""
    wanted, asked, notes = event_params.read(request.args)
    asked = replace(asked, page=1, size=MAX_PAGE_SIZE)
    first = service().events(wanted, asked)

    def every() -> Iterator[FoundEvent]:
        yield from first.events
        for number in range(2, min(first.pages, MOST_ROWS // MAX_PAGE_SIZE) + 1):
            yield from service().events(wanted, replace(asked, page=number)).events

    return every(), params.noted(notes, first.reading)


def _table(
    events: Iterator[FoundEvent],
    columns: Sequence[str],
    row: Callable[[FoundEvent], Sequence[object]],
    delimiter: str = ",",
) -> str:
    text = io.StringIO()
    rows = csv.writer(text, delimiter=delimiter)
    rows.writerow(columns)
    rows.writerows(map(row, events))
    return text.getvalue()


def _file(text: str, mimetype: str, name: str, notes: Sequence[Note]) -> Response:
    answer = Response(text, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    for note in notes:  # a table has no place for remarks
        answer.headers.add("X-Rasad-Note", " ".join(part for part in note if part))
    return answer


def _told_on(event: FoundEvent) -> str:
    """The day of an event or, where none is stated, of its first article; «» for neither."""
    if len(event.first) == len("2015-07-07"):
        return event.first
    dates = [report.date for report in event.reports if report.date]
    return min(dates).isoformat() if dates else ""
