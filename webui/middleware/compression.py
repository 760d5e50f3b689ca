"""Text sent as gzip: the links of a page repeat a request many times."""

import gzip

from flask import Response, request

#: Below this a compressed answer saves nothing worth the time.
_LEAST = 1024
_TEXT = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def compress(response: Response) -> Response:
    """Pack an answer where the reader's browser takes it packed."""
    if (
        request.accept_encodings["gzip"] > 0
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(_TEXT)
        and (response.content_length or 0) >= _LEAST
    ):
        # mtime 0: equal pages are equal bytes.
        response.set_data(gzip.compress(response.get_data(), compresslevel=4, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
