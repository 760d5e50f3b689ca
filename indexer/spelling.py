"""Words that are a slip of the hand or two apart."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.catalogue import Catalogue

_ARABIC = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


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
    return near - {word}
