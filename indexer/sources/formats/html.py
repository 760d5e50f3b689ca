"""Web pages: the story as trafilatura finds it, and what the page says of itself in its head.

A page states its title, date, author and outlet in JSON-LD, in Open Graph or in plain meta tags,
in that order of trust. Dates are only taken where one is stated: guessing them from the text around
gives the date of whatever stood there.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.cleaning import dates
from indexer.sources.cleaning.datelines import read_dateline
from indexer.sources.cleaning.outlets import outlets
from indexer.sources.formats import linked_data, printed_lines
from indexer.sources.formats.encodings import declared, decode
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw

#: What servers and archives call web pages.
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
#: The names of meta tags that state a field, the most trusted first.
META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "date": (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "publishdate",
        "publish_date",
        "publish-date",
        "pubdate",
        "article_date_original",
        "date",
    ),
    "source": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"),
    "url": ("og:url",),
}
#: Types of JSON-LD objects that are the page's article.
ARTICLE = re.compile(r"Article|BlogPosting|Report|LiveBlog")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_AROUND = re.compile(
    r"author|byline|writer|date|time|publish|source|reporter|agency", re.IGNORECASE
)
_LONGEST = 90  # letters of a dateline
#: Below this share of the page's paragraphs trafilatura has lost the story.
_ENOUGH = 0.4
_TITLE_MARKS = re.compile(r"\s+(?:[|–—«»•:·-])\s+")


def split(file: File) -> Iterator[Raw]:
    """A file is a page."""
    yield file.whole_page(FORMAT.name, limits.MARKUP)


def parse(payload: bytes, url: str | None = None, charset: str | None = None) -> ParsedPage:
    """Return the page of an HTML file; ``url`` and ``charset`` are what fetching it told."""
    return page(decode(payload, charset or declared(payload)).text, url)


def encoding(payload: bytes) -> str:
    """The encoding that an HTML file is read in."""
    return decode(payload, declared(payload)).encoding


def page(text: str, url: str | None = None) -> ParsedPage:
    """Return the page of decoded HTML, or raise SourceError."""
    tree = _tree(text)
    said = dict(_stated(tree))
    story = _story(tree, text)
    if not story and not said.get("title"):
        raise SourceError("The HTML page holds no story: no paragraphs were found in it.")
    title = _title(tree, said.get("title"), said.get("source"))
    return ParsedPage(
        text="\n".join((*_around(tree, title), *_own_lines(tree, story))),
        title=title,
        date=said.get("date") or _time(tree),
        source=said.get("source"),
        author=said.get("author"),
        url=said.get("url") or _canonical(tree) or url,
    )


def _tree(text: str) -> HtmlElement:
    """The page's elements; libxml2 itself cuts off nesting that no browser would show."""
    text = _DECLARATION.sub("", text)
    try:
        return document_fromstring(text, parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"The HTML can't be parsed: {error}.") from error


def _story(tree: HtmlElement, text: str) -> str:
    """The main text, or all paragraphs where what was found is much less than they hold."""
    import trafilatura  # takes most of a second, and only web pages need it

    # What it logs of broken pages would reach the user's screen; a page without a story is told.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    found = trafilatura.extract(text, include_comments=False, include_tables=True) or ""
    paragraphs = [" ".join(p.text_content().split()) for p in tree.iter("p")]
    whole = "\n".join(p for p in paragraphs if p)
    return found if len(found) >= _ENOUGH * len(whole) else whole


def _own_lines(tree: HtmlElement, story: str) -> Iterator[str]:
    """The lines of the story without the dates of other articles that were taken for a part."""
    of_others = set(printed_lines.of_others(tree))
    return (line for line in story.splitlines() if " ".join(line.split()) not in of_others)


