"""Names in Latin letters for readers of little Arabic.

The usual form of each part of a name is looked up («محمد» is «Mohamed»); a part that no table
knows is written by the letters of all names that one knows, and the name is then a guess. Names are
written in one style, that of ``people.tsv``: «al-Zaatari», «Abdulrahman», «Nasrallah».
"""

from functools import cache, lru_cache
from typing import NamedTuple

from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.letter_model import LetterModel
from indexer.facets.tables import rows
from indexer.text.normalize import SILENT, normalize

ARTICLE = "ال"
ABD = "عبد"
ALLAH = "الله"
#: How they are written before and behind other parts of a name.
LATIN_ARTICLE, SERVANT, OF_GOD = "al-", "Abdul", "allah"
PARTS = {
    "بن": "bin",
    "ابن": "Ibn",
    "بنت": "bint",
    "ابو": "Abu",
    "ابي": "Abi",
    "ام": "Umm",
    "ال": "Al",
    "ولد": "Ould",
    "عبد": "Abdul",
    "دي": "de",
    "دو": "de",
    "فان": "van",
    "فون": "von",
    "دير": "der",
    "لو": "Le",
    "اوغلو": "oglu",
}
_MUTE = str.maketrans(dict.fromkeys(SILENT))


class LatinName(NamedTuple):
    """A name in Latin letters; ``guessed`` where a part of it stands in no table."""

    text: str
    guessed: bool


class _Word(NamedTuple):
    """A part of a name as printed, without marks, and on the exact layer."""

    printed: str
    folded: str


def romanise(name: str) -> str:
    """Return an Arabic name in Latin letters.

    >>> romanise("عبد الله الزعتري")
    'Abdullah al-Zaatari'
    """
    return latin_name(name).text


def is_guess(name: str, latin: str) -> bool:
    """Whether the Latin form of an Arabic name is what its letters say, not what a table does."""
    found = latin_name(name)
    return found.guessed and found.text == latin


@lru_cache(1 << 14)
def latin_name(name: str) -> LatinName:
    """Return an Arabic name in Latin letters, and whether it is a guess."""
    words: list[_Word] = []
    for word in _words(name):
        before = words[-1] if words else _Word("", "")
        if before.folded == ABD or (word.folded == ALLAH and before.folded):
            words[-1] = _Word(before.printed + word.printed, before.folded + word.folded)
        else:
            words.append(word)
    parts = [_part(word) for word in words]
    text = " ".join(part.text for part in parts)
    return LatinName(text[:1].upper() + text[1:], any(part.guessed for part in parts))


def _words(name: str) -> list[_Word]:
    found: list[_Word] = []
    for printed in name.translate(_MUTE).split():
        folded = split(printed)
        if folded == [normalize(printed)]:
            found.append(_Word(printed, folded[0]))
        else:
            found += [_Word(word, word) for word in folded]
    return found


@cache
def _usual() -> dict[str, str]:
    """The usual Latin forms; read when the first name is written."""
    return dict(rows("latin.tsv"))


def _part(word: _Word) -> LatinName:
    printed, folded = word
    usual = _usual()
    if latin := PARTS.get(folded) or usual.get(printed) or usual.get(folded):
        return LatinName(latin, guessed=False)
    if folded.endswith(ALLAH) and len(folded) > 6:
        own = _part(_Word(printed[: -len(ALLAH)], folded[: -len(ALLAH)]))
        return LatinName(own.text + OF_GOD, own.guessed)
    if printed.startswith(ARTICLE) and len(folded) > 4:
        own = _part(_Word(printed[2:], folded[2:]))
        return LatinName(LATIN_ARTICLE + own.text, own.guessed)
    if folded.startswith(ABD + ARTICLE) and len(folded) > 6:
        own = _part(_Word(printed[5:], folded[5:]))
        return LatinName(SERVANT + own.text.lower(), own.guessed)
    return LatinName(_letters(printed).capitalize(), guessed=True)


def _letters(printed: str) -> str:
    return LetterModel.shipped().spellings(printed)[0][0]
