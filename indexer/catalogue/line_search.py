"""Lines of words, searched for those that hold some: in memory, by the machine's fastest search."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

_END = "\n"


class Lines:
    """Lines in order of preference; what is asked for comes in the same order."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "".join(f" {line} {_END}" for line in lines)
        self._starts = [0, *accumulate(len(line) + 3 for line in lines)]

    def holding(self, words: Sequence[str]) -> Iterator[int]:
        """The numbers of the lines that hold every one of these words, whole.

        >>> list(Lines(["سيرغي لافروف lavrov", "جون كيري"]).holding(["لافروف", "سيرغي"]))
        [0]
        """
        first, *others = (f" {word} " for word in sorted(words, key=len, reverse=True))
        at = self._text.find(first)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            start, end = self._starts[number], self._starts[number + 1]
            if all(self._text.find(other, start, end) >= 0 for other in others):
                yield number
            at = self._text.find(first, end)
