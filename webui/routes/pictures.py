"""The pages of pictures, under the same query string as the results."""

from dataclasses import replace
from functools import partial

from flask import Blueprint, abort, render_template, request

from webui import event_params, language, links, params
from webui.event_links import EVENT_PICTURES, EventLinks
from webui.event_rows import EventRows
from webui.pictures.graph import graph
from webui.pictures.grid import between_countries, heat, matrix, topics_over_time
from webui.pictures.timeline import timeline, times
from webui.pictures.visits import VISIT, visit_map
from webui.pictures.world import world
from webui.rows import Rows
from webui.service import EVERY, service

KINDS = ("map", "people", "countries", "topics")
#: So many names can be read in a graph, and so many rows in a matrix.
MOST_NODES, MOST_ROWS = 60, 24

bp = Blueprint("pictures", __name__)


@bp.get("/pictures", defaults={"kind": KINDS[0]})
@bp.get("/pictures/<kind>")
def show(kind: str) -> str:
    """One kind of picture of what a request finds, below its timeline."""
    if kind in EVENT_PICTURES:
        return _of_events(kind)
    if kind not in KINDS:
        abort(404)
    wanted, notes = params.read(request.args)
    lang, to = language.current(), links.Links(language.chosen())
    search = service()
    page = search.page(replace(wanted, page=1, size=1))
    pictures: dict[str, object] = {}
    if kind == "map":
        countries = search.facet("countries", wanted, size=EVERY)
        pictures["map"] = world(countries, wanted, to, lang)
    elif kind == "topics":
        pictures["heat"] = heat(topics_over_time(search, wanted), wanted, to, lang)
    else:
        found = search.together(wanted, kind, kind, (MOST_NODES, MOST_NODES))
        pictures["graph"] = graph(found, kind, wanted, to, lang)
        pictures["matrix"] = matrix(found.first(MOST_ROWS), kind, wanted, to, lang)
    return render_template(
        "pictures.html",
        kind=kind,
        request_=wanted,
        notes=params.noted(notes, page),
        page=page,
        chips=list(Rows(wanted, to, lang).chips(search)),
        timeline=timeline(times(search, wanted), wanted, to, lang),
        **pictures,
    )


def _of_events(kind: str) -> str:
    wanted, asked, notes = event_params.read(request.args)
    lang, to = language.current(), EventLinks(language.chosen())
    search = service()
    if kind == "visits":
        asked = replace(asked, types=(VISIT,))
    page = search.events(wanted, replace(asked, page=1, size=1))
    pictures: dict[str, object] = {}
    if kind == "visits":
        pictures["visits"] = visit_map(search.visits(wanted, asked), wanted, asked, to, lang)
    else:
        found = search.event_matrix(wanted, asked, MOST_ROWS)
        pictures["matrix"] = between_countries(found, wanted, asked, to, lang)
    chips = Rows(wanted, to, lang).chips(search, partial(to.event_pictures, asked=asked, kind=kind))
    others = asked if kind == "events" else replace(asked, types=())
    rows = EventRows(others, lambda other: to.event_pictures(wanted, other, kind), lang)
    return render_template(
        "event_pictures.html",
        kind=kind,
        request_=wanted,
        asked=asked,
        notes=params.noted(notes, page.reading),
        page=page,
        chips=list(chips),
        lead=partial(to.event_pictures, asked=asked, kind=kind),
        chosen=list(rows.chips(search)),
        others=others,
        types=rows.facet(page.facets["types"]) if kind == "events" and page.facets else None,
        **pictures,
    )
