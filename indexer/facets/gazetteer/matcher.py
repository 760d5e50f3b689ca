"""Find many phrases in one pass over a text's words.

The tables of countries, organisations, titles and people together hold some ten thousand
phrases. They are kept as one tree of words, so that the time for a text depends on its length
alone. Only a phrase's first word can bear particles («وبلجيكا», «للعراق»); which phrases a word
can begin is worked out once per word type.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.facets.gazetteer.phrase_words import split_all

#: What is written onto a word, alone or together: and, then; in, to, like; will not occur here.
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")


class GazetteerEntry(NamedTuple):
    """What a phrase stands for: a value of a facet, and in which way it names it."""

    facet: str
    id: str
    kind: str


class PhraseMatch(NamedTuple):
    """A phrase in a text: words ``start`` to ``end``, the particles before it, its meanings."""

    start: int
    end: int
    particles: str
    entries: tuple[GazetteerEntry, ...]


class _Node:
    """A word of phrases: the words that may follow it, and what the phrases ending here mean."""

    __slots__ = ("children", "entries")

    def __init__(self) -> None:
        self.children = _NO_CHILDREN
        self.entries: tuple[GazetteerEntry, ...] = ()


#: Of the many nodes at which phrases end: a dictionary each would double the time of loading.
_NO_CHILDREN: dict[str, _Node] = {}
#: The tree's nodes under a phrase's first word, each with the particles before it.
Beginnings = tuple[tuple[_Node, str], ...]


class PhraseMatcher:
    """A set of phrases, each with what it stands for."""

    def __init__(self, phrases: Iterable[tuple[str, GazetteerEntry]]) -> None:
        self._root = _Node()
        printed, entries = zip(*phrases, strict=True)
        for words, entry in zip(split_all(printed), entries, strict=True):
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
            if entry not in node.entries:
                node.entries += (entry,)

    def find(
        self,
        words: Sequence[str],
        joined: Callable[[int], bool],
        begun: Iterable[tuple[int, Beginnings]] | None = None,
    ) -> list[PhraseMatch]:
        """Return all phrases in ``words``, also overlapping ones, in the order of their start.

        ``joined(i)`` says whether nothing separates word ``i`` from the next; ``begun`` are the
        words that begin phrases, where that is known already.
        """
        matches = []
        for start, nodes in enumerate(map(self.begun, words)) if begun is None else begun:
            for first, particles in nodes:
                node, end = first, start + 1
                while True:
                    if node.entries:
                        matches.append(PhraseMatch(start, end, particles, node.entries))
                    child = node.children.get(words[end]) if end < len(words) else None
                    if child is None or not joined(end - 1):
                        break
                    node, end = child, end + 1
        return matches

    def begun(self, word: str) -> Beginnings:
        """The phrases that a word can begin, each with the particles before it."""
        children = self._root.children
        return tuple(
            (children[base], particles)
            for base, particles in possible_bases(word)
            if base in children
        )


def is_form_of(word: str, some: Collection[str]) -> bool:
    """Whether a word is one of some, with particles or without.

    >>> is_form_of("ووزير", {"وزير"})
    True
    """
    return any(base in some for base, _ in possible_bases(word))


@lru_cache(1 << 12)  # several rules ask about a word in turn
def possible_bases(word: str) -> tuple[tuple[str, str], ...]:
    """Return what a word may be under its particles, itself first.

    >>> [base for base, particles in possible_bases("وللعراق")]
    ['وللعراق', 'للعراق', 'العراق', 'لعراق']
    """
    bases = [(word, "")]
    rests = [(word, "")]
    if word[:1] in CONJUNCTIONS and len(word) > 3:
        rests.append((word[1:], word[0]))
        bases.append(rests[-1])
    for rest, particles in rests:
        if len(rest) > 3:
            if rest.startswith("لل"):
                bases.append(("ا" + rest[1:], particles + "ل"))
            if rest[0] in PREPOSITIONS:
                bases.append((rest[1:], particles + rest[0]))
    return tuple(bases)


def longest(matches: Iterable[PhraseMatch]) -> list[PhraseMatch]:
    """Keep of overlapping phrases, in order, the one that starts first and, there, the longest.

    With equal extent the reading with fewer particles is kept: «بوتين» is no «وتين».
    """
    kept: list[PhraseMatch] = []
    start, end = -1, 0
    for match in matches:
        if match.start >= end:
            kept.append(match)
        elif match.start == start and (
            match.end > end or (match.end == end and len(match.particles) < len(kept[-1].particles))
        ):
            kept[-1] = match
        else:
            continue
        start, end = match.start, match.end
    return kept


def of_facet(matches: Iterable[PhraseMatch], facet: str) -> list[PhraseMatch]:
    """The phrases that name a value of a facet, with these meanings only."""
    own = ((match, _of_facet(match.entries, facet)) for match in matches)
    return [
        match
        if len(entries) == len(match.entries)
        else PhraseMatch(match.start, match.end, match.particles, entries)
        for match, entries in own
        if entries
    ]


@cache
def _of_facet(entries: tuple[GazetteerEntry, ...], facet: str) -> tuple[GazetteerEntry, ...]:
    """Some of the meanings of a phrase; the tables hold some ten thousand different ones."""
    return tuple(entry for entry in entries if entry.facet == facet)
