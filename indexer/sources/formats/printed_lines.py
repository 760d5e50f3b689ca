"""The lines of a web page that stand near its title and say when, where and by whom.

Many pages print the date in an element without a name, beside the title. It is the article's if the
line holds nothing but what belongs to dates and datelines; lists of other articles, and what stands
in their cards, are passed by.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from indexer.sources.cleaning import boilerplate, dates
from indexer.sources.cleaning.datelines import read_dateline
from indexer.sources.cleaning.lines import Line
from indexer.sources.formats.layout import text_of

#: How many lines behind the title, and before it, may be the date's.
BEHIND, BEFORE = 12, 2
LONGEST = 120
#: A link of so many words is the title of another article.
HEADLINE = 4
#: The letters of such a title with its date and the words around.
CARD = 250
#: A date stands no deeper in its card.
CARD_DEPTH = 4
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|center|d[dlt]|div|figcaption|figure|footer|form|h[1-6r]"
    "|header|li|main|nav|[ou]l|p|section|t(?:able|body|[dhr]|head)"
)
_NO_TEXT = frozenset(("script", "style", "noscript", "template", "select", "button", "svg", "head"))
_ASIDE = frozenset(("aside", "nav", "footer", "header"))
_ASIDE_MARKS = re.compile(
    r"(?:^|[\s_-])(?:related|sidebar|widgets?|latest|recent|more|most|popular|trending|recommend\w*|similar|footer"
    r"|nav(?:bar|igation)?|menu|comments?|comment-?list|breadcrumbs?|ticker|top-?bar|copyright|today"
    r"|events?|deadline|birth\w*|next|prev(?:ious)?|see-?also|read-?(?:more|also)|suggest\w*)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_TODAY = re.compile(r"اليوم")


class _Printed(NamedTuple):
    text: str
    block: HtmlElement
    links: int  # words of the longest link in it


def near_title(tree: HtmlElement, title: str | None) -> Iterator[str]:
    """Lines with a date that stand beside the title, those behind it first."""
    heading = _heading(tree, title)
    if heading is None:
        return
    around = list(_lines(tree, heading))
    number = next((n for n, line in enumerate(around) if _within(line.block, heading)), None)
    if number is None:
        return
    behind = [line for line in around[number + 1 :] if not _within(line.block, heading)]
    found = list(_dated(behind)) or _below(behind)
    if any(not dates.is_update(line) for line in found):
        yield from found
    else:
        yield from (text for text in _above(around[:number]) if text not in found)
        yield from found


def of_others(tree: HtmlElement) -> Iterator[str]:
    """The dates that stand beside titles of other articles, or under «related articles»."""
    printed = list(_lines(tree, None))
    listed = False
    for number, line in enumerate(printed):
        text = Line(line.text)
        listed = not text.is_paragraph and (listed or bool(boilerplate.rule("list", text.folded)))
        beside = printed[max(number - 1, 0) : number + 2]
        if dates.alone(line.text) and (listed or any(map(_is_of_others, beside))):
            yield line.text


def is_aside(element: HtmlElement) -> bool:
    """Whether an element is of what stands around an article: lists of others, menus, the foot."""
    around = (element, *element.iterancestors())
    return any(map(_is_card, around[:CARD_DEPTH])) or any(
        _marked_aside(outer) and next(outer.iter("h1"), None) is None for outer in around
    )


def _is_card(element: HtmlElement) -> bool:
    """Whether an element is small and holds the linked title of another article."""
    letters = 0
    for text in element.itertext():
        letters += len(text)
        if letters > CARD:
            return False
    return next(element.iter("h1"), None) is None and _longest_link(element) >= HEADLINE


def _marked_aside(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "main"):
        return False
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag == "header" and next(element.iterancestors("article", "main"), None) is not None:
        return False  # the head of the article, not of the site
    return element.tag in _ASIDE or bool(_ASIDE_MARKS.search(marks))


def _heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    """The element that holds the title: a heading, the only one, or one that says nothing else."""
    wanted = Line(" ".join((title or "").split()))
    for tags in (("h1",), ("h2", "h3"), ("p", "div", "span", "td", "strong", "b", "font")):
        for element in tree.iter(*tags):
            text = text_of(element)
            if len(text) < len(wanted.text) + 20 and Line(text).repeats(wanted):
                return element
    for element in tree.iter("h1", "h2"):  # the title may have the name of an outlet behind it
        said = Line(text_of(element))
        if len(said.text.split()) >= 3 and wanted.letters.startswith(said.letters):
            return element
    headings = [h for h in tree.iter("h1") if h.text_content().strip()]
    return headings[0] if len(headings) == 1 else None


def _lines(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[_Printed]:
    """The lines of a page as its blocks part them, without what stands around the article."""
    outside = set() if heading is None else {heading, *heading.iterancestors()}
    words: list[str] = []
    block = tree
    links = 0
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        is_block = isinstance(element.tag, str) and _BLOCKS.fullmatch(element.tag)
        if is_block or (heading is not None and element is heading):
            if text := " ".join(" ".join(words).split()):
                yield _Printed(text, block, links)
            words, links = [], 0
            block = element if event == "start" else element.getparent()
        if event == "start":
            if element.tag in _NO_TEXT or (element not in outside and _marked_aside(element)):
                walk.skip_subtree()
                continue
            links = max(links, _words_of_link(element))
            words.append(element.text or "")
        elif element is not tree:
            words.append(element.tail or "")
            if block is None:
                block = tree
    if text := " ".join(" ".join(words).split()):
        yield _Printed(text, block, links)


def _words_of_link(element: HtmlElement) -> int:
    return len(element.text_content().split()) if element.tag == "a" else 0


def _longest_link(element: HtmlElement) -> int:
    return max(map(_words_of_link, element.iter("a")), default=0)


def _within(element: HtmlElement, outer: HtmlElement) -> bool:
    return element is outer or any(ancestor is outer for ancestor in element.iterancestors())


def _dated(lines: list[_Printed]) -> Iterator[str]:
    """The lines with a date between the title and the story, one paragraph of which may precede."""
    paragraphs = 0
    for number, line in enumerate(lines[:BEHIND]):
        text = Line(line.text)
        if _is_of_others(line) or boilerplate.rule("list", text.folded):
            return
        if text.is_paragraph and not dates.alone(line.text):
            paragraphs += 1
            if paragraphs > 1:
                return
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following and _is_of_others(following):
            continue
        if number and dates.is_label(lines[number - 1].text):
            continue
        before = (
            lines[number - 1].text if number and dates.only_beside(lines[number - 1].text) else ""
        )
        if said := _said(f"{before} {line.text}".strip()):
            yield said


def _above(lines: list[_Printed]) -> Iterator[str]:
    """The lines with a date right above the title, nearest first; today's is the site's."""
    for line in reversed(lines[-BEFORE:]):
        if _is_of_others(line) or _TODAY.search(line.text):
            return
        if said := _said(line.text):
            yield said


def _below(lines: list[_Printed]) -> list[str]:
    """The only line further down that says of its date that it is of publication."""
    said = [line for line in lines if dates.says_published(line.text) and dates.alone(line.text)]
    return [line.text for line in said] if len(said) == 1 else []


def _is_of_others(line: _Printed) -> bool:
    """Whether a line is the title of another article, or stands in its card."""
    if line.links >= HEADLINE and not dates.stated(line.text):
        return True
    return line.block.tag == "li" and _is_card(line.block)


def _said(text: str) -> str | None:
    """A line that holds a date and only what belongs to it."""
    if len(text) > LONGEST:
        return None
    dateline = None if dates.alone(text) else read_dateline(text)
    return text if dates.alone(text) or (dateline and dateline.date) else None
