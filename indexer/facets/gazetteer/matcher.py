"""Find many phrases in one pass over a text's words.

The tables of countries, organisations, titles and people together hold some ten thousand
phrases. They are kept as one tree of words, so that the time for a text depends on its length
alone. Only a phrase's first word can bear particles («وبلجيكا», «للعراق»); which phrases a word
can begin is worked out once per word type.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.facets.part import split_all

#: What is written onto a word, alone or together: and, then; in, to, like; will not occur here.
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")


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
    """A word of phrases: the words that may follow it, and what the phrases ending here mean."""

    __slots__ = ("children", "forms")

    def __init__(self) -> None:
        self.children = _NO_CHILDREN
        self.forms: tuple[Form, ...] = ()


#: Of the many nodes at which phrases end: a dictionary each would double the time of loading.
_NO_CHILDREN: dict[str, _Node] = {}
#: The tree's nodes under a phrase's first word, each with the particles before it.
Beginnings = tuple[tuple[_Node, str], ...]


class Phrases:
    """A set of phrases, each with what it stands for."""

    def __init__(self, entries: Iterable[tuple[str, Form]]) -> None:
        self._root = _Node()
        phrases, forms = zip(*entries, strict=True)
        for words, form in zip(split_all(phrases), forms, strict=True):
            node = self._root
            for word in words:
                child = node.children.get(word)
                if child is None:
                    child = _Node()
                    if node.children is _NO_CHILDREN:
                        node.children = {word: child}
                    else:
                        node.children[word] = child
                node = child
            if form not in node.forms:
                node.forms += (form,)

    def find(
        self,
        words: Sequence[str],
        joined: Callable[[int], bool],
        begun: Iterable[tuple[int, Beginnings]] | None = None,
    ) -> list[Found]:
        """Return all phrases in ``words``, also overlapping ones, in the order of their start.

        ``joined(i)`` says whether nothing separates word ``i`` from the next; ``begun`` are the
        words that begin phrases, where that is known already.
        """
        found = []
        for start, nodes in enumerate(map(self.begun, words)) if begun is None else begun:
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

    def begun(self, word: str) -> Beginnings:
        """The phrases that a word can begin, each with the particles before it."""
        children = self._root.children
        return tuple(
            (children[base], particles) for base, particles in readings(word) if base in children
        )


@lru_cache(1 << 12)  # several rules ask about a word in turn
def readings(word: str) -> tuple[tuple[str, str], ...]:
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
    return tuple(found)


def longest(found: Iterable[Found]) -> list[Found]:
    """Keep of overlapping phrases, in order, the one that starts first and, there, the longest.

    With equal extent the reading with fewer particles is kept: «بوتين» is no «وتين».
    """
    kept: list[Found] = []
    start, end = -1, 0
    for one in found:
        if one.start >= end:
            kept.append(one)
        elif one.start == start and (
            one.end > end or (one.end == end and len(one.particles) < len(kept[-1].particles))
        ):
            kept[-1] = one
        else:
            continue
        start, end = one.start, one.end
    return kept


def of_facet(found: Iterable[Found], facet: str) -> list[Found]:
    """The phrases that name a value of a facet, with these meanings only."""
    own = ((one, _of_facet(one.forms, facet)) for one in found)
    return [
        one if len(forms) == len(one.forms) else Found(one.start, one.end, one.particles, forms)
        for one, forms in own
        if forms
    ]


@cache
def _of_facet(forms: tuple[Form, ...], facet: str) -> tuple[Form, ...]:
    """Some of the meanings of a phrase; the tables hold some ten thousand different ones."""
    return tuple(form for form in forms if form.facet == facet)
