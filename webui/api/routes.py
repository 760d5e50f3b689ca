"""The answers of the pages as JSON, under /api/v1; the same parameters, the same numbers."""

from flask import Blueprint, Response, abort, jsonify, request

from indexer.schema import FACET_IDS, NAMED, PROFILED
from indexer.search.event_search import PartyId
from webui import event_params, params
from webui.api import event_schemas, schemas
from webui.errors import Degraded
from webui.service import service

FACET_SIZE = 100

bp = Blueprint("api", __name__)


@bp.get("/api/v1/search")
def search() -> Response:
    """One page of results with all facets."""
    wanted, notes = params.read(request.args)
    return jsonify(schemas.search_page(service().page(wanted), notes))


@bp.get("/api/v1/articles/<article:id>")
def article(id: str) -> Response:
    """One whole article; ``q`` marks words in its ``*_html``."""
    found = service().article(id, params.parse(request.args).q)
    if found is None:
        abort(404 if service().gone(id) is None else 410)
    return jsonify(schemas.article_page(found, service().similar(found.record)))


@bp.get(f"/api/v1/profiles/<any({','.join(PROFILED)}):facet>/<article:id>")
def profile(facet: str, id: str) -> Response:
    """What all articles say of one facet value."""
    found = service().profile(facet, id)
    if found is None:
        abort(404)
    return jsonify(schemas.profile(found))


@bp.get("/api/v1/suggest")
def suggest() -> Response:
    """What the reader of an unfinished query may want."""
    q = params.parse(request.args).q
    offered = service().suggest(q) if q else ()
    return jsonify(schemas.suggestions(q, offered))


@bp.get("/api/v1/facets/<name>")
def facet(name: str) -> Response:
    """The values of one facet under a request; ``contains`` looks into their names."""
    if name not in FACET_IDS:
        abort(404)
    contains = params.clean(request.args.get("contains", ""))[: params.MAX_VALUE]
    found = service().facet(name, params.parse(request.args), contains, FACET_SIZE)
    return jsonify(schemas.facet(found))


@bp.get("/api/v1/events")
def events() -> Response:
    """One page of the events that the articles of a search tell, with their facets."""
    wanted, asked, notes = event_params.read(request.args)
    return jsonify(event_schemas.event_page(service().events(wanted, asked), notes))


@bp.get("/api/v1/events/<id>")
def event(id: str) -> Response:
    """One event with all reports of it."""
    found = service().event(id)
    if found is None:
        abort(404)
    return jsonify(event_schemas.event(found))


@bp.get("/api/v1/quotations")
def quotations() -> Response:
    """What the articles of a search let somebody say, or anybody."""
    wanted, notes = params.read(request.args)
    speaker = PartyId.parse(params.clean(request.args.get("speaker", ""))[: params.MAX_VALUE])
    known = speaker if speaker.facet in NAMED and speaker.id else None
    if speaker.facet and not known:
        notes = (*notes, params.Note("speaker", "ignored"))
    page = service().quotations(wanted, known, wanted.page, wanted.size)
    return jsonify(event_schemas.quotation_page(page, notes))


@bp.get("/healthz")
def health() -> Response:
    """Whether the server is alive, and how much is in the index, for whoever watches it."""
    try:
        return jsonify(schemas.health(service().stats()))
    except Degraded:
        return jsonify(status="degraded")


@bp.get("/readyz")
def ready() -> Response:
    """Whether the index is open and answers, for whoever sends readers here."""
    return jsonify(schemas.health(service().stats()))
