"""Text whose letters stand in another order than that of reading, from old programs and PDF.

Text in visual order has each line from left to right as it looked: «ةيجراخلا ريزو». Programs that
take text out of PDF turn the two letters of the ligature «لا» round: «األمن», «خالل». Both are told
by what no Arabic word has: «ة» at its beginning, two alefs on end. Nothing else is touched.
"""

import re
import unicodedata

from indexer.text.lexicon import default_lexicon
from indexer.text.normalize import normalize
from indexer.text.roots import default_roots

BACKWARDS = "stored backwards"
#: Weights of what only reversed words have; «لا» ends some words that are in order («إلا», «فعلا»).
_NEVER_FIRST = re.compile(r"(?<!\w)[ةى]\w")
_ARTICLE_LAST = re.compile(r"\w\wلا(?!\w)")
_IN_ORDER = re.compile(r"(?<!\w)[وف]?[بك]?ال\w\w|\w\w[ةى](?!\w)")
_LEAST = 3
_SAMPLE = 20_000
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
#: Numbers and words in other scripts, which stand the right way round in reversed lines.
_LATIN = r"[A-Za-z0-9\u00c0-\u024f.,'@+-]*[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f.'@+-]*"
# Only where a run of these signs begins, else each of them would be tried as a beginning.
_FORWARD = re.compile(
    rf"(?<![A-Za-z0-9\u00c0-\u024f.,'@+-]){_LATIN}(?: {_LATIN})*|\d(?:[\d.,:/\u066b\u066c-]*\d)?"
)
_ARABIC = re.compile(r"[\u0621-\u064a\ufb50-\ufdff\ufe70-\ufefc]")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")

_SWAPPED = re.compile(r"(?<!\w)(?P<particles>[وف]?[بك]?)ا(?P<alef>[اأإآ])ل(?=\w\w)")
_WHOLE = re.compile(r"(?<!\w)ال[أإآ]\w")
_WORD = re.compile(r"[\u0621-\u064a]+")
_PAIR = re.compile("[اأإآ]ل")
_ALEFS = str.maketrans("أإآ", "ااا")
#: Words of two or three letters; the article never stands alone.
_SHORT = {
    "ال": "لا",
    "وال": "ولا",
    "فال": "فلا",
    "إال": "إلا",
    "أال": "ألا",
}


def is_backwards(text: str) -> bool:
    """Whether a text is stored in visual order.

    >>> is_backwards("ةيروهمجلا سيئر ةيجراخلا ريزو"), is_backwards("وزير الخارجية")
    (True, False)
    """
    sample = text[:_SAMPLE]
    if _SHAPED.search(sample):
        sample = "".join(unicodedata.normalize("NFKC", letter) for letter in sample)
    never = len(_NEVER_FIRST.findall(sample))
    score = 2 * never + len(_ARTICLE_LAST.findall(sample))
    return never > 0 and score >= _LEAST and score > 2 * len(_IN_ORDER.findall(sample))


def turned(text: str) -> str:
    """The text with its lines of Arabic turned round.

    >>> turned("2021 ويام يف ةيروهمجلا سيئر")
    'رئيس الجمهورية في مايو 2021'
    """
    return "\n".join(
        _turned_line(line) if _ARABIC.search(line) else line for line in text.split("\n")
    )


def _turned_line(line: str) -> str:
    whole = line[::-1].translate(_MIRRORED)
    return _FORWARD.sub(lambda found: found[0][::-1], whole)


def unswapped(text: str) -> str:
    """The text with the letters of «لا» put right, if it shows that they were turned round.

    >>> unswapped("قال األمين إن األمن واإلصالح خالل عام")
    'قال الأمين إن الأمن والإصلاح خلال عام'
    """
    signs = len(_SWAPPED.findall(text))
    if signs < _LEAST or signs <= len(_WHOLE.findall(text)):
        return text
    text = _SWAPPED.sub(r"\g<particles>ال\g<alef>", text)
    return _WORD.sub(lambda found: _SHORT.get(found[0]) or _repaired(found[0]), text)


def _repaired(word: str) -> str:
    """The word with «لا» put right where that makes a word with a root, and it is none itself."""
    if "ال" not in word[1:].translate(_ALEFS) or _has_root(word):
        return word
    for pair in _PAIR.finditer(word, 1):
        other = word[: pair.start()] + pair[0][::-1] + word[pair.end() :]
        if _has_root(other):
            return other
    return word


def _has_root(word: str) -> bool:
    """Whether the lexicon lists a word and its lemma has a root: some that it lists are slips."""
    entry = default_lexicon().known(normalize(word))
    return entry is not None and entry.lemma in default_roots()
