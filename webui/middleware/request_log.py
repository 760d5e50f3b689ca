"""A line a request, with an id that the answer carries as well.

The line says when, who, what, how it went, how many bytes, how long. In private logs stands neither
who asked nor anything that was typed: of the address only the pattern that it fits.
"""

import json
import re
import secrets
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import unquote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, g, request
from werkzeug.wsgi import ClosingIterator

HEADER = "X-Request-Id"
_ROUTE = "rasad.route"
#: An id that somebody else gave: nothing that could pass for another line, or another field.
_SANE = re.compile(r"[A-Za-z0-9._:/+=-]{1,64}")


@dataclass(slots=True)
class Exchange:
    """A request and how it was answered."""

    id: str
    method: str
    path: str
    address: str
    began: float = field(default_factory=time.perf_counter)
    route: str = ""
    status: int = 500
    bytes: int | None = None
    seconds: float = 0.0


class Observer(Protocol):
    """Whoever is told of every exchange when it is over."""

    def __call__(self, exchange: Exchange, /) -> None: ...


def register(app: Flask, *observers: Observer) -> None:
    """Let ``observers`` see every exchange of ``app``, and give each an id."""

    @app.before_request
    def routed() -> None:
        if request.url_rule:
            request.environ[_ROUTE] = request.url_rule.rule
        g.request_id = request.environ[HEADER]

    app.wsgi_app = _observed(app.wsgi_app, observers)  # type: ignore[method-assign, assignment]


def _observed(app: WSGIApplication, observers: Iterable[Observer]) -> WSGIApplication:
    def observed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        exchange = Exchange(
            id=given if _SANE.fullmatch(given) else secrets.token_hex(8),
            method=environ["REQUEST_METHOD"],
            path=asked(environ),
            address=environ.get("REMOTE_ADDR") or "-",
        )
        environ[HEADER] = exchange.id

        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            exchange.status = int(status[:3])
            lengths = [value for name, value in headers if name.lower() == "content-length"]
            exchange.bytes = int(lengths[0]) if lengths else None
            return start_response(status, [*headers, (HEADER, exchange.id)], *failed)

        def over() -> None:
            exchange.route = environ.get(_ROUTE, "")
            exchange.seconds = time.perf_counter() - exchange.began
            for observer in observers:
                observer(exchange)

        try:
            answer = app(environ, start)
        except BaseException:
            over()
            raise
        return ClosingIterator(answer, over)

    return observed


def asked(environ: WSGIEnvironment) -> str:
    """The address as it can be read: Arabic as Arabic, and on one line."""
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    query = unquote(environ.get("QUERY_STRING", "").encode("latin-1").decode("utf-8", "replace"))
    whole = f"{path}?{query}" if query else path
    return "".join(
        letter if letter.isprintable() and letter not in '"\\' else f"\\u{ord(letter):04x}"
        for letter in whole
    )


def log_failures_privately(app: Flask) -> None:
    """Of what goes wrong in a request, log where; a message may hold what was typed."""

    def log(info: Any) -> None:
        kind, _, trace = info
        where = "".join(traceback.format_tb(trace)) + kind.__name__
        app.logger.error("Exception on %s\n%s", request.url_rule or "-", where)

    app.log_exception = log  # type: ignore[method-assign, assignment]


class RequestLog:
    """Writes a line for every exchange to standard error: as text, or as JSON."""

    def __init__(self, *, as_json: bool = False, private: bool = False) -> None:
        self._as_json = as_json
        self._private = private

    def __call__(self, exchange: Exchange) -> None:
        """Write one line."""
        print(self.line(exchange), file=sys.stderr, flush=True)

    def line(self, exchange: Exchange) -> str:
        """What stands in the log of an exchange."""
        values: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "address": "-" if self._private else exchange.address,
            "method": exchange.method,
            "path": (exchange.route or "-") if self._private else exchange.path,
            "status": exchange.status,
            "bytes": exchange.bytes,
            "ms": round(exchange.seconds * 1000, 1),
            "id": exchange.id,
        }
        if self._as_json:
            return json.dumps(values, ensure_ascii=False)
        return (
            f'{values["time"]} {values["address"]} "{exchange.method} {values["path"]}" '
            f"{exchange.status} {'-' if exchange.bytes is None else exchange.bytes} "
            f"{values['ms']}ms {exchange.id}"
        )
