"""Results to take along: all of them as files, a feed for a reader of feeds."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from flask import (
    Blueprint,
    Response,
    abort,
    copy_current_request_context,
    current_app,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import ServiceUnavailable

from indexer.errors import ExportBroken
from indexer.model import SearchRequest
from webui import language, limits, links, params
from webui.citing import STYLES, reference
from webui.exporting import FORMATS
from webui.exporting.file_names import disposition
from webui.exporting.listing import Format, Listing
from webui.exporting.switches import of_switches
from webui.language import translated as _
from webui.middleware import metrics
from webui.request_lines import request_lines
from webui.service import service

FEED_SIZE = 50
_SLOTS = "rasad exports"

bp = Blueprint("exports", __name__)


@bp.record
def register(state: BlueprintSetupState) -> None:
    """Let an application write so many exports at once."""
    state.app.extensions[_SLOTS] = threading.BoundedSemaphore(limits.EXPORTS)


@bp.get("/search.csv")
def table() -> Response:
    """All results of a search as CSV; opens rightly in spreadsheets.

    Articles that hold a part of the query only come with «full=0», those that are found by meaning
    with «meaning=1».
    """
    return _exported(FORMATS["csv"])


@bp.get(f"/export.<any({','.join(FORMATS)}):name>")
def export(name: str) -> Response:
    """All results of a search as a file of some format; switches as in the table."""
    return _exported(FORMATS[name])


@bp.get("/search.atom")
def feed() -> Response:
    """The newest results of a search, to be told of what comes in; switches as in the table."""
    wanted, notes = params.read(request.args)
    newest = replace(_switched(wanted), sort="newest", page=1, size=FEED_SIZE)
    page = service().page(newest)
    notes = (*notes, *of_switches(service(), page))
    dated = [result for result in page.results if result.record.article.date]
    return Response(
        render_template(
            "feed.xml",
            results=dated,
            request_=wanted,
            notes=params.noted(notes, page),
            partial=not page.request.full,
            meaning=page.request.meaning,
            root=url_for("pages.start"),
        ),
        mimetype="application/atom+xml",
    )


@bp.get(f"/cite/<any({','.join(STYLES)}):style>/<article:id>")
def citation(style: str, id: str) -> Response:
    """The reference to an article as a file."""
    found = service().article(id)
    if found is None:
        abort(404)
    lang = language.current()
    cited = reference(found.article)
    kind = STYLES[style]
    answer = Response(cited.written(style, lang), mimetype=kind.mimetype)
    answer.headers["Content-Type"] = f"{kind.mimetype}; charset=utf-8"
    name = f"{cited.file_name}.{kind.ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _exported(kind: Format) -> Response:
    """All results that are asked for, sent while they are read.

    An answer that has begun can't say that something is wrong: it ends before its end, which HTTP
    tells from one that is whole.
    """
    wanted, notes = params.read(request.args)
    with ExitStack() as held:
        if not current_app.extensions[_SLOTS].acquire(blocking=False):
            raise ServiceUnavailable(_("Others are downloading results now."), retry_after=5)
        held.callback(current_app.extensions[_SLOTS].release)
        try:
            found = service().export(_switched(wanted), service().export_time_limit)
        except ExportBroken as error:
            raise ServiceUnavailable(_("These are too many results to download.")) from error
        held.callback(found.close)
        notes = (*notes, *of_switches(service(), found.page))
        day = dt.date.today()
        to, lang = links.Links(), language.current()
        asked = tuple(request_lines(found.page, to, lang, day))
        listing = Listing(found.page, found, to, lang, day, asked, notes)
        answer = Response(_sent(kind, listing), mimetype=kind.mimetype)
        answer.call_on_close(held.pop_all().close)
    answer.headers["Content-Disposition"] = disposition(found.page.request, day, kind.ending)
    answer.headers["X-Rasad-Total"] = str(found.page.total)
    # A table has no place for remarks.
    for note in params.noted(notes, found.page):
        answer.headers.add("X-Rasad-Note", " ".join(part for part in note if part))
    return answer


def _sent(kind: Format, listing: Listing) -> Iterator[bytes]:
    """A file piece by piece, each made within the request; between them nothing is held open."""
    pieces = kind.write(listing)

    @copy_current_request_context
    def following() -> bytes | None:
        return next(pieces, None)

    def sent() -> Iterator[bytes]:
        try:
            while (piece := following()) is not None:
                yield piece
        except ExportBroken:
            metrics.partial()
            raise

    return sent()


def _switched(wanted: SearchRequest) -> SearchRequest:
    """A request as a list for programs understands it.

    Nobody looks at such a list, so what holds only a part of the query, or is found by meaning, is
    left out of it unless it is asked for.
    """
    meaning = request.args.get("meaning", "").strip() == "1"
    # What is found by meaning holds other words than the query's.
    partial = request.args.get("full", "").strip() in (("0", "") if meaning else ("0",))
    return replace(wanted, full=not partial, meaning=meaning)
