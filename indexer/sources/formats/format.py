"""What a format is: how its files fall into pages, and how one page is parsed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from indexer.errors import SourceError
from indexer.sources.formats import encodings
from indexer.sources.formats.page import ParsedPage
from indexer.sources.raw import Raw, Skipped, printable

#: Names under which a web server keeps one page of each folder.
EVERYWHERE = frozenset(("index", "default", "home", "amp"))


@dataclass(frozen=True, slots=True)
class File:
    """An open file: ``stream`` gives its bytes, unpacked; ``name`` has no «.gz» any more."""

    origin: str
    container: str
    name: Path
    stream: IO[bytes]

    @property
    def ending(self) -> str:
        """The end of the name, as ``Format.endings`` has it."""
        return self.name.suffix.lower()

    @property
    def hint(self) -> str:
        """What the name says of the file's one page; «index.html» says it by its folder."""
        stem = self.name.stem
        folder = self.name.absolute().parent.name
        return printable(f"{folder}-{stem}" if stem in EVERYWHERE else stem)

    def read(self, limit: int, what: str, advice: str = "") -> bytes:
        """All bytes; raises SourceError if they are more than ``limit``."""
        payload = self.stream.read(limit + 1)
        if len(payload) > limit:
            raise SourceError(f"{what} is over {limit // 10**6} MB{advice}.")
        return payload

    def refuse_damaged(self) -> None:
        """Raise SourceError if the compressed file, as far as it was read, broke off."""
        if damage := getattr(self.stream, "damage", ""):
            raise SourceError(f"The compressed file is damaged: {damage}.")

    def page(self, format: str, payload: bytes, place: object = "") -> Raw:
        """One page of many, found at ``place``: a number, an address."""
        return Raw(f"{self.origin}:{place}", self.container, format, payload)

    def whole_page(self, format: str, limit: int) -> Raw:
        """The one page that the file is; raises SourceError if it can't be one."""
        payload = self.read(limit, "The page")
        self.refuse_damaged()
        if not payload.strip():
            raise SourceError("The file is empty.")
        return Raw(self.origin, self.container, format, payload, self.hint)


@dataclass(frozen=True, slots=True)
class Format:
    """One way of keeping pages.

    ``split`` gives the raw pages of a file that has one of these ``endings``, each ``format`` of
    theirs being ``name``; where it raises SourceError, the rest of the file is skipped. ``parse``
    gives what a raw page's payload says, and ``encoding`` what its bytes are read in; both raise
    SourceError for what is no page. They run in other processes than ``split``. ``libraries`` are
    those whose releases decide what is read out of such pages.

    A page's digest holds the name, so another name means that all pages are read anew.
    """

    name: str
    endings: tuple[str, ...]
    split: Callable[[File], Iterator[Raw | Skipped]]
    parse: Callable[[bytes], ParsedPage]
    encoding: Callable[[bytes], str] = encodings.encoding
    libraries: tuple[str, ...] = ()
