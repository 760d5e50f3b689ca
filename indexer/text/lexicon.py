"""The lemma of a word type, from a table; and of its forms that the table does not list.

The table maps normalised word types to rules, such as «behind two particles, take off one letter at
the end and put on ه»: a few thousand rules serve some hundred thousand words. It is one compressed
file, read in a twentieth of a second. ``indexer.generate.lexicon_table`` makes the one that Rasad
ships, and ``indexer.text.user_lexicon`` one for the words of an archive of your own.
"""

import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from indexer.errors import LexiconError
from indexer.text.affixes import ENDINGS, FUTURE, PERSONS, PROCLITICS
from indexer.text.sorted_words import WordList

_MAGIC = b"RASADLX1"
_SIZES = struct.Struct("<III")
#: Letters of a stem that must remain before a known word is looked for inside an unknown one.
_LEAVES = 2
_BARE = (("", ""),)
#: The endings that a word's last letter allows.
_AFTER = {
    letter: _BARE + tuple(end for end in ENDINGS if end[0].endswith(letter))
    for letter in {ending[-1] for ending, _ in ENDINGS}
}


class Rule(NamedTuple):
    """How a word becomes its lemma; ``particles`` counts the letters of the particles before it."""

    particles: int
    cut: int  # letters taken off behind the particles
    front: str  # put on before
    drop: int  # letters taken off at the end
    back: str  # put on behind

    def lemma(self, word: str) -> str:
        return (
            self.front
            + word[self.particles + self.cut : len(word) - self.drop if self.drop else None]
            + self.back
        )


def rule_for(word: str, lemma: str, particles: int) -> Rule:
    """The rule that makes ``lemma`` of ``word``, keeping the longest piece that both share."""
    rest = word[particles:]
    same = SequenceMatcher(None, rest, lemma, autojunk=False).find_longest_match()
    return Rule(
        particles,
        same.a,
        lemma[: same.b],
        len(rest) - same.a - same.size,
        lemma[same.b + same.size :],
    )


class Entry(NamedTuple):
    """What a lexicon says of a word: its lemma, and how many letters of particles precede it."""

    lemma: str
    particles: int


class Lexicon:
    """Word types and their lemmas: a packed list, and entries laid over it."""

    def __init__(
        self,
        words: WordList | None = None,
        numbers: Sequence[int] = (),
        rules: Sequence[Rule] = (),
    ) -> None:
        """``numbers`` gives for each of ``words`` the place of its rule in ``rules``."""
        self._words = WordList.of(()) if words is None else words
        self._numbers = numbers
        self._rules = rules
        self._over: dict[str, Rule] = {}

    def __len__(self) -> int:
        return len(self._numbers) + sum(self._words.number(word) is None for word in self._over)

    def __contains__(self, word: str) -> bool:
        return self._rule(word) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed())

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read a lexicon that ``save`` wrote."""
        try:
            return cls.unpack(path.read_bytes())
        except OSError as error:
            raise LexiconError(f"{path}: {error.strerror}") from error
        except (ValueError, zlib.error, struct.error) as error:
            raise LexiconError(f"{path} is not a lexicon of Rasad, or is damaged") from error

    @classmethod
    def unpack(cls, data: bytes) -> "Lexicon":
        """The lexicon in the content of such a file."""
        if not data.startswith(_MAGIC):
            raise ValueError("not a lexicon")
        at = len(_MAGIC) + _SIZES.size
        parts = []
        for size in _SIZES.unpack(data[len(_MAGIC) : at]):
            parts.append(data[at : at + size])
            at += size
        lines = zlib.decompress(parts[2]).decode().splitlines()
        numbers = array("H", zlib.decompress(parts[1]))
        return cls(WordList.unpack(parts[0]), numbers, tuple(map(_rule, lines)))

    def pack(self) -> bytes:
        """The lexicon as a file's content, overlaid entries and all."""
        rules = self._listed()
        words = sorted(rules)
        kinds = sorted(set(rules.values()))
        number = {rule: index for index, rule in enumerate(kinds)}
        parts = (
            WordList.of(words).pack(),
            zlib.compress(array("H", (number[rules[word]] for word in words)).tobytes(), 9),
            zlib.compress("".join("\t".join(map(str, r)) + "\n" for r in kinds).encode(), 9),
        )
        return _MAGIC + _SIZES.pack(*map(len, parts)) + b"".join(parts)

    def save(self, path: Path) -> None:
        path.write_bytes(self.pack())

    def with_entries_of(self, other: "Lexicon") -> "Lexicon":
        """This lexicon with the entries of another laid over it."""
        both = Lexicon(self._words, self._numbers, self._rules)
        both._over = self._over | other._listed()
        return both

    def add(self, word: str, entry: Entry) -> None:
        """List ``word``, or change what is listed of it."""
        self._over[word] = rule_for(word, entry.lemma, entry.particles)

    def _listed(self) -> dict[str, Rule]:
        packed = zip(self._words, self._numbers, strict=True)
        return {word: self._rules[number] for word, number in packed} | self._over

    def _rule(self, word: str) -> Rule | None:
        rule = self._over.get(word)
        if rule is None:
            number = self._words.number(word)
            rule = None if number is None else self._rules[self._numbers[number]]
        return rule

    def known(self, word: str) -> Entry | None:
        """The entry of a listed word."""
        rule = self._rule(word)
        return None if rule is None else Entry(rule.lemma(word), rule.particles)

    def is_lemma(self, word: str) -> bool:
        """Whether the lexicon lists the word as the lemma of itself."""
        return self.known(word) == (word, 0)

    def find(self, word: str) -> Entry | None:
        """The entry of a listed word, or of the longest listed word inside an unlisted one."""
        return self.known(word) or self.inside(word)

    def inside(self, word: str) -> Entry | None:
        """The entry of ``word`` by the longest listed word that stands in it between affixes."""
        best: Entry | None = None
        longest = _LEAVES
        for proclitic in PROCLITICS:
            if not word.startswith(proclitic):
                continue
            behind = word[len(proclitic) :]
            if proclitic.endswith(FUTURE) and not behind.startswith(PERSONS):
                continue
            for ending, restored in _AFTER.get(word[-1], _BARE):
                length = len(behind) - len(ending)
                if length <= longest or not behind.endswith(ending):
                    continue
                rest = behind[:length] + restored
                rule = self._rule(rest)
                if rule is not None and not rule.particles and rest != word:
                    best, longest = Entry(rule.lemma(rest), len(proclitic)), length
        return best


def _rule(line: str) -> Rule:
    particles, cut, front, drop, back = line.split("\t")
    return Rule(int(particles), int(cut), front, int(drop), back)


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that comes with Rasad."""
    return Lexicon.unpack(files("indexer.text").joinpath("lexicon.bin").read_bytes())