def _stated(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The fields that the page states; later ones win, so the most trusted come last."""
    metas = _metas(tree)
    for field, names in META.items():
        values = [metas[name] for name in names if name in metas]
        if field == "date":
            values = [value for value in values if dates.metadata(value)]
        if value := next((v for v in values if not _is_address(v) or field == "url"), None):
            yield field, value
    for thing in linked_data.things(tree):
        if ARTICLE.search(str(thing.get("@type", ""))):
            yield from _of_article(thing)
            return


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if content:
            metas.setdefault(name.strip().casefold(), content)
    return metas


def _of_article(thing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = {
        "title": thing.get("headline"),
        "date": _moment(thing.get("datePublished")) or _moment(thing.get("dateCreated")),
        "source": thing.get("publisher"),
        "author": thing.get("author"),
        "url": thing.get("url"),
    }
    for field, value in names.items():
        if name := _name(value):
            yield field, name


def _moment(value: object) -> str | None:
    """A date as text, if it is one: also milliseconds since 1970, and «@value»."""
    if isinstance(value, list):
        return next(filter(None, map(_moment, value)), None)
    if isinstance(value, dict):
        return _moment(value.get("@value"))
    text = str(value) if isinstance(value, str | int | float) else ""
    return text if dates.metadata(text) else None


def _name(value: object) -> str:
    """A text, or the names of things or of several, as schema.org writes them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "، ".join(filter(None, map(_name, value)))
    return _name(value.get("name")) if isinstance(value, dict) else ""


def _title(tree: HtmlElement, stated: str | None, source: str | None) -> str | None:
    """The stated title, the only heading, or the window's title, without the outlet's name."""
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    if stated is None and len(headings) == 1:
        return headings[0]
    title = stated or next((t.text_content() for t in tree.iter("title")), "")
    parts = _TITLE_MARKS.split(" ".join(title.split()))
    kept = [part for part in parts if part and part != source and not outlets().named(part)]
    if len(parts) > 1 and len(kept) < len(parts):
        return max(kept, key=len, default=None)
    return " ".join(title.split()) or None


def _time(tree: HtmlElement) -> str | None:
    """The first machine-readable time of the page that belongs to an article, or to no other.

    One that says of itself that it is of an update is none.
    """
    times = [time for time in tree.iter("time") if dates.metadata(time.get("datetime") or "")]
    times = [time for time in times if not printed_lines.is_aside(time)]
    stated = [t for t in times if "publish" in (t.get("itemprop") or t.get("class") or "").lower()]
    times = [time for time in times if time in stated or not _is_update(time)]
    inside = [t for t in times if any(a.tag == "article" for a in t.iterancestors())]
    only = times if len(times) == 1 else []
    return next((time.get("datetime") for time in (*stated, *inside[:1], *only)), None)


def _is_update(time: HtmlElement) -> bool:
    marks = f"{time.get('class')} {time.get('itemprop')}".lower()
    before = time.getprevious()
    beside = (time.getparent().text or "") if before is None else (before.tail or "")
    if before is not None and not beside.strip():
        beside = before.text_content() if isinstance(before.tag, str) else ""
    said = f"{beside[-40:]} {time.text_content()[:80]}"
    if not dates.stated(said):
        said = f"{said} {time.get('datetime')}"
    return "updat" in marks or "modif" in marks or dates.is_update(said)


def _around(tree: HtmlElement, title: str | None) -> Iterator[str]:
    """Datelines and dates that stand in elements of their own, which finding the story drops."""
    seen = set()
    for line in printed_lines.near_title(tree, title):
        seen.add(line)
        yield line
    for element in tree.iter("span", "div", "p", "time", "address", "a", "li"):
        marks = f"{element.get('class')} {element.get('id')} {element.get('itemprop')}"
        if element.tag not in ("time", "address") and not _AROUND.search(marks):
            continue
        glued = " ".join(element.text_content().split())
        if not 0 < len(glued) <= _LONGEST:
            continue
        # Day, month and year may each be an element, with nothing but its border between them.
        for line in dict.fromkeys((glued, " ".join(" ".join(element.itertext()).split()))):
            if line not in seen:
                seen.add(line)
                if dates.alone(line) or read_dateline(line):
                    if not printed_lines.is_aside(element):
                        yield line
                    break


def _canonical(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical":
            return str(link.get("href"))
    return None


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://", "//"))


#: Of every format whose pages may be web pages.
LIBRARIES = ("lxml", "trafilatura")
FORMAT = Format("html", (".html", ".htm", ".xhtml"), split, parse, encoding, LIBRARIES)
