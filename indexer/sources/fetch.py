"""Fetching a feed or page when the user asks for it: nothing else in Rasad opens a connection.

An address is resolved once, checked, and connected to as checked, so that no name can mean a public
host while it is looked at and a private one a moment later. Every redirect is checked like the
first address. Proxies of the environment are not used: they would resolve names unseen.
"""

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urljoin, urlsplit

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats import feeds, html, warc
from indexer.sources.raw import Raw, Skipped

#: Seconds for one answer of the network, and for a whole fetch.
PATIENCE, AT_MOST = 15.0, 60.0
REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
#: Addresses of IPv6 that stand for one of IPv4, in their last 32 bits.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a server says of an answer, to ask later whether it has changed."""

    etag: str = ""
    modified: str = ""

    @classmethod
    def loads(cls, text: str | None) -> "Stamp":
        """What ``dumps`` wrote, or nothing."""
        return cls(**json.loads(text)) if text else cls()

    def dumps(self) -> str:
        """The stamp as text."""
        return json.dumps({"etag": self.etag, "modified": self.modified})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; ``payload`` None means that nothing changed since the stamp."""

    url: str
    payload: bytes | None
    content_type: str
    stamp: Stamp


def fetch(url: str, stamp: Stamp | None = None, *, allow_private: bool = False) -> Fetched:
    """Ask for ``url``; raises ``SourceError`` with what is wrong in a sentence."""
    asked, deadline = url, time.monotonic() + AT_MOST
    for _ in range(REDIRECTS + 1):
        connection, path = _connection(url, allow_private)
        try:
            connection.request("GET", path, headers=_headers(stamp or Stamp()))
            answer = connection.getresponse()
            if answer.status in _MOVED and (place := answer.getheader("Location")):
                url = urljoin(url, place)
                continue
            return _fetched(url, answer, stamp or Stamp(), deadline)
        except (OSError, HTTPException) as error:
            raise SourceError(f"{asked} can't be fetched: {error}.") from error
        finally:
            connection.close()
    raise SourceError(f"{asked} leads on more than {REDIRECTS} times.")


def pages(fetched: Fetched) -> Iterator[Raw | Skipped]:
    """The raw pages of an answer: the entries of a feed, or the one page that it is."""
    url, payload = fetched.url, fetched.payload or b""
    if fetched.content_type.lower().startswith(html.MEDIA_TYPES):
        # Without the time of fetching, so that an unchanged page has an unchanged digest.
        packed = warc.packed(url, "", fetched.content_type, payload)
        yield Raw(url, url, warc.FORMAT.name, packed)
        return
    try:
        for number, entry in enumerate(feeds.entries(payload), start=1):
            yield Raw(f"{url}:{number}", url, feeds.FORMAT.name, entry)
    except SourceError as error:
        yield Skipped(url, str(error))


def _headers(stamp: Stamp) -> dict[str, str]:
    headers = {
        "User-Agent": "Rasad (reader of feeds)",
        "Accept": "application/rss+xml, application/atom+xml, application/xml, text/html;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if stamp.etag:
        headers["If-None-Match"] = stamp.etag
    if stamp.modified:
        headers["If-Modified-Since"] = stamp.modified
    return headers


def _fetched(url: str, answer: HTTPResponse, stamp: Stamp, deadline: float) -> Fetched:
    content_type = " ".join((answer.getheader("Content-Type") or "").split())
    if answer.status == 304:
        return Fetched(url, None, content_type, stamp)
    if answer.status != 200:
        raise SourceError(f"{url} answers {answer.status} {answer.reason}.")
    if answer.getheader("Content-Encoding", "identity") not in ("", "identity"):
        raise SourceError(f"{url} answers in an encoding that was not asked for.")
    new = Stamp(answer.getheader("ETag") or "", answer.getheader("Last-Modified") or "")
    return Fetched(url, _body(url, answer, deadline), content_type, new)


def _body(url: str, answer: HTTPResponse, deadline: float) -> bytes:
    """The answer's bytes, as long as there are not too many and they don't take too long."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > limits.FEED:
            raise SourceError(f"{url} is over {limits.FEED // 10**6} MB.")
        if time.monotonic() > deadline:
            raise SourceError(f"{url} takes longer than {AT_MOST:.0f} seconds.")
        pieces.append(piece)
    if answer.length:
        raise SourceError(f"{url} breaks off: {answer.length} bytes are missing.")
    return b"".join(pieces)


def _connection(url: str, allow_private: bool) -> tuple[HTTPConnection, str]:
    """A connection to the checked address of a URL's host, and the path to ask for."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise SourceError(f"{url} is no address: {error}.") from error
    if scheme not in _PORTS or not host:
        raise SourceError(f"{url} is not fetched: only http:// and https:// addresses are.")
    port = port or _PORTS[scheme]
    address = _address(host, port, allow_private)
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    connection = _Connection(host, port, address, scheme == "https")
    return connection, path.encode("ascii", "ignore").decode()


class _Connection(HTTPConnection):
    """Goes to an address that was checked; the host is named in the request and in TLS alone."""

    def __init__(self, host: str, port: int, address: str, encrypted: bool) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.default_port = _PORTS["https" if encrypted else "http"]
        self._address = address
        self._encrypted = encrypted

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        if self._encrypted:
            context = ssl.create_default_context()
            self.sock: Any = context.wrap_socket(plain, server_hostname=self.host)
        else:
            self.sock = plain


def _address(host: str, port: int, allow_private: bool) -> str:
    """The first address of a host; all of them must be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"There is no host {host}: {error}.") from error
    addresses = [str(one[4][0]) for one in found]
    if not allow_private:
        for address in addresses:
            if not _is_public(address):
                raise SourceError(
                    f"{host} is {address}, a private address; "
                    "add --allow-private if that is what you mean."
                )
    return addresses[0]


def _is_public(text: str) -> bool:
    """Whether an address belongs to the open network, also behind its ways of writing it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast
