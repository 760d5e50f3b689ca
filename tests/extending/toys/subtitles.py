"""Subtitles of broadcasts: numbered cues, a time and some lines each, whose text is the story.

A cue that is named «title» gives the title.
"""

import re
from collections.abc import Iterator

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats.encodings import decode
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw

_CUE = re.compile(
    r"(?P<name>\w+)\n(?P<times>[\d:,.]+ --> [\d:,.]+)\n(?P<text>.+?)(?:\n\n|\Z)", re.S
)


def split(file: File) -> Iterator[Raw]:
    """A file is a page."""
    yield file.whole_page(FORMAT.name, limits.PAGE)


def parse(payload: bytes) -> ParsedPage:
    """Return the page that the cues tell, or raise SourceError if there are none."""
    cues = list(_CUE.finditer(decode(payload).text.replace("\r\n", "\n")))
    if not cues:
        raise SourceError("The subtitles hold no cues.")
    title = next((cue["text"] for cue in cues if cue["name"] == "title"), None)
    return ParsedPage("\n".join(cue["text"] for cue in cues if cue["name"] != "title"), title=title)


FORMAT = Format("subtitles", (".srt",), split, parse)
