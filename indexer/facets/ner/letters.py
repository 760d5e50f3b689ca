"""What sort of word a word is by its letters: an Arab's name, a foreign one, a place, none.

For words that no table knows, and those that are a name and an ordinary word. Names of unknown
people are where a model of names fails most, and their letters are like those of names that other
languages have too (Darwish, «Named entity recognition using cross-lingual resources: Arabic as an
example», ACL 2013, asks whether a transliteration is one).
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from indexer.facets.tables import rows

#: What a word can be; in the order of the table's columns, which say what speaks against the last.
ARAB, FOREIGN, PLACE, ORDINARY = range(4)
#: Letters in a row that are looked at.
LONGEST = 4
#: Lengths from which on words are of one length.
LONG = 9
#: The table's numbers are so many times natural logarithms.
SCALE = 10
#: Logarithms of odds beyond these are one.
MOST, _FAR = 4, 20.0
#: So many steps of how clear the likeliest sort is.
CLEAR = 3
ARTICLE = "ال"


class LetterEvidence(NamedTuple):
    """How probable each sort is, in logarithms of its odds, rounded; the likeliest, how clear."""

    odds: tuple[int, ...]
    likeliest: str


def clear_sort(classes: str, city: bool) -> int | None:
    """The sort of a word that tables know, None where they don't or leave it open.

    ``classes`` are those of ``lexemes.tsv``.
    """
    letters = set(classes)
    if letters & {"g", "s"} and letters <= set("gsf"):
        return ARAB
    if letters <= {"f"} and city:
        return PLACE
    if letters == {"f"}:
        return FOREIGN
    return ORDINARY if letters and letters <= set("ov") and not city else None


def pieces(word: str) -> Iterator[str]:
    """Letters in a row of a word on the exact layer, with its ends, article and length.

    >>> " ".join(pieces("الصدر"))
    'ال+ #3 ^ ص د ر $ ^ص صد در ر$ ^صد صدر در$ ^صدر صدر$'
    """
    bare = word.removeprefix(ARTICLE) if len(word) > 4 else word
    if bare != word:
        yield f"{ARTICLE}+"
    yield f"#{min(len(bare), LONG)}"
    padded = f"^{bare}$"
    for size in range(1, LONGEST + 1):
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]


class LetterClassifier:
    """A logistic regression over the pieces of words."""

    def __init__(self) -> None:
        self._odds = {
            piece: (int(arab), int(foreign), int(place))
            for piece, arab, foreign, place in rows("name_letters.tsv")
        }

    def evidence(self, word: str) -> LetterEvidence:
        """What a word's letters say of it."""
        totals = [0] * ORDINARY
        for piece in pieces(word):
            for sort, odds in enumerate(self._odds.get(piece, ())):
                totals[sort] += odds
        shares = [math.exp(max(-_FAR, min(_FAR, total / SCALE))) for total in totals] + [1.0]
        everything = sum(shares)
        best = max(range(len(shares)), key=shares.__getitem__)
        return LetterEvidence(
            tuple(_step(share / (everything - share)) for share in shares),
            f"{best}:{int(CLEAR * shares[best] / everything)}",
        )


def _step(odds: float) -> int:
    return max(-MOST, min(MOST, round(math.log(odds))))


@cache
def default_letters() -> LetterClassifier:
    """The table, read once."""
    return LetterClassifier()
