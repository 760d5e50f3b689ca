"""One state of a catalogue's file, held for reading while others write to it."""

import sqlite3
import threading
from itertools import count
from typing import NamedTuple

_SERIALS = count(1)


class CommitMark(NamedTuple):
    """How many commits an index has had, and whether the last of them is wholly written."""

    number: int = 0
    whole: bool = True

    @classmethod
    def parse(cls, text: str | None) -> "CommitMark":
        """What ``str`` wrote; an index without a mark has only whole commits."""
        number, _, begun = (text or "0").partition(" ")
        return cls(int(number), not begun)

    def __str__(self) -> str:
        return str(self.number) if self.whole else f"{self.number} begun"


class HeldState:
    """A connection whose one transaction sees the file as it was at its begin.

    It is closed when all who took it have let it go; who makes it is the first of them.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        #: Greater than that of any older one.
        self.serial = next(_SERIALS)
        self._takers = 1
        self._counting = threading.Lock()

    def take(self) -> None:
        """Keep it open until it is let go once more."""
        with self._counting:
            self._takers += 1

    def let_go(self) -> None:
        """The last one closes it."""
        with self._counting:
            self._takers -= 1
            if not self._takers:
                self.connection.close()
