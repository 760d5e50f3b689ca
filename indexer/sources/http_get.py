"""One GET of the web, bounded in time, size and where it may lead.

An address is resolved once, checked, and connected to as checked, so that no name can mean a public
host while it is looked at and a private one a moment later. Every redirect is checked like the
first address. Proxies of the environment are not used: they would resolve names unseen.
"""

import ipaddress
import socket
import ssl
import string
import threading
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from indexer.errors import SourceError

#: Seconds for one answer of the network, and for all of a request with its redirects.
PATIENCE, AT_MOST = 15.0, 60.0
REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
#: Addresses of IPv6 that belong to the open network: all others are of one net, or of none.
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
#: Addresses of IPv6 that stand for one of IPv4, in their last 32 bits (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
#: Addresses that Python calls global and the registries of IANA don't.
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "2001::/23", "3fff::/20")))
#: What may stand in the path of a request; the rest, letters outside ASCII first, is escaped.
_IN_PATH = string.ascii_letters + string.digits + string.punctuation
_PIECE = 1 << 16


class Answer(NamedTuple):
    """What a server answered in the end, at ``url``; only an answer of 200 has a body."""

    url: str
    status: int
    reason: str
    headers: HTTPMessage
    body: bytes


def get(
    url: str,
    headers: Mapping[str, str],
    most: int,
    *,
    allow_private: bool = False,
    permit: Callable[[str, float], None] = lambda url, deadline: None,
    deadline: float | None = None,
    cut: bool = False,
) -> Answer:
    """Ask for ``url`` and where it leads; of a body no more than ``most`` bytes are taken.

    A longer one is an error, or ``cut``. ``permit`` may raise for every address before it is asked,
    and is told the ``deadline`` (of ``time.monotonic``; in ``AT_MOST`` seconds where none is
    given). Raises ``SourceError`` with what is wrong in a sentence.
    """
    asked, deadline = url, deadline or time.monotonic() + AT_MOST
    for _ in range(REDIRECTS + 1):
        permit(url, deadline)
        connection, path = _connection(url, allow_private, deadline)
        try:
            connection.request("GET", path, headers=dict(headers))
            answer = connection.getresponse()
            body = _body(url, answer, most, cut=cut) if answer.status == 200 else b""
            if time.monotonic() >= deadline:  # it was shut in the midst of its head or body
                raise TimeoutError
            if answer.status in _MOVED and (place := answer.getheader("Location")):
                url = _led_to(url, place)
                continue
            return Answer(url, answer.status, answer.reason, answer.headers, body)
        except (OSError, HTTPException, ValueError) as error:
            if time.monotonic() >= deadline:
                raise SourceError(f"{asked} takes longer than {AT_MOST:.0f} seconds.") from error
            raise SourceError(f"{asked} can't be fetched: {error}.") from error
        finally:
            connection.close()
    raise SourceError(f"{asked} leads on more than {REDIRECTS} times.")


def _led_to(url: str, place: str) -> str:
    try:
        return urljoin(url, place)
    except ValueError as error:
        raise SourceError(f"{url} leads to {place[:200]!r}, which is no address.") from error


def _body(url: str, answer: HTTPResponse, most: int, *, cut: bool) -> bytes:
    """The answer's bytes, as long as there are not too many."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        pieces.append(piece)
        if size > most and cut:
            return b"".join(pieces)[:most]
        if size > most:
            raise SourceError(f"{url} is over {most / 10**6:g} MB.")
    if answer.length:
        raise SourceError(f"{url} breaks off: {answer.length} bytes are missing.")
    return b"".join(pieces)


def _connection(url: str, allow_private: bool, deadline: float) -> tuple[HTTPConnection, str]:
    """A connection to the checked address of a URL's host, and the path to ask for."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise SourceError(f"{url} is no address: {error}.") from error
    if scheme not in _PORTS or not host:
        raise SourceError(f"{url} is not fetched: only http:// and https:// addresses are.")
    port = port or _PORTS[scheme]
    addresses = _addresses(host, port, allow_private)
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    connection = _Connection(host, port, addresses, scheme == "https", deadline)
    return connection, quote(path, safe=_IN_PATH)


class _Connection(HTTPConnection):
    """Goes to an address that was checked; the host is named in the request and in TLS alone.

    At the deadline it is shut, whatever it is waiting for: a server can send a head, or
    «100 Continue», letter by letter without end, each in time.
    """

    def __init__(
        self, host: str, port: int, addresses: list[str], encrypted: bool, deadline: float
    ) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.default_port = _PORTS["https" if encrypted else "http"]
        self._addresses = addresses
        self._encrypted = encrypted
        self._end = threading.Timer(max(0.0, deadline - time.monotonic()), self._shut)
        self._end.daemon = True

    def connect(self) -> None:
        self._end.start()
        self.sock: Any = self._connected()
        if self._encrypted:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()
        self._wire = self.sock

    def _connected(self) -> socket.socket:
        *others, last = self._addresses
        for address in others:
            try:
                return socket.create_connection((address, self.port), self.timeout)
            except OSError:  # as of IPv6 where there is none
                continue
        return socket.create_connection((last, self.port), self.timeout)

    def _shut(self) -> None:
        wire = getattr(self, "_wire", None) or self.sock
        try:
            socket.socket.shutdown(wire, socket.SHUT_RDWR)
        except (OSError, TypeError):  # it is shut already
            return

    def close(self) -> None:
        self._end.cancel()
        super().close()


def _addresses(host: str, port: int, allow_private: bool) -> list[str]:
    """The addresses of a host, the preferred one first; all of them must be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"There is no host {host}: {error}.") from error
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not allow_private:
        for address in addresses:
            if not _is_public(address):
                raise SourceError(
                    f"{host} is {address}, a private address; "
                    "add --allow-private if that is what you mean."
                )
    return addresses


def _is_public(text: str) -> bool:
    """Whether an address belongs to the open network, also behind its ways of writing it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and address not in _GLOBAL_UNICAST:
            return False
        address = inner or address
    special = any(address in network for network in _SPECIAL)
    return address.is_global and not address.is_multicast and not special
