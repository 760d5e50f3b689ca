"""Parts of names in both scripts, and which Latin letters each Arabic letter stands for in them.

The pairs are labels of Wikidata (CC0), told apart word by word. Each Arabic letter is taken for
none to four Latin letters; how likely each is, is learnt by aligning all pairs again and again,
each time by what the last alignment says (expectation-maximisation with the best alignment only).
A pair that no alignment explains is a slip of the labels: «Attias» for Sarkozy.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indexer.facets.ner.romanise import ABD, ALLAH, ARTICLE
from indexer.generate import gazetteers
from indexer.text.tables import rows

PACKAGE = "indexer.generate"
ROUNDS = 4
#: Countries whose names are mostly written as in French, and what a name of another one counts: the
#: press that writes in English follows these.
IN_FRENCH = ("DJ", "DZ", "KM", "MA", "MR", "TN")
IN_ENGLISH = 4
#: Letters that the article is spoken like.
ASSIMILATING = tuple("تثدذرزسشصضطظن")
MOST = 4  # Latin letters for one Arabic letter
#: Logarithm of the likelihood of each letter, below which a pair is taken for a slip.
LEAST = -3.3
#: Part of a word's bearers, below which a Latin form is not learnt from.
SHARE = 0.12
UNSEEN = -14.0
VOWELS = set("aeiouy")

_ARABIC = re.compile("[\u0621-\u064a]+")
_ASCII = re.compile("[a-z]+")
_OTHER = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ə": "e", "ħ": "h"}
)
_MARKS = re.compile("[\u0300-\u036f'’`ʿʾ‘.]")
_LATIN_ARTICLE = re.compile(r"(?:al|el)[-‐ ]")
#: What names begin with that begin like the article and have none: «Elizabeth», «Ilham».
_LIKE_ARTICLE = ("al", "el", "il", "ol", "ul", "aa", "ll")
#: The article as it is spoken before some letters: «as-Sudais», «Addimashqi».
_ASSIMILATED = re.compile(r"[ae]([dnrstz]h?)[-‐ ]?(?=\1)")

#: An Arabic letter and the Latin ones that stand for it.
Graphone = tuple[str, str]


class Pair(NamedTuple):
    """A word as printed in Arabic, in plain Latin letters, and how its letters go together.

    ``likelihood`` is the logarithm of that of the alignment, for each letter.
    """

    arabic: str
    latin: str
    graphones: tuple[Graphone, ...]
    likelihood: float


class NamePairs:
    """Latin forms of Arabic words, counted, and how each plain one is written with accents."""

    def __init__(self, folder: Path) -> None:
        self.plain: dict[str, Counter[str]] = defaultdict(Counter)
        self.accented: dict[str, Counter[str]] = defaultdict(Counter)
        #: How often a plain form is a part of an Arab's name.
        self.arab: Counter[str] = Counter()
        #: Forms of words of Arab names behind the article, which they are without.
        self.with_article: dict[str, Counter[str]] = defaultdict(Counter)
        for latin, arabic, count in gazetteers.rows(folder / "netransliteration_wd_arabic.tsv"):
            without = arabic.startswith(ARTICLE) and plain(latin)[:2] not in _LIKE_ARTICLE
            self._count(arabic[2:] if without else arabic, latin, int(count))
        for arabic, latin, country, *_ in gazetteers.rows(folder / "wikidata_fullnames_arab.tsv"):
            words, forms = joined(arabic.split()), latin.split()
            weight = 1 if country in IN_FRENCH else IN_ENGLISH
            if len(words) == len(forms):
                for word, form in zip(words, forms, strict=True):
                    self._count_arab(word, form, weight)

    def _count_arab(self, word: str, form: str, weight: int) -> None:
        bare = _LATIN_ARTICLE.sub("", form.casefold())
        if word.startswith(ARTICLE) and word[2:3] in ASSIMILATING:
            bare = _ASSIMILATED.sub("", bare)
        self.arab[plain(bare)] += weight
        if word.startswith(ARTICLE) and len(word) > 4:
            if not bare.startswith(("al", "el")):
                self.with_article[word][plain(bare)] += weight
                self._count(word[2:], bare, weight)
        else:
            self._count(word, form, weight)

    def _count(self, word: str, form: str, count: int) -> None:
        bare = plain(form)
        if _ARABIC.fullmatch(word) and _ASCII.fullmatch(bare):
            self.plain[word][bare] += count
            self.accented[bare][unicodedata.normalize("NFC", form.casefold())] += count


def joined(words: list[str]) -> list[str]:
    """The words of a name, «عبد» joined to the next and «الله» to the one before."""
    found: list[str] = []
    for word in words:
        if found and (found[-1] == ABD or word == ALLAH):
            found[-1] += word
        else:
            found.append(word)
    return found


def plain(latin: str) -> str:
    """A Latin form in the letters of English.

    >>> plain("Michałowski")
    'michalowski'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKD", latin.casefold().translate(_OTHER)))


