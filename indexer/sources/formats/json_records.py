"""JSON records, one a line or in a list, with as many fields filled in as somebody cared to."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.cleaning import dates
from indexer.sources.formats import html
from indexer.sources.formats.encodings import decode
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.page import ParsedPage
from indexer.sources.formats.rich_text import by_language, flat
from indexer.sources.raw import Raw, Skipped

#: The names under which dumps keep a field, the preferred one first.
NAMES = {
    "id": ("id", "_id"),
    "title": ("title", "headline"),
    "date": ("date", "published", "date_published", "datePublished", "pubDate"),
    "source": ("source", "site", "site_name", "publisher"),
    "author": ("author", "byline", "authors"),
    "url": ("url", "link"),
    "seen": ("seen", "crawled", "fetched", "retrieved", "scraped_at", "date_download"),
}
TEXT = ("text", "body", "content", "maintext", "content_text", "content_html")
_STORY = (*TEXT, "html")
_TOLD = (*_STORY, *NAMES["title"])
#: The names of lists whose objects are records, also where these have but a title.
_LISTS = re.compile(
    "items?|articles?|entry|entries|records?|results?|posts?|messages|stories|news|documents?|docs"
    "|rows|hits|data|list|feed",
    re.IGNORECASE,
)
#: Objects around records: more are no file that somebody keeps records in.
_DEEPEST = 6
#: Lists within lists of names.
_DEEPEST_NAME = 10
#: Digits of what nobody counts.
_DIGITS = 30


def split(file: File) -> Iterator[Raw | Skipped]:
    """A page a record: of a file «.json», which is parsed as a whole, or of a stream of lines."""
    return _of_whole(file) if file.ending == ".json" else _of_lines(file)


def _of_lines(file: File) -> Iterator[Raw | Skipped]:
    """Blank lines are nothing.

    Raises ``SourceError`` where many lines on end can't be records: this is a file of something
    else, each line of which would be reported.
    """
    number = strange = 0
    while line := file.stream.readline(limits.LINE):
        number += 1
        if len(line) == limits.LINE and not line.endswith(b"\n"):
            _finish_line(file.stream)
            why = f"The line is over {limits.LINE // 10**6} MB."
            yield Skipped(f"{file.origin}:{number}", why)
        elif payload := line.strip():
            strange = 0 if _may_begin(payload) else strange + 1
            if strange == limits.STRANGE_LINES:
                raise SourceError(f"{strange} lines on end are no records; the rest is left.")
            yield file.page(FORMAT.name, payload, number)
    if number == 0:
        raise SourceError("The file is empty.")


def _may_begin(payload: bytes) -> bool:
    """Whether an object or a list may begin here, perhaps behind a mark of the encoding."""
    return b"{" in payload[:4] or b"[" in payload[:4]


def _finish_line(stream: IO[bytes]) -> None:
    while (piece := stream.readline(limits.LINE)) and not piece.endswith(b"\n"):
        continue


def _of_whole(file: File) -> Iterator[Raw]:
    payload = file.read(limits.JSON, "The JSON file", "; save one record a line, as .jsonl")
    file.refuse_damaged()
    for number, record in enumerate(records(payload), start=1):
        yield file.page(FORMAT.name, record, number)


def parse(payload: bytes) -> ParsedPage:
    """Return the page of one JSON object, or raise SourceError."""
    record = _object(payload)
    fields: dict[str, Any] = {field: _first(record, names) for field, names in NAMES.items()}
    fields["title"] = _line(record, NAMES["title"])
    fields["date"] = _stated_date(record) or fields["date"]
    text = _body(record)
    if text is None and (markup := _first(record, ("html",))):
        page = html.page(markup, fields["url"])
        return replace(page, **{field: value for field, value in fields.items() if value})
    if text is None and fields["title"] is None:
        raise SourceError("The record has no text: «text», «html» and «title» are empty.")
    return ParsedPage(text=text or "", **fields)


def _stated_date(record: Mapping[str, Any]) -> str | None:
    """The first of the record's dates that is one: zero, or the year 1, stands for none."""
    values = (_text(record.get(name)) for name in NAMES["date"])
    return next((value for value in values if dates.metadata(value)), None)


