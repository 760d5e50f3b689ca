"""Fields of a page as an index can keep them: whole characters, sensible lengths, one line.

A record may hold anything: halves of characters, which no file can hold, an id of a megabyte, an
address with half a host. What is put right or left out is told as removed.
"""

import re
from dataclasses import replace
from hashlib import blake2b
from urllib.parse import urlsplit

from indexer.model import Removed
from indexer.sources import limits
from indexer.sources.formats.page import ParsedPage

#: Why a field is left out, or shortened: the names of the rules.
LONG, BROKEN = "overlong field", "broken address"
#: Letters of what is left out that are told.
_TOLD = 80
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")
#: Steps in an address that browsers take before they ask for a page.
_STEP = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")


def bounded(page: ParsedPage) -> ParsedPage:
    """The page with an id, outlet, author and address that are right, or without them.

    A title that is too long is the beginning of the text. An id that is too long, or that no
    address of a page can hold, is told apart by a hash.
    """
    removed: list[Removed] = []
    title, text = page.title, page.text
    if title and len(title) > limits.TITLE:
        title, text = None, f"{title}\n{text}"

    def kept(value: str | None, most: int) -> str | None:
        line = _UNPRINTABLE.sub(" ", value or "").strip()
        if len(line) > most:
            removed.append(Removed(line[:_TOLD], LONG))
            return None
        return line or None

    id = identity(page.id)
    if id != page.id and page.id and len(page.id) > limits.ID:
        removed.append(Removed(_UNPRINTABLE.sub(" ", page.id[:_TOLD]), LONG))
    url = kept(page.url, limits.ADDRESS)
    if url and not _is_address(url):
        removed.append(Removed(url[:_TOLD], BROKEN))
        url = None
    return replace(
        page,
        text=text,
        title=title,
        id=id,
        url=url,
        source=kept(page.source, limits.NAME),
        author=kept(page.author, limits.NAME),
        removed=(*page.removed, *removed),
    )


def identity(stated: str | None) -> str | None:
    """The id that a page states, as it can stand in addresses; None where it states none.

    >>> identity("two\\nlines")
    'two lines'
    """
    id = _UNPRINTABLE.sub(" ", stated or "").strip()
    if stated and (len(id) > limits.ID or _STEP.search(id)):
        return blake2b(stated.encode(errors="replace"), digest_size=8).hexdigest()
    return id or None


def _is_address(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:  # half an IPv6 address
        return False
    return True
