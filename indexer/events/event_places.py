"""Who stands where around a word that tells an event: its subject, its object, and the others.

A verb without a subject, and a noun with a pronoun, mean the subject before: in the same sentence,
or in the one before where this one has named nobody yet.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from indexer.events.actor_words import event_words
from indexer.events.event_actors import Actor
from indexer.events.frames import EventPattern
from indexer.events.sentence_arguments import Argument, SentenceArguments
from indexer.events.trigger_forms import Trigger
from indexer.facets.part import AnnotatedPart

BETWEEN = "بين"
#: Filled, with nobody, where a form of address or «بلاده» stands behind a noun.
ADDRESS = "address"
SPEAKER, BESIDE, NEAREST, PERSON = "speaker", "beside", "nearest", "person"
BOTH = "both"
SUBJECT, OBJECT, OF, TOLD, ANY = "subject", "object", "of", "told", "any"
_AND = ("و", "ف")
_FEMININE = "ه"
#: A noun is bound to what begins so many words behind it.
_NEXT, _NEAR = 1, 2
#: How far what is bound to another noun may be, and the rest.
_FAR, _FAR_BOUND = 60, 24
Places = dict[str, Sequence[Actor]]


class FilledPlaces(NamedTuple):
    """The places around a trigger with their parties, the arguments, where the clause ends.

    ``by_pronoun``: the subject is told by a pronoun, or by the verb's form alone.
    """

    places: Mapping[str, Sequence[Actor]]
    arguments: Sequence[Argument]
    end: int
    by_pronoun: bool


class _Around(NamedTuple):
    """A trigger at ``at`` with its arguments, its sentence, the one before, and what is filled."""

    places: Places
    arguments: Sequence[Argument]
    sentence: SentenceArguments
    before: SentenceArguments | None
    at: int
    trigger: Trigger

    @property
    def bare(self) -> list[Argument]:
        """The arguments that nothing leads to."""
        return [one for one in self.arguments if not one.marker and not one.bond]


class EventPlaces:
    """Fills the places around the triggers of one part."""

    def __init__(self, part: AnnotatedPart) -> None:
        self._part = part
        #: Whom «سموه» means where neither this sentence nor the one before tells.
        self.highness: Actor | None = None
        #: The two who met, where the sentences before tell of no others.
        self.both: Sequence[Actor] = ()

    def filled(
        self,
        sentence: SentenceArguments,
        before: SentenceArguments | None,
        at: int,
        trigger: Trigger,
        behind: tuple[list[Argument], int],
    ) -> FilledPlaces:
        """The places around the trigger at ``at``; ``before`` is the sentence before its own."""
        arguments, end = behind
        places: Places = {}
        arguments = [one for one in arguments if one.start <= at + _reach(one)]
        for one in arguments:
            if one.marker or one.bond:
                places.setdefault((one.marker or OBJECT) + one.bond, one.actors)
        self._add_others(places, arguments)
        places[NEAREST] = sentence.nearest_before(at)
        person = sentence.person_before(at)
        places[PERSON] = () if person is None else (person,)
        fill = self._noun if not trigger.form.tense else self._verb
        if trigger.form.tense == "participle":
            fill = self._participle
        by_pronoun = fill(_Around(places, arguments, sentence, before, at, trigger))
        return FilledPlaces(places, arguments, end, by_pronoun)

    def _add_others(self, places: Places, arguments: Sequence[Argument]) -> None:
        """Add the first state that stands anywhere behind, and those of what is told behind."""
        states = (
            one.actors
            for one in arguments
            if one.actors
            and one.bond != "~"
            and one.actors[0].kind == "state"
            and one.actors[0].parties[0].id
        )
        places[ANY] = next(states, ())
        named = (
            one.actors
            for one in arguments
            if not one.marker
            and not one.bond
            and one.actors
            and self._part.words[one.start - 1] in event_words("took-place")
        )
        places[TOLD] = next(named, ())

    def _verb(self, around: _Around) -> bool:
        places, at, trigger, bare = around.places, around.at, around.trigger, around.bare
        if trigger.form.owned:
            return self._verb_with_object(around)
        if bare and _is_led(bare[0], around.arguments):
            bare = []
        bare = _in_order(bare, trigger.pattern)
        if bare and self._part.words[bare[0].start] in event_words("both-sides"):
            places[BOTH] = self.both
        subject = around.sentence.before(at)
        if not subject and at and self._part.words[at - 1] in event_words("he-who"):
            subject = self._meant(around, at - 1)
        if subject:
            teller = around.sentence.subject_before(subject[0].start)
            places[SPEAKER] = () if teller is None else (teller,)
            places[SUBJECT] = subject
            places[OBJECT] = bare[0].actors if bare else ()
            return False
        first = bare[0] if bare else None
        leader = self._part.words[at - 1] if at else ""
        led = leader in trigger.pattern.after or leader in event_words("subject-pronouns")
        if first is not None and not led and self._acts(first, bare, trigger, places):
            places[SUBJECT] = first.actors
            places[OBJECT] = bare[1].actors if len(bare) > 1 else ()
            if not self._is_address(first):
                return False
            places[SUBJECT] = self._meant(around, at, self._is_highness(first))
            return True
        elif first is not None:
            places[OBJECT] = first.actors
        elif not self._goes_on(at, trigger):
            return False
        places[SUBJECT] = self._meant(around, at)
        return True

    def _verb_with_object(self, around: _Around) -> bool:
        """Of «استقبله الرئيس» the subject stands behind, the object is the one before."""
        places, at, bare = around.places, around.at, around.bare
        if not bare or not bare[0].actors or bare[0].start > at + _NEAR:
            return False
        places[SUBJECT] = bare[0].actors
        places[OBJECT] = around.sentence.before(at)
        if places[OBJECT] or (at and self._part.words[at - 1] in event_words("relatives")):
            return False
        places[OBJECT] = self._meant(around, at)
        return True

    def _acts(
        self, first: Argument, bare: Sequence[Argument], trigger: Trigger, places: Places
    ) -> bool:
        """Whether the first party behind a verb is its subject, and not its object."""
        pattern = trigger.pattern
        others = any(places.get(place) for place in (*pattern.a, *pattern.b))
        wants_object = OBJECT in (*pattern.a, *pattern.b) and not others
        if len(bare) > 1 or not wants_object or not first.actors:
            return True
        party, form = first.actors[0], trigger.form
        if party.kind == "state" and party.parties[0].facet == "countries":
            masculine = self._part.words[party.start].lstrip("".join(_AND)) in event_words("he")
            return form.feminine != masculine
        return True

    def _is_address(self, argument: Argument) -> bool:
        """Whether somebody is told by a form of address alone: «سموه»."""
        return not argument.actors and self._part.words[argument.start] in event_words("he-who")

    def _is_highness(self, argument: Argument) -> bool:
        return self._part.words[argument.start] in event_words("highness")

    def _goes_on(self, at: int, trigger: Trigger) -> bool:
        """Whether a verb without subject goes on with that of the verb before it."""
        if trigger.particles in _AND and trigger.particles:
            return True
        words = self._part.words
        before, behind = words[at - 1] if at else "", words[at + 1 : at + 2]
        if behind and behind[0] in event_words("before-continued"):
            return True
        return before in event_words("before-continued") or before in trigger.pattern.after

    def _noun(self, around: _Around) -> bool:
        places, at, trigger, bare = around.places, around.at, around.trigger, around.bare
        form = trigger.form
        speaker = around.sentence.subject_before(at)
        places[SPEAKER] = () if speaker is None else (speaker,)
        beside = next(
            (one for one in around.arguments if one.bond == "~" and one.start <= at + _NEAR), None
        )
        places[BESIDE] = () if beside is None or beside.marker else beside.actors
        near = bare[0] if bare and bare[0].start <= at + _NEAR else None
        if near is not None and not form.definite and not form.owned:
            address = self._is_address(near)
            if near.start == at + _NEXT and (near.actors or address):
                places[OF] = near.actors
                if address:
                    places[ADDRESS] = ()
                if address or self._in_phrase(at, trigger):
                    royal = address and self._is_highness(near)
                    places[SUBJECT] = self._meant(around, at, royal)
                return True
        if form.owned and bare:
            places[OBJECT] = bare[0].actors
        if form.owned or self._in_phrase(at, trigger):
            places[SUBJECT] = self._meant(around, at)
            if form.owned and not places[SUBJECT]:
                places[SUBJECT] = places[PERSON]
            return True
        return False

    def _in_phrase(self, at: int, trigger: Trigger) -> bool:
        """Whether a noun is told of by the way: «خلال لقاء», «في اجتماع»."""
        if trigger.form.definite:
            return False
        before = self._part.words[at - 1] if at else ""
        words = ("prepositions", "by-the-way")
        return bool(trigger.particles) or any(before in event_words(name) for name in words)

    def _participle(self, around: _Around) -> bool:
        places, at, bare = around.places, around.at, around.bare
        word, gap = self._part.words[at], self._part.before(at)
        if word.endswith(_FEMININE) and not gap.strip():
            return False  # «أطراف مؤيدة»
        if bare:
            places[OBJECT] = bare[0].actors
        places[SUBJECT] = self._meant(around, at)
        return True

    def _meant(self, around: _Around, at: int, royal: bool = False) -> tuple[Actor, ...]:
        """Whom a pronoun at ``at`` means: the subject before, here or in the sentence before."""
        sentence, before = around.sentence, around.before
        actor = sentence.subject_before(at, royal)
        if actor is None and before is not None and not sentence.names_some(at):
            actor = before.first_subject(royal)
        if actor is None and royal:
            actor = self.highness
        return () if actor is None else (actor,)


def _in_order(bare: list[Argument], pattern: EventPattern) -> list[Argument]:
    """Bare arguments, the subject first: «غادر الرياض أمس الرئيس»."""
    if len(bare) < 2 or not pattern.kinds_a:
        return bare
    first, second = bare[0].actors, bare[1].actors
    if not first or not second or pattern.b[:1] == (SUBJECT,):
        return bare
    kinds = pattern.kinds_a
    turned = first[0].kind not in kinds and second[0].kind in kinds
    return [bare[1], bare[0], *bare[2:]] if turned else bare


def _is_led(first: Argument, arguments: Sequence[Argument]) -> bool:
    """Whether somebody whom a preposition leads to stands before the first bare party."""
    return any(
        one.start < first.start
        and one.marker
        and any(actor.kind not in ("place", "state") for actor in one.actors)
        for one in arguments
    )


def _reach(argument: Argument) -> int:
    """How many words behind its verb or noun an argument may begin."""
    return _FAR_BOUND if argument.bond else _FAR
