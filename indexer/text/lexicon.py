"""The lemma of a word type, from a table; and of its forms that the table does not list.

The table maps normalised word types to rules, such as «behind two particles, take off one letter at
the end and put on ه»: a few thousand rules serve some hundred thousand words. It is one compressed
file, read in a tenth of a second. ``indexer.build.lexicon`` makes the one that Rasad ships, and
``build_user_lexicon`` one for the words of an archive of your own.
"""

import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from indexer.errors import LexiconError
from indexer.text.affixes import ENDINGS, PROCLITICS

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
    """Word types and their lemmas."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = dict(rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, word: str) -> bool:
        return word in self._rules

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    @classmethod
    def of(cls, entries: Mapping[str, Entry]) -> "Lexicon":
        """A lexicon with these entries."""
        return cls({w: rule_for(w, e.lemma, e.particles) for w, e in entries.items()})

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read a lexicon that ``save`` wrote."""
        return cls.read(path.read_bytes())

    @classmethod
    def read(cls, data: bytes) -> "Lexicon":
        """The lexicon in the content of such a file."""
        return cls(_unpack(data))

    def save(self, path: Path) -> None:
        path.write_bytes(_pack(self._rules))

    def add(self, word: str, entry: Entry) -> None:
        self._rules[word] = rule_for(word, entry.lemma, entry.particles)

    def known(self, word: str) -> Entry | None:
        """The entry of a listed word."""
        rule = self._rules.get(word)
        return None if rule is None else Entry(rule.lemma(word), rule.particles)

    def find(self, word: str) -> Entry | None:
        """The entry of a listed word, or of the longest listed word inside an unlisted one."""
        return self.known(word) or self.inside(word)

    def inside(self, word: str) -> Entry | None:
        """The entry of ``word`` by the longest listed word that stands in it between affixes."""
        rules = self._rules
        best: Entry | None = None
        longest = _LEAVES
        for proclitic in PROCLITICS:
            if not word.startswith(proclitic):
                continue
            behind = word[len(proclitic) :]
            if len(behind) <= longest:
                continue
            for ending, restored in _AFTER.get(word[-1], _BARE):
                if not behind.endswith(ending):
                    continue
                length = len(behind) - len(ending)
                if length <= longest:
                    continue
                rest = behind[:length] + restored
                rule = rules.get(rest)
                if rule is not None and not rule.particles and rest != word:
                    best, longest = Entry(rule.lemma(rest), len(proclitic)), length
        return best


def _pack(rules: Mapping[str, Rule]) -> bytes:
    words = sorted(rules)
    kinds = sorted(set(rules.values()))
    number = {rule: index for index, rule in enumerate(kinds)}
    parts = (
        "\n".join(words).encode(),
        "\n".join("\t".join(map(str, rule)) for rule in kinds).encode(),
        array("H", (number[rules[word]] for word in words)).tobytes(),
    )
    packed = [zlib.compress(part, 9) for part in parts]
    return _MAGIC + _SIZES.pack(*map(len, packed)) + b"".join(packed)


def _unpack(data: bytes) -> dict[str, Rule]:
    start = len(_MAGIC) + _SIZES.size
    if not data.startswith(_MAGIC):
        raise LexiconError("not a lexicon")
    parts = []
    for size in _SIZES.unpack(data[len(_MAGIC) : start]):
        parts.append(zlib.decompress(data[start : start + size]))
        start += size
    kinds = [_rule(line) for line in parts[1].decode().split("\n") if line]
    numbers = array("H", parts[2])
    return dict(zip(parts[0].decode().split("\n"), map(kinds.__getitem__, numbers), strict=True))


def _rule(line: str) -> Rule:
    particles, cut, front, drop, back = line.split("\t")
    return Rule(int(particles), int(cut), front, int(drop), back)


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that comes with Rasad."""
    return Lexicon.read(files("indexer.text").joinpath("lexicon.bin").read_bytes())
