"""Words that are a slip of the hand or two apart, and which of them the writer meant."""

from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.catalogue import Catalogue, Frequent

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
#: Words of more letters are near to none: what looks for their neighbours would grow with them.
MAX_LETTERS = 64
_REMEMBERED = 100  # words whose neighbours are kept: a query asks for the same ones several times
_WORSE = 4.0  # how much an ordinary slip must be made up for by the logarithm of frequency


def similar(form: str, distance: int, catalogue: Catalogue) -> list[str]:
    """The indexed forms at most ``distance`` letters away, nearest and most frequent first.

    Distance is optimal string alignment: letters left out, added, changed, or two neighbours
    exchanged. One letter away is looked up, two are searched for among the frequent words of like
    length. A word of more than 64 letters is near to itself alone.
    """
    if len(form) > MAX_LETTERS:
        known = catalogue.known({form})
    elif distance <= 1:
        known = catalogue.known(neighbours(form) | {form})
    else:
        known = catalogue.known({form}) | around(form, distance, catalogue.frequent_words())
    return sorted(known, key=lambda one: (OSA.distance(form, one), -known[one], one))


def likely(form: str, other: str, articles: int) -> float:
    """How likely ``other``, which so many articles have, was meant by ``form``.

    Slips between letters that sound alike or lie side by side on the keyboard are likelier than
    others, and frequent words likelier than rare ones.
    """
    return log(1 + articles) - _WORSE * _slip(form, other)


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


def around(form: str, distance: int, frequent: Frequent) -> dict[str, int]:
    """The frequent forms at most ``distance`` letters away, with the number of articles."""
    if (form, distance) in frequent.near:
        return frequent.near[form, distance]
    found: dict[str, int] = {}
    for length in range(len(form) - distance, len(form) + distance + 1):
        some = frequent.by_length.get(length, ())
        near = process.extract(form, some, scorer=OSA.distance, score_cutoff=distance, limit=None)
        found |= {one: frequent.articles[one] for one, _, _ in near}
    if len(frequent.near) >= _REMEMBERED:
        frequent.near.clear()
    frequent.near[form, distance] = found
    return found


def _slip(one: str, other: str) -> float:
    """How surprising it is to write ``one`` for ``other``: 0 to 1 a letter."""
    apart = OSA.distance(one, other)
    if apart > 1:
        return float(apart)
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
    return any(
        abs(row - other_row) <= 1 and abs(at - other_at) <= 1
        for row, at in _places(a)
        for other_row, other_at in _places(b)
    )


def _places(letter: str) -> list[tuple[int, int]]:
    """Where a letter lies: «ي» is «ى», too, so that it lies in two places."""
    return [(row, keys.index(letter)) for row, keys in enumerate(_KEYBOARD) if letter in keys]
