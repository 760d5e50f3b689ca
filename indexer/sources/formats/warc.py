"""Web archives: each record that is a web page, with the address and the time it was fetched.

A page is an answer as the server sent it («response»), a file by itself («resource»), or the text
that somebody took out of it («conversion», in files called WET). Records that don't say what they
are, or what they hold, are known by their first bytes.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParser

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats import html, plaintext
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw, Skipped, printable

_UNKNOWN = "-"
#: Records that are about pages, or about the archive.
_ABOUT = ("warcinfo", "request", "metadata", "revisit", "continuation", "arc_header")
#: Addresses of records that are no pages: what crawlers note, and asked name servers.
_NO_PAGE = re.compile(r"(?:metadata|dns|whois|ntp):|.*/robots\.txt$", re.IGNORECASE)
_TEXT = "text/plain"
#: What says nothing of what it holds.
_ANYTHING = ("", "application/octet-stream", "application/http", "unknown", "unk", "no-type")
#: A web page by its first bytes.
_IS_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_ARABIC = re.compile("[\u0620-\u064a]{2}")
_FIRST = 1024
#: Bytes of the longest head of an answer.
_HEAD = 100_000


_BROKEN = "Its compressed text is damaged."


class ArchivedResponse(NamedTuple):
    """One archived answer. ``payload`` is for ``parse``; None where ``why`` says what is wrong."""

    url: str
    payload: bytes | None
    why: str = ""


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of an archive; warcio would tell on standard error of those of a wrong length."""

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        """The first line of the next record, and how many bytes lie before it.

        The line behind a record should be blank; one that isn't is of this record.
        """
        before = 0
        for number, line in enumerate(iter(self.reader.readline, b"")):
            if number and line.strip():
                return line, before
            before += len(line)
        return None, before


class _Decompressor:
    """Notes that it failed in the midst of a page, where warcio would tell on standard error."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._begun = False
        self.failed = False

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data)

    def decompress(self, data: bytes) -> bytes:
        try:
            text = bytes(self._inner.decompress(data))
        except Exception:  # each way of packing has its own
            if not self._begun:  # it may not be packed at all
                raise
            self.failed = True
            return b""
        self._begun = self._begun or bool(text)
        return text


def split(file: File) -> Iterator[Raw | Skipped]:
    """A page an answer; what comes before damage is kept."""
    found = False
    for url, payload, why in responses(file.stream):
        found = True
        place = printable(url)
        if payload is None:
            yield Skipped(f"{file.origin}:{place}", why)
        else:
            yield file.page(FORMAT.name, payload, place)
    file.refuse_damaged()
    if not found:
        raise SourceError("The archive holds no web page that was answered.")


def responses(stream: IO[bytes]) -> Iterator[ArchivedResponse]:
    """The web pages of an archive, in order; raise SourceError where it is damaged."""
    try:
        # Heads of answers are parsed here: warcio ends at those of HTTP/2, and looks for none in
        # records without a type.
        for record in _Records(stream, no_record_parse=True):
            url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
            if (record.rec_type or "").lower() in _ABOUT or _NO_PAGE.match(url):
                continue
            content_type, body = _content(record)
            if content_type is None:
                continue
            seen = record.rec_headers.get_header("WARC-Date", "")
            if body is None:
                yield ArchivedResponse(url, None, _BROKEN)
            elif len(body) > limits.MARKUP:
                why = f"The page is over {limits.MARKUP // 10**6} MB."
                yield ArchivedResponse(url, None, why)
            elif _is_cut(record):
                raise SourceError(f"The archive ends in the middle of {url}.")
            else:
                yield ArchivedResponse(url, packed(url, seen, content_type, body))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise SourceError(f"The archive is damaged: {printable(str(error).strip())}") from error


def _content(record: Any) -> tuple[str | None, bytes | None]:
    """What a record holds, None where it is no page, and its bytes, None where they are damaged."""
    raw = record.raw_stream.read(limits.MARKUP + _HEAD)
    if not raw.startswith(b"HTTP/"):
        body = raw[: limits.MARKUP + 1]
        declared = " ".join((record.content_type or "").split())
        return _type(declared, body) or _text_type(declared, body, record.rec_type), body
    stream = io.BytesIO(raw)
    head = StatusAndHeadersParser([], verify=False).parse(stream)
    if head.get_statuscode() != "200":
        return None, b""
    answer = ArcWarcRecord("warc", "response", record.rec_headers, stream, head, None, None)
    content = answer.content_stream()
    packed = getattr(content, "decompressor", None)
    if packed:
        content.decompressor = packed = _Decompressor(packed)
    body = content.read(limits.MARKUP + 1)
    kind = _type(head.get_header("Content-Type", ""), body)
    return kind, None if packed and packed.failed else body


def _type(declared: str, body: bytes) -> str | None:
    """The type of a web page, as declared or by its first bytes; None for anything else."""
    if declared.strip().lower().startswith(html.MEDIA_TYPES):
        return declared
    says_nothing = declared.partition(";")[0].strip().lower() in _ANYTHING
    return html.MEDIA_TYPES[0] if says_nothing and _IS_HTML.search(body[:_FIRST]) else None


def _text_type(declared: str, body: bytes, kind: str | None) -> str | None:
    """The type of a record that is plain text, as declared or as it is Arabic in UTF-8."""
    media_type = declared.partition(";")[0].strip().lower()
    if media_type == _TEXT or (kind == "conversion" and not media_type):
        return _TEXT
    if media_type not in _ANYTHING or body.lstrip()[:1] in (b"<", b"{", b"["):
        return None
    try:
        return _TEXT if _ARABIC.search(body.decode()) else None
    except UnicodeDecodeError:
        return None


def packed(url: str, seen: str, content_type: str, body: bytes) -> bytes:
    """An answer as ``parse`` reads it; ``seen`` is when it was fetched, if that is known."""
    head = "\n".join(line.replace("\n", " ") or _UNKNOWN for line in (url, seen, content_type))
    return head.encode() + b"\n\n" + body


def _is_cut(record: Any) -> bool:
    """Whether an answer, read to its end, is shorter than the archive says it is."""
    record.raw_stream.read()
    return int(getattr(record.raw_stream, "limit", 0)) > 0


def parse(payload: bytes) -> ParsedPage:
    """Return the page of one archived record."""
    head, _, body = payload.partition(b"\n\n")
    url, seen, content_type = head.decode().split("\n")
    address = None if url == _UNKNOWN else url
    if content_type == _TEXT:
        page = plaintext.parse(body)
    else:
        charset = content_type.lower().partition("charset=")[2].strip(" \"';") or None
        page = html.parse(body, address, charset)
    return replace(page, url=address or page.url, seen=None if seen == _UNKNOWN else seen)


FORMAT = Format("archived", (".warc",), split, parse, html.encoding, ("warcio", *html.LIBRARIES))
