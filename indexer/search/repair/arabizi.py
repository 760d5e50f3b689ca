"""Arabic written with Latin letters, and with digits for the sounds that Latin lacks: «sa3oudi»."""

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from indexer.text.tables import rows

#: What may be Arabizi: letters, and digits one at a time; «G20» and «F16» are not.
_WORD = re.compile(r"[A-Za-z]?(?:[a-z']|[2356789](?!\d))+")
_DIGIT = re.compile(r"[2356789]")
_LEAST = 4  # letters and digits of a word that is known for Arabizi by its digits: «b2b» is none
_LONG_VOWELS = ("aa", "ee", "oo", "ou")  # never two vowels side by side
_MOST_STEPS = 4000  # when reading one word
_RANK = 0.7  # the cost of taking a group of letters for the next likely Arabic


def is_arabizi(word: str) -> bool:
    """Whether a word looks like Arabizi by its digits.

    >>> is_arabizi("3adel"), is_arabizi("G20"), is_arabizi("adel")
    (True, False, False)
    """
    return len(word) >= _LEAST and bool(_WORD.fullmatch(word)) and bool(_DIGIT.search(word))


def readings(word: str, forms: Sequence[str]) -> dict[str, float]:
    """The ``forms`` that a word in Latin letters and digits may spell, each with its cost.

    ``forms`` are sorted, on the exact layer. Only what some form begins with is followed, and
    likelier readings first, so that the work is bounded.

    >>> readings("3adel", ["عادل", "عدل", "عدو"])
    {'عدل': 0.0, 'عادل': 0.7}
    """
    word = word.lower()
    found: dict[str, float] = {}
    waiting = [(0.0, 0, "")]
    for _ in range(_MOST_STEPS):
        if not waiting:
            break
        cost, at, arabic = heapq.heappop(waiting)
        if at == len(word):
            if _begin(forms, arabic) == arabic:
                found.setdefault(arabic, cost)
            continue
        for letters, length, price in _steps(word, at):
            longer = arabic + letters
            if _begin(forms, longer).startswith(longer):
                heapq.heappush(waiting, (cost + price, at + length, longer))
    return found


def _begin(forms: Sequence[str], text: str) -> str:
    """The first form that is not before ``text``; «» where there is none."""
    at = bisect_left(forms, text)
    return forms[at] if at < len(forms) else ""


def _steps(word: str, at: int) -> Iterator[tuple[str, int, float]]:
    """What the letters from ``at`` on may be: Arabic, how many letters, the cost."""
    table = _table()
    twice = word[at : at + 2] in _LONG_VOWELS
    for length in range(min(4, len(word) - at), int(twice), -1):
        group = word[at : at + length]
        place = "first" if at == 0 else "last" if at + length == len(word) else "any"
        for rank, arabic in enumerate(table.get((group, place)) or table.get((group, "any"), ())):
            yield arabic, length, rank * _RANK


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (latin, place): tuple(arabic.replace("-", "").split(" "))
        for latin, place, arabic in rows(
            "indexer.search.repair", "arabizi.tsv", ("latin", "place", "arabic")
        )
    }
