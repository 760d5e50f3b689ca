"""How long the work for a request may take: a limit that whatever works for it can ask about.

Nothing is interrupted. Who does one thing after another asks ``is_over`` between them and, where it
is, leaves the rest out; so an answer holds what was found until then, and ``was_missed`` says so.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

clock = time.monotonic


class OutOfTime(Exception):
    """The time was up in what can't be given in part; caught by whoever can do without it."""


class _Deadline:
    def __init__(self, ends: float) -> None:
        self.ends = ends
        self.missed = False


_CURRENT: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give what is done in the block so many seconds, unless it has a limit already; 0 is none."""
    if not seconds or _CURRENT.get() is not None:
        yield
        return
    token = _CURRENT.set(_Deadline(clock() + seconds))
    try:
        yield
    finally:
        _CURRENT.reset(token)


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
