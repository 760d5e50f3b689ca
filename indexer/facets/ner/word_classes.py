"""Which words are names, and which are ordinary words."""

from dataclasses import dataclass
from functools import cache

from indexer.facets.gazetteer.known_people import FIRST_HALVES
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.tables import rows, words
from indexer.text.lexicon import default_lexicon

RARELY = words("rarely-given")
NAME = frozenset("gsf")
MAYBE_NAME = frozenset("ghstf")
ORDINARY = frozenset("ov")


@dataclass(frozen=True, slots=True)
class WordClass:
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
    def of(cls, classes: str) -> "WordClass":
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
UNKNOWN = WordClass()


class WordClasses:
    """The classes of words, by their exact layer."""

    def __init__(self) -> None:
        self._table: dict[str, WordClass] = {}
        word_classes: dict[str, WordClass] = {}
        for classes, line in rows("lexemes.tsv"):
            word_class = word_classes.get(classes) or word_classes.setdefault(
                classes, WordClass.of(classes)
            )
            for word in line.split(" "):
                self._table[word] = word_class

    def get(self, word: str) -> WordClass:
        """What is known of a word."""
        return self._table.get(word, UNKNOWN)

    def given(self, word: str) -> str:
        """The given name under a word's particles, or «»."""
        if word in RARELY:
            return ""
        word_class = self.get(word)
        if word_class.given or word in FIRST_HALVES:
            return word
        if word_class.known and not word.startswith("و"):
            return ""
        entry = default_lexicon().known(word)
        if entry and not entry.particles:  # «وفدا» is a delegation, not «و» and «فدا»
            return ""
        for base, _ in possible_bases(word)[1:]:
            if (self.get(base).given and not base.startswith("ال")) or base == "عبد":
                return base
        return ""

    def __contains__(self, word: str) -> bool:
        return word in self._table


@cache
def default_word_classes() -> WordClasses:
    """The table, read once."""
    return WordClasses()
