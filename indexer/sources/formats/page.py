"""What a format can say about a page: its text, and the fields that somebody filled in."""

from dataclasses import dataclass

from indexer.model import Removed


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page after parsing and before cleaning; every field but ``text`` may be unknown.

    ``title`` is only set where the format names it; else it is looked for among the first lines.
    ``date``, ``source`` and ``author`` are as printed. ``seen`` is when the page was fetched.
    ``removed`` is what its markup shows to be no part of the story.
    """

    text: str
    id: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    seen: str | None = None
    removed: tuple[Removed, ...] = ()
