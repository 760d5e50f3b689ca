"""Fold the spellings of one word together: letters, vowel marks, digits.

The press confuses the carriers of hamza, final yaa with alif maqsura and taa marbuta with haa, and
web pages bring Persian letters, presentation forms and invisible joiners. The exact layer of
analysis is what is left when all of these are made equal.
"""

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
    "\u06a9": araby.KAF,  # Persian kaf
    "\u06cc": araby.YEH,  # Persian yeh
    "\u06c0": araby.HEH,  # Persian heh with hamza
    "\u06c1": araby.HEH,  # Urdu heh goal
    "\u06be": araby.HEH,  # Urdu heh doachashmee
}
#: Vowel marks, tatweel, and characters that only steer how letters join or which way text runs.
SILENT = (
    "".join(map(chr, range(0x0610, 0x061B)))
    + "".join(map(chr, range(0x064B, 0x0660)))
    + "\u0670\u0640"
    + "".join(map(chr, range(0x06D6, 0x06EE)))
    + "\u200b\u200c\u200d\u200e\u200f"
    + "\u202a\u202b\u202c\u202d\u202e"
    + "\u2066\u2067\u2068\u2069"
    + "\ufeff\u00ad"
)
_DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
_TABLE = str.maketrans({**LETTERS, **_DIGITS, **dict.fromkeys(SILENT)})


def normalize(word: str) -> str:
    """Return the exact layer of a word (or of several): folded letters, no marks, lower case.

    >>> normalize("مُحارَبة") == normalize("محاربه")
    True
    """
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).translate(_TABLE)
    return word.casefold()
