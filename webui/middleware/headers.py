"""Headers that every answer carries: what a browser may load, and how little it tells others."""

import gzip

from flask import Response, request

#: Everything comes from this host, and nothing is written into the page: no inline code or style.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: Below this a compressed answer saves nothing worth the time.
_LEAST = 1024
_TEXT = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def secure(response: Response) -> Response:
    """Forbid foreign and inline code, guessing of types, framing, and referrers to other hosts."""
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.vary.update(("Accept-Language", "Accept-Encoding"))
    return response


def compress(response: Response) -> Response:
    """Send text as gzip where the reader's browser takes it: links repeat a request many times."""
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
