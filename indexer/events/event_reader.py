"""Reads the events that the triggers of one part of an article tell."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from indexer.events.actor_words import event_words, is_told_verb
from indexer.events.event_actors import Actor, ActorReader
from indexer.events.event_dates import day_told
from indexer.events.event_places import (
    ADDRESS,
    BETWEEN,
    BOTH,
    OBJECT,
    OF,
    SPEAKER,
    SUBJECT,
    TOLD,
    EventPlaces,
    FilledPlaces,
)
from indexer.events.factuality import status_of
from indexer.events.frames import EventPattern, Frame
from indexer.events.part_values import printed_bare
from indexer.events.sentence_arguments import Argument, SentenceArguments
from indexer.events.trigger_forms import Trigger
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Event, EventStatus, Facets, Mention, Party, Side

#: What is taken off the certainty of an event whose party is told by a pronoun, or in a title.
_BY_PRONOUN, _IN_TITLE = 0.15, 0.02
_MOST_PARTIES, _WITHOUT_BACK, _WITH_BACK, _ROYAL_BACK = 12, 6, 2, 4
#: How far before a verb of a relative clause what it is about may stand.
_TOLD_BACK = 5
#: How far behind a noun stands what a pattern wants with it.
_WITH_NEAR = 12
#: Words of a long sentence, and words around what is told in one.
_LONG, _AROUND = 80, 10
#: How far before a verb its day may stand.
_DAY_BACK = 5
#: Words between who is quoted and «إن».
_TELLING = 20
_INSIDE = ("في", "ب")
_PLACE = "place"
_NO_PARTIES = frozenset({_PLACE, "private"})


class Telling(NamedTuple):
    """An event as one sentence tells it; ``number`` is that of the sentence, 0 for the title."""

    event: Event
    number: int


class EventReader:
    """One part of an article and what its words may tell."""

    def __init__(
        self,
        article: Article,
        part: AnnotatedPart,
        facets: Facets,
        frames: Mapping[str, Frame],
        triggers: Mapping[int, Sequence[Trigger]],
        told: dict[str, Party],
    ) -> None:
        """``told``: see ``ActorReader``."""
        self._article = article
        self._part = part
        self._frames = frames
        self._triggers = triggers
        self._actors = ActorReader(article, part, facets, told)
        self._places = EventPlaces(part)
        self._sentences = list(part.sentences())
        self._read: dict[int, SentenceArguments] = {}
        self._pairs: set[frozenset[str]] = set()

    def tellings(self) -> Iterator[Telling]:
        """The events in the order of their triggers, some told more than once."""
        for number, span in enumerate(self._sentences):
            positions = [at for at in span if at in self._triggers]
            if not positions or not self._actors.may_act(span):
                continue
            self._remember_highness(number)
            bases = {
                base
                for word in self._part.words[span.start : span.stop]
                for base, _ in possible_bases(word)
            }
            ends = frozenset(at for at in positions if self._ends_clause(at))
            for at in positions:
                triggers = [one for one in self._triggers[at] if _may_tell(one.pattern, bases)]
                if triggers:
                    arguments = self._sentence(number).behind(at, ends)
                for trigger in triggers:
                    for event in self._events(number, at, trigger, arguments):
                        yield Telling(event, 0 if self._part.name == "title" else number + 1)

    def _remember_highness(self, number: int) -> None:
        """Find whom «سموه» means, if a sentence has it, in the sentences before."""
        span = self._sentences[number]
        if event_words("highness").isdisjoint(self._part.words[span.start : span.stop]):
            return
        for before in range(max(number - _ROYAL_BACK, 0), number):
            found = self._sentence(before).first_subject(royal=True)
            self._places.highness = found or self._places.highness

    def _sentence(self, number: int) -> SentenceArguments:
        if number not in self._read:
            span = self._sentences[number]
            self._read[number] = SentenceArguments(
                self._part, span, self._actors.actors(span), self._actors.adjective
            )
        return self._read[number]

    def _ends_clause(self, at: int) -> bool:
        return any(
            trigger.form.tense in ("present", "future", "participle")
            or (trigger.form.tense == "past" and trigger.particles)
            for trigger in self._triggers[at]
        )

    def _events(
        self, number: int, at: int, trigger: Trigger, behind: tuple[list[Argument], int]
    ) -> Iterator[Event]:
        """The event that a trigger tells; of a visit to several states one each."""
        pattern, frame = trigger.pattern, self._frames[trigger.pattern.frame]
        sentence = self._sentence(number)
        before = self._sentence(number - 1) if number else None
        filled = self._places.filled(sentence, before, at, trigger, behind)
        if not self._speaks_for(trigger, sentence.span, at, filled.end):
            return
        if pattern.indefinite and trigger.form.definite:
            return
        if pattern.owned and not _is_owned(trigger, filled.places):
            return
        if pattern.relative and not trigger.form.owned:
            return
        a, b = _sides(pattern, frame, filled)
        if not a or not (b or (frame.alone and pattern.alone)):
            return
        if any(filled.places.get(place) for place in pattern.missing):
            return
        meant = filled.places.get(SUBJECT)
        by_pronoun = filled.by_pronoun and bool(meant) and meant in (a, b)
        clause = range(sentence.span.start, filled.end)
        subject = sentence.before(at) if trigger.form.tense else ()
        start = subject[0].start if subject else at
        status = status_of(self._part, clause, at, trigger.form, frame, start)
        if status is None:
            return
        told = Event(
            type=frame.id,
            parties=(),
            told=self._evidence(number, at, filled.end, (*a, *b), pattern.rule),
            status=pattern.status if pattern.status and status == "fact" else status,
            place=self._place(filled.arguments),
            when=self._when(sentence, filled.end, at, trigger, status),
            certainty=self._certainty(pattern, by_pronoun),
        )
        teller = self._teller(sentence, at, (*a, *b))
        for others in ([one] for one in b) if frame.each else (b,):
            parties = tuple(dict.fromkeys((*_of_side(a, "a"), *_of_side(others, "b"))))
            if self._international(parties, frame):
                self._remember_both(parties, frame)
                quoted = teller if teller not in parties else None
                yield replace(told, parties=parties[:_MOST_PARTIES], teller=quoted)

    def _teller(
        self, sentence: SentenceArguments, at: int, actors: Sequence[Actor]
    ) -> Party | None:
        """Who is quoted for an event: «قال الوزير إن», where that is none of its parties."""
        start = min((one.start for one in actors if one.start in sentence.span), default=at)
        speaker = sentence.subject_before(min(start, at))
        if speaker is None or not speaker.start or speaker in actors:
            return None
        words = self._part.words
        said = is_told_verb(words[speaker.start - 1])
        that = event_words("that-said")
        quoted = any(word in that for word in words[speaker.end : min(at, speaker.end + _TELLING)])
        return speaker.parties[0] if said and quoted else None

    def _international(self, parties: Sequence[Party], frame: Frame) -> bool:
        """Whether parties of more than one state or body take part, each side known.

        Who stands on both sides shows that the sentence is not understood.
        """
        if _on_both_sides(parties):
            return False
        a = {party.country or party.org for party in parties if party.side == "a"}
        b = {party.country or party.org for party in parties if party.side == "b"}
        if not b:
            return any(a) and (frame.alone == "any" or self._actors.own not in a)
        return any(a) and any(b) and len((a | b) - {""}) > 1 and a != b

    def _remember_both(self, parties: Sequence[Party], frame: Frame) -> None:
        """Keep the states whose people met, if the article tells of one such pair."""
        states = list(dict.fromkeys(party.country for party in parties))
        if not frame.together:
            return
        self._pairs.add(frozenset(states))
        sole = len(self._pairs) == 1 and len(states) == 2 and all(states)
        found = [Party("a", "countries", one, "", "", one) for one in states] if sole else []
        self._places.both = [Actor(0, 0, "", "state", (party,)) for party in found]

    def _evidence(
        self, number: int, at: int, end: int, actors: Sequence[Actor], rule: str
    ) -> Mention:
        """The sentence that tells an event, with the one before if that names who is meant.

        Of a very long one what stands around the parties.
        """
        span, before = self._sentences[number], self._sentences[max(number - 1, 0)]
        start = before.start if any(one.start in before for one in actors) else span.start
        stop = span.stop
        if stop - start > _LONG:
            own = [one for one in actors if start <= one.start < stop]
            start = max(start, min(at, *(one.start for one in own)) - _AROUND)
            stop = min(stop, max(end, *(one.end for one in own)) + _AROUND)
        return self._part.mention(start, stop, rule)

    def _certainty(self, pattern: EventPattern, by_pronoun: bool) -> float:
        less = _BY_PRONOUN * by_pronoun + _IN_TITLE * (self._part.name == "title")
        return round(pattern.certainty - less, 2)

    def _speaks_for(self, trigger: Trigger, span: range, at: int, end: int) -> bool:
        """Whether the words that a pattern wants are there, and none that speak against it."""
        words, pattern = self._part.words, trigger.pattern
        told = at > span.start and words[at - 1] in event_words("relatives")
        told = told or (bool(trigger.form.tense) and trigger.form.owned)
        reach = end if pattern.verbs else min(end, at + _WITH_NEAR)
        near = words[max(span.start, at - (_TOLD_BACK if told else _WITH_BACK)) : reach]
        if pattern.bound:
            near = words[at + 1 : at + 2]
        if pattern.with_ and not _any_of(near, pattern.with_, words[at]):
            return False
        start = max(span.start, at - _WITHOUT_BACK)
        if pattern.after and not _any_of(words[start:at], pattern.after):
            return False
        return not (pattern.without and _any_of(words[start:end], pattern.without))

    def _place(self, arguments: Sequence[Argument]) -> str:
        for one in arguments:
            if one.marker in _INSIDE and not one.bond and one.actors:
                actor = one.actors[0]
                if actor.kind in (_PLACE, "state") and not actor.parties[0].org:
                    return printed_bare(self._part, actor.start, actor.end, actor.particles)
        return ""

    def _when(
        self, sentence: SentenceArguments, end: int, at: int, trigger: Trigger, status: EventStatus
    ) -> str:
        start = max(sentence.span.start, at - _LONG)
        if trigger.form.tense:
            start = max(sentence.clause_start(at), at - _DAY_BACK)
        relatives, words = event_words("relatives"), self._part.words
        end = next((index for index in range(at, end) if words[index] in relatives), end)
        clause = range(start, end)
        return day_told(self._part, clause, at, self._article.date, status == "planned")


def _on_both_sides(parties: Sequence[Party]) -> bool:
    sides = [
        {(party.facet, party.id) for party in parties if party.id and party.side == side}
        for side in ("a", "b")
    ]
    return not sides[0].isdisjoint(sides[1])


def _is_owned(trigger: Trigger, places: Mapping[str, Sequence[Actor]]) -> bool:
    """Whether a noun is that of who speaks: «شكره», «شكر بلاده», «شكر المملكة» by its minister."""
    if trigger.form.owned or ADDRESS in places:
        return True
    owner, speaker = places.get(OF), places.get(SPEAKER)
    if not owner or not speaker or trigger.particles:
        return False
    return owner[0].parties[0].country == speaker[0].parties[0].country != ""


def _may_tell(pattern: EventPattern, bases: Set[str]) -> bool:
    """Whether a sentence of words with these bases has what a pattern wants besides its word."""
    wanted, after = pattern.with_, pattern.after
    return not (wanted and wanted.isdisjoint(bases)) and not (after and after.isdisjoint(bases))


def _sides(
    pattern: EventPattern, frame: Frame, filled: FilledPlaces
) -> tuple[Sequence[Actor], Sequence[Actor]]:
    """The parties of both sides; where one place holds both, the first and the others."""
    place, a = _first(filled.places, pattern.a, pattern.kinds_a)
    _, b = _first(filled.places, pattern.b, pattern.kinds_b, other=a)
    if place in (BETWEEN, BOTH) or (
        frame.mutual and not b and pattern.b not in ((OBJECT,), (BETWEEN,))
    ):
        return a[:1], a[1:]
    return a, b


def _first(
    places: Mapping[str, Sequence[Actor]],
    order: Sequence[str],
    kinds: frozenset[str],
    other: Sequence[Actor] = (),
) -> tuple[str, Sequence[Actor]]:
    """The first place of ``order`` that is filled by others than ``other``, and by whom.

    By nobody where one of them is not of these kinds.
    """
    for place in order:
        actors = places.get(place)
        if actors and actors != other:
            fits = all(_is_of(actor, kinds) for actor in actors)
            if not fits and place == OF and TOLD in order and places.get(TOLD):
                continue  # «قمة بغداد التي جمعت»
            return place, actors if fits else ()
    return "", ()


def _is_of(actor: Actor, kinds: frozenset[str]) -> bool:
    """Whether a party is of some kinds; an organ is a body of a state."""
    if not kinds:
        return actor.kind not in _NO_PARTIES
    organ = actor.kind == "state" and bool(actor.parties[0].org)
    return actor.kind in kinds or (organ and "organ" in kinds)


def _of_side(actors: Sequence[Actor], side: Side) -> Iterator[Party]:
    for actor in actors:
        for party in actor.parties:
            yield replace(party, side=side)


def _any_of(words: Sequence[str], wanted: frozenset[str], but: str = "") -> bool:
    bases = (base for word in words if word != but for base, _ in possible_bases(word))
    return any(base in wanted for base in bases)
