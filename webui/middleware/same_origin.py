"""Who may change something: the reader of a page of ours, and no page of somebody else's."""

import ipaddress
import secrets
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.exceptions import Forbidden

from webui.language import translated as _

_TOKEN = "rasad token"
_HOST = "rasad host"


def register_token(app: Flask, host: str) -> None:
    """Give ``app`` a token, and the name by which readers may call this machine."""
    app.extensions[_TOKEN] = secrets.token_urlsafe(32)
    app.extensions[_HOST] = host


def share_token(app: Flask, token: str) -> None:
    """Let ``app`` take the forms of every application that was given this token."""
    app.extensions[_TOKEN] = token


def token() -> str:
    """What a form of ours carries: no other page can read it."""
    found: str = current_app.extensions[_TOKEN]
    return found


def is_called_by_its_name() -> bool:
    """Whether the address is this machine's own: a number, «localhost», or the host it was told.

    Any other name may be one that its owner has turned to this machine, to read pages here.
    """
    name = urlsplit(f"//{request.host}").hostname or ""
    if name in ("localhost", current_app.extensions[_HOST]):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def require_own_name() -> None:
    """Raises ``Forbidden`` where the address is not this machine's own."""
    if not is_called_by_its_name():
        raise Forbidden(
            _("Profiles are corrected under the address that “rasad serve --edit” prints.")
        )


def require_own_form() -> None:
    """Raises ``Forbidden`` unless the request comes from a form of ours."""
    if not _is_of_same_origin():
        raise Forbidden(_("This was not sent from a page of this archive; nothing was written."))
    given = request.form.get("token", "").encode()
    if not secrets.compare_digest(given, token().encode()):
        raise Forbidden(_("The form is out of date; open the page anew. Nothing was written."))


def _is_of_same_origin() -> bool:
    """As the browser says it; one that says nothing is not believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    for header in ("Origin", "Referer"):
        if (value := request.headers.get(header)) is not None:
            return urlsplit(value).netloc.lower() == request.host.lower()
    return site is not None