def records(payload: bytes) -> Iterator[bytes]:
    """Each record of a JSON file as bytes for ``parse``; raise SourceError if it holds none."""
    text = decode(payload).text
    try:
        data = json.loads(text, parse_int=_number)
    except (json.JSONDecodeError, RecursionError) as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].lstrip().startswith("{") and lines[0].rstrip().endswith("}"):
            yield from (line.encode() for line in lines)
            return
        raise SourceError(f"The file is not JSON: {error}.") from error
    found = list(_inside(data))
    if not found:
        raise SourceError("The JSON file holds no record with «text», «html» or «title».")
    for record in found:
        yield json.dumps(record, ensure_ascii=False).encode(errors="replace")


def _inside(data: object, depth: int = 0) -> Iterator[object]:
    """The records in a JSON value: its items, those of the lists that it names, or itself.

    An object with a title and a list of records is no record: its title is that of the list.
    """
    if isinstance(data, list):
        for one in data:
            deeper = depth < _DEEPEST and isinstance(one, dict) and _lists(one)
            yield from _inside(one, depth + 1) if deeper else (one,)
    elif isinstance(data, dict) and depth < _DEEPEST:
        if _has(data, _STORY):
            yield data
        elif lists := _lists(data) or _untitled_lists(data):
            records = _inside([record for records in lists for record in records], depth + 1)
            yield from _with_source(records, data)
        elif depth == 0 and not _is_feed(data) and any(name in data for name in _TOLD):
            yield data
        else:
            for value in data.values():
                yield from _inside(value, depth + 1) if isinstance(value, dict) else ()


def _lists(data: Mapping[str, Any]) -> list[list[object]]:
    """The lists that hold records by their names, or as each object has a title and a text."""
    if _has(data, _STORY):
        return []
    return [value for name, value in data.items() if _has_objects(value) and _are(name, value)]


def _are(name: str, value: list[object]) -> bool:
    objects = [one for one in value if isinstance(one, dict)]
    if _LISTS.fullmatch(name):
        return any(_has(one, _TOLD) or any(map(_LISTS.fullmatch, one)) for one in objects)
    return all(_has(one, _STORY) and _has(one, NAMES["title"]) for one in objects)


def _untitled_lists(data: Mapping[str, Any]) -> list[list[object]]:
    """All lists of objects, where nothing says that the object around them is a record."""
    titled = any(name in data for name in NAMES["title"])
    return [] if titled else [value for value in data.values() if _has_objects(value)]


def _has(record: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return any(record.get(name) for name in names)


def _has_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _is_feed(data: Mapping[str, Any]) -> bool:
    return "jsonfeed.org" in str(data.get("version"))


def _with_source(records: Iterator[object], around: Mapping[str, Any]) -> Iterator[object]:
    """Records of a JSON Feed, whose title is the outlet's name; others as they are."""
    source = around.get("title") if _is_feed(around) else None
    for record in records:
        yield {"source": source, **record} if source and isinstance(record, dict) else record


def _object(payload: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(decode(payload).text, parse_int=_number)
    except json.JSONDecodeError as error:
        raise SourceError(f"The line is not JSON: {error.msg} at column {error.colno}.") from error
    except RecursionError as error:
        raise SourceError("The line is not a record: its brackets are nested too deep.") from error
    if not isinstance(record, dict):
        raise SourceError("The line is JSON, but not an object with named fields.")
    return record


def _number(digits: str) -> int | str:
    """A whole number, or its digits: Python reads no number of thousands of them."""
    return int(digits) if len(digits) < _DIGITS else digits


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these fields that is filled in, as text."""
    for name in names:
        text = _text(record.get(name))
        if text:
            return text
    return None


def _line(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these fields that is filled in, in one line where it comes in pieces."""
    for name in names:
        value = record.get(name)
        pieces = isinstance(value, list | dict)
        if text := _text(value) or (" ".join(flat(value).split()) if pieces else ""):
            return text
    return None


def _body(record: Mapping[str, Any]) -> str | None:
    """The first text of a record, whole or in pieces."""
    for name in TEXT:
        value = record.get(name)
        if text := flat(value).strip() if isinstance(value, list | dict) else _text(value):
            return text
    return None


def _text(value: object, depth: int = 0) -> str:
    """A field as text: names inside lists and objects («authors», schema.org) are joined."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and depth < _DEEPEST_NAME:
        return "، ".join(filter(None, (_text(one, depth + 1) for one in value)))
    if isinstance(value, dict) and depth < _DEEPEST_NAME:
        return _text(value.get("name") or by_language(value), depth + 1)
    return ""


FORMAT = Format("record", (".jsonl", ".ndjson", ".json"), split, parse, libraries=html.LIBRARIES)
