"""Text typed with the wrong keyboard switched on: «hgdlk» lies where «اليمن» does."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from indexer.text.tables import rows

#: What no word in Latin letters looks like: keys of letters beside them that are signs there, the
#: article («hg»), and no vowel in four letters.
_ODD = re.compile(r"\S*[a-z][\[\],;`][a-z]\S*|hg\S{3,}|[^aeiouy.'\s]{4,}", re.IGNORECASE)
_MOST_READINGS = 8  # of one word; «لا» is one key or two


class Keyboard(NamedTuple):
    """A Latin layout and the Arabic one on the same keys."""

    arabic: dict[str, str]  # by Latin sign
    latin: dict[str, tuple[str, ...]]  # by Arabic sign, or two of them

    def to_arabic(self, typed: str) -> str | None:
        """The Arabic on the same keys, or None where a sign lies on no key of a letter.

        >>> keyboards()[0].to_arabic("hgdlk")
        'اليمن'
        """
        found = [self.arabic.get(key) or self.arabic.get(key.lower()) for key in typed]
        return "".join(letter for letter in found if letter) if all(found) else None

    def to_latin(self, typed: str) -> Iterator[str]:
        """The Latin words on the same keys, lower case; some Arabic signs are one key or two.

        >>> list(keyboards()[0].to_latin("نثققغ"))
        ['kerry']
        """
        pieces: list[tuple[str, ...]] = []
        at = 0
        while at < len(typed):
            pair, one = self.latin.get(typed[at : at + 2], ()), self.latin.get(typed[at], ())
            if len(typed[at : at + 2]) == 2 and pair:
                apart = ["".join(keys) for keys in product(one, self.latin.get(typed[at + 1], ()))]
                pieces.append((*pair, *apart))
                at += 2
            elif one:
                pieces.append(one)
                at += 1
            else:
                return
        for number, keys in enumerate(product(*pieces)):
            if number == _MOST_READINGS:
                return
            yield "".join(keys)


def is_odd(typed: str) -> bool:
    """Whether something typed can hardly be meant in Latin letters.

    >>> is_odd("s,vdh"), is_odd("hguvhr"), is_odd("gfkhk"), is_odd("land")
    (True, True, True, False)
    """
    return bool(_ODD.fullmatch(typed))


@cache
def keyboards() -> tuple[Keyboard, ...]:
    """The pairs of layouts, common ones first."""
    found = []
    columns = ("name", "latin", "arabic")
    for _, keys, letters in rows("indexer.search.repair", "keyboards.tsv", columns):
        pairs = list(zip(keys.split(" "), letters.split(" "), strict=True))
        latin: dict[str, tuple[str, ...]] = {}
        for key, letter in pairs:
            if key.isalpha() and key.islower():
                latin[letter] = (*latin.get(letter, ()), key)
        found.append(Keyboard(dict(pairs), latin))
    return tuple(found)
