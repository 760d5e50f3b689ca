"""What a verb or a noun governs in a sentence: the parties around it, each by what leads to it.

No syntax tree: the words behind are read one by one, up to where a new clause begins, and each
party is told by the preposition before it, or bare. A noun without article binds what follows.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal, NamedTuple

from indexer.events.actor_words import event_words, is_told_verb
from indexer.events.event_actors import Actor
from indexer.facets.part import AnnotatedPart
from indexer.model import Word

#: How far behind a word its parties are looked for, and how far before it.
_FAR, _BACK, _MOST_LISTED = 60, 8, 8
#: Parties of a sentence that are asked whether a pronoun means them.
_MOST_ASKED = 40
#: Words between a party and a noun that means it.
_NEAREST = 2
_START = attrgetter("start")
_ENDS = frozenset(":;؛")
_APART = _ENDS | set("()-–")
_LETTERS = ("ب", "ل", "ك")
_FOR = "ل"
_AND, _SO = "و", "ف"
_ACCUSATIVE = "ا"
_COMMA = "،"
_OPEN, _CLOSED = "(", ")"
_QUOTES = ' "«“»”'
_SHORTEST, _SHORTEST_VERB = 5, 4
_PRESENT = ("ي", "ت")
_FEMININE = "ة"
_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")
_DEFINITE = ("ال", "بال", "لل", "كال")
#: How a party depends on what leads to it: itself, by a noun that it owns, by its adjective.
Bond = Literal["", "+", "~"]


class Argument(NamedTuple):
    """Parties by what leads to them: ``marker`` is a preposition or «».

    No ``actors``: somebody or something that is none of the known parties.
    """

    marker: str
    bond: Bond
    actors: tuple[Actor, ...]
    start: int
    end: int


@dataclass(slots=True)
class SentenceArguments:
    """A sentence with its parties. ``adjective`` gives the state of an adjective, if it is one."""

    part: AnnotatedPart
    span: range
    actors: Sequence[Actor]
    adjective: Callable[[int], Actor | None]
    _starts: Mapping[int, int] = field(init=False)
    _ends: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = {actor.start: number for number, actor in enumerate(self.actors)}
        self._ends = {actor.end: number for number, actor in enumerate(self.actors)}

    def behind(self, at: int, ends: Set[int]) -> tuple[list[Argument], int]:
        """The arguments behind the word at ``at``, and where its clause ends.

        ``ends`` are the places of words with which another clause begins.
        """
        reading = _Reading(self, at + 1)
        stop = min(self.span.stop, at + 1 + _FAR)
        while reading.index < stop and not self._is_end(reading.index, at, ends):
            number = self._starts.get(reading.index)
            if _OPEN in self.part.before(reading.index):
                reading.index = self._past_brackets(reading.index, stop)
            elif number is not None:
                reading.take(self.actors[number])
            else:
                reading.skip()
        return reading.found, reading.index

    def _past_brackets(self, index: int, stop: int) -> int:
        """Where the text goes on behind brackets: what stands in them is said by the way."""
        after = index + 1
        while after < stop and _CLOSED not in self.part.before(after):
            after += 1
        return after

    def _is_end(self, index: int, at: int, ends: Set[int]) -> bool:
        if index in self._starts:
            return not _ENDS.isdisjoint(self.part.before(index))
        word = self.part.words[index]
        if not _ENDS.isdisjoint(self.part.before(index)):
            return True
        if word in event_words("clause-ends"):
            after = self.part.words[index + 1] if index + 1 < self.span.stop else ""
            return word not in event_words("relatives") or after not in event_words("took-place")
        if index in ends or (word.startswith(_AND) and is_told_verb(word)):
            return True
        return index > at + 1 and _is_present(self.part.layers[index])

    def goes_on(self, actor: Actor) -> bool:
        """Whether a list goes on behind a party: «A، B وC»."""
        number = self._starts[actor.start] + 1
        for after in range(number, min(number + _MOST_LISTED, len(self.actors))):
            if self.actors[after].start != self.actors[after - 1].end:
                return False
            if self.actors[after].particles.startswith(_AND):
                return True
        return False

    def clause_start(self, at: int) -> int:
        """Where the clause of the verb at ``at`` begins: behind the verb or «أن» before it."""
        words = self.part.words
        for index in range(at - 1, max(self.span.start, at - _FAR) - 1, -1):
            if words[index] in event_words("clause-ends") or is_told_verb(words[index]):
                return index + 1
        return self.span.start

    def before(self, at: int) -> tuple[Actor, ...]:
        """The parties that stand as subject before the verb at ``at``."""
        index = self._skipped_back(at)
        if index not in self._ends or not _APART.isdisjoint(self.part.before(index)):
            return ()
        chain = [self.actors[self._ends[index]]]
        while chain[0].particles == _AND and chain[0].start in self._ends:
            chain.insert(0, self.actors[self._ends[chain[0].start]])
        relative = any(word in event_words("relatives") for word in self.part.words[index:at])
        return tuple(chain) if relative or self.is_free(chain[0]) else ()

    def _skipped_back(self, at: int) -> int:
        """Where the words between a subject and its verb begin."""
        words = self.part.words
        for index in range(at, max(self.span.start, at - _BACK), -1):
            if index in self._ends or not _APART.isdisjoint(self.part.before(index)):
                return index
            skipped = ("before-verb", "times", "relatives")
            if not any(words[index - 1] in event_words(name) for name in skipped):
                return index
        return self.span.start

    def is_free(self, actor: Actor) -> bool:
        """Whether a party is governed by no preposition and bound to no noun."""
        if actor.particles not in ("", _AND, _SO):
            return False
        if actor.start == self.span.start or self.part.before(actor.start).strip(_QUOTES):
            return True
        before = actor.start - 1
        word = self.part.words[before]
        if word in event_words("openers") or actor.start in self._ends or is_told_verb(word):
            return True
        if preposition(self.part.layers[before])[0]:
            return False
        closed = is_closed(self.part.layers[before], self.part.word(before))
        return closed or word in event_words("times") or word.endswith(_ACCUSATIVE)

    def subject_before(self, at: int, royal: bool = False) -> Actor | None:
        """The nearest party before ``at``, royal if need be, that is the subject of some verb."""
        number = bisect_left(self.actors, at, key=_START)
        own = (
            one
            for one in reversed(self.actors[max(number - _MOST_ASKED, 0) : number])
            if self._is_subject(one) and (one.royal or not royal)
        )
        return next(own, None)

    def person_before(self, at: int) -> Actor | None:
        """The nearest person or office before ``at``."""
        number = bisect_left(self.actors, at, key=_START)
        before = reversed(self.actors[max(number - _MOST_ASKED, 0) : number])
        return next((one for one in before if one.kind in ("person", "office")), None)

    def first_subject(self, royal: bool = False) -> Actor | None:
        """The first party, royal if need be, that is the subject of the sentence."""
        first = self.actors[:_MOST_ASKED]
        return next(
            (one for one in first if self._is_subject(one) and (one.royal or not royal)), None
        )

    def nearest_before(self, at: int) -> tuple[Actor, ...]:
        """The party that ends at most a few words before ``at``."""
        number = bisect_left(self.actors, at, key=_START)
        near = self.actors[number - 1 : number] if number else ()
        return tuple(one for one in near if one.end + _NEAREST >= at)

    def names_some(self, at: int) -> bool:
        """Whether a party is named before ``at``."""
        first = self.actors[:_MOST_ASKED]
        return any(one.start < at and one.kind != "place" for one in first)

    def _is_subject(self, actor: Actor) -> bool:
        """Whether a verb stands before a party, or behind it: «من A أعرب فيه», «عن A قوله»."""
        if actor.particles not in ("", _AND, _SO) or actor.kind == "place":
            return False
        if actor.start == self.span.start:
            return True
        words = self.part.words
        word = words[actor.start - 1]
        if word in event_words("openers") or is_told_verb(word):
            return True
        if word in event_words("in-it") and is_told_verb(words[max(actor.start - 2, 0)]):
            return True  # «أعلنت فيه القوات»
        behind = words[actor.end : min(actor.end + 2, self.span.stop)]
        if behind and behind[0] in event_words("saying"):
            return True
        return len(behind) > 1 and is_told_verb(behind[0]) and behind[1] in event_words("in-it")


@dataclass(slots=True)
class _Reading:
    """The words behind a trigger being read."""

    sentence: SentenceArguments
    index: int
    marker: str = ""
    bond: Bond = ""
    among: bool = False
    found: list[Argument] = field(default_factory=list)

    def take(self, actor: Actor) -> None:
        """Read a party."""
        own = actor.particles.removeprefix(_AND).removeprefix(_SO)
        if self._adds(actor, own):
            self._join(actor)
        elif self._is_apposition(actor):
            self.found[-1] = self.found[-1]._replace(end=actor.end)
        else:
            marker = own or self.marker
            bond: Bond = "" if own else self.bond
            self.found.append(Argument(marker, bond, (actor,), actor.start, actor.end))
        self._next(actor.end, "", "")

    def _is_apposition(self, actor: Actor) -> bool:
        """Whether an office behind a comma is one of the person before."""
        if not self.found or self.marker or self.bond or actor.kind != "office":
            return False
        last = self.found[-1]
        comma = _COMMA in self.sentence.part.before(actor.start)
        person = bool(last.actors) and last.actors[-1].kind == "person"
        return comma and person and bool(last.marker) and last.end == actor.start

    def _join(self, actor: Actor) -> None:
        """Add a party to the last ones; one whose state is not told is of theirs."""
        last = self.found[-1]
        if actor.guessed:
            party, known = actor.parties[0], last.actors[-1].parties[-1]
            own = replace(party, country=known.country, org=known.org)
            actor = actor._replace(parties=(own,))
        self.found[-1] = last._replace(actors=(*last.actors, actor), end=actor.end)

    def _adds(self, actor: Actor, own: str) -> bool:
        """Whether a party joins those before it: «مصر والأردن», «مصر، والأردن»."""
        if not self.found or not self.found[-1].actors or self.marker or self.bond:
            return False
        last = self.found[-1]
        if self.among:
            return not own
        if last.end != actor.start:
            return False
        if actor.particles.startswith(_AND):
            return not own or own == last.marker
        comma = _COMMA in self.sentence.part.before(actor.start)
        return comma and actor.kind == last.actors[-1].kind and self.sentence.goes_on(actor)

    def skip(self) -> None:
        """Read a word that is no party."""
        at, word = self.index, self.sentence.part.words[self.index]
        part = self.sentence.part
        base, particle = preposition(part.layers[at])
        closed = is_closed(part.layers[at], part.word(at))
        if word in event_words("among") and self.found:
            self._next(at + 1, "", "")
            self.among = True
        elif word in event_words("counterparts"):
            self._next(at + 1, particle or self.marker, "")
        elif word in event_words("took-place") or word in event_words("about-it"):
            self._next(at + 1, "", "")
        elif word in event_words("quantifiers"):
            self._next(at + 1, self.marker, self.bond)
        elif base:
            self._next(at + 1, base, "")
        elif word in event_words("times") or word.isdigit():
            self._next(at + 1, self.marker if self.bond else "", self.bond)
        elif (actor := self.sentence.adjective(at)) is not None:
            self._add_adjective(actor, particle or self.marker)
        elif particle:
            self._next(at + 1, particle, "" if closed else "+")
        elif closed:
            behind = bool(self.found) and self.found[-1].end == at
            if not self.marker and self.bond != "~" and not behind:
                self.found.append(Argument("", "", (), at, at + 1))
            article = word.removeprefix(_AND).startswith(_DEFINITE)
            self._next(at + 1, self.marker if article and not self.bond else "", "")
        else:
            self._next(at + 1, self.marker, "" if word.endswith(_ACCUSATIVE) else "+")

    def _add_adjective(self, actor: Actor, marker: str) -> None:
        """Add a state that an adjective tells; adjectives on end are of several states."""
        last = self.found[-1] if self.found else None
        beside = last is not None and last.end == actor.start and not actor.particles
        if last is not None and beside and last.bond == "~":
            self.found[-1] = last._replace(actors=(*last.actors, actor), end=actor.end)
        else:
            self.found.append(Argument(marker, "~", (actor,), actor.start, actor.end))
        self._next(actor.end, "", "")

    def _next(self, index: int, marker: str, bond: Bond) -> None:
        self.index, self.marker, self.bond, self.among = index, marker, bond, False


def _is_present(word: Word) -> bool:
    """Whether a word is a verb in the present: it has a letter that its lemma has not."""
    exact = word.exact[1:] if word.exact[:1] in (_AND, "س") else word.exact
    letters = len(exact) >= _SHORTEST_VERB and exact[0] in _PRESENT
    return letters and not word.stop and word.lemma[:1] not in _PRESENT


def preposition(word: Word) -> tuple[str, str]:
    """The preposition that a word is, and else the particle that is written onto it."""
    prepositions, exact = event_words("prepositions"), word.exact
    if exact in prepositions:
        return exact, ""
    bare = exact[1:] if exact[:1] in (_AND, _SO) else exact
    if bare in prepositions:
        return bare, ""
    for own in (exact, bare):
        led = own[:1] in _LETTERS and own[:2] != word.stem[:2]
        if led and own[1:].removeprefix(_FOR).startswith(word.stem[:2].removeprefix(_FOR)):
            return "", own[0]
    return "", ""


def is_closed(word: Word, printed: str) -> bool:
    """Whether a word binds no other: it has an article or a pronoun."""
    bare = word.exact.removeprefix(_AND)
    if bare in event_words("he-who") or bare.startswith(_DEFINITE):
        return True
    if len(bare) < _SHORTEST or not bare.endswith(_PRONOUNS) or printed.endswith(_FEMININE):
        return False
    return not bare.endswith(word.lemma)
