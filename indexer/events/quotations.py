"""Who said what: quotations with their speaker.

A verb of speech has a subject, the speaker, and behind it what is said: words in marks, words
behind a colon, or a clause of «أن». No speaker is better than a wrong one: where the subject is
nobody known, or where somebody tells what others said, there is no quotation.
"""

from collections.abc import Sequence
from typing import NamedTuple

from indexer.events.quote_ends import with_marks
from indexer.events.quote_marks import quoted, sentences
from indexer.events.speakers import Speaker, Speakers
from indexer.events.speech import (
    CLAUSE,
    NOTHING,
    SpeechVerb,
    speech_cues,
    speech_verbs,
    speech_words,
)
from indexer.events.speech_context import SpeechContext
from indexer.events.speech_objects import (
    CLAUSE_OF_THAT,
    DIRECT,
    MARKED,
    MOST_BETWEEN,
    Said,
    SpeechObjects,
)
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, Party, Quotation

#: Fewer words in marks are a name, or what somebody calls something.
_LEAST_QUOTED = 3
_LEAST_CLAUSE = 2
#: What is said without marks has at most so many words.
_MOST_CLAUSE = 120
#: So many sentences on end may leave out who speaks.
_MOST_CHAINED = 6
#: A relative clause before a participle is at most so many words long.
_MOST_RELATIVE = 15
_SAID = "quotation"


class QuotationExtractor:
    """Finds the quotations of articles whose speaker is told."""

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], facets: Facets
    ) -> tuple[Quotation, ...]:
        """Return the quotations in the order of the text."""
        return tuple(one for part in parts for one in PartQuotations(part, facets).read())


class _Voice(NamedTuple):
    """Who was heard last, by a verb of which gender, where that is told, how many verbs ago."""

    party: Party
    feminine: bool
    told: int
    chained: int = 0


class _Open(NamedTuple):
    """A clause that has begun, and whose it is, if that is known."""

    start: int
    voice: _Voice | None
    direct: bool = False


