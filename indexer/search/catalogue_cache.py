"""What is made out of a catalogue and kept in memory until the catalogue changes."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from indexer.catalogue import Catalogue, HeldState

T = TypeVar("T")


class CatalogueCache(Generic[T]):
    """One value read from a catalogue; safe to share between threads.

    It is read when it is first asked for. When the catalogue changes it is read anew beside the
    answering, which goes on with the old one meanwhile: a reader who types can't wait.
    """

    def __init__(self, catalogue: Catalogue, read: Callable[[Catalogue], T]) -> None:
        self._catalogue = catalogue
        self._read = read
        self._known: tuple[tuple[int, int], T] | None = None
        self._reading = threading.Lock()

    def current(self) -> T:
        """The value, not always of this moment; see the class."""
        known = self._known
        if known is None:
            with self._reading:
                known = self._known = self._known or self._anew()
        elif known[0] < self._catalogue.state() and self._reading.acquire(blocking=False):
            held = self._catalogue.held
            if held:
                held.take()
            threading.Thread(target=self._refresh, args=[held], daemon=True).start()
        return known[1]

    def at_hand(self) -> T | None:
        """The value if it has been read, for who can do without."""
        return self._known[1] if self._known else None

    def _anew(self) -> tuple[tuple[int, int], T]:
        return self._catalogue.state(), self._read(self._catalogue)

    def _refresh(self, held: HeldState | None) -> None:
        """Read anew, and let go of the lock and of the state that ``current`` took."""
        try:
            with self._catalogue.reading(held):
                self._known = self._anew()
        finally:
            self._reading.release()
            if held:
                held.let_go()
