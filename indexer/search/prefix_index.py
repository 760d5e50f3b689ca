"""Lines of text searched for how they begin, or how one of their words does, best line first.

A reader types a letter every tenth of a second. A table would have to sort ten thousand names to
give the five best that begin with «ال»; here the lines lie in order of preference in one text, and
the best are the first that are found, by the machine's fastest search.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

_END = "\n"


class PrefixIndex:
    """Lines in order of preference. They are folded as the texts that are looked for are."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "".join(f"{_END} {line}" for line in lines) + _END
        self._starts = [0, *accumulate(len(line) + 2 for line in lines)]

    def lines(self, text: str, limit: int) -> list[int]:
        """The numbers of the first ``limit`` lines that begin with ``text``.

        >>> PrefixIndex(["وزير الخارجية", "خارجية", "خارج"]).lines("خارج", 5)
        [1, 2]
        """
        return list(islice(self._found(f"{_END} {text}"), limit))

    def words(self, text: str, limit: int) -> list[int]:
        """The numbers of the first ``limit`` lines that hold ``text`` where a word begins.

        >>> PrefixIndex(["وزير الخارجية", "خارجية", "خارج"]).words("ال", 5)
        [0]
        """
        return list(islice(self._found(f" {text}"), limit))

    def inside(self, text: str, limit: int) -> list[int]:
        """The numbers of the first ``limit`` lines that hold ``text`` anywhere.

        >>> PrefixIndex(["سيرغي لافروف", "جون كيري"]).inside("غي لاف", 5)
        [0]
        """
        return list(islice(self._found(text), limit))

    def line(self, number: int) -> str:
        """One of the lines."""
        return self._text[self._starts[number] + 2 : self._starts[number + 1]]

    def completions(self, text: str, limit: int) -> Iterator[str]:
        """How the last word of ``text`` goes on at its first ``limit`` places, where a word begins.

        >>> list(PrefixIndex(["وزير الخارجية في جنيف", "وزير الدفاع"]).completions("وزير ال", 5))
        ['الخارجية', 'الدفاع']
        """
        asked = f" {text}"
        last = asked.rfind(" ") + 1
        at = self._text.find(asked)
        for _ in range(limit):
            if at < 0 or _END in text:
                return
            yield self._text[at + last : self._ends(at + last)]
            at = self._text.find(asked, at + 1)

    def _ends(self, at: int) -> int:
        """Where the word ends that ``at`` is in."""
        ends = (self._text.find(sign, at) for sign in (" ", _END))
        return min(end for end in ends if end >= 0)

    def _found(self, text: str) -> Iterator[int]:
        if _END in text[1:] or not text:
            return
        at = self._text.find(text)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(text, self._starts[number + 1])
