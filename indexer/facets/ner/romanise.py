"""Names in Latin letters for readers of little Arabic.

The usual form of each part of a name is looked up («محمد» is «Mohamed»); a part that no table
knows is written letter by letter, without the short vowels that Arabic leaves out.
"""

from functools import cache, lru_cache

from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.tables import rows

#: Plain letters for those of the exact layer.
LETTERS = {
    "ا": "a",
    "ب": "b",
    "ت": "t",
    "ث": "th",
    "ج": "j",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ذ": "dh",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "sh",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "z",
    "ع": "a",
    "غ": "gh",
    "ف": "f",
    "ق": "q",
    "ك": "k",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "و": "u",
    "ي": "i",
    "ء": "",
    "پ": "p",
    "چ": "ch",
    "ڤ": "v",
    "گ": "g",
    "ژ": "zh",
}
PARTS = {
    "ال": "Al",
    "بن": "bin",
    "ابن": "Ibn",
    "بنت": "bint",
    "ابو": "Abu",
    "ابي": "Abi",
    "ام": "Umm",
    "ولد": "Ould",
    "عبد": "Abdul",
    "دي": "de",
    "دو": "du",
    "فان": "van",
    "فون": "von",
    "دير": "der",
    "لو": "Le",
    "اوغلو": "oglu",
}


@lru_cache(1 << 14)
def romanise(name: str) -> str:
    """Return an Arabic name in Latin letters.

    >>> romanise("عبد الله الزعتري")
    'Abdullah Al-Zaatari'
    """
    words: list[str] = []
    for word in split(name):
        if words and words[-1] == "عبد":
            words[-1] += word
        else:
            words.append(word)
    return " ".join(map(_part, words))


@cache
def _usual() -> dict[str, str]:
    """The usual Latin forms; read when the first name is written."""
    return dict(rows("latin.tsv"))


def _part(word: str) -> str:
    latin = PARTS.get(word) or _usual().get(word)
    if latin:
        return latin
    if word.startswith("ال") and len(word) > 4:
        return f"Al-{_part(word[2:])}"
    if word.startswith("عبدال") and len(word) > 6:
        return f"Abdul{_letters(word[5:])}"
    return _letters(word).capitalize()


def _letters(word: str) -> str:
    latin = "".join(LETTERS.get(letter, letter) for letter in word)
    return latin.replace("uu", "u").replace("ii", "i").replace("aa", "a")
