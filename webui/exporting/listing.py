"""What every format writes: all results of a request, and what is said of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from indexer.search.results import Result, SearchPage
from webui import language, links
from webui.citing import Reference
from webui.params import Note
from webui.request_lines import RequestLine

#: Bytes that are handed on at once: small pieces would cost more than what they hold.
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Listing:
    """The results of ``page``'s request, all of them, to be taken once.

    ``day`` is the day on which they are taken along, ``lang`` the language of what reads them.
    ``asked`` says what was asked for.
    """

    page: SearchPage
    results: Iterable[Result]
    to: links.Links
    lang: str
    day: dt.date
    asked: tuple[RequestLine, ...] = ()
    notes: tuple[Note, ...] = ()

    def address(self, result: Result) -> str:
        """Where a result is to be read in this archive."""
        return self.to.absolute(self.to.article(result.record.article.id))

    def source(self, result: Result) -> str:
        """The source of a result as the language calls it."""
        source = result.record.article.source or ""
        return language.name_of((source, result.source_en), "", self.lang)

    def reference(self, result: Result) -> Reference:
        """A result as it is cited."""
        article = result.record.article
        address = links.web_address(article.url) or self.address(result)
        return Reference(article, self.source(result), address, self.day)


class Format(NamedTuple):
    """A way to write all results: its name, the type of its files, their ending, and who writes.

    ``name`` is in English where it isn't the same in all languages.
    """

    name: str
    mimetype: str
    ending: str
    write: Callable[[Listing], Iterator[bytes]]


def in_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Texts one after another as UTF-8, many at once."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
