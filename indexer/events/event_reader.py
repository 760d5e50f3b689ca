"""Reads the events that the triggers of one part of an article tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.events.actor_words import event_words
from indexer.events.event_actors import Actor, ActorReader
from indexer.events.event_dates import day_told
from indexer.events.factuality import status_of
from indexer.events.frames import EventPattern, Frame
from indexer.events.sentence_arguments import Argument, SentenceArguments
from indexer.events.trigger_forms import Trigger
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Event, Facets, Party, Side

#: Sentences of the body whose events are of the article's day where no other is told.
_LEAD = 2
#: What is taken off the certainty of an event whose party is told by a pronoun.
_BY_PRONOUN = 0.15
_MOST_PARTIES = 12
SUBJECT, OBJECT, OF = "subject", "object", "of"
_BOUND = "+"
_WITHOUT_BACK = 6


class _Filled(NamedTuple):
    """The places around a trigger, each with its parties."""

    places: Mapping[str, Sequence[Actor]]
    arguments: Sequence[Argument]
    end: int
    by_pronoun: bool


class EventReader:
    """One part of an article and what its words may tell."""

    def __init__(
        self,
        article: Article,
        part: AnnotatedPart,
        facets: Facets,
        frames: Mapping[str, Frame],
        triggers: Mapping[int, Sequence[Trigger]],
    ) -> None:
        self._article = article
        self._part = part
        self._frames = frames
        self._triggers = triggers
        self._reader = ActorReader(article, part, facets)

    def events(self) -> Iterator[Event]:
        """The events in the order of their triggers, some told more than once."""
        sentences = list(self._part.sentences())
        read: dict[int, SentenceArguments] = {}

        def arguments(number: int) -> SentenceArguments:
            if number not in read:
                span = sentences[number]
                read[number] = SentenceArguments(self._part, span, self._reader.actors(span))
            return read[number]

        for number, span in enumerate(sentences):
            positions = [at for at in span if at in self._triggers]
            if not positions:
                continue
            ends = frozenset(at for at in positions if self._ends_clause(at))
            for at in positions:
                for trigger in self._triggers[at]:
                    before = arguments(number - 1) if number else None
                    event = self._event(arguments(number), before, at, trigger, ends, number)
                    if event is not None:
                        yield event

    def _ends_clause(self, at: int) -> bool:
        return any(
            trigger.form.tense in ("present", "future")
            or (trigger.form.tense == "past" and trigger.particles)
            for trigger in self._triggers[at]
        )

    def _event(
        self,
        sentence: SentenceArguments,
        before: SentenceArguments | None,
        at: int,
        trigger: Trigger,
        ends: frozenset[int],
        number: int,
    ) -> Event | None:
        pattern, frame = trigger.pattern, self._frames[trigger.pattern.frame]
        filled = self._filled(sentence, before, at, trigger, ends)
        if not self._speaks_for(pattern, sentence.span, at, filled.end):
            return None
        a, b = self._sides(pattern, frame, filled)
        if (not a and not (frame.alone and b)) or not (b or frame.alone):
            return None
        parties = self._parties(a, b)
        if not _international(parties, frame):
            return None
        clause = range(sentence.span.start, filled.end)
        status = status_of(self._part, clause, at, trigger.form, frame)
        if status is None:
            return None
        certainty = pattern.certainty - (_BY_PRONOUN if filled.by_pronoun else 0)
        return Event(
            type=frame.id,
            parties=parties,
            told=self._part.mention(sentence.span.start, sentence.span.stop, pattern.rule),
            status=status if not pattern.status else status if status != "fact" else "planned",
            place=self._place(filled.arguments),
            when=self._when(sentence.span, clause, at, status, number),
            certainty=round(certainty, 2),
        )

    def _filled(
        self,
        sentence: SentenceArguments,
        before: SentenceArguments | None,
        at: int,
        trigger: Trigger,
        ends: frozenset[int],
    ) -> _Filled:
        arguments, end = sentence.behind(at, ends)
        places: dict[str, Sequence[Actor]] = {}
        for argument in arguments:
            if argument.marker:
                places.setdefault(argument.marker + _BOUND * argument.bound, argument.actors)
        by_pronoun = False
        if trigger.form.tense:
            by_pronoun = self._fill_verb(places, arguments, sentence, before, at, trigger)
        else:
            by_pronoun = self._fill_noun(places, arguments, sentence, before, at, trigger)
        return _Filled(places, arguments, end, by_pronoun)

    def _fill_verb(
        self,
        places: dict[str, Sequence[Actor]],
        arguments: Sequence[Argument],
        sentence: SentenceArguments,
        before: SentenceArguments | None,
        at: int,
        trigger: Trigger,
    ) -> bool:
        """Add subject and object of a verb; whether the subject is only a pronoun's."""
        bare = [one for one in arguments if not one.marker and not one.bound]
        bound = next((one for one in arguments if not one.marker and one.bound), None)
        if bound is not None:
            places[OBJECT + _BOUND] = bound.actors
        subject = sentence.before(at)
        wants_object = OBJECT in trigger.pattern.b or OBJECT in trigger.pattern.a
        if not subject and bare and (len(bare) > 1 or not wants_object):
            subject, bare = bare[0].actors, bare[1:]
        elif not subject and bare:
            subject, bare = self._meant(sentence, before, at), bare
            if not subject:
                places[SUBJECT] = bare[0].actors
                return False
            places[SUBJECT], places[OBJECT] = subject, bare[0].actors
            return True
        if bare:
            places[OBJECT] = bare[0].actors
        if subject:
            places[SUBJECT] = subject
            return False
        places[SUBJECT] = self._meant(sentence, before, at)
        return True

    def _fill_noun(
        self,
        places: dict[str, Sequence[Actor]],
        arguments: Sequence[Argument],
        sentence: SentenceArguments,
        before: SentenceArguments | None,
        at: int,
        trigger: Trigger,
    ) -> bool:
        """Add what a noun is bound to, or whom its pronoun or its verb means."""
        form = trigger.form
        bare = [one for one in arguments if not one.marker and not one.bound]
        if not form.definite and not form.owned and bare and bare[0].start == at + 1:
            places[OF] = bare[0].actors
            return False
        if form.owned and bare:
            places[OBJECT] = bare[0].actors
        if form.owned or self._in_phrase(at, trigger):
            places[SUBJECT] = self._meant(sentence, before, at)
            return True
        return False

    def _in_phrase(self, at: int, trigger: Trigger) -> bool:
        """Whether a noun is told of by the way: «خلال لقاء», «في اجتماع»."""
        if trigger.form.definite:
            return False
        before = self._part.words[at - 1] if at else ""
        return bool(trigger.particles) or before in event_words("prepositions")

    def _meant(
        self, sentence: SentenceArguments, before: SentenceArguments | None, at: int
    ) -> tuple[Actor, ...]:
        """Whom a pronoun means: the subject before, in this sentence or the one before."""
        actor = sentence.subject_before(at)
        if actor is None and before is not None and not self._actors_before(sentence, at):
            actor = before.first_subject()
        return () if actor is None else (actor,)

    def _actors_before(self, sentence: SentenceArguments, at: int) -> bool:
        return any(actor.start < at and actor.kind != "place" for actor in sentence.actors)

    def _speaks_for(self, pattern: EventPattern, span: range, at: int, end: int) -> bool:
        """Whether the words that a pattern wants are there, and none that speak against it."""
        words = self._part.words
        if pattern.with_ and not _any_of(words[at + 1 : end], pattern.with_):
            return False
        start = max(span.start, at - _WITHOUT_BACK)
        return not (pattern.without and _any_of(words[start:end], pattern.without))

    def _sides(
        self, pattern: EventPattern, frame: Frame, filled: _Filled
    ) -> tuple[Sequence[Actor], Sequence[Actor]]:
        """The parties of both sides."""
        first = _first(filled.places, pattern.a, pattern.kinds_a, "place" in pattern.kinds_a)
        second = _first(filled.places, pattern.b, pattern.kinds_b, "place" in pattern.kinds_b)
        if frame.mutual and len(first) > 1 and (not second or second == first):
            return first[:1], first[1:]
        if first == second:
            return first, ()
        return first, second

    def _parties(self, a: Sequence[Actor], b: Sequence[Actor]) -> tuple[Party, ...]:
        both = [*_of_side(a, "a", b), *_of_side(b, "b", a)]
        return tuple(dict.fromkeys(both))[:_MOST_PARTIES]

    def _place(self, arguments: Sequence[Argument]) -> str:
        for argument in arguments:
            if argument.marker in ("في", "ب") and not argument.bound:
                for actor in argument.actors[:1]:
                    if actor.kind in ("place", "state") and actor.parties[0].facet == "countries":
                        printed = self._part.printed(actor.start, actor.end)
                        return printed[len(actor.particles) :] if actor.particles else printed
        return ""

    def _when(self, span: range, clause: range, at: int, status: str, number: int) -> str:
        article, planned = self._article.date, status == "planned"
        told = day_told(self._part, clause, at, article, planned) or day_told(
            self._part, span, at, article, planned
        )
        if told or article is None or status != "fact":
            return told
        lead = self._part.name == "title" or number < _LEAD
        return article.isoformat() if lead else ""


def _first(
    places: Mapping[str, Sequence[Actor]],
    order: Sequence[str],
    kinds: frozenset[str],
    towns: bool,
) -> Sequence[Actor]:
    """The parties in the first place of ``order`` that is filled, where they are of these kinds."""
    for place in order:
        actors = places.get(place)
        if actors:
            fits = all(
                (actor.kind in kinds if kinds else True) and (towns or actor.kind != "place")
                for actor in actors
            )
            return actors if fits else ()
    return ()


def _of_side(actors: Sequence[Actor], side: Side, others: Sequence[Actor]) -> Iterator[Party]:
    for actor in actors:
        for party in actor.parties:
            yield replace(party, side=side)


def _any_of(words: Sequence[str], wanted: frozenset[str]) -> bool:
    return any(base in wanted for word in words for base, _ in possible_bases(word))


def _international(parties: Sequence[Party], frame: Frame) -> bool:
    """Whether parties of more than one state or body take part."""
    known = {party.country or party.org for party in parties} - {""}
    if frame.alone and len({party.side for party in parties}) == 1:
        return bool(known)
    a = {party.country or party.org for party in parties if party.side == "a"}
    b = {party.country or party.org for party in parties if party.side == "b"}
    return len(known) > 1 and a != b
