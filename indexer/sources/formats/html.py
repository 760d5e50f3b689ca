"""Web pages: the story as trafilatura finds it, and what the page says of itself in its head.

A page states its title, date, author and outlet in JSON-LD, in Open Graph or in plain meta tags,
in that order of trust. Dates are only taken where one is stated: guessing them from the text around
gives the date of whatever stood there.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from indexer.errors import SourceError
from indexer.model import Removed
from indexer.sources import limits
from indexer.sources.cleaning import dates
from indexer.sources.cleaning.datelines import read_author, read_dateline
from indexer.sources.cleaning.site_names import OUTLET, Titled, without_site
from indexer.sources.formats import linked_data, printed_authors, printed_lines
from indexer.sources.formats.encodings import declared, decode
from indexer.sources.formats.format import File, Format
from indexer.sources.formats.furniture import furniture
from indexer.sources.formats.layout import Layout, text_of
from indexer.sources.formats.leads import leads
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
#: A start tag with more attributes than anybody writes: libxml2 compares each with all before it.
_CROWDED_TAG = re.compile(
    r"""<([a-zA-Z][\w:-]{0,30})(?=[\s/])(?:[^<>"']|"[^"]*"|'[^']*'){5000,}>?"""
)
_LONGEST = 90  # letters of a dateline
#: Below this share of the page's paragraphs trafilatura has lost the story.
_ENOUGH = 0.4
#: Types of those that are the site or who publishes it.
SITE = re.compile(r"WebSite|Organization")


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
    text = _CROWDED_TAG.sub(r"<\1>", text)
    tree = _tree(text)
    metas, things = _metas(tree), list(linked_data.things(tree))
    said = dict(_stated(metas, things))
    story = _story(tree, text)
    if not story and not said.get("title"):
        raise SourceError("The HTML page holds no story: no paragraphs were found in it.")
    title, cut = _title(tree, said.get("title"), _names(metas, things, said.get("source")))
    address = said.get("url") or _canonical(tree) or url
    layout = Layout(tree, list(_own_lines(tree, story)), title)
    byline = printed_authors.author(layout)
    around, lead = list(_around(tree, title)), list(leads(layout))
    used = (title, *around, *lead, byline[1] if byline else "")
    lines, removed = furniture(layout, _host(address), used)
    return ParsedPage(
        text="\n".join((*around, *_with_lead(lines, lead, layout))),
        title=title or None,
        date=said.get("date") or _time(tree),
        source=said.get("source"),
        author=_author(said.get("author"), byline),
        url=address,
        removed=(*removed, *(Removed(name, OUTLET) for name in cut)),
    )


def _with_lead(story: list[str], lead: list[str], layout: Layout) -> Iterator[str]:
    """The story's lines, the lead before its first paragraph."""
    first = layout.story[layout.line] if layout.story else ""
    for line in story:
        if line == first:
            yield from lead
            first = ""
        yield line


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
    whole = "\n".join(filter(None, map(text_of, tree.iter("p"))))
    return found if len(found) >= _ENOUGH * len(whole) else whole


def _own_lines(tree: HtmlElement, story: str) -> Iterator[str]:
    """The lines of the story without the dates of other articles that were taken for a part."""
    of_others = set(printed_lines.of_others(tree))
    return (line for line in story.splitlines() if " ".join(line.split()) not in of_others)


def _stated(
    metas: Mapping[str, str], things: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """The fields that the page states; later ones win, so the most trusted come last."""
    for field, names in META.items():
        values = [metas[name] for name in names if name in metas]
        if field == "date":
            values = [value for value in values if dates.metadata(value)]
        if value := next((v for v in values if not _is_address(v) or field == "url"), None):
            yield field, value
    for thing in things:
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


def _title(tree: HtmlElement, stated: str | None, names: Iterable[str]) -> Titled:
    """The stated title, the only heading, or the window's title, without the site's name."""
    headings = [text for h in tree.iter("h1") if (text := text_of(h))]
    windows = [text for t in tree.iter("title") if (text := text_of(t))][:1]
    only = headings[0] if len(headings) == 1 else None
    title = stated or only or next(iter(windows), "")
    printed = [text for text in (*headings, *windows) if text != title]
    if title in headings:
        printed = []  # the page prints all of it
    return without_site(title, list(names), printed)


def _names(
    metas: Mapping[str, str], things: Iterable[Mapping[str, Any]], source: str | None
) -> Iterator[str]:
    """What the page calls its site."""
    if source:
        yield source
    yield from (metas[name] for name in META["source"] if name in metas)
    for thing in things:
        if SITE.search(str(thing.get("@type", ""))) and (name := _name(thing.get("name"))):
            yield name


def _author(stated: str | None, byline: tuple[str, str] | None) -> str | None:
    """The stated author, or the printed one where the stated is no person."""
    if byline and not (stated and read_author(" ".join(stated.split()))):
        return byline[0]
    return stated


def _host(address: str | None) -> str | None:
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


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
        glued = text_of(element)
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
