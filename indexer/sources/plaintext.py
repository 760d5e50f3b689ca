"""Plain text pages: one page a file, its title somewhere among the first lines."""

from indexer.sources.encodings import decode
from indexer.sources.page import Page


def parse(payload: bytes) -> Page:
    """Return the page of a text file, or raise SourceError if it isn't text."""
    return Page(text=decode(payload).text)
