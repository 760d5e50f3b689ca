"""Names in Latin letters for readers of little Arabic.

The usual form of each part of a name is looked up («محمد» is «Mohamed»); a part that no table
knows is written by the letters of all names that one knows, and the name is then a guess. Names are
written in one style, that of ``people.tsv``: «al-Zaatari», «Abdulrahman», «Nasrallah».
"""

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.ner.letter_model import LetterModel
from indexer.facets.ner.name_language import ARAB, LanguageModel, languages_of, name_part
from indexer.facets.tables import rows
from indexer.text.normalize import normalize, unmarked

ARTICLE = "ال"
ABD = "عبد"
ALLAH = "الله"
#: How they are written before and behind other parts of a name.
LATIN_ARTICLE, SERVANT, OF_GOD = "al-", "Abdul", "allah"
#: What stands in names of several languages, or is no name.
PARTS = {
    "ولد": "Ould",
    "عبد": "Abdul",
    "دي": "de",
    "دو": "de",
    "فان": "van",
    "فون": "von",
    "دير": "der",
    "لو": "Le",
    "اوغلو": "oglu",
    "الثاني": "II",
    "الثالث": "III",
    "الرابع": "IV",
    "الخامس": "V",
    "السادس": "VI",
}
#: How much the language of the other parts counts against what the letters say.
LANGUAGE = 0.3


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
    languages = _languages(words)
    parts = [part for word in words if (part := _part(word, languages)).text]
    text = " ".join(part.text for part in parts)
    return LatinName(text[:1].upper() + text[1:], any(part.guessed for part in parts))


def _words(name: str) -> list[_Word]:
    found: list[_Word] = []
    for printed in unmarked(name).split():
        folded = split(printed)
        if folded == [normalize(printed)]:
            found.append(_Word(printed, folded[0]))
        else:
            found += [_Word(word, word) for word in folded]
    return found


def _languages(words: Sequence[_Word]) -> Sequence[str]:
    """The languages that a name may be of by its parts, where they tell."""
    sure: list[str] = []
    known: list[str] = []
    for word in words:
        if own := languages_of(word.printed):
            sure += own
        elif word.folded.startswith(ABD) or _is_arab(word):
            sure.append(ARAB)
        elif word.folded not in PARTS and (latin := _known(word)):
            known.append(latin)
    return LanguageModel.shipped().plausible(sure, known)


@cache
def _usual() -> dict[str, str]:
    """The usual Latin forms; read when the first name is written."""
    return dict(rows("latin.tsv"))


def _known(word: _Word) -> str:
    return _usual().get(word.printed) or _usual().get(word.folded) or ""


def _behind_article(word: _Word) -> _Word:
    """What stands behind the article of a part that the table hasn't with it; empty without one."""
    begins = word.printed.startswith(ARTICLE) and len(word.folded) > 4
    return (
        _Word(word.printed[2:], word.folded[2:]) if begins and not _known(word) else _Word("", "")
    )


def _is_arab(word: _Word) -> bool:
    """Whether a part has the article: «الخوري», and not «الباريس», which is no al-Paris."""
    own = _known(_behind_article(word))
    with_article = _known(word).startswith(LATIN_ARTICLE)
    return with_article or bool(own and LanguageModel.shipped().likeness(own, [ARAB]) > 0)


def _part(word: _Word, languages: Sequence[str]) -> LatinName:
    """A part of a name that may be of these languages."""
    printed, folded = word
    if printed.isascii():
        return LatinName(printed, guessed=False)
    if latin := name_part(printed, languages) or PARTS.get(folded) or _known(word):
        return LatinName(latin, guessed=False)
    if folded.endswith(ALLAH) and len(folded) > 6:
        own = _part(_Word(printed[: -len(ALLAH)], folded[: -len(ALLAH)]), [ARAB])
        return LatinName(own.text + OF_GOD, own.guessed)
    rest = _behind_article(word)
    if rest.printed and (not languages or ARAB in languages or _is_arab(word)):
        own = _part(rest, [ARAB])
        return LatinName(LATIN_ARTICLE + own.text, own.guessed)
    if folded.startswith(ABD + ARTICLE) and len(folded) > 6:
        own = _part(_Word(printed[5:], folded[5:]), [ARAB])
        return LatinName(SERVANT + own.text.lower(), own.guessed)
    return LatinName(_by_letters(printed, languages).capitalize(), guessed=True)


@lru_cache(1 << 14)
def _spellings(printed: str) -> list[tuple[str, float]]:
    """What the letters of a word say: families, and other people, share words."""
    return LetterModel.shipped().spellings(printed)


def _by_letters(printed: str, languages: Sequence[str]) -> str:
    """What the letters say; of several spellings, the one that looks like these languages."""
    spellings = _spellings(printed)
    if not languages or len(spellings) == 1:
        return spellings[0][0]
    model = LanguageModel.shipped()
    return max(
        spellings,
        key=lambda one: math.log(one[1]) + LANGUAGE * model.likeness(one[0], languages),
    )[0]
