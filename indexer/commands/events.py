"""``rasad events``: who met whom, where, when, as lines, tables or JSON."""

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from indexer.commands.options import index_option, json_option, service
from indexer.commands.printing import counted, one_line, tell_json
from indexer.commands.request_options import facet_options, request_of
from indexer.errors import RasadError
from indexer.model import EventStatus, SearchRequest

if TYPE_CHECKING:
    from indexer.search.event_search import EventPage, EventRequest, FoundEvent
    from indexer.search.service import SearchService

_DATE = click.DateTime(["%Y-%m-%d"])
_MOST = 100  # events asked for at once


@click.command()
@click.argument("query", default="")
@index_option
@facet_options
@click.option("--from", "start", type=_DATE, help="Told on this day or later.")
@click.option("--to", "end", type=_DATE, help="Told on this day or earlier.")
@click.option("--type", "types", multiple=True, metavar="ID", help="Of this type; repeatable.")
@click.option("--status", "statuses", multiple=True, type=click.Choice(get_args(EventStatus)))
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="FACET:ID",
    help="With this profile taking part, people:ID or organisations:ID; repeatable.",
)
@click.option("--country", "states", multiple=True, metavar="ID", help="With this country.")
@click.option("--place", "places", multiple=True, help="At this place, as printed.")
@click.option("--since", type=_DATE, help="Took place on this day or later.")
@click.option("--until", type=_DATE, help="Took place on this day or earlier.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "sources"]),
    default="relevance",
)
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--size", type=click.IntRange(1, _MOST), default=20)
@json_option("Print the answer of /api/v1/events.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["lines", "csv", "gdelt", "jsonl"]),
    default="lines",
    help="Print a page as lines, or every event as a table, in GDELT's columns, as JSON Lines.",
)
def events(
    query: str,
    folder: Path | None,
    start: datetime | None,
    end: datetime | None,
    types: tuple[str, ...],
    statuses: tuple[EventStatus, ...],
    parties: tuple[str, ...],
    states: tuple[str, ...],
    places: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    sort: Any,
    page: int,
    size: int,
    as_json: bool,
    form: str,
    **values: tuple[str, ...],
) -> None:
    """List the events that the articles of QUERY tell, or all there are."""
    from indexer.search.event_search import EventRequest, PartyId

    asked = EventRequest(
        types=_known_types(types),
        statuses=statuses,
        parties=tuple(map(PartyId.parse, parties)),
        countries=states,
        places=places,
        since=since.date() if since else None,
        until=until.date() if until else None,
        sort=sort,
        page=page,
        size=size,
    )
    request = request_of(query, values, start, end)
    with service(folder) as searches:
        if form != "lines":
            _tell_all(form, _every(searches, request, asked))
            return
        found = searches.events(request, asked)
        if as_json:
            from webui.api.event_schemas import event_page

            tell_json(event_page(found))
        else:
            _tell(found)


def _known_types(types: tuple[str, ...]) -> tuple[str, ...]:
    """The types, each of which there must be; raises ``RasadError``."""
    from indexer.events.frames import frames

    for type in types:
        if type not in frames():
            raise RasadError(f"There is no type of event {type!r}; there are {', '.join(frames())}")
    return types


def _every(
    searches: "SearchService", request: SearchRequest, asked: "EventRequest"
) -> Iterator["FoundEvent"]:
    """All events that are asked for, a large page after the other."""
    with searches.reading():
        number = pages = 1
        while number <= pages:
            page = searches.events(request, replace(asked, page=number, size=_MOST))
            yield from page.events
            number, pages = number + 1, page.pages


def _tell_all(form: str, found: Iterator["FoundEvent"]) -> None:
    from webui import event_tables
    from webui.api.event_schemas import event

    if form == "jsonl":
        for one in found:
            tell_json(event(one))
        return
    columns: tuple[str, ...] = event_tables.EVENT_COLUMNS
    row: Callable[[FoundEvent], list[str]] = event_tables.event_row
    if form == "gdelt":
        columns, row = event_tables.GDELT_COLUMNS, event_tables.gdelt_row
    rows = csv.writer(sys.stdout, delimiter="\t" if form == "gdelt" else ",", lineterminator="\n")
    rows.writerow(columns)
    rows.writerows(map(row, found))


def _tell(page: "EventPage") -> None:
    """Each event in a line of English, with the sentence of its best report."""
    from webui.event_tables import event_words

    click.echo(f"{counted(page.total, 'event')} found ({page.took_ms:.0f} ms)")
    if page.partial:
        click.echo("Not all articles were looked at.")
    for one in page.events:
        told = f"{counted(one.articles, 'article')}, {counted(one.sources, 'source')}"
        click.echo(f"\n{one_line(event_words(one))}\n  {one.id} · {told} · {one.certainty:.2f}")
        for report in one.reports[:1]:
            click.echo(f"  {one_line(report.text)} ({report.article})")
