"""Who wrote a story, as the page prints it between title and story or marks it as the author."""

import re

from lxml.html import HtmlElement

from indexer.sources.cleaning.datelines import LONGEST, read_author, read_dateline
from indexer.sources.formats.layout import Layout, beginning, marks

#: Elements that hold an author's name and little else.
_AUTHOR = re.compile(
    r"(?:^|[\W_])(?:authors?|by[-_]?line|byline[-_]?name|writers?|write[-_]?by|written[-_]?by"
    r"|writer[-_]?name|reporters?|journalist|correspondent|editor[-_]?name)(?:$|[\W_])",
    re.IGNORECASE,
)
_NOT_THE_AUTHOR = re.compile(
    r"(?:^|[\W_])(?:comment|bio|about|box|avatar|image|photo|more|posts?[-_]by|count|date|time)s?"
    r"(?:$|[\W_])",
    re.IGNORECASE,
)


def author(layout: Layout) -> tuple[str, str] | None:
    """The author's name, and the line in which it is printed.

    Before the story the first one counts. Behind it, and where no title is found, only one that is
    the only one: pages list other writers, too.
    """
    before = list(layout.before_story())
    found = [named for element in before if (named := _named(element) or _cued(element))]
    if found and layout.heading is not None:
        return found[0]
    if not found:
        named_elements = ((e, named) for e in layout.elements if (named := _named(e)))
        found = [named for element, named in named_elements if not layout.is_beside(element)]
    return found[0] if len({name for name, _ in found}) == 1 else None


def _named(element: HtmlElement) -> tuple[str, str] | None:
    """The name in an element that is said to hold the author's."""
    said = marks(element)
    related = "author" in (element.get("rel") or "").split()
    if not (related or _AUTHOR.search(said)) or _NOT_THE_AUTHOR.search(said):
        return None
    return _read(beginning(element, LONGEST))


def _cued(element: HtmlElement) -> tuple[str, str] | None:
    """The name in a short line that says what it is: «كتبت …», «بقلم: …»."""
    text = beginning(element, LONGEST)
    line = read_dateline(text) if 0 < len(text) <= LONGEST else None
    return (line.author, text) if line and line.author else None


def _read(text: str) -> tuple[str, str] | None:
    if not 0 < len(text) <= LONGEST:
        return None
    line = read_dateline(text)
    name = (line.author if line else None) or read_author(text)
    return (name, text) if name else None
