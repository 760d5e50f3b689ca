"""Lines of text searched for how they begin, or how one of their words does, best line first.

A reader types a letter every tenth of a second. A table would have to sort ten thousand names to
give the five best that begin with «ال»; here the lines lie in order of preference in one text, and
the best are the first that are found, by the machine's fastest search.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

_END = "\n"


class Beginnings:
    """Lines in order of preference. They are folded as the texts that are looked for are."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "".join(f"{_END} {line}" for line in lines) + _END
        self._starts = [0, *accumulate(len(line) + 2 for line in lines)]

    def lines(self, text: str, limit: int) -> list[int]:
        """The numbers of the first ``limit`` lines that begin with ``text``.

        >>> Beginnings(["وزير الخارجية", "خارجية", "خارج"]).lines("خارج", 5)
        [1, 2]
        """
        return list(islice(self._found(f"{_END} {text}"), limit))

    def words(self, text: str, limit: int) -> list[int]:
        """The numbers of the first ``limit`` lines that hold ``text`` where a word begins.

        >>> Beginnings(["وزير الخارجية", "خارجية", "خارج"]).words("ال", 5)
        [0]
        """
        return list(islice(self._found(f" {text}"), limit))

    def _found(self, text: str) -> Iterator[int]:
        if _END in text[1:]:
            return
        at = self._text.find(text)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(text, self._starts[number + 1])