def aligned(forms: Mapping[str, Counter[str]]) -> Iterator[Pair]:
    """Yield the usual forms of each word with their alignment; slips are left out."""
    pairs = list(_usual(forms))
    odds: dict[Graphone, float] = {}
    for turn in range(ROUNDS):
        counts: Counter[Graphone] = Counter()
        for arabic, latin in pairs:
            found = _align(arabic, latin, odds, first=not turn)
            if found and (not turn or found.likelihood > LEAST):
                counts.update(found.graphones)
        totals: Counter[str] = Counter()
        for (letter, _), count in counts.items():
            totals[letter] += count
        odds = {one: math.log(n / (totals[one[0]] + 5)) for one, n in counts.items()}
    for arabic, latin in pairs:
        found = _align(arabic, latin, odds, first=False)
        if found and found.likelihood > LEAST:
            yield found


def _usual(forms: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    for arabic, counts in sorted(forms.items()):
        if 2 <= len(arabic) <= 14:
            total = sum(counts.values())
            for latin, count in sorted(counts.items()):
                if count / total >= SHARE and len(latin) <= MOST * len(arabic):
                    yield arabic, latin


def _align(arabic: str, latin: str, odds: dict[Graphone, float], *, first: bool) -> Pair | None:
    """The likeliest alignment; for each Arabic letter, where its Latin ones end and how likely."""
    size = len(latin)
    scores = {0: 0.0}
    steps: list[dict[int, int]] = []
    for at, letter in enumerate(arabic):
        behind = (len(arabic) - at - 1) * MOST
        reached: dict[int, float] = {}
        step: dict[int, int] = {}
        for start, score in scores.items():
            for end in range(max(start, size - behind), min(size, start + MOST) + 1):
                one = letter, latin[start:end]
                if (odd := odds.get(one)) is None:
                    odd = odds[one] = _start(*one) if first else UNSEEN
                if end not in reached or score + odd > reached[end]:
                    reached[end], step[end] = score + odd, start
        scores = reached
        steps.append(step)
    if size not in scores:
        return None
    graphones: list[Graphone] = []
    end = size
    for letter, step in zip(reversed(arabic), reversed(steps), strict=True):
        start = step[end]
        graphones.append((letter, latin[start:end]))
        end = start
    return Pair(arabic, latin, tuple(reversed(graphones)), scores[size] / len(arabic))


@cache
def _sounds() -> dict[str, list[str]]:
    return {letter: sounds.split() for letter, sounds in rows(PACKAGE, "tables/sounds.tsv")}


def _start(letter: str, latin: str) -> float:
    """How likely letters seem before anything is learnt: a consonant's own, then vowels."""
    sounds = _sounds().get(letter, [])
    if not latin:
        return math.log(0.3 if letter in "اويءأإئؤعهةى" else 0.03)
    fitting = [sound for sound in sounds if latin.startswith(sound)]
    if not fitting:
        return math.log(0.002) + len(latin) * math.log(0.2)
    rest = latin[max(map(len, fitting)) :]
    return math.log(0.3 * 0.3 ** len(rest) * (1 if VOWELS.issuperset(rest) else 0.2))
