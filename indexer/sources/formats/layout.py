"""Where title and story stand among the elements of a web page.

The story itself is found by trafilatura, as lines; here its first line is looked up again among the
elements, so that what stands before it and around it can be told.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from lxml.html import HtmlElement

from indexer.sources.cleaning.lines import Line

#: Elements that hold a line of text, whatever is inside them.
BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "td")
#: Those that hold lines, or a line where text stands directly in them.
BOXES = ("div", "section", "article", "main", "aside", "header", "footer", "span", "a", "strong")
#: So many letters tell a paragraph from others.
_TELLING = 40
#: The first paragraph is among so many lines, behind title and caption.
_FIRST_LINES = 4
_LONGEST_TITLE = 300
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display:none|visibility:hidden")
#: Whole classes: «field-label-hidden» hides a label only.
_HIDING = re.compile(
    r"(?:^|\s)(?:hidden|d-none|visually-hidden|sr-only|screen-reader-text)(?:$|\s)", re.IGNORECASE
)
#: Classes of what is on a page beside its story.
_BESIDE = re.compile(
    r"(?:^|[\W_])(?:related|recommend|comments?|cookies?|consent|share|sharing|sidebar|widget|menu|nav"
    r"|navbar|footer|newsletter|caption|bio|adv?|ads|advert|banner|breadcrumbs?|tags?|ticker|promo"
    r"|popup|modal)(?:$|[\W_])",
    re.IGNORECASE,
)
_NO_STORY = ("nav", "aside", "footer", "form", "figure", "figcaption", "button", "script", "style")


def text_of(element: HtmlElement) -> str:
    """The text inside an element, in one line."""
    return " ".join(element.text_content().split())


def beginning(element: HtmlElement, longest: int) -> str:
    """As ``text_of``, but no more than is needed to see that a text is longer than ``longest``."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > longest:
            break
    return " ".join("".join(pieces).split())


def marks(element: HtmlElement) -> str:
    """What an element says of itself by class, id and itemprop: words apart by marks."""
    given = (element.get(name) for name in ("class", "id", "itemprop"))
    return _CAMEL.sub("-", " ".join(filter(None, given)))


@lru_cache(4096)
def letters(text: str) -> str:
    """The folded letters of a line, as lines are compared by."""
    return Line(text.removeprefix("- ")).letters


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element is said to be hidden: it is not printed on the page."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "hidden" in element.attrib or bool(
        _HIDDEN.search(style) or _HIDING.search(marks(element))
    )


class Layout:
    """The elements of one page in order, with the places of its title and its first paragraph."""

    def __init__(self, tree: HtmlElement, story: Sequence[str], title: str | None) -> None:
        self.elements = [e for e in tree.iter() if isinstance(e.tag, str)]
        self.title = letters(title or "")
        self.story = story
        #: Of the story's lines, the number of its first paragraph.
        self.line = 0
        self.first = self._first()
        self.heading = self._heading()

    def _first(self) -> int | None:
        """The place of the story's first paragraph among the elements."""
        wanted = {
            letters(line)[:_TELLING]: number
            for number, line in reversed(list(enumerate(self.story[:_FIRST_LINES])))
            if letters(line) != self.title and len(line) >= _TELLING
        }
        for place, element in enumerate(self.elements):
            if element.tag in BLOCKS or (element.tag in BOXES and holds_text(element)):
                key = letters(beginning(element, 2 * _TELLING)[: 4 * _TELLING])[:_TELLING]
                if key in wanted:
                    self.line = wanted[key]
                    return place
        return None

    def _heading(self) -> int | None:
        """The place of the printed title: the last one before the story, or the only heading."""
        before = self.elements[: self.first]
        printed = [
            place
            for place, element in enumerate(before)
            if self.title
            and element.tag in (*BLOCKS, *BOXES)
            and not self.holds_story(element)
            and len(text := beginning(element, _LONGEST_TITLE)) <= _LONGEST_TITLE
            and letters(text) == self.title
        ]
        headings = [place for place, element in enumerate(before) if element.tag == "h1"]
        return printed[-1] if printed else headings[0] if len(headings) == 1 else None

    @cached_property
    def _around_first(self) -> frozenset[HtmlElement]:
        if self.first is None:
            return frozenset()
        return frozenset(self.elements[self.first].iterancestors())

    def holds_story(self, element: HtmlElement) -> bool:
        """Whether the story's first paragraph stands inside an element."""
        return element in self._around_first

    @cached_property
    def _box(self) -> HtmlElement | None:
        """The article in which the story stands, or the box that holds it."""
        if self.first is None:
            return None
        element = self.elements[self.first]
        boxes = (box for box in element.iterancestors() if box.tag in ("article", "main"))
        return next(boxes, element.getparent())

    def is_near(self, place: int) -> bool:
        """Whether the element at a place stands in the story's box, below the title."""
        if self._box is None or (self.heading is not None and place <= self.heading):
            return False
        return any(box is self._box for box in self.elements[place].iterancestors())

    def before_story(self) -> Iterator[HtmlElement]:
        """Elements between title and story that are printed and belong to this story.

        Where no title is printed: those beside the story in the same box, or in one around it.
        """
        if self.first is None:
            return
        start = 0 if self.heading is None else self.heading + 1
        for element in self.elements[start : self.first]:
            if self.heading is None and not self.holds_story(element.getparent()):
                continue
            if not self.holds_story(element) and not self.is_beside(element):
                yield element

    def is_beside(self, element: HtmlElement) -> bool:
        """Whether an element, or a box of it that does not hold the story, is another part."""
        for box in (element, *element.iterancestors()):
            if self.holds_story(box):
                return False
            if box.tag in _NO_STORY or is_hidden(box) or _BESIDE.search(marks(box)):
                return True
        return False


def holds_text(element: HtmlElement) -> bool:
    """Whether text stands directly in an element, beside others."""
    return bool((element.text or "").strip()) or any((e.tail or "").strip() for e in element)
