"""Our exceptions and HTTP's as pages: friendly HTML, and problem+json (RFC 9457) under /api.

The core has not heard of status codes; they are given out here.
"""

from http import HTTPStatus

from flask import Flask, Response, json, make_response, render_template, request
from werkzeug.exceptions import Gone, HTTPException, MethodNotAllowed

from indexer.errors import EngineError, IndexMissing, RasadError
from indexer.model import SearchRequest
from webui.api import schemas
from webui.language import translated as _


class Removed(Gone):
    """An article that was in the archive; a search for its title may find another copy."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title


class Degraded(EngineError):
    """The index is not opened: a server died of it, or it could not be opened again."""


def register(app: Flask) -> None:
    """Give ``app`` an answer to every failure."""

    def of_http(error: HTTPException) -> Response:
        if error.response is not None:  # a redirect that routing raised
            return make_response(error.response)
        title = error.title if isinstance(error, Removed) else ""
        answer = _answer(error.code or 500, _http_text(error), title=title)
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                answer.headers[name] = value
        return answer

    def of_engine(error: RasadError) -> Response:
        if isinstance(error, Degraded):  # the supervisor has said why
            answer = _answer(503, _degraded(), command="rasad check")
            answer.headers["Retry-After"] = "30"
            return answer
        app.logger.error("%s: %s", type(error).__name__, error)
        if isinstance(error, IndexMissing):
            return _answer(503, _("There is no index yet."), command="rasad index --sample")
        if isinstance(error, EngineError):
            return _answer(503, _("The index cannot be read."), command="rasad check")
        return _answer(500, _("Something went wrong on our side."))

    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(RasadError, of_engine)


def wants_json() -> bool:
    """Whether the request came through the API, routed there or not."""
    return request.path.startswith("/api/") or request.path in ("/healthz", "/readyz")


def _answer(status: int, text: str, command: str | None = None, title: str = "") -> Response:
    if wants_json():
        detail = f"{text} {command}" if command else text
        problem = schemas.problem(HTTPStatus(status), detail, request.path)
        return Response(json.dumps(problem), status, mimetype="application/problem+json")
    page = render_template(
        "error.html",
        status=status,
        text=text,
        command=command,
        title=title,
        request_=SearchRequest(q=title),
    )
    return Response(page, status, mimetype="text/html")


def _degraded() -> str:
    return _(
        "The index is damaged, or cannot be read; nothing is answered from it. "
        "The site looks at it again by itself."
    )


def _http_text(error: HTTPException) -> str:
    match error.code:
        case 404:
            return _("There is no such page here. It may have been removed.")
        case 410:
            return _("This article is no longer in the archive.")
        case 405 if isinstance(error, MethodNotAllowed) and "POST" in (error.valid_methods or ()):
            return _("This address only takes what a form sends (POST).")
        case 405:
            return _("This address can only be read (GET).")
        case 413:
            return _("What was sent is too large.")
        case 500 | None:
            return _("Something went wrong on our side.")
    return error.description or error.name
