"""The pages that people read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import FACETS, Filter, SearchRequest
from indexer.search import Facet, SearchPage, Value
from webui import language, links, params
from webui.service import Service, service

#: How many values of a facet stand beside the results; its own page lists them all.
SHOWN = 8
FACET_SIZE = 500
START_FACETS = ("countries", "people", "topics", "organisations", "sources")

bp = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter as the page shows it, and the request without it."""

    facet: str
    name: str
    exclude: bool
    without: SearchRequest


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
        examples=_examples(search, archive),
    )


@bp.get("/search")
def search() -> str | AnyResponse:
    """Results, and the facets to narrow them."""
    wanted, notes = params.read(request.args)
    page = service().page(wanted)
    if wanted.page > page.pages:
        to = links.Links(language.chosen())
        return redirect(to.search(links.turned(wanted, page.pages)))
    return render_template(
        "search.html",
        page=page,
        request_=wanted,
        notes=notes,
        chips=list(_chips(service(), wanted)),
        facets=[_shortened(page.facets[name]) for name in FACETS if name in page.facets],
    )


@bp.get("/articles/<article:id>")
def article(id: str) -> str:
    """One whole article."""
    wanted = params.parse(request.args)
    found = service().article(id, wanted.q)
    if found is None:
        abort(404)
    return render_template(
        "article.html", page=found, request_=wanted, came_from_search=bool(params.dump(wanted))
    )


@bp.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of one facet under a request, to search in and choose from."""
    if name not in FACETS:
        abort(404)
    wanted = params.parse(request.args)
    contains = params.clean(request.args.get("contains", ""))[: params.MAX_VALUE]
    by_name = request.args.get("order") == "name"
    found = service().facet(name, wanted, contains, FACET_SIZE)
    values = _by_name(found.values) if by_name else found.values
    return render_template(
        "facet.html",
        facet=found,
        values=values,
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


def _chips(search: Service, wanted: SearchRequest) -> Iterator[Chip]:
    lang = language.current()
    for facet in FACETS:
        for chosen in sorted(f for f in wanted.filters if f.facet == facet):
            yield Chip(
                facet,
                _filter_name(search, chosen, lang),
                chosen.exclude,
                wanted.toggled(facet, chosen.value, exclude=chosen.exclude),
            )


def _filter_name(search: Service, chosen: Filter, lang: str) -> str:
    if chosen.facet == "dates":
        return language.month(chosen.value, lang)
    return language.name_of(search.labels(chosen.facet, chosen.value), chosen.value, lang)


def _shortened(facet: Facet) -> Facet:
    """The first values, chosen ones on top; months in the order of time, latest first."""
    marked = [v for v in facet.values if v.selected or v.excluded]
    others = [v for v in facet.values if not (v.selected or v.excluded)]
    if facet.name == "dates":
        others.sort(key=_id, reverse=True)
    return replace(facet, values=(*marked, *others[: max(0, SHOWN - len(marked))]))


def _by_name(values: Sequence[Value]) -> list[Value]:
    lang = language.current()
    return sorted(values, key=lambda value: language.label(value, lang).casefold())


def _id(value: Value) -> str:
    return value.id


def _examples(search: Service, archive: SearchPage) -> list[str]:
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
        tried.append(f'person:"{names["people"]}" country:"{names["countries"]}"')
    return [q for q in tried if search.page(SearchRequest(q=q, size=1)).total]
