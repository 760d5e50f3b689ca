"""The pages that people read."""

import datetime as dt
from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import SearchRequest
from indexer.schema import FACET_IDS, NAMED, PROFILED
from indexer.search.results import SearchPage, Value
from indexer.search.service import SearchService
from webui import language, links, params
from webui.citing import STYLES, reference
from webui.errors import Removed
from webui.explaining import explained
from webui.held_offices import in_line
from webui.marking import paragraphs
from webui.pictures.timeline import Timeline, timeline, times
from webui.request_lines import request_lines
from webui.rows import Rows
from webui.service import service

FACET_SIZE = 500
#: More values than any facet has.
ALL = 1_000_000_000
_FIRST = ("countries", "people", "topics")
#: Ways into the archive, what most readers come for first.
START_FACETS = (*_FIRST, *(facet for facet in PROFILED if facet not in _FIRST))

bp = Blueprint("pages", __name__)


@bp.get("/")
def start() -> str:
    """A box, what the archive holds, and ways into it."""
    search = service()
    numbers = search.stats()
    if not numbers.articles:
        return render_template("empty.html")
    archive = search.page(SearchRequest(size=1))
    return render_template(
        "start.html",
        stats=numbers,
        facets=[archive.facets[name] for name in START_FACETS if name in archive.facets],
        timeline=_timeline(search, archive),
        examples=_examples(search, archive),
    )


@bp.get("/search")
def search() -> str | AnyResponse:
    """Results, and the facets to narrow them."""
    wanted, notes = params.read(request.args)
    page = service().page(wanted)
    card = service().card(wanted) if wanted.page == 1 else None
    rows = _rows(wanted)
    if wanted.page > page.pages:
        return redirect(rows.to.search(links.turned(wanted, page.pages)))
    return render_template(
        "search.html",
        page=page,
        turn=_turn(page),
        request_=wanted,
        notes=params.noted(notes, page),
        explained=explained(page.clause, service(), language.current()),
        rows=rows,
        chips=list(rows.chips(service())),
        facets=[rows.listed(page.facets[name]) for name in FACET_IDS if name in page.facets],
        timeline=_timeline(service(), page),
        card=card,
        held=in_line(card.offices, language.current()) if card else [],
        asked=list(request_lines(page, rows.to, language.current(), dt.date.today())),
    )


def _turn(page: SearchPage) -> int | None:
    """Before which of the results the list stops being all of the query; None where it doesn't."""
    first = next((n for n, result in enumerate(page.results) if not result.full), 0)
    return first or None


@bp.get("/article/<article:id>")
def article(id: str) -> str:
    """One whole article."""
    wanted = params.parse(request.args)
    found = service().article(id, wanted.q)
    if found is None:
        title = service().gone(id)
        if title is None:
            abort(404)
        raise Removed(title)
    cited = reference(found.article)
    return render_template(
        "article.html",
        page=found,
        similar=service().similar(found.record),
        citations={style: cited.written(style, language.current()) for style in STYLES},
        matches=len(found.title.marks) + len(found.body.marks),
        paragraphs=paragraphs(
            found.body, _rows(wanted).names(found.record), found.article.language
        ),
        named=NAMED,
        request_=wanted,
        came_from_search=bool(params.dump(wanted)),
    )


@bp.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of one facet under a request, to search in and choose from."""
    if name not in FACET_IDS:
        abort(404)
    wanted = params.parse(request.args)
    contains = params.clean(request.args.get("contains", ""))[: params.MAX_VALUE]
    by_name = request.args.get("order") == "name"
    end = wanted.page * FACET_SIZE
    found = service().facet(name, wanted, contains, ALL if by_name else end)
    values = _by_name(found.values) if by_name else found.values
    return render_template(
        "facet.html",
        facet=found,
        rows=_rows(wanted).rows(name, tuple(values[end - FACET_SIZE : end])),
        pages=-(-found.distinct // FACET_SIZE),
        contains=contains,
        by_name=by_name,
        request_=wanted,
    )


@bp.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser can offer this archive as a search engine."""
    return Response(
        render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml"
    )


@bp.get("/robots.txt")
def robots() -> Response:
    """Every search is a page; a robot would walk them for ever."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


def _rows(wanted: SearchRequest) -> Rows:
    return Rows(wanted, links.Links(language.chosen()), language.current())


def _timeline(search: SearchService, page: SearchPage) -> Timeline | None:
    """When the results are from. Months are asked for again only where the page lacks some."""
    request, months = page.request, page.facets["dates"]
    whole = not request.date_from and not request.date_to and months.distinct == len(months.values)
    found = times(search, request, months if whole else None)
    return timeline(found, request, links.Links(language.chosen()), language.current())


def _by_name(values: Sequence[Value]) -> list[Value]:
    lang = language.current()
    return sorted(values, key=lambda value: language.label(value, lang).casefold())


def _examples(search: SearchService, archive: SearchPage) -> list[str]:
    """Queries that show what the box understands; only such that find something here."""
    lang = language.current()
    names = {
        name: language.label(facet.values[0], lang)
        for name, facet in archive.facets.items()
        if facet.values
    }
    tried = [f'"{names[name]}"' for name in ("people", "organisations") if name in names]
    if "countries" in names:
        tried.append(names["countries"])
    if "people" in names and "countries" in names:
        arabic = language.in_arabic_letters(lang)
        person, country = ("شخص", "دولة") if arabic else ("person", "country")
        tried.append(f'{person}:"{names["people"]}" {country}:"{names["countries"]}"')
    found = {q: search.page(SearchRequest(q=q, size=1)) for q in tried}
    return [q for q, page in found.items() if page.total and not page.relaxed]
