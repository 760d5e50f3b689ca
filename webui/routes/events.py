"""The pages on which events and quotations are seen: lists, one event, what happened on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import SearchRequest
from indexer.schema import NAMED
from indexer.search.event_search import EventReport, EventRequest, FoundEvent, PartyId
from webui import event_params, language, links, params
from webui.event_links import EventLinks, during, event_turned
from webui.event_rows import EventRows
from webui.params import Note
from webui.pictures.timeline import events_over_time
from webui.rows import Rows
from webui.service import service

#: So many events of a day are grouped; the most told come first.
MOST_OF_DAY = 100
QUOTATIONS = 20

bp = Blueprint("events", __name__)


@bp.get("/events")
def listed() -> str | AnyResponse:
    """The events that the articles of a search tell, and the facets to narrow them."""
    wanted, asked, notes = event_params.read(request.args)
    search, lang, to = service(), language.current(), EventLinks(language.chosen())
    page = search.events(wanted, asked)
    if asked.page > page.pages:
        return redirect(to.events(wanted, event_turned(asked, page.pages)))
    rows = EventRows(asked, partial(to.events, wanted), lang)
    lead = partial(to.events, asked=event_turned(asked, 1))
    return render_template(
        "events.html",
        page=page,
        request_=wanted,
        asked=asked,
        notes=params.noted(notes, page.reading),
        chips=list(Rows(wanted, to, lang).chips(search, lead)),
        lead=lead,
        chosen=list(rows.chips(search)),
        facets=list(rows.facets(page)),
        turn=lambda number: to.events(wanted, event_turned(asked, number)),
        timeline=events_over_time(page, to, lang),
    )


@bp.get("/events/<id>")
def one(id: str) -> str:
    """One event: who tells it, and who takes part."""
    event = service().event(id)
    if event is None:
        abort(404)
    to = EventLinks(language.chosen())
    return render_template(
        "event.html",
        event=event,
        tellings=_by_sentence(event.reports),
        on_day=_day(event.first),
        alike=to.events(SearchRequest(), EventRequest(types=(event.type,))),
        together=_together(event, to),
    )


@bp.get("/day/<day>")
def day(day: str) -> str | AnyResponse:
    """A day's digest: its events by type, those that most sources tell first."""
    date = _day(day)
    if date is None:
        abort(404)
    of_day = during(EventRequest(sort="sources"), date, date)
    page = service().events(SearchRequest(), replace(of_day, size=MOST_OF_DAY))
    before, after = service().neighbouring_days(date)
    return render_template(
        "day.html",
        day=date,
        page=page,
        of_day=of_day,
        printed=SearchRequest(date_from=date, date_to=date),
        groups=_by_type(page.events),
        before=before,
        after=after,
    )


@bp.get("/quotations")
def quotations() -> str | AnyResponse:
    """What is said in the articles of a search, by somebody or by anybody."""
    wanted, notes = params.read(request.args)
    search, lang, to = service(), language.current(), EventLinks(language.chosen())
    written = params.clean(request.args.get("speaker", ""))
    speaker = _speaker(written)
    if written and not speaker:
        notes = (*notes, Note("speaker", "ignored"))
    page = search.quotations(wanted, speaker, wanted.page, QUOTATIONS)
    if wanted.page > page.pages:
        return redirect(to.quotations(wanted, speaker, page.pages))
    first = links.turned(wanted, 1)
    name = language.name_of(search.labels(*speaker), speaker.id, lang) if speaker else ""
    return render_template(
        "quotations.html",
        page=page,
        request_=wanted,
        speaker=speaker,
        name=name,
        notes=params.noted(notes, page.reading),
        hidden=to.hidden(first, "q") + ([("speaker", str(speaker))] if speaker else []),
        chips=list(Rows(first, to, lang).chips(search, partial(to.quotations, speaker=speaker))),
        lead=to.quotations,
        turn=partial(to.quotations, wanted, speaker),
    )


def _by_type(events: Sequence[FoundEvent]) -> list[tuple[str, list[FoundEvent]]]:
    """The events by type in the order given, the type with the most events first."""
    groups: dict[str, list[FoundEvent]] = defaultdict(list)
    for event in events:
        groups[event.type].append(event)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def _by_sentence(reports: Sequence[EventReport]) -> list[list[EventReport]]:
    """The reports, those together that say the same words, as copies of a story do."""
    same: dict[str, list[EventReport]] = defaultdict(list)
    for report in reports:
        same[" ".join(report.text.split())].append(report)
    return list(same.values())


def _together(event: FoundEvent, to: EventLinks) -> str | None:
    """The events that both sides have with each other, where both are profiles or states."""
    parties = [(event.side("a") or (None,))[0], (event.side("b") or (None,))[0]]
    asked = EventRequest()
    for party in parties:
        if party is None or not (party.id or party.country):
            return None
        if party.facet in ("people", "organisations") and party.id:
            asked = replace(asked, parties=(*asked.parties, PartyId(party.facet, party.id)))
        elif party.country:
            asked = replace(asked, countries=(*asked.countries, party.country))
    return to.events(SearchRequest(), asked)


def _day(text: str) -> dt.date | None:
    """A day that is written in full, «2015-07-22»."""
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return date if date.isoformat() == text else None


def _speaker(text: str) -> PartyId | None:
    party = PartyId.parse(text[: params.MAX_VALUE])
    return party if party.facet in NAMED and party.id else None
