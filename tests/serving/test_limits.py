"""What one client may take: bytes, connections, seconds; and names of machines."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse

import pytest

from served_site import Site
from webui import limits
from webui.serving.server import BoundedChannel, BoundedServer

SEARCH = "/api/v1/search"


@contextmanager
def connected(site: Site, said: bytes = b"") -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as one:
        one.sendall(said)
        yield one


def first_line(one: socket.socket) -> bytes:
    with suppress(ConnectionResetError):
        return one.recv(4096).partition(b"\r\n")[0]
    return b""


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: %b\r\n\r\n" % (b"x" * limits.HEAD), b"431"),
        (b"GET /%b HTTP/1.1\r\nHost: localhost\r\n\r\n" % (b"x" * limits.HEAD), b"431"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n", b"413"),
        (
            b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"8000\r\n%b\r\n" % (b"x" * 0x8000) * 3,
            b"413",
        ),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nNo header\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_what_is_too_large_or_no_request_is_refused(
    watched: Site, head: bytes, status: bytes
) -> None:
    with connected(watched, head) as one:
        assert first_line(one).split()[1] == status


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /api/v1/search?q=%b HTTP/1.1\r\n\r\n" % (b"x" * limits.HEAD), 431),
        (b"POST /api/v1/search HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n", 413),
        (b"GET /api/v1/search HTTP/1.1\r\nNo header\r\n\r\n", 400),
        (b"GET /api/v1/search HTTP/1.1\r\nHost: a..b\r\n\r\n", 400),
    ],
)
def test_a_refusal_is_a_problem_to_programs(watched: Site, head: bytes, status: int) -> None:
    with connected(watched, head) as one:
        told, problem = answer(one)
    assert b"Content-Type: application/problem+json" in told
    assert b"X-Request-Id: " in told
    assert json.loads(problem)["status"] == status


def test_a_refusal_is_a_page_to_readers(watched: Site) -> None:
    english = b"POST / HTTP/1.1\r\nAccept-Language: en\r\nContent-Length: 1000000000\r\n\r\n"
    for head, words in ((english, "What was sent is too large."), (b"x\r\n\r\n", "فهم هذا الطلب")):
        with connected(watched, head) as one:
            told, page = answer(one)
        assert b"Content-Type: text/html" in told
        assert b"Content-Security-Policy: " in told
        assert words in page.decode()
    head = b"HEAD / HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n"
    with connected(watched, head) as one:
        one.settimeout(3)
        sent = one.makefile("rb").read()
    assert sent.startswith(b"HTTP/1.1 413 ") and sent.endswith(b"\r\n\r\n")


def answer(one: socket.socket) -> tuple[bytes, bytes]:
    """The head and the body of what is sent."""
    with closing(HTTPResponse(one)) as response:
        response.begin()
        return str(response.headers).encode(), response.read()


@pytest.mark.parametrize(
    "host", ["a" * 64 + ".org", "a..b", "é", "a b", "[::1", "x:y", ".".join(["abcdefgh"] * 40)]
)
def test_a_host_that_is_no_name_is_a_bad_request(watched: Site, host: str) -> None:
    with connected(watched, f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()) as one:
        assert first_line(one).split()[1] == b"400"


@pytest.mark.parametrize(
    "host", ["a" * 63 + ".org", "archive_1", "[::1]:8000", "10.0.0.1:80", "a."]
)
def test_a_host_that_is_one_is_answered(watched: Site, host: str) -> None:
    assert watched.status(SEARCH, Host=host) == 200


def test_readers_come_in_beside_connections_that_say_nothing(watched: Site) -> None:
    with ExitStack() as opened:
        begun = b"GET / HTTP/1.1\r\nHost: local"
        for number in range(150):
            opened.enter_context(connected(watched, begun[: number % len(begun)]))
        begun_at = time.monotonic()
        for _ in range(5):
            assert watched.status(SEARCH) == 200
        assert time.monotonic() - begun_at < 5


def test_a_connection_that_is_used_is_not_closed_for_one_that_says_nothing(watched: Site) -> None:
    reader = HTTPConnection("127.0.0.1", watched.port, timeout=10)
    with ExitStack() as opened, closing(reader):
        for crowd in (100, 0):
            reader.request("GET", "/healthz")
            answer = reader.getresponse()
            assert (answer.status, answer.read()[:1]) == (200, b"{")
            own = reader.sock
            for _ in range(crowd):
                opened.enter_context(connected(watched))
        assert reader.sock is own


def test_who_sends_or_takes_too_slowly_is_let_go() -> None:
    now = time.time()
    with pair() as (server, channel, client):
        assert not channel.is_overdue(now)
        assert channel.is_overdue(now + limits.IDLE + 1)
        client.sendall(b"GET / HTTP/1.1\r\n")
        channel.handle_read()
        channel.since -= limits.ARRIVING - 1
        client.sendall(b"Host: local")
        channel.handle_read()
        assert not channel.is_overdue(now)
        assert channel.is_overdue(now + 2)
        server.maintenance(now + 2)
        assert not server.active_channels


def test_an_answer_that_nobody_takes_is_thrown_away() -> None:
    with pair() as (server, channel, _):
        channel.outbufs[0].append(b"x" * 100)
        channel.total_outbufs_len = 100
        now = time.time()
        assert not channel.is_overdue(now + limits.IDLE - 1)
        assert channel.is_overdue(now + limits.IDLE + 1)
        channel.last_activity = now + limits.TAKING
        assert channel.is_overdue(now + limits.TAKING + 1)
        server.maintenance(now + limits.TAKING + 1)
        assert not server.active_channels


@contextmanager
def pair() -> Iterator[tuple[BoundedServer, BoundedChannel, socket.socket]]:
    """A server that is not run, with one connection, and its client."""
    server = BoundedServer(lambda *_: [], host="127.0.0.1", port=0)
    try:
        with socket.create_connection(server.socket.getsockname(), timeout=10) as client:
            server.handle_accept()
            [channel] = server.active_channels.values()
            yield server, channel, client
    finally:
        server.close()
