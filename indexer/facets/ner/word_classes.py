"""Which words are names, and which are ordinary words."""

from dataclasses import dataclass
from functools import cache

from indexer.facets.gazetteer.known_people import FIRST_HALVES
from indexer.facets.gazetteer.matcher import readings
from indexer.facets.tables import rows, words
from indexer.text.lexicon import default_lexicon

RARELY = words("rarely-given")
NAME = frozenset("gsf")
MAYBE_NAME = frozenset("ghstf")
ORDINARY = frozenset("ov")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A class of words, see ``tables/lexemes.tsv``.

    A word is ``certain`` if it is a name and hardly anything else, ``given`` if that is a given
    name, ``possible`` if it is borne as a name at all, ``ordinary`` if it is another word as well.
    """

    classes: str = ""
    known: bool = False
    given: bool = False
    certain: bool = False
    possible: bool = False
    ordinary: bool = False

    @classmethod
    def of(cls, classes: str) -> "Lexeme":
        """The class that the letters of the table describe."""
        ordinary = not ORDINARY.isdisjoint(classes)
        certain = not ordinary and not NAME.isdisjoint(classes)
        return cls(
            classes=classes,
            known=True,
            given=certain and "g" in classes,
            certain=certain,
            possible=not MAYBE_NAME.isdisjoint(classes),
            ordinary=ordinary,
        )


#: A word that no table knows.
UNKNOWN = Lexeme()


class Lexemes:
    """The classes of words, by their exact layer."""

    def __init__(self) -> None:
        self._table: dict[str, Lexeme] = {}
        lexemes: dict[str, Lexeme] = {}
        for classes, line in rows("lexemes.tsv"):
            lexeme = lexemes.get(classes) or lexemes.setdefault(classes, Lexeme.of(classes))
            for word in line.split(" "):
                self._table[word] = lexeme

    def get(self, word: str) -> Lexeme:
        """What is known of a word."""
        return self._table.get(word, UNKNOWN)

    def given(self, word: str) -> str:
        """The given name under a word's particles, or «»."""
        if word in RARELY:
            return ""
        lexeme = self.get(word)
        if lexeme.given or word in FIRST_HALVES:
            return word
        if lexeme.known and not word.startswith("و"):
            return ""
        entry = default_lexicon().known(word)
        if entry and not entry.particles:  # «وفدا» is a delegation, not «و» and «فدا»
            return ""
        for base, _ in readings(word)[1:]:
            if (self.get(base).given and not base.startswith("ال")) or base == "عبد":
                return base
        return ""

    def __contains__(self, word: str) -> bool:
        return word in self._table


@cache
def all_lexemes() -> Lexemes:
    """The table, read once."""
    return Lexemes()
