"""Formats: how a file falls into pages, and what each format can say of a page."""

from indexer.sources.formats import feeds, html, json_records, plaintext, warc
from indexer.sources.formats.format import Format

#: Every format, in the order in which users are told the endings that are read.
FORMATS = (
    plaintext.FORMAT,
    html.FORMAT,
    json_records.FORMAT,
    feeds.FORMAT,
    warc.FORMAT,
)
BY_NAME: dict[str, Format] = {format.name: format for format in FORMATS}
BY_ENDING: dict[str, Format] = {ending: format for format in FORMATS for ending in format.endings}
