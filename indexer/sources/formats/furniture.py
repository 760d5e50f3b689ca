"""What a page's markup shows to be no story: boxes of related links, cookie bars, links alone.

A line of the story goes only where the same words stand nowhere else on the page, and only where
little of the story would go: a class name may be misleading.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from indexer.model import Removed
from indexer.sources.cleaning import boilerplate
from indexer.sources.cleaning.lines import Line
from indexer.sources.formats.layout import (
    BLOCKS,
    BOXES,
    Layout,
    holds_text,
    letters,
    marks,
    text_of,
)

#: The rule of a box by its class, id or itemprop.
BOX_RULES = (
    (
        "related",
        r"related|relatedposts|related[-_].*|recommended|recommendations?|read[-_](?:also|more|next)"
        r"|see[-_]also|also[-_](?:read|like)|more[-_](?:news|stories|articles|posts)"
        r"|you[-_](?:may|might)|most[-_](?:read|viewed|popular)|latest[-_](?:news|posts)",
    ),
    ("cookies", r"cookies?|cookie[-_].*|consent|gdpr"),
    ("page tools", r"share|sharing|sharedaddy|addtoany|social[-_](?:share|links|icons|media|bar)"),
    ("follow us", r"podcasts?|newsletters?|subscri(?:be|ption)|app[-_](?:promo|download)"),
    ("comments", r"comments?|comment[-_](?:policy|rules|terms|notes?)|disqus"),
)
_BOXES = tuple(
    (rule, re.compile(rf"(?:^|[\W_])(?:{words})(?:$|[\W_])", re.IGNORECASE))
    for rule, words in BOX_RULES
)
#: A box or links with more of the story's letters than this are taken for the story.
MOST = 0.34
#: A link alone in its paragraph has so many words before it is taken for a headline.
LEAST_WORDS, LEAST_IN_LIST = 4, 3
#: The rule of paragraphs that trafilatura did not take for the story.
OUTSIDE = "outside the story"
_NO_PAGE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|mp[34]|webp)$", re.IGNORECASE)
_SENTENCE_END = (".", "؛", ":", "،", ".»", ".”", '."')


def furniture(
    layout: Layout, host: str | None, used: Iterable[str] = ()
) -> tuple[list[str], list[Removed]]:
    """The lines of a story without what is none, and all that was left out, with its rule.

    ``used`` are lines of the page that are taken for title, lead or dateline.
    """
    boxes = dict(_boxes(layout))
    rules: dict[str, tuple[str, str]] = {}
    others: dict[str, str] = {}
    elsewhere: set[str] = set()
    before = ""
    for place, element in enumerate(layout.elements):
        if not _is_line(element) or not (text := text_of(element)):
            continue
        rule = next((boxes[b] for b in (element, *element.iterancestors()) if b in boxes), None)
        rule = rule or ("related" if _is_related(element, text, host) else None)
        if rule:
            rules.setdefault(letters(text), (text, rule))
            if _is_cue(before):  # it would take the line of the story behind the links
                rules.setdefault(letters(before), (before, rule))
                elsewhere.discard(letters(before))
        elif not any(box.tag in ("a", *BLOCKS) for box in element.iterancestors()):
            elsewhere.add(letters(text))
            if layout.is_near(place) or Line(text).is_paragraph:
                others.setdefault(letters(text), text)
        before = text
    rules = {known: rule for known, rule in rules.items() if known and known not in elsewhere}
    taken = _taken(layout.story, rules)
    kept = [line for number, line in enumerate(layout.story) if number not in taken]
    if sum(map(len, kept)) < (1 - MOST) * sum(map(len, layout.story)):
        kept, taken = list(layout.story), {}
    removed = [Removed(layout.story[number], rule) for number, rule in taken.items()]
    said = "\n".join(letters(line) for line in (*layout.story, *used))
    left_out = {known: (text, _rule(text)) for known, text in others.items()} | rules
    removed += [Removed(*left_out[known]) for known in left_out if known not in said]
    return kept, removed


def _rule(text: str) -> str:
    """The rule for a line that was not found to be of the story."""
    folded = Line(text).folded
    names = (boilerplate.rule(where, folded) for where in boilerplate.PLACES)
    return next(filter(None, names), OUTSIDE)


def _taken(story: Sequence[str], rules: dict[str, tuple[str, str]]) -> dict[int, str]:
    """The lines that go, by number; a cue goes with the links under it."""
    taken: dict[int, str] = {}
    for number, line in enumerate(story):
        before = story[number - 1] if number else ""
        told = before.endswith(":") and number - 1 not in taken and not _is_cue(before)
        if (known := letters(line)) in rules and not told:
            taken[number] = rules[known][1]
            if number - 1 not in taken and number and _is_cue(before):
                taken[number - 1] = "related"
    return dict(sorted(taken.items()))


def _boxes(layout: Layout) -> Iterator[tuple[HtmlElement, str]]:
    """The boxes that hold no story, each with its rule."""
    for element in layout.elements:
        if layout.holds_story(element) or element.tag in ("html", "body", "main", "article"):
            continue
        said = marks(element)
        if said and (rule := next((name for name, known in _BOXES if known.search(said)), None)):
            yield element, rule


def _is_line(element: HtmlElement) -> bool:
    """Whether an element holds a line of text and no other line."""
    if element.tag in BLOCKS:
        return not any(True for _ in element.iterdescendants(*BLOCKS))
    if element.tag not in BOXES or not holds_text(element):
        return False
    if any(True for _ in element.iterdescendants(*BLOCKS, "div")):
        return False
    return element.tag == "div" or all(box.tag not in BLOCKS for box in element.iterancestors())


def _is_related(element: HtmlElement, text: str, host: str | None) -> bool:
    """Whether a line is nothing but a link to another page of this site, or to one behind a cue."""
    inside_one = next((e for e in (element, *element.iterancestors()) if e.tag == "a"), None)
    links = list(element.iter("a")) if inside_one is None else [inside_one]
    if not links or not all(_leads_on(link, host) for link in links):
        return False
    around = text if inside_one is None else ""
    for link in links:
        around = around.replace(text_of(link), " ", 1)
    if letters(around):
        return _is_cue(" ".join(around.split()))
    if inside_one is None and element.tag not in BLOCKS and element.tag != "div":
        return False
    if _is_quoted(element):
        return False
    in_list = element.tag == "li" and any(
        beside is not None and beside.tag == "li"
        for beside in (element.getprevious(), element.getnext())
    )
    words = len(text.split())
    if in_list:
        return words >= LEAST_IN_LIST
    return words >= LEAST_WORDS and not text.endswith(_SENTENCE_END)


def _is_quoted(element: HtmlElement) -> bool:
    return any(box.tag in ("blockquote", "q") for box in (element, *element.iterancestors()))


def _leads_on(link: HtmlElement, host: str | None) -> bool:
    """Whether a link leads to another page of the same site."""
    try:
        parts = urlsplit((link.get("href") or "").strip())
    except ValueError:
        return False
    if parts.scheme not in ("", "http", "https") or _NO_PAGE.search(parts.path):
        return False
    if parts.netloc:
        return host is not None and _site(parts.netloc) == _site(host)
    return bool(parts.path or parts.query)


def _site(host: str) -> str:
    return host.lower().partition(":")[0].removeprefix("www.").removeprefix("m.")


def _is_cue(text: str) -> bool:
    """Whether a line stands over headlines of other stories."""
    folded = Line(text).folded
    return bool(boilerplate.rule("list", folded) or boilerplate.rule("last", folded))
