"""How long to wait before something that failed is tried again."""

import time
from collections.abc import Callable


class Backoff:
    """A pause that doubles with each failure and halves with each stretch of health.

    Failures within a pause are of the same kind and count once.
    """

    def __init__(
        self,
        first: float,
        longest: float,
        healthy: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first = first
        self._longest = longest
        self._healthy = healthy
        self._clock = clock
        self._next = first
        self._until = -longest

    @property
    def is_over(self) -> bool:
        """Whether it may be tried."""
        return self._clock() >= self._until

    def failed(self) -> float:
        """Begin a pause, and say how many seconds are left of it."""
        now = self._clock()
        if now >= self._until:
            stretches = min((now - self._until) // self._healthy, 64)
            pause = max(self._first, self._next / 2**stretches)
            self._until = now + pause
            self._next = min(2 * pause, self._longest)
        return self._until - now
