"""Where the values of facets stand in the words of a part."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.events.actor_words import NO_STATES, collectives, event_words, is_party
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.gazetteer.phrase_words import split
from indexer.facets.part import AnnotatedPart
from indexer.model import Facets, FacetValue

_THE = "ال"
#: The rules by which countries are found by their adjective and by their name.
ADJECTIVE, NAME = "country-adjective", "country-name"


class NamedThing(NamedTuple):
    """A value of a facet: where it ends, the rule that found it, the particles before it."""

    end: int
    value: FacetValue
    rule: str
    particles: str


class PartValues:
    """The people, organisations and countries of a part by the first word of each mention."""

    def __init__(self, part: AnnotatedPart, facets: Facets) -> None:
        self._part = part
        self.people = self._things(facets["people"])
        acting = [value for value in facets["organisations"] if is_party(value.id)]
        self.bodies = self._things(acting)
        self.countries = self._things(
            [one for one in facets["countries"] if one.id not in NO_STATES]
        )

    def together(self, at: int, limit: int) -> tuple[int, str] | None:
        """Where the name of states that act together ends, and the name: «القوى الكبرى»."""
        words = self._part.words
        if not _begins_together(words[at]):
            return None
        for base, particles in possible_bases(words[at]):
            for form in sorted(collectives().get(base, ()), key=len, reverse=True):
                end = at + len(form)
                if end <= limit and tuple(words[at + 1 : end]) == form[1:]:
                    first, *others = self._part.printed(at, end).split()
                    return end, " ".join([first[len(particles) :], *others])
        return None

    def _things(self, values: Sequence[FacetValue]) -> dict[int, NamedThing]:
        found = dict[int, NamedThing]()
        for value, mention, words in self._part.named(values):
            start, end = words.start, words.stop
            if start not in found or found[start].end < end:
                particles = self._particles(start, value)
                rule = NAME if self._is_name(start, mention.rule) else mention.rule
                found[start] = NamedThing(end, value, rule, particles)
        return found

    def _is_name(self, at: int, rule: str) -> bool:
        """Whether what looks like an adjective is the name of a state: «السعودية»."""
        match = self._part.matches.things.get(at)
        if rule != ADJECTIVE or match is None or all(e.kind != "name" for e in match.entries):
            return False
        alone = at == 0 or self._part.before(at) != " " or bool(match.particles)
        word = self._part.words[at - 1] if at else ""
        return alone or not word.startswith(_THE) or word in event_words("prepositions")

    def _particles(self, at: int, value: FacetValue) -> str:
        """What is written onto the first word of a mention."""
        matches, word = self._part.matches, self._part.words[at]
        names = set(split(value.name))
        told = next((taken for base, taken in possible_bases(word) if base in names), None)
        if told is not None:
            return told
        for known in (matches.things, matches.people, matches.singles):
            if at in known:
                return known[at].particles
        return ""


@lru_cache(1 << 15)
def _begins_together(word: str) -> bool:
    return any(base in collectives() for base, _ in possible_bases(word))


def printed_bare(part: AnnotatedPart, start: int, end: int, particles: str) -> str:
    """Words as printed, without the particles before them: «للحكومة» is «الحكومة»."""
    printed = part.printed(start, end)
    if not particles:
        return printed
    bases = possible_bases(part.words[start])
    base = next((base for base, taken in bases if taken == particles), "")
    rest = printed[len(particles) :]
    return _THE + rest[1:] if base.startswith(_THE) and rest.startswith("ل") else rest
