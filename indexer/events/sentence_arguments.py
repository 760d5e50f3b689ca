"""What a verb or a noun governs in a sentence: the parties around it, each by what leads to it.

No syntax tree: the words behind are read one by one, up to where a new clause begins, and each
party is told by the preposition before it, or bare. A noun without article binds what follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.events.actor_words import event_words, is_told_verb
from indexer.events.event_actors import Actor
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.part import AnnotatedPart

#: How far behind a word its parties are looked for, and how far before it.
_FAR, _BACK = 60, 8
_ENDS = frozenset(":;؛")
_LETTERS = ("ب", "ل", "ك")
_AND = "و"
_ACCUSATIVE = "ا"
_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")


class Argument(NamedTuple):
    """Parties by what leads to them: ``marker`` is a preposition or «»; ``bound`` to another noun.

    No ``actors``: somebody or something that is none of the known parties.
    """

    marker: str
    bound: bool
    actors: tuple[Actor, ...]
    start: int
    end: int


@dataclass(slots=True)
class SentenceArguments:
    """A sentence with its parties."""

    part: AnnotatedPart
    span: range
    actors: Sequence[Actor]
    _starts: Mapping[int, int] = field(init=False)
    _ends: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = {actor.start: n for n, actor in enumerate(self.actors)}
        self._ends = {actor.end: n for n, actor in enumerate(self.actors)}

    def behind(self, at: int, triggers: frozenset[int] = frozenset()) -> tuple[list[Argument], int]:
        """The arguments behind the word at ``at``, and where its clause ends."""
        part, found = self.part, list[Argument]()
        marker, bound = "", False
        index = at + 1
        stop = min(self.span.stop, index + _FAR)
        while index < stop:
            gap = part.before(index)
            if not _ENDS.isdisjoint(gap):
                break
            number = self._starts.get(index)
            if number is not None:
                actor = self.actors[number]
                own = actor.particles.removeprefix(_AND).removeprefix("ف")
                if self._adds(found, actor, marker, own, bound, gap):
                    last = found[-1]
                    actors = (*last.actors, actor)
                    found[-1] = last._replace(actors=actors, end=actor.end)
                else:
                    found.append(Argument(own or marker, bound, (actor,), index, actor.end))
                index, marker, bound = actor.end, "", False
                continue
            word = part.words[index]
            if self._ends_clause(index, word, triggers):
                break
            base, particle = _preposition(word)
            if base:
                marker, bound = base, False
            elif word in event_words("times") or word.isdigit():
                marker, bound = ("", False) if not bound else (marker, bound)
            elif (adjective := self._adjective(index)) is not None:
                found.append(Argument(particle or marker, True, (adjective,), index, index + 1))
                marker, bound = "", False
            elif particle:
                marker, bound = particle, not _is_closed(word)
            elif _is_closed(word):
                behind = bool(found) and found[-1].end == index
                if not marker and not bound and not behind:
                    found.append(Argument("", False, (), index, index + 1))
                marker, bound = "", False
            else:
                bound = not word.endswith(_ACCUSATIVE)
            index += 1
        return found, index

    def _adjective(self, index: int) -> Actor | None:
        return None

    def _adds(
        self, found: list[Argument], actor: Actor, marker: str, own: str, bound: bool, gap: str
    ) -> bool:
        """Whether a party joins those before it: «مصر والأردن», «مصر، والأردن»."""
        if not found or not found[-1].actors or marker or bound:
            return False
        last = found[-1]
        if last.end != actor.start:
            return False
        if actor.particles.startswith(_AND):
            return not own or own == last.marker
        return "،" in gap and actor.kind == last.actors[-1].kind and self._goes_on(actor)

    def _goes_on(self, actor: Actor) -> bool:
        """Whether a list goes on behind: «A، B وC»."""
        number = self._starts[actor.start] + 1
        while number < len(self.actors):
            after, before = self.actors[number], self.actors[number - 1]
            if after.start != before.end or number > self._starts[actor.start] + 8:
                return False
            if after.particles.startswith(_AND):
                return True
            number += 1
        return False

    def _ends_clause(self, index: int, word: str, triggers: frozenset[int]) -> bool:
        if word in event_words("clause-ends") or index in triggers:
            return True
        return word.startswith(_AND) and is_told_verb(word)

    def before(self, at: int) -> tuple[Actor, ...]:
        """The parties that stand as subject before the verb at ``at``."""
        part, index, first = self.part, at, self.span.start
        for _ in range(_BACK):
            if index <= first:
                return ()
            if index in self._ends:
                break
            if _ENDS & set(part.before(index)):
                return ()
            word = part.words[index - 1]
            skipped = word in event_words("before-verb") or word in event_words("times")
            if not (skipped or word in event_words("relatives")):
                return ()
            index -= 1
        if index not in self._ends or _ENDS & set(part.before(at)):
            return ()
        number = self._ends[index]
        chain = [self.actors[number]]
        while chain[0].particles == _AND and chain[0].start in self._ends:
            chain.insert(0, self.actors[self._ends[chain[0].start]])
        relative = any(word in event_words("relatives") for word in part.words[index:at])
        return tuple(chain) if relative or self.is_free(chain[0]) else ()

    def is_free(self, actor: Actor) -> bool:
        """Whether a party is governed by no preposition and bound to no noun."""
        if actor.particles not in ("", _AND, "ف"):
            return False
        if actor.start == self.span.start:
            return True
        word, gap = self.part.words[actor.start - 1], self.part.before(actor.start)
        if gap.strip(' "«“'):
            return True
        if word in event_words("openers") or actor.start in self._ends:
            return True
        if is_told_verb(word):
            return True
        if _preposition(word)[0] or word in event_words("prepositions"):
            return False
        return _is_closed(word) or word in event_words("times") or word.endswith(_ACCUSATIVE)

    def subject_before(self, at: int) -> Actor | None:
        """The nearest party before ``at`` that is the subject of some verb."""
        for actor in reversed(self.actors):
            if actor.start < at and self._is_subject(actor):
                return actor
        return None

    def first_subject(self) -> Actor | None:
        """The first party that is the subject of the sentence."""
        return next((actor for actor in self.actors if self._is_subject(actor)), None)

    def _is_subject(self, actor: Actor) -> bool:
        if actor.particles not in ("", _AND, "ف") or actor.kind == "place":
            return False
        if actor.start == self.span.start:
            return True
        word = self.part.words[actor.start - 1]
        return word in event_words("openers") or is_told_verb(word)


def _preposition(word: str) -> tuple[str, str]:
    """The preposition that a word is, and the particle that is written onto it."""
    prepositions = event_words("prepositions")
    if word in prepositions:
        return word, ""
    if word[:1] in (_AND, "ف") and word[1:] in prepositions:
        return word[1:], ""
    for _, particles in possible_bases(word):
        own = particles.removeprefix(_AND).removeprefix("ف")
        if own in _LETTERS and own:
            return "", own
    return "", ""


def _is_closed(word: str) -> bool:
    """Whether a word binds no other: it has an article or a pronoun."""
    bare = word.removeprefix(_AND)
    return bare.startswith(("ال", "بال", "لل", "كال")) or (
        len(word) > 4 and word.endswith(_PRONOUNS)
    )
