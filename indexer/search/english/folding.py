"""English words as they are compared: one spelling, one number, no article.

Queries and tables are folded alike, so a rule may go too far without harm, unless it makes two
words one that both stand in the tables.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.search.english.tables import rows

#: The Arabic article, which Latin spellings join, part or leave out.
ARTICLES = frozenset({"al", "el"})
#: Words within names that mean nothing by themselves.
LINKS = frozenset({"bin", "abd"})
#: Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
#: British to American, by ending.
_AMERICAN = (
    (re.compile(r"(?<=[a-z]{2})our(?=$|s|ing|ed|er|hood|li|able|ite)"), "or"),
    (re.compile(r"(?<=i)s(?=(?:e|es|ed|er|ers|ing|ation|ations)$)"), "z"),
    (re.compile(r"(?<=en)c(?=e$)"), "s"),
    (re.compile(r"tre$"), "ter"),
    (re.compile(r"mme$"), "m"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"ll(?=(?:ing|ed|er|or)$)"), "l"),
)
_ABD = re.compile(r"abd(?:[aeou]?[lr])?(?=[^aeiou])|abd[aeou]l")
_LONGEST = 64  # letters of a word that is remembered
_WORD = re.compile(r"[^\W_]+")


class FoldedWord(NamedTuple):
    """A folded word; ``first`` to ``last`` are the printed words it stands for."""

    word: str
    first: int
    last: int
    capital: bool


def tokens(printed: Sequence[str]) -> list[FoldedWord]:
    """The words that count, folded; «U», «S» in capitals are one, and so are «Abdel» «Aziz»."""
    found: list[FoldedWord] = []
    for first, last, text in _joined(printed):
        lower = text.lower()
        shouted = text.isupper() and len(text) > 1
        if (lower in stop_words() and not shouted) or lower in ARTICLES:
            continue
        # «WHO» and «IS» keep their capitals: small, they are words that don't count.
        word = text if lower in stop_words() else folded(lower)
        if found and found[-1].word == "abd" and first - found[-1].last <= 2:
            before = found.pop()
            found.append(FoldedWord(f"abd{word}", before.first, last, before.capital))
        else:
            found.append(FoldedWord(word, first, last, text[:1].isupper()))
    return found


def key(text: str) -> str:
    """A name or term as it is looked up; «» where no word in it counts.

    >>> key("The Ministry of Defence") == key("ministries of defense")
    True
    >>> key("U.S.") == key("US")
    True
    """
    return " ".join(token.word for token in tokens(_WORD.findall(text)))


def name_words(name: str) -> list[str]:
    """The folded words of a person's name, in which no word is too small to count.

    >>> name_words("Abdel Aziz al-Will") == name_words("Abdulaziz Will")
    True
    """
    words: list[str] = []
    for word in map(folded, _WORD.findall(name.lower())):
        if word in ARTICLES:
            continue
        if words and words[-1] == "abd":
            words[-1] = f"abd{word}"
        else:
            words.append(word)
    return words


def folded(word: str) -> str:
    """One lower-case word; what is longer than any word stays as it is.

    >>> folded("programmes") == folded("program")
    True
    >>> folded("mohamed") == folded("muhammad")
    True
    """
    return _folded(word) if len(word) <= _LONGEST else word


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    if not word.isascii():
        plain = unicodedata.normalize("NFD", word.translate(_LETTERS))
        word = "".join(letter for letter in plain if not unicodedata.combining(letter))
    word = _singular(word)
    for british, american in _AMERICAN:
        word = british.sub(american, word)
    return _name(word)


def variants(word: str) -> Iterator[str]:
    """What else a folded word that nobody knows may be: with an article, or a verb's form."""
    if word.startswith(("al", "el")) and len(word) > 5:
        yield _name(word[2:])
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            base = word.removesuffix(ending)
            yield base
            yield f"{base}e"
            yield folded(f"{base}e")
            if base[-1] == base[-2:-1]:
                yield base[:-1]
    if word.endswith("ied"):
        yield f"{word[:-3]}y"


def _joined(printed: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The printed words with their places, single capitals in a row made one."""
    at = 0
    while at < len(printed):
        end = at + 1
        if _is_initial(printed[at]):
            while end < len(printed) and _is_initial(printed[end]):
                end += 1
        yield at, end - 1, "".join(printed[at:end])
        at = end


def _is_initial(word: str) -> bool:
    return len(word) == 1 and "A" <= word <= "Z"


def _singular(word: str) -> str:
    if word in _singulars():
        return _singulars()[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "ches", "shes", "xes", "oes")):
        return word[:-2]
    return word[:-1]


def _name(word: str) -> str:
    """A part of a name in the one spelling that the table has for it."""
    if word.startswith("abd") and len(word) > 5:
        rest = _ABD.sub("", word, count=1)
        if rest in ("lah", "la", "ah", "ullah", "allah", "llah", "lla"):
            return "abdullah"
        if len(rest) > 2:
            return f"abd{_spellings().get(rest, rest)}"
    if word in ("abd", "abdul", "abdel", "abdal", "abdol"):
        return "abd"
    return _spellings().get(word, word)


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of the matter."""
    return frozenset(word for (line,) in rows("stopwords.tsv") for word in line.split())


@cache
def french_words(kind: str = "") -> frozenset[str]:
    """Words of French that say nothing of the matter, or those of one ``kind``; see the table."""
    return frozenset(
        word
        for one, line in rows("stopwords_fr.tsv")
        if (one == kind if kind else one != "noun")
        for word in line.split()
    )


def is_french(printed: Sequence[str]) -> bool:
    """Whether words read as French: by its small words, or one of these beside an accent.

    >>> is_french("chute du prix".split()), is_french("Charles de Gaulle".split())
    (True, False)
    """
    if french_words("sure").intersection(printed):
        return True
    small = (french_words("telling") | french_words("neutral")).intersection(printed)
    return len(small) > 1 or (bool(small) and not all(map(str.isascii, printed)))


def small_words(printed: Sequence[str]) -> frozenset[str]:
    """The words, in small letters, that say nothing in a query of these words."""
    french = french_words() if is_french(printed) else french_words("neutral")
    return stop_words() | french


def small(word: str) -> str:
    """A word in small letters, unless all of several are large: «L», «Quel», but «UN»."""
    return word if word.isupper() and len(word) > 1 else word.lower()


@cache
def _singulars() -> dict[str, str]:
    return dict(rows("singulars.tsv"))


@cache
def _spellings() -> dict[str, str]:
    return {one: line.split()[0] for (line,) in rows("spellings.tsv") for one in line.split()}
