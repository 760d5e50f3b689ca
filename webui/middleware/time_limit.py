"""How long an answer may take: as long as a search, however many searches it is made of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from indexer import deadline
from webui.middleware import metrics
from webui.service import EXTENSION, READING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def limited(app: Flask) -> "WSGIApplication":
    """Return what calls ``app`` within the time limit of its search."""
    unlimited = app.wsgi_app

    def within_time(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in READING:  # a correction is made whole
            return unlimited(environ, start)
        with deadline.within(app.extensions[EXTENSION].time_limit):
            answer = unlimited(environ, start)
            if deadline.was_missed():
                metrics.partial()
            return answer

    return within_time
