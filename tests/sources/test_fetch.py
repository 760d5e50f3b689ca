"""Feeds are fetched when asked for, once, and from nowhere but where the user meant."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner

from indexer.commands import rasad
from indexer.errors import SourceError
from indexer.sources import Raw, Skipped, http_get, limits
from indexer.sources.fetch import Fetched, Stamp, fetch, pages
from indexer.sources.robots import Robots

ITEM = "<item><title>وصول الوزير</title><description>وصل الوزير إلى بغداد.</description></item>"
FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>س</title>{ITEM}</channel></rss>'


class Site(BaseHTTPRequestHandler):
    """A feed, redirects, and what else a server may answer."""

    def do_GET(self) -> None:
        if self.path == "/feed.xml":
            if self.headers.get("If-None-Match") == '"1"':
                return self.answer(304)
            return self.answer(200, FEED.encode(), ETag='"1"')
        if self.path == "/moved":
            return self.answer(302, Location="/feed.xml")
        if self.path == "/round":
            return self.answer(302, Location="/round")
        if self.path == "/file":
            return self.answer(302, Location="file:///etc/passwd")
        if self.path == "/half":
            return self.answer(302, Location="http://[::1")
        if self.path == "/robots.txt":
            return self.answer(*self.robots)
        if self.path == "/slow":
            return self.dribble(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 500)
        if self.path == "/endless":
            return self.dribble(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 500)
        if self.path == "/continue":
            return self.dribble(b"HTTP/1.1 100 Continue\r\n\r\n" * 500)
        if self.path == "/large":
            return self.answer(200, b"x" * 5000)
        if self.path == "/page":
            page = f"<html><title>وصول الوزير</title><p>{'وصل الوزير إلى بغداد. ' * 9}</p></html>"
            return self.answer(200, page.encode(), **{"Content-Type": "text/html; charset=utf-8"})
        if self.path == "/cut":
            return self.answer(200, b"x" * 10, **{"Content-Length": "99"})
        return self.answer(404)

    #: What its robots.txt answers.
    robots: tuple[int, bytes] = (404, b"")
    #: The paths that it was asked for.
    asked: ClassVar[list[str]] = []

    def parse_request(self) -> bool:
        parsed = super().parse_request()
        self.asked.append(self.path if parsed else "")
        return parsed

    def dribble(self, answer: bytes) -> None:
        """Answer a piece at a time, each in time."""
        with suppress(OSError):
            for at in range(0, len(answer), 25):
                self.wfile.write(answer[at : at + 25])
                time.sleep(0.05)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        given = {"Content-Type": "application/rss+xml", "Content-Length": str(len(body)), **headers}
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_feed_gives_its_entries(site: str) -> None:
    fetched = fetch(f"{site}/feed.xml", allow_private=True)
    (entry,) = pages(fetched)
    assert isinstance(entry, Raw)
    assert entry.format == "entry"
    assert fetched.stamp == Stamp('"1"', "")


def test_what_has_not_changed_is_not_sent_again(site: str) -> None:
    assert fetch(f"{site}/feed.xml", Stamp('"1"'), allow_private=True).payload is None


def test_redirects_are_followed(site: str) -> None:
    assert fetch(f"{site}/moved", allow_private=True).url == f"{site}/feed.xml"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/round", "more than 5 times"),
        ("/file", "only http"),
        ("/missing", "answers 404"),
        ("/cut", "89 bytes are missing"),
        ("/half", "which is no address"),
    ],
)
def test_what_is_no_feed_is_named(site: str, path: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        fetch(f"{site}{path}", allow_private=True)


def test_answers_are_not_read_without_end(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FEED", 4000)
    with pytest.raises(SourceError, match="is over"):
        fetch(f"{site}/large", allow_private=True)


@pytest.mark.parametrize("path", ["/slow", "/continue", "/endless"])
def test_an_answer_without_an_end_is_ended(
    site: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_get, "AT_MOST", 0.3)
    with pytest.raises(SourceError, match="takes longer"):
        fetch(f"{site}{path}", allow_private=True)


def test_a_host_is_asked_at_each_of_its_addresses(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rpartition(":")[2])
    both = ["127.0.0.2", "127.0.0.1"]  # the site listens at the second alone
    monkeypatch.setattr(http_get, "_addresses", lambda host, port, allow: both)
    assert fetch(f"http://feeds.example:{port}/feed.xml").payload == FEED.encode()


def test_letters_outside_ascii_are_asked_for(site: str) -> None:
    with pytest.raises(SourceError, match="answers 404"):
        fetch(f"{site}/خبر?x=لا 1#y", allow_private=True)
    assert Site.asked[-1] == "/%D8%AE%D8%A8%D8%B1?x=%D9%84%D8%A7%201"


@pytest.mark.parametrize(
    ("robots", "refused"),
    [
        ((404, b""), False),
        ((200, b"User-agent: *\nDisallow: /private"), False),
        ((200, b"User-agent: *\nDisallow: /feed"), True),
        ((200, b"User-agent: *\nDisallow: /*.xml$"), True),
        ((200, b"User-agent: rasad\nDisallow: /\n\nUser-agent: *\nAllow: /"), True),
        ((200, b"User-agent: other\nDisallow: /"), False),
        ((503, b""), True),
    ],
)
def test_robots_txt_is_asked(
    site: str, robots: tuple[int, bytes], refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Site, "robots", robots)
    asked = Robots(allow_private=True)
    if refused:
        with pytest.raises(SourceError, match=r"robots\.txt"):
            fetch(f"{site}/feed.xml", allow_private=True, robots=asked)
        with pytest.raises(SourceError, match=r"robots\.txt"):
            fetch(f"{site}/moved", allow_private=True, robots=asked)
    else:
        assert fetch(f"{site}/moved", allow_private=True, robots=asked).payload
    assert fetch(f"{site}/feed.xml", allow_private=True).payload


def test_a_site_is_asked_once_for_its_robots_txt(site: str) -> None:
    Site.asked.clear()
    asked = Robots(allow_private=True)
    for _ in range(2):
        fetch(f"{site}/moved", allow_private=True, robots=asked)
    assert Site.asked.count("/robots.txt") == 1


def test_private_addresses_are_refused(site: str) -> None:
    with pytest.raises(SourceError, match="private address"):
        fetch(f"{site}/feed.xml")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "192.0.0.192",
        "::127.0.0.1",
        "::808:808",
        "64:ff9b:1::808:808",
        "fec0::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "5f00::1",
        "ff02::1",
    ],
)
def test_no_way_of_writing_a_private_address_is_public(address: str) -> None:
    assert not http_get._is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert http_get._is_public(address)


def test_a_redirect_to_a_private_address_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def first_only(host: str, port: int, allow_private: bool) -> list[str]:
        asked.append(host)
        if len(asked) > 1:
            raise SourceError("a private address")
        return ["127.0.0.1"]

    monkeypatch.setattr(http_get, "_addresses", first_only)
    with pytest.raises(SourceError, match="a private address"):
        fetch(f"{site}/moved")


def test_a_name_is_resolved_once_and_connected_to_as_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rpartition(":")[2])
    monkeypatch.setattr(http_get, "_addresses", lambda host, port, allow: ["127.0.0.1"])
    assert fetch(f"http://feeds.example:{port}/feed.xml").payload == FEED.encode()


def test_addresses_that_make_no_sense_are_named() -> None:
    for url in ("ftp://example.org/", "http://", "http://[", "file:///etc/passwd", "http://a:b/"):
        with pytest.raises(SourceError):
            fetch(url)


def test_the_command_indexes_once(site: str, tmp_path: Path) -> None:
    arguments = ["fetch", f"{site}/feed.xml", f"{site}/page", "--index", str(tmp_path / "index")]

    def report(*more: str) -> dict[str, object]:
        result = CliRunner().invoke(rasad, [*arguments, "--json", *more])
        found: dict[str, object] = json.loads(result.stdout)
        return found

    first = report("--allow-private")
    assert (first["indexed"], first["skipped"]) == (2, [])
    second = report("--allow-private")
    assert (second["indexed"], second["unchanged"], second["articles"]) == (0, 1, 2)


def test_a_refused_address_is_named_and_the_command_fails(site: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        rasad, ["fetch", f"{site}/feed.xml", "--index", str(tmp_path / "index")]
    )
    assert result.exit_code == 1
    assert "a private address" in result.stderr


def test_indexing_never_fetches() -> None:
    result = CliRunner().invoke(rasad, ["index", "https://example.org/feed.xml"])
    assert result.exit_code == 2
    assert "rasad fetch" in result.stderr


def test_what_is_no_feed_is_skipped() -> None:
    (skipped,) = pages(Fetched("http://a/", b"<x/>", "text/xml", Stamp()))
    assert isinstance(skipped, Skipped)
