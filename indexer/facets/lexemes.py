"""Which words are names, which are ordinary words, and how names are written in Latin letters."""

from typing import NamedTuple

from indexer.facets.tables import rows

GIVEN = frozenset("g")
NAME = frozenset("gsf")
MAYBE_NAME = frozenset("ghstf")
ORDINARY = frozenset("ov")


class Lexeme(NamedTuple):
    """A word's classes, see ``tables/lexemes.tsv``; no classes: a word nobody has seen."""

    classes: str = ""
    latin: str = ""

    @property
    def known(self) -> bool:
        return bool(self.classes)

    @property
    def given(self) -> bool:
        """A given name and hardly anything else."""
        return "g" in self.classes and self.certain

    @property
    def certain(self) -> bool:
        """A name and hardly anything else."""
        return not NAME.isdisjoint(self.classes) and ORDINARY.isdisjoint(self.classes)

    @property
    def possible(self) -> bool:
        """Borne as a name, whatever else it may be."""
        return not MAYBE_NAME.isdisjoint(self.classes)

    @property
    def ordinary(self) -> bool:
        return not ORDINARY.isdisjoint(self.classes)


UNKNOWN = Lexeme()


class Lexemes:
    """The table of words, by their exact layer."""

    def __init__(self) -> None:
        interned: dict[tuple[str, str], Lexeme] = {}
        self._table: dict[str, Lexeme] = {}
        for word, classes, *latin in rows("lexemes.tsv"):
            value = (classes, latin[0] if latin else "")
            lexeme = interned.get(value)
            if lexeme is None:
                lexeme = interned[value] = Lexeme(*value)
            self._table[word] = lexeme

    def get(self, word: str) -> Lexeme:
        """What is known of a word."""
        return self._table.get(word, UNKNOWN)

    def __contains__(self, word: str) -> bool:
        return word in self._table
