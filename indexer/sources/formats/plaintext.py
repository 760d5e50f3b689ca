"""Plain text pages: one page a file, its title somewhere among the first lines.

Some files begin with lines that name fields («العنوان: …», «Date: …»), and some hold a web page in
spite of their name.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from indexer.sources import limits
from indexer.sources.formats import html
from indexer.sources.formats.encodings import decode
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw
from indexer.sources.tables import rows
from indexer.text.normalize import normalize

_IS_HTML = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_LABELLED = re.compile(r"\s*([^\W\d_]+(?: [^\W\d_]+)?)\s*:\s*(\S.*)")
#: So many named fields in a row make a head; one line with a colon is a headline.
LEAST_FIELDS = 2


def split(file: File) -> Iterator[Raw]:
    """A file is a page."""
    yield file.whole_page(FORMAT.name, limits.PAGE)


def parse(payload: bytes) -> ParsedPage:
    """Return the page of a text file, or raise SourceError if it isn't text."""
    text = decode(payload).text
    if _IS_HTML.match(text):
        return html.page(text)
    fields, rest = _head(text)
    if len(fields) < LEAST_FIELDS:
        return ParsedPage(text=text)
    return ParsedPage(text=rest, **fields)


def _head(text: str) -> tuple[dict[str, Any], str]:
    """The fields that the first lines name, and the lines below them."""
    fields: dict[str, Any] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines):
        match = _LABELLED.fullmatch(line)
        field = _labels().get(normalize(match[1])) if match else None
        if field is None or match is None or field in fields:
            if line.strip():
                return fields, "\n".join(lines[number:])
        else:
            fields[field] = match[2].strip()
    return fields, ""


@cache
def _labels() -> dict[str, str]:
    return {
        normalize(label): field
        for field, labels in rows("labels.tsv")
        for label in labels.split("|")
    }


FORMAT = Format("text", (".txt",), split, parse, libraries=html.LIBRARIES)
