"""A page as it was found, before anything in it is understood.

Walking finds raw pages in one process, reading understands them in many: what crosses between them
is bytes and a few words, and equal bytes need not be understood twice.
"""

import os
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Raw:
    """One page's bytes.

    ``origin`` names the page for people («news.jsonl:12»); ``container`` is the absolute path of
    the file that held it; ``format`` is the name of one of ``FORMATS``; ``hint`` is what the file's
    name says about its identity, if anything.
    """

    origin: str
    container: str
    format: str
    payload: bytes
    hint: str = ""

    @property
    def digest(self) -> str:
        """A hash of all that reading depends on: equal digests give equal articles."""
        head = f"{self.format}\0{self.hint}\0".encode()
        return blake2b(head + self.payload, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not become a page, and why, in a sentence for the user.

    ``source`` is the page's outlet, where so much could be read.
    """

    origin: str
    why: str
    source: str | None = None


def unexpected(error: Exception) -> str:
    """Why a page was skipped that made a reader fail, in a sentence that names the failure."""
    said = " ".join(str(error).split())[:200]
    return f"Reading it failed ({type(error).__name__}{f': {printable(said)}' if said else ''})."


def printable(name: Path | str) -> str:
    """A path or address on one line and in valid Unicode, whatever bytes it holds.

    >>> printable("two\\nlines.txt")
    'two\\\\nlines.txt'
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
