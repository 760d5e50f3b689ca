"""RSS and Atom: each entry is a page, with the text that the feed gives of it.

feedparser reads feeds as they are, not as they should be, but believes what they declare of their
encoding; so it is given text that has been read as web pages are. A document that defines entities
of its own is refused before it is parsed: no feed needs them, and they can unfold without end.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats.encodings import declared, decode
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw, printable

_ENTITIES = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml\s[^>]*\?>")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b")


def split(file: File) -> Iterator[Raw]:
    """A page an entry; of a compressed file that breaks off, those that are whole."""
    payload = file.read(limits.FEED, "The feed")
    for number, entry in enumerate(entries(payload), start=1):
        yield file.page(FORMAT.name, entry, number)


def entries(payload: bytes) -> Iterator[bytes]:
    """Each entry of a feed as a line of JSON for ``parse``; raise SourceError if it's none."""
    text = _DECLARATION.sub("", decode(payload, declared(payload)).text)
    if _ENTITIES.search(text[:100_000]):
        raise SourceError("The XML defines entities of its own; such files are not read.")
    if not _FEED.search(text):
        raise SourceError("The XML file is no feed: it has neither «rss» nor «feed».")
    import feedparser  # slow to load, and only feeds need it

    text = _REFERENCE.sub(_whole_character, text)
    utf8 = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + text.encode())
    try:
        feed = feedparser.parse(utf8, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser lets out whatever its parts raise
        raise SourceError(f"The feed can't be parsed: {printable(str(error))}.") from error
    if not feed.entries:
        broken = feed.get("bozo_exception")
        raise SourceError(f"The feed holds no entries{f' ({broken})' if broken else ''}.")
    source = feed.feed.get("title")
    for entry in feed.entries:
        fields = {
            "title": entry.get("title"),
            "text": _text(entry),
            "date": entry.get("published") or entry.get("updated"),
            "source": (entry.get("source") or {}).get("title") or source,
            "author": entry.get("author"),
            "url": _address(entry.get("link")),
            "id": entry.get("id"),
        }
        yield json.dumps(fields, ensure_ascii=False, sort_keys=True).encode(errors="replace")


def _whole_character(reference: re.Match[str]) -> str:
    """A reference to a character as it stands; to half of one, or to none, U+FFFD."""
    hexadecimal, decimal = reference.groups()
    digits = (hexadecimal or decimal).lstrip("0")
    code = int(digits or "0", 16 if hexadecimal else 10) if len(digits) < 8 else 0
    return reference[0] if 0 < code < 0xD800 or 0xDFFF < code <= sys.maxunicode else "\ufffd"


def parse(payload: bytes) -> ParsedPage:
    """Return the page of one entry."""
    fields = json.loads(payload)
    # An entry's own id is an address more often than not, and tells less than the page's address.
    fields["id"] = None if fields["url"] else fields["id"]
    return ParsedPage(**{**fields, "text": fields["text"] or ""})


def _address(link: str | None) -> str | None:
    """A link, unless it is an id that stands in for one."""
    return link if link and link.startswith(("http://", "https://")) else None


def _text(entry: Any) -> str | None:
    """The fullest text of an entry: its content where it has some, else its summary."""
    texts = [content.get("value") or "" for content in entry.get("content", ())]
    return max([*texts, entry.get("summary") or ""], key=len)


FORMAT = Format("entry", (".xml", ".rss", ".atom"), split, parse, libraries=("feedparser",))
