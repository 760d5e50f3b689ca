"""Foreign words in more than one Arabic spelling: «كونغرس» and «كونجرس», «نتنياهو» and «نتانياهو».

Arabic has no letter for g and writes short vowels of foreign words long or not at all, each
newspaper in its way. Native words differ by just these letters («سجن», «مغرب» and «مجرب»), so only
words for which no Arabic root is known are compared, and one is put for the other only where an
archive has both.
"""

import re
from functools import cache

from indexer.model import Word
from indexer.text.normalize import normalize
from indexer.text.tables import rows

#: Letters for g; «ك» stands for it only behind «ن» («انكليزي»).
_G = "غجق"
#: Letters that transcriptions hardly ever use.
_NATIVE = frozenset("عحصضظ")
_VOWELS = "اوي"
_LEAST = 4  # letters of a word
_CONSONANTS = 3
_LONG = 4  # consonants from which on two vowels may differ
_ROOT = 4  # letters of the roots that Arabic makes of foreign words: «تلفز»
_GAP = re.compile(f"([^{_VOWELS}])")
_ARTICLE = "ال"
_BEHIND_ARTICLE = 6  # letters; shorter lemmas begin so themselves, as «ألماني»


def skeleton(word: Word) -> str:
    """What all spellings of a foreign word share; «» for a word that is none."""
    lemma = _bare(word.lemma)
    if len(lemma) < _LEAST or not _NATIVE.isdisjoint(lemma) or not _is_arabic(lemma):
        return ""
    if word.root != word.lemma and len(word.root) < _ROOT:
        return ""
    consonants, _ = _split(lemma)
    return "".join(map(_folded, consonants)) if len(consonants) >= _CONSONANTS else ""


def are_spellings(one: str, other: str) -> bool:
    """Whether two lemmas of one skeleton may be one word: one has vowels that the other lacks.

    >>> are_spellings("بلغراد", "بلجراد"), are_spellings("كارتر", "كريتر")
    (True, False)
    """
    one, other = _bare(one), _bare(other)
    consonants, gaps = _split(one)
    others, other_gaps = _split(other)
    if len(consonants) != len(others) or (gaps[0], gaps[-1]) != (other_gaps[0], other_gaps[-1]):
        return False
    before = ["", *consonants]
    changed = [pair for pair in zip(before, consonants, others, strict=False) if pair[1] != pair[2]]
    if not all(_is_g(*pair) for pair in changed) or frozenset((one, other)) in _lookalikes():
        return False
    inner = list(zip(gaps[1:-1], other_gaps[1:-1], strict=True))
    differing = [pair for pair in inner if pair[0] != pair[1]]
    if differing and (_is_ending(inner[-1], consonants[-1]) or any("ق" in p for p in changed)):
        return False
    allowed = 2 if len(consonants) >= _LONG else 1
    return len(differing) + (1 if changed else 0) <= allowed and (
        all(map(_is_left_out, differing))
        or all(_is_left_out((short, long)) for long, short in differing)
    )


def _is_g(before: str, one: str, other: str) -> bool:
    """Whether both letters are written for g behind this consonant."""
    letters = _G + "ك" if before == "ن" else _G
    return one in letters and other in letters


def _is_left_out(gap: tuple[str, str]) -> bool:
    """Whether the first of two spellings lacks a vowel between two consonants."""
    short, long = gap
    return long == short * 2 if short else long in _VOWELS


def _is_ending(gap: tuple[str, str], last: str) -> bool:
    """Whether one has an ending that the other lacks: «موديلات», «زخرفية»."""
    return (last in "تن" and set(gap) == {"", "ا"}) or (last == "ه" and gap[0] != gap[1])


def _bare(lemma: str) -> str:
    """The lemma without the article, which the lexicon leaves on some foreign words."""
    bare = lemma.removeprefix(_ARTICLE)
    return bare if len(bare) >= _BEHIND_ARTICLE else lemma


@cache
def _lookalikes() -> frozenset[frozenset[str]]:
    """Pairs of words that are no spellings of each other, normalised."""
    pairs = rows("indexer.text", "lookalikes.tsv", ("one", "other"))
    return frozenset(frozenset(map(normalize, pair)) for pair in pairs)


def _split(lemma: str) -> tuple[list[str], list[str]]:
    """The consonants, and the vowels before, between and behind them."""
    parts = _GAP.split(lemma)
    return parts[1::2], parts[::2]


def _folded(letter: str) -> str:
    return "ج" if letter in _G or letter == "ك" else letter


def _is_arabic(word: str) -> bool:
    return all("\u0621" <= letter <= "\u064a" for letter in word)
