"""The language that a page is written in, as a BCP 47 tag.

Languages of the Arabic script are told apart by the letters that only they have, those of the Latin
script by their commonest words. Arabic typed on a Persian keyboard has letters of Persian, too: it
is told by its article and its small words. A page in neither script, or with no words, is «und».
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
#: Letters of other keyboards, and those of Arabic that they stand for.
KEYBOARD = str.maketrans("یےکہھەۀ", "ييكههةه")
#: Small words that only Arabic has, and those of its neighbours, as Arabic keys write them.
ARABIC_WORDS = frozenset(
    [
        "في",
        "عن",
        "التي",
        "الذي",
        "هذا",
        "هذه",
        "ذلك",
        "قال",
        "كان",
        "كانت",
        "وقال",
        "لم",
        "لن",
        "كما",
        "حيث",
    ]
)
OTHER_WORDS = frozenset(
    [
        "است",
        "كه",
        "در",
        "از",
        "را",
        "اين",
        "به",
        "مي",
        "هاي",
        "براي",
        "با",
        "شد",
        "كرد",
        "بود",
        "شده",
        "خود",
        "تا",
        "يك",
        "نيز",
        "كند",
        "هستند",
        "باشد",
        "كي",
        "كا",
        "كو",
        "سي",
        "ني",
        "اور",
        "كر",
        "اس",
        "په",
        "او",
        "چي",
        "دي",
    ]
)
COMMON = {
    "en": frozenset(["the", "of", "and", "to", "in", "is", "that", "for", "was", "with"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "est", "une", "dans", "pour", "que", "du"]),
    "de": frozenset(["der", "die", "und", "das", "ist", "nicht", "ein", "eine", "mit", "auf"]),
    "es": frozenset(["el", "los", "las", "una", "por", "con", "para", "como", "del", "más"]),
    "tr": frozenset(["ve", "bir", "bu", "için", "ile", "olarak", "olan", "daha", "çok", "da"]),
}
_WORD = re.compile(r"[^\W\d_]+")
#: With the article, or spelt with «ة», «أ» or «إ», which the others write «ه», «ت» and «ا».
_ARABIC_WORD = re.compile(r"[وفبك]{0,2}ال\w{3,}|و?لل\w{3,}|\w{2,}ة|[وفبل]?[أإ]\w+")
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
        tag = _of_arabic_script(letters, arabic)
        return "ar" if tag != "ar" and _reads_as_arabic(text[:SAMPLE]) else tag
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


def _reads_as_arabic(text: str) -> bool:
    """Whether the words are Arabic, whatever keyboard typed them: three in ten are its own.

    Names and borrowed phrases bring the article into Persian and Urdu, but not that often.
    """
    words = [word.translate(KEYBOARD) for word in _WORD.findall(text)]
    own = sum(word in ARABIC_WORDS or bool(_ARABIC_WORD.fullmatch(word)) for word in words)
    return 10 * own >= 3 * len(words) and own > 3 * sum(word in OTHER_WORDS for word in words)


def _of_latin_script(text: str) -> str:
    words = Counter(_WORD.findall(text[:SAMPLE].casefold()))
    found = {tag: sum(words[word] for word in common) for tag, common in COMMON.items()}
    best = max(found, key=lambda tag: found[tag])
    return best if found[best] >= 2 else "und"
