"""What waitress refuses by itself, answered by the application: its page, or its problem+json.

Nothing of such a request can be relied on but its first bytes, which say what was asked for.
"""

import re
from http import HTTPStatus

from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from webui.errors import REFUSED

#: Bytes of a request from which is told what was asked for; more is not kept.
_BEGINNING = 1024
_FIRST_LINE = re.compile(rb"\s*([A-Z]{1,16}) (/[!-~]*)")


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """A request that keeps how it began: of one that is refused waitress forgets it."""

    beginning = b""

    def received(self, data: bytes) -> int:
        """Bytes of the request; how many of them belong to it."""
        self.beginning += data[: _BEGINNING - len(self.beginning)]
        return int(super().received(data))


class RefusedTask(ErrorTask):  # type: ignore[misc]
    """Answers a request that is none, or too large, and closes the connection."""

    def execute(self) -> None:
        """Let the application say it; of its own failure waitress tells."""
        code = self.request.error.code
        if code == HTTPStatus.INTERNAL_SERVER_ERROR:
            super().execute()
            return
        application = self.channel.server.application
        answer, self.status, headers = run_wsgi_app(application, self._environ(code), buffered=True)
        self.response_headers.extend(headers)
        body = b"".join(answer)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)

    def _environ(self, code: int) -> dict[str, object]:
        begun = _FIRST_LINE.match(self.request.beginning)
        method, address = (
            (part.decode("ascii") for part in begun.groups()) if begun else ("GET", "/")
        )
        language = self.request.headers.get("ACCEPT_LANGUAGE")
        path, _, query = address.partition("?")
        return EnvironBuilder(
            path=path,
            query_string=query,
            method=method,
            headers=[("Accept-Language", language)] if language else None,
            environ_base={"REMOTE_ADDR": self.channel.addr[0], REFUSED: code},
        ).get_environ()
