"""By what name a request calls this machine: one that cannot be a name is refused."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from webui.errors import REFUSED

#: Labels of up to 63 letters, or an address in brackets; the port behind it.
_NAME = re.compile(
    r"(?:(?=.{1,253}(?::\d*)?$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\])(?::\d{0,5})?",
    re.IGNORECASE | re.ASCII,
)


def with_host_checked(app: WSGIApplication) -> WSGIApplication:
    """``app``, asked only under names that can be one; routing fails on others."""

    def checked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST")
        if host and not _NAME.fullmatch(host):
            environ.update({"HTTP_HOST": "localhost", REFUSED: HTTPStatus.BAD_REQUEST})
        return app(environ, start_response)

    return checked
