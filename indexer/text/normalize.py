"""Fold the spellings of one word together: letters, vowel marks, digits.

The press confuses the carriers of hamza, final yaa with alif maqsura and taa marbuta with haa, and
web pages bring Persian letters, presentation forms and invisible joiners. The exact layer of
analysis is what is left when all of these are made equal.
"""

import re
import unicodedata

from pyarabic import araby

#: Letters that are written for one another, or that other keyboards write for them.
LETTERS = {
    araby.ALEF_MADDA: araby.ALEF,
    araby.ALEF_HAMZA_ABOVE: araby.ALEF,
    araby.ALEF_HAMZA_BELOW: araby.ALEF,
    araby.ALEF_WASLA: araby.ALEF,
    araby.WAW_HAMZA: araby.WAW,
    araby.YEH_HAMZA: araby.YEH,
    araby.ALEF_MAKSURA: araby.YEH,
    araby.TEH_MARBUTA: araby.HEH,
    "\u0674": araby.HAMZA,  # high hamza
    "\u06a9": araby.KAF,  # Persian kaf
    "\u06aa": araby.KAF,  # swash kaf
    "\u06cc": araby.YEH,  # Persian yeh
    "\u06cd": araby.YEH,  # yeh with tail
    "\u06d0": araby.YEH,  # Pashto e
    "\u06d2": araby.YEH,  # Urdu yeh barree
    "\u06be": araby.HEH,  # Urdu heh doachashmee
    "\u06c0": araby.HEH,  # Persian heh with hamza
    "\u06c1": araby.HEH,  # Urdu heh goal
    "\u06c3": araby.HEH,  # Urdu teh marbuta goal
    "\u06d5": araby.HEH,  # Kurdish ae
    # Sounds that Arabic has no letter for; the press writes them with and without the extra dots.
    "\u067e": araby.BEH,  # p
    "\u0686": araby.JEEM,  # ch
    "\u0698": araby.JEEM,  # zh
    "\u06a4": araby.FEH,  # v
    "\u06a5": araby.FEH,  # v in the Maghreb
    "\u06a8": araby.QAF,  # g in Tunisia
    "\u06ad": araby.KAF,  # g in Morocco
    "\u06af": araby.KAF,  # g
}
#: Vowel marks and tatweel: a part of the printed word, wherever they stand behind its first letter.
MARKS = (
    "".join(map(chr, range(0x0610, 0x061B)))
    + "".join(map(chr, range(0x064B, 0x0660)))
    + "\u0670\u0640"
    + "".join(map(chr, range(0x06D6, 0x06EE)))
    + "".join(map(chr, range(0x08D3, 0x0900)))
    + "".join(map(chr, range(0xFE70, 0xFE80)))
)
#: Marks, and characters that only steer how letters join or which way text runs.
SILENT = (
    MARKS
    + "\u061c\u034f\u2060"
    + "\u200b\u200c\u200d\u200e\u200f"
    + "\u202a\u202b\u202c\u202d\u202e"
    + "\u2066\u2067\u2068\u2069"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "\ufeff\u00ad"
)
#: One sign each for «صلى الله عليه وسلم» and «جل جلاله»; Unicode spells them out.
BLESSINGS = "\ufdfa\ufdfb"
_DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
_TABLE = str.maketrans({**LETTERS, **_DIGITS, **dict.fromkeys(SILENT)})
_MUTE = str.maketrans(dict.fromkeys(SILENT))
#: Common Arabic letters, marks, digits and spaces, which Unicode's own folding leaves alone.
_PLAIN = re.compile("[ \u0621-\u0652\u0660-\u0669]+").fullmatch


def normalize(word: str) -> str:
    """Return the exact layer of a word (or of several): folded letters, no marks, lower case.

    >>> normalize("مُحارَبة") == normalize("محاربه")
    True
    """
    if word.isascii():
        return word.lower()
    if _PLAIN(word):
        return word.translate(_TABLE)
    # One pass may make what the next one folds: «ǰ» loses its case as a letter and a mark.
    folded = _fold(word)
    while folded != word:
        word, folded = folded, _fold(folded)
    return folded


def unmarked(text: str) -> str:
    """The text as printed, without vowel marks, tatweel and signs that nobody sees.

    >>> unmarked("وَجَدَه")
    'وجده'
    """
    return text.translate(_MUTE)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKC", unmarked(word))
    return plain.translate(_TABLE).casefold()
