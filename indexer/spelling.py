"""Words that are a slip of the hand or two apart, and which of them the writer meant."""

from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.catalogue import Catalogue

_ARABIC = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
#: Rows of the Arabic (101) keyboard, the key of «ض» first; folded letters only.
_KEYBOARD = (
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "  ءر يهوزظ",
)
#: Letters that sound alike to many and are written for one another.
_CONFUSED = frozenset(
    frozenset(pair)
    for pair in (
        "ضظ",
        "دض",
        "ذز",
        "ذد",
        "ثس",
        "ثت",
        "تط",
        "سص",
        "كق",
        "قغ",
        "حه",
        "جغ",
        "ءا",
        "يء",
        "وء",
    )
)
_WORSE = 4.0  # how much an ordinary slip must be made up for by the logarithm of frequency


def similar(form: str, distance: int, catalogue: Catalogue) -> list[str]:
    """The indexed forms at most ``distance`` letters away, nearest and most frequent first.

    Distance is optimal string alignment: letters left out, added, changed, or two neighbours
    exchanged. One letter away is looked up, two are searched for among words of like length.
    """
    if distance <= 1:
        known = catalogue.known(neighbours(form) | {form})
    else:
        around = catalogue.of_length(len(form) - distance, len(form) + distance)
        near = process.extract(
            form, around.keys(), scorer=OSA.distance, score_cutoff=distance, limit=None
        )
        known = {one: around[one] for one, _, _ in near}
    return sorted(known, key=lambda one: (OSA.distance(form, one), -known[one], one))


def corrected(form: str, catalogue: Catalogue) -> str | None:
    """The indexed form that was most likely meant, one slip away; None when there is none.

    Slips between letters that sound alike or lie side by side on the keyboard are likelier than
    others, and frequent words likelier than rare ones.
    """
    known = catalogue.known(neighbours(form))
    return max(
        known,
        key=lambda one: (log(1 + known[one]) - _WORSE * _slip(form, one), one),
        default=None,
    )


def neighbours(word: str) -> set[str]:
    """All strings one letter away: one left out, added, changed, or two exchanged.

    >>> "لودريان" in neighbours("لوريان")
    True
    """
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    letters = _LATIN if word.isascii() else _ARABIC
    near = {head + tail[1:] for head, tail in splits if tail}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    near |= {head + letter + tail[1:] for head, tail in splits if tail for letter in letters}
    near |= {head + letter + tail for head, tail in splits for letter in letters}
    return near - {word, ""}


def _slip(one: str, other: str) -> float:
    """How surprising it is to write ``one`` for ``other``, a letter apart: 0 to 1."""
    if len(one) != len(other):
        return 0.75
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(changed) > 1:  # exchanged
        return 0.5
    a, b = changed[0]
    if {a, b} in _CONFUSED:
        return 0.25
    return 0.5 if _side_by_side(a, b) else 1.0


def _side_by_side(a: str, b: str) -> bool:
    places = {key: (row, at) for row, keys in enumerate(_KEYBOARD) for at, key in enumerate(keys)}
    if a not in places or b not in places:
        return False
    (row, at), (other_row, other_at) = places[a], places[b]
    return abs(row - other_row) <= 1 and abs(at - other_at) <= 1
