"""How long the address of a request may be, whatever server is in front.

Python keeps the last hundred addresses that it took apart, and what one of megabytes leaves behind
in memory stays there.
"""

from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from webui.errors import REFUSED
from webui.limits import HEAD

#: What servers add to tell of the address as it was sent.
_AS_SENT = ("REQUEST_URI", "RAW_URI")


def with_length_checked(app: WSGIApplication) -> WSGIApplication:
    """``app``, asked only by addresses that a head of a request has room for."""

    def checked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if len(path) + len(environ.get("QUERY_STRING", "")) > HEAD:
            environ |= {REFUSED: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "QUERY_STRING": ""}
            environ |= {"PATH_INFO": path[:HEAD], **dict.fromkeys(_AS_SENT, "")}
        return app(environ, start_response)

    return checked
