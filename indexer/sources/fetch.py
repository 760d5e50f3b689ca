"""Fetching a feed or page when the user asks for it: nothing else in Rasad opens a connection."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats import feeds, html, warc
from indexer.sources.http_get import Answer, get
from indexer.sources.raw import Raw, Skipped
from indexer.sources.robots import USER_AGENT, Robots


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


def fetch(
    url: str,
    stamp: Stamp | None = None,
    *,
    allow_private: bool = False,
    robots: Robots | None = None,
) -> Fetched:
    """Ask for ``url``, if its site's ``robots`` want it; raises ``SourceError`` with what is wrong
    in a sentence."""
    stamp = stamp or Stamp()
    permit = robots.refuse if robots else lambda url, deadline: None
    answer = get(url, _headers(stamp), limits.FEED, allow_private=allow_private, permit=permit)
    return _fetched(answer, stamp)


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
        "User-Agent": USER_AGENT,
        "Accept": "application/rss+xml, application/atom+xml, application/xml, text/html;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if stamp.etag:
        headers["If-None-Match"] = stamp.etag
    if stamp.modified:
        headers["If-Modified-Since"] = stamp.modified
    return headers


def _fetched(answer: Answer, stamp: Stamp) -> Fetched:
    url, headers = answer.url, answer.headers
    content_type = " ".join((headers.get("Content-Type") or "").split())
    if answer.status == 304:
        return Fetched(url, None, content_type, stamp)
    if answer.status != 200:
        raise SourceError(f"{url} answers {answer.status} {answer.reason}.")
    if headers.get("Content-Encoding", "identity") not in ("", "identity"):
        raise SourceError(f"{url} answers in an encoding that was not asked for.")
    new = Stamp(headers.get("ETag") or "", headers.get("Last-Modified") or "")
    return Fetched(url, answer.body, content_type, new)
