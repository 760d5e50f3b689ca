"""Memory that large requests leave free goes back to the system.

glibc keeps what was freed, in heaps of their own for threads: after many large requests a worker
would hold several times what it uses.
"""

import ctypes
import sys
import time

_ARENA_MAX = -8  # of mallopt
_HEAPS = 2
_EVERY = 60.0  # seconds


class Heap:
    """The memory of this process; does nothing where another allocator is used."""

    def __init__(self, every: float = _EVERY) -> None:
        library = None if sys.platform == "win32" else ctypes.CDLL(None)
        self._trim = getattr(library, "malloc_trim", None)
        self._every = every
        self._trimmed = time.monotonic()
        if limit := getattr(library, "mallopt", None):
            limit(_ARENA_MAX, _HEAPS)

    def give_back_now_and_then(self) -> None:
        """Give back what is free, at most once in so many seconds; takes some milliseconds."""
        if self._trim and time.monotonic() - self._trimmed >= self._every:
            self._trim(0)
            self._trimmed = time.monotonic()
