"""Counts as shades: a few steps, wider and wider, so that small numbers are seen too."""

import math
from bisect import bisect_left
from collections.abc import Iterable

STEPS = 5


class Shades:
    """Shades 1 to ``STEPS`` for counts up to the greatest, by their cube roots; 0 for none.

    >>> shades = Shades([0, 1, 100, 1000])
    >>> [shades.of(count) for count in (0, 1, 100, 1000)]
    [0, 1, 3, 5]
    """

    def __init__(self, counts: Iterable[int]) -> None:
        most = max(counts, default=0)
        # The greatest count of each shade: whole numbers, so that the legend tells the truth.
        self._lasts = [math.floor(most * (step / STEPS) ** 3) for step in range(1, STEPS)] + [most]

    def of(self, count: int) -> int:
        """The shade of a count."""
        return 1 + bisect_left(self._lasts, count) if count > 0 else 0

    def ranges(self) -> list[tuple[int, int, int]]:
        """(shade, least, most) of each shade that a count can have, for a legend."""
        firsts = [1, *(last + 1 for last in self._lasts)]
        return [
            (shade, first, last)
            for shade, (first, last) in enumerate(zip(firsts, self._lasts, strict=False), 1)
            if first <= last
        ]
