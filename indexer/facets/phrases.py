"""Find many phrases in one pass over a text's words.

The tables of countries, organisations, titles and people together hold some ten thousand
phrases. They are kept as one tree of words, so that the time for a text depends on its length
alone. Only a phrase's first word can bear particles («وبلجيكا», «للعراق»); which phrases a word
can begin is worked out once per word type.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from indexer.facets.tokens import split

#: What is written onto a word, alone or together: and, then; in, to, like; will not occur here.
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")
_REMEMBERED = 1 << 17  # word types whose readings are kept; news has some hundred thousand


class Form(NamedTuple):
    """What a phrase stands for: a value of a facet, and in which way it names it."""

    facet: str
    id: str
    kind: str


class Found(NamedTuple):
    """A phrase in a text: words ``start`` to ``end``, the particles before it, its meanings."""

    start: int
    end: int
    particles: str
    forms: tuple[Form, ...]


class _Node:
    __slots__ = ("children", "forms")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.forms: tuple[Form, ...] = ()


class Phrases:
    """A set of phrases, each with what it stands for."""

    def __init__(self, entries: Iterable[tuple[str, Form]]) -> None:
        self._root = _Node()
        self._starts: dict[str, tuple[tuple[_Node, str], ...]] = {}
        for phrase, form in entries:
            node = self._root
            for word in split(phrase):
                child = node.children.get(word)
                if child is None:
                    child = node.children[word] = _Node()
                node = child
            if form not in node.forms:
                node.forms += (form,)

    def find(self, words: Sequence[str], joined: Callable[[int], bool]) -> list[Found]:
        """Return all phrases in ``words``, also overlapping ones, in the order of their start.

        ``joined(i)`` says whether nothing separates word ``i`` from the next.
        """
        found = []
        starts = self._starts
        for start, word in enumerate(words):
            nodes = starts.get(word)
            if nodes is None:
                nodes = self._remember(word)
            for first, particles in nodes:
                node, end = first, start + 1
                while True:
                    if node.forms:
                        found.append(Found(start, end, particles, node.forms))
                    child = node.children.get(words[end]) if end < len(words) else None
                    if child is None or not joined(end - 1):
                        break
                    node, end = child, end + 1
        return found

    def _remember(self, word: str) -> tuple[tuple[_Node, str], ...]:
        if len(self._starts) >= _REMEMBERED:
            self._starts.clear()
        children = self._root.children
        nodes = tuple(
            (children[base], particles) for base, particles in readings(word) if base in children
        )
        self._starts[word] = nodes
        return nodes


def readings(word: str) -> list[tuple[str, str]]:
    """Return what a word may be under its particles, itself first.

    >>> [base for base, particles in readings("وللعراق")]
    ['وللعراق', 'للعراق', 'العراق', 'لعراق']
    """
    found = [(word, "")]
    rests = [(word, "")]
    if word[:1] in CONJUNCTIONS and len(word) > 3:
        rests.append((word[1:], word[0]))
        found.append(rests[-1])
    for rest, particles in rests:
        if len(rest) > 3:
            if rest.startswith("لل"):
                found.append(("ا" + rest[1:], particles + "ل"))
            if rest[0] in PREPOSITIONS:
                found.append((rest[1:], particles + rest[0]))
    return found


def longest(found: Iterable[Found]) -> list[Found]:
    """Keep of overlapping phrases the one that starts first and, there, the longest.

    With equal extent the reading with fewer particles is kept: «بوتين» is no «وتين».
    """
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end, len(f.particles))):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
