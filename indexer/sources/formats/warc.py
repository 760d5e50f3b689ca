"""Web archives: each answer that is a web page, with the address and the time it was fetched."""

from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats import html
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw, Skipped, printable

_UNKNOWN = "-"


class ArchivedResponse(NamedTuple):
    """One archived answer. ``payload`` is for ``parse``; None where the page is too large."""

    url: str
    payload: bytes | None


def split(file: File) -> Iterator[Raw | Skipped]:
    """A page an answer; what comes before damage is kept."""
    found = False
    for url, payload in responses(file.stream):
        found = True
        place = printable(url)
        if payload is None:
            why = f"The page is over {limits.MARKUP // 10**6} MB."
            yield Skipped(f"{file.origin}:{place}", why)
        else:
            yield file.page(FORMAT.name, payload, place)
    file.refuse_damaged()
    if not found:
        raise SourceError("The archive holds no web page that was answered.")


def responses(stream: IO[bytes]) -> Iterator[ArchivedResponse]:
    """The web pages of an archive, in order; raise SourceError where it is damaged."""
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            content_type = record.http_headers.get_header("Content-Type", "")
            status = record.http_headers.get_statuscode()
            if status != "200" or not content_type.strip().lower().startswith(html.MEDIA_TYPES):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
            seen = record.rec_headers.get_header("WARC-Date", "")
            body = record.content_stream().read(limits.MARKUP + 1)
            if len(body) > limits.MARKUP:
                yield ArchivedResponse(url, None)
            elif _is_cut(record):
                raise SourceError(f"The archive ends in the middle of {url}.")
            else:
                yield ArchivedResponse(url, packed(url, seen, content_type, body))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise SourceError(f"The archive is damaged: {error}") from error


def packed(url: str, seen: str, content_type: str, body: bytes) -> bytes:
    """An answer as ``parse`` reads it; ``seen`` is when it was fetched, if that is known."""
    head = "\n".join(line.replace("\n", " ") or _UNKNOWN for line in (url, seen, content_type))
    return head.encode() + b"\n\n" + body


def _is_cut(record: Any) -> bool:
    """Whether an answer, read to its end, is shorter than the archive says it is."""
    record.raw_stream.read()
    return int(getattr(record.raw_stream, "limit", 0)) > 0


def parse(payload: bytes) -> ParsedPage:
    """Return the page of one archived answer."""
    head, _, body = payload.partition(b"\n\n")
    url, seen, content_type = head.decode().split("\n")
    charset = content_type.lower().partition("charset=")[2].strip(" \"';") or None
    page = html.parse(body, url, charset)
    return replace(page, url=url, seen=None if seen == _UNKNOWN else seen)


FORMAT = Format("archived", (".warc",), split, parse, html.encoding, ("warcio", *html.LIBRARIES))
