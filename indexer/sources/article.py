"""From one raw page to an article: parse, clean, and settle title, date, source and author."""

import datetime as dt
import re
from collections.abc import Iterable
from hashlib import blake2b

from indexer.errors import SourceError
from indexer.model import Article, DateOrigin, Removed
from indexer.sources import limits
from indexer.sources.cleaning import dates, letter_order, site_names
from indexer.sources.cleaning.datelines import inline_source, read_author
from indexer.sources.cleaning.language import language
from indexer.sources.cleaning.outlets import Outlet, outlets
from indexer.sources.cleaning.story import Cleaned, clean
from indexer.sources.formats import BY_NAME
from indexer.sources.formats.field_limits import bounded
from indexer.sources.formats.markup import plain
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw

_ARABIC = re.compile(r"[\u0621-\u064a]{2}")


def read(raw: Raw) -> Article:
    """Return the article of a raw page, or raise SourceError with the reason.

    It looks at nothing but ``raw``, so pages can be read in any process and order.
    """
    page = bounded(BY_NAME[raw.format].parse(raw.payload))
    if len(page.text) > limits.PAGE:
        raise SourceError(f"The page is over {limits.PAGE // 10**6} MB of text.")
    return _article(page, raw)


def encoding(raw: Raw) -> str:
    """The encoding in which a page's bytes are read; what an archive's answer declares is in it."""
    return BY_NAME[raw.format].encoding(raw.payload)


def _article(page: ParsedPage, raw: Raw) -> Article:
    text, title, turned = _in_order(plain(page.text), _line(page.title))
    cleaned = clean(text, title)
    if not cleaned.title and not cleaned.paragraphs and (only := _only_line(text)):
        cleaned = Cleaned(only, (), (), (), ())
    body = "\n".join(cleaned.paragraphs)
    stated = [page.source] if page.source else []
    title, cut = site_names.without_site(cleaned.title or first_words(body), stated)
    outlet = _outlet(cut)
    if not title:
        source = _source(page, cleaned, outlet)
        raise SourceError("The page holds no words that could be indexed.", source)
    date, origin = _date(page, cleaned)
    return Article(
        id=page.id or raw.hint or _hash(page.url or f"{title}\n{body}"),
        title=title,
        body=body,
        date=date,
        date_origin=origin,
        source=_source(page, cleaned, outlet),
        author=_author(page, cleaned),
        url=page.url,
        language=language(f"{body}\n{title}"),
        removed=(
            *turned,
            *page.removed,
            *cleaned.removed,
            *(Removed(name, site_names.OUTLET) for name in cut),
        ),
        origin=raw.origin,
    )


def _in_order(text: str, title: str | None) -> tuple[str, str | None, tuple[Removed, ...]]:
    """Text and title with their letters in the order of reading, and what says so if turned."""
    turned: tuple[Removed, ...] = ()
    if letter_order.is_backwards(f"{title or ''}\n{text}"):
        turned = (Removed(text.strip().partition("\n")[0], letter_order.BACKWARDS),)
        text, title = letter_order.turned(text), title and letter_order.turned(title)
    return letter_order.unswapped(text), title and letter_order.unswapped(title), turned


def _only_line(text: str) -> str | None:
    """The one line of a page that has no other: a headline, whatever its words look like."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 and _ARABIC.search(lines[0]) else None


def _date(page: ParsedPage, cleaned: Cleaned) -> tuple[dt.date | None, DateOrigin | None]:
    """The date and where it stands; an address is believed before a line of the page."""
    if page.date and (date := dates.metadata(page.date)):
        return date, "metadata"
    if page.url and (date := dates.in_url(page.url)):
        return date, "url"
    if cleaned.dates:
        return cleaned.dates[0], "text"
    if page.seen and (anchor := dates.metadata(page.seen)):
        day = dates.relative(" ".join(cleaned.paragraphs[:2]), anchor)
        return day, "text" if day else None
    return None, None


def _source(page: ParsedPage, cleaned: Cleaned, titled: Outlet | None) -> str | None:
    """The outlet's name: of the metadata, else of address, title or dateline."""
    if page.source:
        known = outlets().named(page.source) or outlets().of_url(page.source)
        return known.name if known else page.source
    if page.url and (known := outlets().of_url(page.url)):
        return known.name
    if titled:
        return titled.name
    named = next((line.source for line in cleaned.datelines if line.source), None)
    return named or inline_source(next(iter(cleaned.paragraphs), ""))


def _author(page: ParsedPage, cleaned: Cleaned) -> str | None:
    """The person who wrote it; fields named «author» hold datelines as often as names."""
    if page.author:
        return read_author(_line(page.author) or "")
    return next((line.author for line in cleaned.datelines if line.author), None)


def _line(text: str | None) -> str | None:
    return " ".join(plain(text).split()) or None if text else None


def _outlet(names: Iterable[str]) -> Outlet | None:
    """The first of these names that is an outlet's."""
    return next(filter(None, map(outlets().named, names)), None)


def first_words(body: str) -> str:
    """The beginning of a story that has no title, up to a sentence's end or 120 letters."""
    first = body.partition("\n")[0]
    sentence = re.split(r"(?<=[.!?؟])\s", first)[0]
    return sentence if len(sentence) <= 120 else sentence[:120].rsplit(" ", 1)[0] + "…"


def _hash(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()
