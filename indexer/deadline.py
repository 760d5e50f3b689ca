"""How long the work for a request may take: a limit that whatever works for it can ask about.

Nothing is interrupted. Who does one thing after another asks ``is_over`` between them and, where it
is, leaves the rest out; so an answer holds what was found until then, and ``was_missed`` says so.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

clock = time.monotonic


class OutOfTime(Exception):
    """The time was up in what can't be given in part; caught by whoever can do without it."""


class Deadline:
    """A limit of its own for work that is done piece by piece; 0 seconds is none."""

    def __init__(self, seconds: float) -> None:
        self.ends = clock() + seconds if seconds else inf
        self.missed = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """What is done in the block has this limit, whatever limit there is around it."""
        token = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(token)


_CURRENT: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give what is done in the block so many seconds, unless it has a limit already; 0 is none."""
    if not seconds or _CURRENT.get() is not None:
        yield
        return
    with Deadline(seconds).running():
        yield


def is_over() -> bool:
    """Whether the time is up, for whoever then leaves something out."""
    current = _CURRENT.get()
    if current is None:
        return False
    if not current.missed and clock() >= current.ends:
        current.missed = True
    return current.missed


def was_missed() -> bool:
    """Whether something was left out because the time was up."""
    current = _CURRENT.get()
    return current is not None and current.missed


def check() -> None:
    """Raises ``OutOfTime`` where the time is up."""
    if is_over():
        raise OutOfTime