class PartQuotations:
    """Reads one part from left to right."""

    def __init__(self, part: AnnotatedPart, facets: Facets) -> None:
        self._part = part
        self._words = part.words
        self._speakers = Speakers(part, facets)
        spans = list(quoted(part))
        self._sentences = sentences(part, spans)
        self._spans = {one.start: one for one in spans if one.end - one.start >= _LEAST_QUOTED}
        self._context = SpeechContext(part, self._spans, {one.start: one.end for one in spans})
        self._objects = SpeechObjects(part, self._spans, self._speakers, self._context)
        self._verbs = speech_verbs()
        self._found: list[Quotation] = []
        self._voice: _Voice | None = None
        self._open: _Open | None = None
        self._first = self._end = 0
        self._subjects: dict[int, Speaker] = {}
        self._places, self._next = self._cues(), 0

    def read(self) -> list[Quotation]:
        """Return the quotations of the part."""
        for sentence in self._sentences:
            self._read(sentence.start, sentence.stop)
        return self._found

    def _read(self, first: int, end: int) -> None:
        """Read a sentence; who was heard in it is the voice of the next."""
        self._first, self._end, self._open = first, end, None
        self._context.first, self._context.end = first, end
        self._subjects = {}
        before, self._voice = self._voice, None
        at = first
        while self._next < len(self._places) and (place := self._places[self._next]) < end:
            if place < at:
                self._next += 1
                continue
            span = self._spans.get(place)
            at = span.end if span is not None else self._step(place, before)
        self._close(end)

    def _cues(self) -> list[int]:
        """Where something may begin or end: at some words, behind these, and at gaps."""
        part, cues, openers = self._part, speech_cues(), speech_words("openers")
        places = {0, *part.gaps}
        places.update(at for at, word in enumerate(part.words) if word in cues)
        places.update([at + 1 for at, word in enumerate(part.words) if word in openers])
        return sorted(places)

    def _step(self, at: int, before: _Voice | None) -> int:
        """Read one word; returns where to go on."""
        word = self._words[at]
        verb = self._verbs.get(word)
        if verb is not None and self._is_told(at, verb):
            return self._verb(at, verb, before)
        if self._open is not None:
            if self._is_end(at) or self._is_answered(at):
                self._close(at)
            elif self._is_another(at):
                self._voice = None
            return at + 1
        if word in speech_words("relays"):
            return self._relay(at)
        if word in speech_words("by") and at == self._first:
            return self._by(at)
        if self._begins_clause(at):
            return self._subject_first(at)
        return at + 1

    # Verbs.

    def _verb(self, at: int, verb: SpeechVerb, before: _Voice | None) -> int:
        """What a verb introduces, and who speaks."""
        voice, behind = self._voice_of(at, verb, before)
        said = self._objects.of(verb, behind, named=voice is not None and voice.chained == 0)
        if said is None and voice is None and not self._is_turn(at, verb):
            if self._open is not None and self._is_act(at, verb):
                self._close(at - 1 if self._is_led(at) else at)
            return at + 1
        self._close(at - 1 if self._is_led(at) else at)
        self._voice = voice
        return behind if said is None else self._begin(said, voice)

    def _is_act(self, at: int, verb: SpeechVerb) -> bool:
        """Whether a verb tells what is done beside what is said: «، كما ثمن حضور الوفد»."""
        if verb.takes != NOTHING or verb.participle or verb.present:
            return False
        if verb.joined:
            return self._context.is_apart(at)
        return self._is_led(at) and self._context.is_apart(at - 1)

    def _is_led(self, at: int) -> bool:
        """Whether the word before a verb belongs to it, not to what was said: «، إذ قال كيري»."""
        if at == self._first:
            return False
        before = self._words[at - 1]
        return before in speech_words("resuming") or before in speech_words("openers")

    def _is_turn(self, at: int, verb: SpeechVerb) -> bool:
        """Whether a verb of which nothing else is known says that another speaks now."""
        if self._open is not None or verb.participle:
            return False
        return verb.takes != NOTHING or (bool(verb.joined) and self._context.is_apart(at))

    def _voice_of(
        self, at: int, verb: SpeechVerb, before: _Voice | None
    ) -> tuple[_Voice | None, int]:
        """The voice of a verb, and where to look for what is said."""
        subject = self._subjects.get(at)
        if subject is not None:
            return self._voiced(subject, verb), at + 1
        if verb.participle and self._is_of_another(at):
            return None, at + 1
        if verb.participle:
            voice = before if at == self._first else self._voice or self._doer()
            return self._same(voice, verb), at + 1
        behind = self._context.addressed(at + 1)
        if behind < self._end and self._context.is_near(behind):
            subject = self._speakers.at(behind)
            if subject is not None and self._agrees(subject, verb):
                return self._voiced(subject, verb), subject.end
        if subject is None and not self._context.is_unnamed(at + 1):
            return None, at + 1
        if at == self._first or (at == self._first + 1 and self._context.opens(self._first)):
            return self._same(before, verb), at + 1
        asked = self._words[self._first] in speech_words("asked") and not verb.joined
        if asked and self._voice is None:
            return self._same(before, verb), at + 1  # «وعن موعد الجولة قال»
        if not verb.joined and not self._context.is_apart(at) and not self._goes_on(at):
            return None, at + 1  # its subject stands before it: «تحليلات أخرى ترى أن»
        return self._same(self._voice, verb), at + 1

    def _is_of_another(self, at: int) -> bool:
        """Whether a participle tells of somebody named before it: «لافروف، الذي تحدث قائلا»."""
        if self._context.is_apart(at):
            return False
        relatives, ends = speech_words("relatives"), self._speakers.people_ends
        before = range(max(self._first, at - _MOST_RELATIVE), at)
        return any(self._words[one] in relatives and one in ends for one in before)

    def _agrees(self, subject: Speaker, verb: SpeechVerb) -> bool:
        """Whether a state or body is the subject of a verb, not its object: «دعا إيران إلى».

        States are feminine but for some, bodies by their first word.
        """
        if subject.end > self._end:
            return False
        word = self._words[subject.start]
        match subject.party.facet:
            case "countries":
                return (word in speech_words("masculine")) != verb.feminine
            case "organisations":
                return not word.endswith("ه") or verb.feminine or not subject.party.org
        return True

    def _goes_on(self, at: int) -> bool:
        """Whether the word before a verb leaves its subject as it was: «إذ قال», «إلا أنه أكد»."""
        before = self._words[at - 1]
        if before in speech_words("resuming") or before in speech_words("openers"):
            return True
        return before in speech_words("that") and self._words[at - 2] in speech_words("but")

    def _voiced(self, subject: Speaker, verb: SpeechVerb) -> _Voice:
        return _Voice(subject.party, verb.feminine, self._first)

    def _same(self, voice: _Voice | None, verb: SpeechVerb) -> _Voice | None:
        """The voice that goes on speaking, if it can be the subject of the verb."""
        if voice is None or voice.feminine != verb.feminine or voice.chained >= _MOST_CHAINED:
            return None
        return voice._replace(chained=voice.chained + 1)

    def _is_told(self, at: int, verb: SpeechVerb) -> bool:
        """Whether a verb tells of speech here, in the article's own voice."""
        if self._context.is_meant(at):
            return False
        words, comma = self._words, self._context.is_apart(at)
        before = words[at - 1] if at > self._first else ""
        if before in speech_words("unsaid") or before in speech_words("whose"):
            return False
        if verb.present and before in speech_words("perhaps"):
            return False
        if self._open is None or at in self._subjects:
            return True
        if at + 1 < self._end and self._context.is_colon(at + 1):
            return True
        if verb.participle:
            return comma
        if verb.joined:
            return comma or self._speakers.at(at + 1) is not None
        if before in speech_words("resuming"):
            return True
        answered = before in speech_words("openers") and self._context.is_apart(at - 1)
        return answered and self._speakers.at(at + 1) is not None

    # What stands before a verb.

    def _begins_clause(self, at: int) -> bool:
        return at == self._first or (at > self._first and self._context.opens(at - 1))

    def _subject_first(self, at: int) -> int:
        """A subject before its verb: «لكن كيري قال», or before a colon: «كيري: لن نقبل»."""
        subject = self._speakers.at(at)
        if subject is None or subject.end >= self._end:
            return at + 1
        if at == self._first and self._speaks_in_line(subject):
            colon = self._colon(subject.end)
            if colon >= 0:
                self._voice = _Voice(subject.party, False, self._first)
                said = Said(colon, MARKED if colon in self._spans else DIRECT)
                return self._begin(said, self._voice)
        self._is_given(subject)
        return subject.end

    def _speaks_in_line(self, subject: Speaker) -> bool:
        """Whether a name and a colon are speech: in lists of a body they are not a ministry's."""
        facet = subject.party.facet
        return facet == "people" or (facet == "organisations" and self._part.name == "title")

    def _is_given(self, subject: Speaker) -> bool:
        """Whether a verb of speech follows its subject; who that is, is kept for the verb."""
        behind = subject.end
        if behind < self._end and self._words[behind] == "قد":
            behind += 1
        verb = self._verbs.get(self._words[behind]) if behind < self._end else None
        if verb is None or verb.joined == "و" or verb.participle:
            return False
        if not self._context.is_unnamed(behind + 1):
            return False
        self._subjects[behind] = subject
        return True

    def _doer(self) -> _Voice | None:
        """Who does something in a sentence that begins with a verb, and may speak while doing it.

        «افتتح الوزير سامي العبيدي المعرض، مؤكدا أن».
        """
        part, first = self._part, self._first
        word = self._words[first]
        if (
            part.tokens[first].word.stop
            or self._context.is_insertion(first)
            or word.startswith("ال")
        ):
            return None
        subject = self._speakers.at(first + 1) if self._context.is_near(first + 1) else None
        if subject is None or subject.party.facet != "people":
            return None
        return _Voice(subject.party, word.endswith("ت"), first)

    def _colon(self, at: int) -> int:
        """Where speech begins behind a subject and a colon; -1: nowhere."""
        behind = self._context.addressed(at) if self._words[at] in speech_words("addressed") else at
        if behind < self._end and self._context.is_colon(behind):
            return behind
        return -1

    def _relay(self, at: int) -> int:
        """Somebody tells what another said: «نقلت الوكالة عن كيري قوله إن»."""
        for behind in range(at + 1, min(at + MOST_BETWEEN, self._end)):
            if self._words[behind] != "عن":
                continue
            subject = self._speakers.at(behind + 1)
            if subject is None or subject.end >= self._end:
                break
            start, word = subject.end, self._words[subject.end]
            if word in speech_words("words"):
                start += 1
            elif word not in speech_words("that"):
                break
            said = self._objects.of(_RELAYED, start, named=True)
            self._voice = _Voice(subject.party, word.endswith("ها"), self._first)
            return start if said is None else self._begin(said, self._voice)
        self._open = _Open(at, None)
        return at + 1

    def _by(self, at: int) -> int:
        """A speaker of whom it is told: «بحسب كيري فإن»."""
        subject = self._speakers.at(at + 1)
        if subject is None or subject.end >= self._end:
            return at + 1
        if self._words[subject.end] in speech_words("then"):
            self._voice = _Voice(subject.party, False, self._first)
            return self._begin(Said(subject.end + 1, CLAUSE_OF_THAT), self._voice)
        return subject.end

    # What is said.

    def _begin(self, said: Said, voice: _Voice | None) -> int:
        """Take what is in marks, or open a clause; returns where to go on."""
        span = self._spans.get(said.start)
        if said.kind == MARKED and span is not None:
            if voice is not None:
                self._add(voice, span.start, span.end)
            return span.end
        self._open = _Open(said.start, voice, said.kind == DIRECT)
        return said.start

    def _is_end(self, at: int) -> bool:
        """Whether a clause that somebody says ends before a word."""
        if not self._context.is_apart(at):
            return False
        word = self._words[at]
        if self._resumes(at) or self._acts_on(at):
            return True
        if word in speech_words("enders"):
            return self._open is None or not self._open.direct or word != "وذلك"
        if word == "علي" and self._words[at + 1 : at + 2] == ["حد"]:  # «على حد قوله»
            return True
        if word not in speech_words("turns") or at + 1 >= self._end:
            return False
        if self._open is not None and self._open.direct:
            return False
        if self._words[at + 1] in speech_words("no-turns"):
            return False
        self._voice = None
        return True

    def _is_answered(self, at: int) -> bool:
        """Whether another subject before its verb follows: «، لكن كيري قال»."""
        if not self._context.opens(at) or not self._context.is_apart(at):
            return False
        subject = self._speakers.at(at + 1)
        return subject is not None and self._is_given(subject)

    def _is_another(self, at: int) -> bool:
        """Whether somebody else does something: who goes on behind that may be either.

        «قال كيري إن الوقت ضيق، ويتفق لافروف معه، ويرى أن».
        """
        word, titles = self._words[at], self._part.matches.titles
        if not word.startswith("و") or word.startswith("وال") or at in titles:
            return False
        named = self._context.is_apart(at) and self._speakers.names_somebody(at + 1)
        return named and self._speakers.at(at + 1) is not None

    def _acts_on(self, at: int) -> bool:
        """Whether the one who speaks is named as who does something more: «، ووعد كيري»."""
        voice = self._open.voice if self._open else None
        if voice is None or not self._words[at].startswith("و"):
            return False
        named = self._speakers.people.get(at + 1)
        return named is not None and named.value.id == voice.party.id

    def _resumes(self, at: int) -> bool:
        """Whether the one who was heard goes on behind a but: «، إلا أنه شدد على»."""
        if at + 2 >= self._end or self._words[at] not in speech_words("but"):
            return False
        return self._words[at + 1] in speech_words("that") and self._words[at + 2] in self._verbs

    def _close(self, end: int) -> None:
        """The clause that is open ends before a word."""
        if self._open is None:
            return
        start, voice, _ = self._open
        self._open = None
        span = self._spans.get(start)
        if voice is None or start >= end:
            return
        if span is not None and (span.end >= end or self._context.is_apart_behind(span)):
            self._add(voice, span.start, span.end)
        elif _LEAST_CLAUSE <= end - start <= _MOST_CLAUSE:
            self._add(voice, start, end)

    def _add(self, voice: _Voice, start: int, end: int) -> None:
        part = self._part
        said = part.mention(start, end, _SAID)
        if start not in self._spans or self._spans[start].end != end:
            first, last = with_marks(part.text, said.start, said.end)
            if last < 0:
                return
            said = said._replace(start=first, end=last)
        told = part.mention(voice.told, self._end, _SAID)
        self._found.append(Quotation(voice.party, said, told._replace(end=max(told.end, said.end))))


#: The words of others that a verb like «نقل» introduces.
_RELAYED = SpeechVerb(False, False, False, "", CLAUSE, frozenset())
