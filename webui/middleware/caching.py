"""What of a request an answer hangs on, for whoever keeps answers on the way."""

from flask import Response, request


def vary(response: Response) -> Response:
    """Pages speak the reader's language, and are packed for those who take them packed."""
    if request.endpoint != "static":
        response.vary.update(("Accept-Language", "Accept-Encoding"))
    return response
