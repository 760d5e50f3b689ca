"""Where alerts tell what is new: files, mail, a program that listens.

A target is written as an address: ``json:FOLDER``, ``eml:FOLDER``, ``atom:FILE``,
``mailto:ADDRESS``, ``http://…`` or ``https://…``. Told twice, as after a kill between sending and
noting it, each lets the receiver know: files have the telling's number in their name, mails the
same Message-ID (RFC 5322), requests the same Idempotency-Key.
"""

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

from indexer.errors import AlertError
from indexer.storage.whole_file import whole_file

_SECONDS = 30
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MAIL_PORT, _SECURE_MAIL_PORT = 25, 465
FILES, WEB = ("json", "eml", "atom"), ("http", "https")


class ToldArticle(NamedTuple):
    """An article as it is told; ``date`` is an ISO day or empty, ``told`` a time."""

    id: str
    title: str
    source: str
    date: str
    lead: str
    url: str
    address: str
    language: str
    told: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What one delivery says: the alert and its query, the articles, the number of the telling.

    ``past`` are the articles told last, these among them, for a target that holds all.
    """

    number: int
    alert: str
    query: str
    lang: str
    made: str
    search: str
    articles: Sequence[ToldArticle]
    past: Sequence[ToldArticle]

    @property
    def subject(self) -> str:
        """A line that says how many articles there are for which alert."""
        if self.lang == "ar":
            return f"رصد: مقالات جديدة عن «{self.alert}» ({len(self.articles)})"
        noun = "article" if len(self.articles) == 1 else "articles"
        return f"Rasad: {len(self.articles)} new {noun} for «{self.alert}»"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that mail is sent through, as an address ``smtp://user:password@host:port``.

    ``smtps://`` speaks TLS from the first byte, ``smtp+starttls://`` turns to it.
    """

    address: str
    sender: str

    def send(self, message: EmailMessage) -> None:
        """Send a message; raises ``AlertError`` where the server does not take it."""
        parts = urlsplit(self.address)
        host, context = parts.hostname or "", ssl.create_default_context()
        try:
            if parts.scheme == "smtps":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    host, parts.port or _SECURE_MAIL_PORT, timeout=_SECONDS, context=context
                )
            else:
                server = smtplib.SMTP(host, parts.port or _MAIL_PORT, timeout=_SECONDS)
            with server:
                if parts.scheme == "smtp+starttls":
                    server.starttls(context=context)
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise AlertError(f"The mail server {host} does not take it: {_told(error)}.") from error


def checked(target: str) -> str:
    """A target as it is kept, paths absolute; raises ``AlertError`` for none."""
    kind, _, rest = target.partition(":")
    if kind in FILES and rest:
        return f"{kind}:{Path(rest).absolute()}"
    if kind == "mailto":
        try:
            if Address(addr_spec=rest).domain:
                return target
        except (ValueError, IndexError):
            pass
        raise AlertError(f"{rest!r} is no address for mail.")
    if kind in WEB and urlsplit(target).hostname:
        return target
    raise AlertError(f"{target!r} is no place that can be told.")


def deliver(target: str, bulletin: Bulletin, mail: MailServer | None) -> None:
    """Tell a target; raises ``AlertError`` where it does not reach it."""
    kind, _, rest = target.partition(":")
    try:
        match kind:
            case "json":
                _put(Path(rest) / f"{_name(bulletin)}.json", _json(bulletin))
            case "eml":
                written = _message(bulletin, "", mail).as_bytes(policy=SMTP)
                _put(Path(rest) / f"{_name(bulletin)}.eml", written)
            case "atom":
                _put(Path(rest), _feed(bulletin))
            case "mailto":
                if mail is None:
                    raise AlertError("RASAD_SMTP names no mail server.")
                mail.send(_message(bulletin, rest, mail))
            case _:
                _post(target, bulletin)
    except OSError as error:
        raise AlertError(f"{rest} can't be written: {_told(error)}.") from error


def _name(bulletin: Bulletin) -> str:
    return f"{quote(bulletin.alert, safe='')}-{bulletin.number:06}"


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(data)


def _json(bulletin: Bulletin) -> bytes:
    told = {
        "alert": bulletin.alert,
        "query": bulletin.query,
        "number": bulletin.number,
        "made": bulletin.made,
        "search": bulletin.search,
        "articles": [_fields(one) for one in bulletin.articles],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _fields(one: ToldArticle) -> dict[str, str | None]:
    return {name: value or None for name, value in one._asdict().items() if name != "told"}


def _message(bulletin: Bulletin, receiver: str, mail: MailServer | None) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = bulletin.subject
    message["From"] = mail.sender if mail else "rasad@localhost"
    if receiver:
        message["To"] = receiver
    message["Message-ID"] = f"<{_name(bulletin)}.{bulletin.made[:10]}@rasad.invalid>"
    lines = [bulletin.query, ""]
    for one in bulletin.articles:
        facts = " · ".join(fact for fact in (one.date, one.source) if fact)
        lines += [one.title, facts, one.lead, one.address, ""]
    message.set_content("\n".join([*lines, bulletin.search, ""]))
    return message


def _feed(bulletin: Bulletin) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {_LANG: bulletin.lang})
    _text(feed, "title", f"{bulletin.alert} – {bulletin.query}")
    _text(feed, "id", f"{bulletin.search}#{quote(bulletin.alert)}")
    _text(feed, "updated", bulletin.made)
    ElementTree.SubElement(feed, f"{{{_ATOM}}}link", href=bulletin.search)
    for one in bulletin.past:
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        _text(entry, "title", one.title, one.language)
        _text(entry, "id", one.address)
        _text(entry, "updated", one.told)
        if one.date:
            _text(entry, "published", f"{one.date}T00:00:00Z")
        author = ElementTree.SubElement(entry, f"{{{_ATOM}}}author")
        _text(author, "name", one.source or "?")
        ElementTree.SubElement(entry, f"{{{_ATOM}}}link", href=one.address)
        _text(entry, "summary", one.lead, one.language)
    written: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return written


def _text(parent: ElementTree.Element, tag: str, text: str, language: str = "") -> None:
    child = ElementTree.SubElement(
        parent, f"{{{_ATOM}}}{tag}", {_LANG: language} if language else {}
    )
    child.text = text


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """What is sent goes where it was said to go, or nowhere."""
        return


def _post(target: str, bulletin: Bulletin) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": _name(bulletin)}
    request = urllib.request.Request(target, _json(bulletin), headers, method="POST")
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=_SECONDS) as answer:
            answer.read(1)
    except (OSError, ValueError) as error:  # refusals are OSErrors
        raise AlertError(
            f"{urlsplit(target).hostname} does not take it: {_told(error)}."
        ) from error


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
