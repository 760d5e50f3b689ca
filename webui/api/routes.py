"""The answers of the pages as JSON, under /api/v1; the same parameters, the same numbers."""

from flask import Blueprint, Response, abort, jsonify, request

from indexer.schema import FACET_IDS, PROFILED
from webui import params
from webui.api import schemas
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
