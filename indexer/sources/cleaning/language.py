"""The language that a page is written in, as a BCP 47 tag.

Languages of the Arabic script are told apart by the letters that only they have, those of the Latin
script by their commonest words. A page in neither script, or with no words, is «und».
"""

import re
from collections import Counter

#: Letters of a text that are looked at.
SAMPLE = 300
#: A letter of these in every so many letters makes the language; Arabic has none of them, but for
#: quotations and names. Sorani comes before Persian and Urdu, whose letters it shares.
TELLING = (
    ("ckb", "ێۆڕڵەڤ", 25),
    ("ur", "ٹڈڑےں", 40),
    ("ps", "ټډړږښڼېۍ", 40),
    ("fa", "پچژگکی", 20),
)
COMMON = {
    "en": frozenset(["the", "of", "and", "to", "in", "is", "that", "for", "was", "with"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "est", "une", "dans", "pour", "que", "du"]),
    "de": frozenset(["der", "die", "und", "das", "ist", "nicht", "ein", "eine", "mit", "auf"]),
    "es": frozenset(["el", "los", "las", "una", "por", "con", "para", "como", "del", "más"]),
    "tr": frozenset(["ve", "bir", "bu", "için", "ile", "olarak", "olan", "daha", "çok", "da"]),
}
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile('[«“"](?P<words>[^«»“”"\n]{20,})[»”"]')
_LATIN = "[A-Za-z\u00c0-\u024f]"
_LATIN_RUN = re.compile(rf"(?P<words>{_LATIN}[^\u0600-\u06ff\n«»“”\"]{{18,}}{_LATIN})")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]")


def language(text: str) -> str:
    """The language of a text, judged by its first three hundred letters.

    >>> language("أعلن وزير الخارجية")
    'ar'
    """
    letters = Counter(text[:SAMPLE])
    arabic = sum(n for letter, n in letters.items() if _ARABIC.match(letter))
    others = sum(n for letter, n in letters.items() if letter.isalpha()) - arabic
    if arabic > 0.3 * (arabic + others):
        return _of_arabic_script(letters, arabic)
    return _of_latin_script(text)


def quoted(text: str, own: str) -> list[tuple[int, int, str]]:
    """The stretches of a text in another language than its ``own``: (start, end, language).

    What stands between quotation marks, and runs of words in another script. Names and single words
    are no language, nor is what can't be told to be one.

    >>> quoted("قال بالإنجليزية: we are in favour of the treaty and that is all.", "ar")
    [(17, 63, 'en')]
    """
    found: list[tuple[int, int, str]] = []
    for pattern in (_QUOTED, _LATIN_RUN):
        for match in pattern.finditer(text):
            start, end = match.span("words")
            tag = language(match["words"])
            if tag not in (own, "und") and all(end <= a or b <= start for a, b, _ in found):
                found.append((start, end, tag))
    return sorted(found)


def _of_arabic_script(letters: Counter[str], total: int) -> str:
    for tag, telling, one_in in TELLING:
        if sum(letters[letter] for letter in telling) * one_in >= total:
            return tag
    return "ar"


def _of_latin_script(text: str) -> str:
    words = Counter(_WORD.findall(text[:SAMPLE].casefold()))
    found = {tag: sum(words[word] for word in common) for tag, common in COMMON.items()}
    best = max(found, key=lambda tag: found[tag])
    return best if found[best] >= 2 else "und"
