"""Who said what: quotations with their speaker.

A verb of speech has a subject, the speaker, and behind it what is said: words in marks, words
behind a colon, or a clause of «أن». No speaker is better than a wrong one: where the subject is
nobody known, or where somebody tells what others said, there is no quotation.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.events.quote_marks import Quoted, quoted, sentences
from indexer.events.speakers import Speaker, Speakers
from indexer.events.speech import SpeechVerb, speech_verbs, speech_words
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, Party, Quotation

#: Fewer words in marks are a name, or what somebody calls something.
_LEAST_QUOTED = 3
#: Where nothing else says that words in marks are somebody's speech.
_LEAST_BARE = 5
_LEAST_CLAUSE = 2
#: Between a verb and what is said are at most so many words.
_MOST_BETWEEN = 30
#: What is said without marks has at most so many words.
_MOST_CLAUSE = 120
#: So many sentences on end may leave out who speaks.
_MOST_CHAINED = 6
_COMMA = re.compile(r"[،,؛;\-–—)»”\"\n]")
_COLON = re.compile(r":")
_OPENING, _CLOSING = tuple('«"“”'), tuple('»"”“')
_PERCENT = tuple("%٪")
_SAID = "quotation"
_MARKED, _DIRECT, _CLAUSE = "marked", "direct", "clause"


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


class _Said(NamedTuple):
    """What a verb introduces: words from ``start`` on, in marks or a clause."""

    start: int
    kind: str


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
        self._verbs = speech_verbs()
        self._found: list[Quotation] = []
        self._voice: _Voice | None = None
        self._open: _Open | None = None
        self._first = self._end = 0
        self._subjects: dict[int, Speaker] = {}

    def read(self) -> list[Quotation]:
        """Return the quotations of the part."""
        for sentence in self._sentences:
            self._read(sentence.start, sentence.stop)
        return self._found

    def _read(self, first: int, end: int) -> None:
        """Read a sentence; who was heard in it is the voice of the next."""
        self._first, self._end, self._open = first, end, None
        self._subjects = {}
        before, self._voice = self._voice, None
        at = first
        while at < end:
            span = self._spans.get(at)
            if span is not None:
                at = span.end
                continue
            at = self._step(at, before)
        self._close(end)

    def _step(self, at: int, before: _Voice | None) -> int:
        """Read one word; returns where to go on."""
        word = self._words[at]
        verb = self._verbs.get(word)
        if verb is not None and self._is_told(at, verb):
            return self._verb(at, verb, before)
        if self._open is not None:
            if self._is_end(at):
                self._close(at)
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
        said = self._said(behind, verb, named=voice is not None and voice.chained == 0)
        if self._open is not None:
            if said is None and voice is None:
                return at + 1
            self._close(at)
        self._voice = voice
        if said is None:
            return behind
        return self._begin(said, voice)

    def _voice_of(
        self, at: int, verb: SpeechVerb, before: _Voice | None
    ) -> tuple[_Voice | None, int]:
        """The voice of a verb, and where to look for what is said."""
        subject = self._subjects.get(at)
        if subject is not None:
            return self._voiced(subject, verb), at + 1
        if verb.participle:
            return self._same(before if at == self._first else self._voice, verb), at + 1
        behind = self._addressed(at + 1)
        if behind < self._end and self._is_near(behind):
            subject = self._speakers.at(behind)
            if subject is not None and subject.end <= self._end:
                return self._voiced(subject, verb), subject.end
        if not self._is_unnamed(at + 1):
            return None, at + 1
        if at == self._first or (at == self._first + 1 and self._opens(self._first)):
            return self._same(before, verb), at + 1
        return self._same(self._voice, verb), at + 1

    def _voiced(self, subject: Speaker, verb: SpeechVerb) -> _Voice:
        return _Voice(subject.party, verb.feminine, self._first)

    def _same(self, voice: _Voice | None, verb: SpeechVerb) -> _Voice | None:
        """The voice that goes on speaking, if it can be the subject of the verb."""
        if voice is None or voice.feminine != verb.feminine or voice.chained >= _MOST_CHAINED:
            return None
        return voice._replace(chained=voice.chained + 1)

    def _addressed(self, at: int) -> int:
        """Behind whom the words are addressed to, right behind the verb: «لـ«عكاظ»», «له»."""
        if at >= self._end or self._words[at] not in speech_words("addressed"):
            return at
        if self._words[at] != "ل":
            return at + 1
        behind = at + 1
        while behind < min(at + 4, self._end):
            if any(mark in self._part.gap(behind) for mark in '"»”'):
                return behind + 1
            behind += 1
        return at

    def _is_near(self, at: int) -> bool:
        """Whether nothing that sets a word apart stands before it."""
        return self._part.before(at).strip(' \u0640"«»“”') == ""

    def _is_unnamed(self, at: int) -> bool:
        """Whether a verb has no subject of its own."""
        if at >= self._end or ":" in self._part.before(at) or at in self._spans:
            return True
        word = self._words[at]
        return word in speech_words("that") or word in speech_words("insertions")

    def _is_told(self, at: int, verb: SpeechVerb) -> bool:
        """Whether a verb tells of speech here, in the article's own voice."""
        if self._is_meant(at):
            return False
        words, comma = self._words, self._is_apart(at)
        before = words[at - 1] if at > self._first else ""
        if before in speech_words("unsaid") or before in speech_words("whose"):
            return False
        if self._open is None or at in self._subjects:
            return True
        if at + 1 < self._end and self._is_colon(at + 1):
            return True
        if verb.participle:
            return comma
        if verb.joined:
            return comma or self._speakers.at(at + 1) is not None
        return before in speech_words("resuming")

    def _is_meant(self, at: int) -> bool:
        """Whether a word that looks like a verb is another word: «رأي», not «رأى»."""
        return self._words[at].lstrip("وف") == "راي" and not self._part.word(at).endswith("ى")

    def _is_apart(self, at: int) -> bool:
        return at == self._first or _COMMA.search(self._part.before(at)) is not None

    def _opens(self, at: int) -> bool:
        return self._words[at] in speech_words("openers")

    # What stands before a verb.

    def _begins_clause(self, at: int) -> bool:
        return at == self._first or (at > self._first and self._opens(at - 1))

    def _subject_first(self, at: int) -> int:
        """A subject before its verb: «لكن كيري قال», or before a colon: «كيري: لن نقبل»."""
        subject = self._speakers.at(at)
        if subject is None or subject.end >= self._end:
            return at + 1
        behind = subject.end
        if at == self._first and subject.party.facet != "countries":
            colon = self._colon(behind)
            if colon >= 0:
                self._voice = _Voice(subject.party, False, self._first)
                said = _Said(colon, _MARKED if colon in self._spans else _DIRECT)
                return self._begin(said, self._voice)
        if self._words[behind] == "قد":
            behind += 1
        verb = self._verbs.get(self._words[behind]) if behind < self._end else None
        if verb and not verb.joined and not verb.participle and self._is_unnamed(behind + 1):
            self._subjects[behind] = subject
        return behind

    def _colon(self, at: int) -> int:
        """Where speech begins behind a subject and a colon; -1: nowhere."""
        behind = self._addressed(at) if self._words[at] in speech_words("addressed") else at
        if behind < self._end and self._is_colon(behind):
            return behind
        return -1

    def _relay(self, at: int) -> int:
        """Somebody tells what another said: «نقلت الوكالة عن كيري قوله إن»."""
        for behind in range(at + 1, min(at + _MOST_BETWEEN, self._end)):
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
            said = self._said(start, _RELAYED, named=True)
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
            return self._begin(_Said(subject.end + 1, _CLAUSE), self._voice)
        return subject.end

    # What is said.

    def _said(self, at: int, verb: SpeechVerb, *, named: bool) -> _Said | None:
        """What is said behind a verb and its subject, at ``at``."""
        for behind in range(at, min(at + _MOST_BETWEEN, self._end)):
            if self._is_colon(behind):
                return self._behind_colon(behind) if self._is_clear(at, behind) else None
            if self._is_bare(behind, at):
                return _Said(behind, _MARKED)
            word = self._words[behind]
            if word in speech_words("that"):
                whole = verb.clause and self._is_object(at, behind, verb, named=named)
                return _Said(behind + 1, _CLAUSE) if whole else None
            if not named and self._speakers.names_somebody(behind):
                return None
            if word in self._verbs and word not in speech_words("insertions"):
                return None
        return None

    def _is_colon(self, at: int) -> bool:
        gap = self._part.before(at)
        return ":" in gap and not (gap == ":" and self._words[at].isdigit())

    def _behind_colon(self, at: int) -> _Said:
        if at in self._spans:
            return _Said(at, _MARKED)
        return _Said(at + 1 if self._words[at] in speech_words("that") else at, _DIRECT)

    def _is_clear(self, at: int, colon: int) -> bool:
        """Whether what is behind a colon is the subject's, not that of somebody named between."""
        if at == colon or self._words[colon - 1] not in speech_words("saying"):
            return True
        return speech_words("whose").isdisjoint(self._words[at:colon])

    def _is_bare(self, at: int, behind_subject: int) -> bool:
        """Whether words in marks are speech that no colon and no «أن» introduces."""
        span = self._spans.get(at)
        if span is None or span.end - span.start < _LEAST_BARE:
            return False
        if span.end < self._end and self._words[span.end] in speech_words("that"):
            return False
        before = self._words[at - 1]
        if at == behind_subject or before in speech_words("saying"):
            return True
        return span.end >= self._end and before not in speech_words("insertions")

    def _is_object(self, at: int, that: int, verb: SpeechVerb, *, named: bool) -> bool:
        """Whether «أن» begins what is said, rather than belongs to a noun before it."""
        if that == at:
            return True
        before = self._words[that - 1]
        if before in verb.leads:
            return that == at + 1 or self._words[at] not in verb.leads
        if before in speech_words("of-that"):
            return False
        if not named or self._part.before(at) != " " or self._part.word(that).startswith("إ"):
            return True
        return self._words[at] in speech_words("insertions") or self._speakers.names_somebody(at)

    def _begin(self, said: _Said, voice: _Voice | None) -> int:
        """Take what is in marks, or open a clause; returns where to go on."""
        span = self._spans.get(said.start)
        if said.kind == _MARKED and span is not None:
            if voice is not None:
                self._add(voice, span.start, span.end)
            return span.end
        self._open = _Open(said.start, voice, said.kind == _DIRECT)
        return said.start

    def _is_end(self, at: int) -> bool:
        """Whether a clause that somebody says ends before a word."""
        if not self._is_apart(at):
            return False
        word = self._words[at]
        if word in speech_words("enders") or self._resumes(at) or self._acts_on(at):
            return True
        if word not in speech_words("turns") or at + 1 >= self._end:
            return False
        if self._open is not None and self._open.direct:
            return False
        if self._words[at + 1] in speech_words("no-turns"):
            return False
        self._voice = None
        return True

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
        if span is not None and (span.end >= end or self._is_apart_behind(span)):
            self._add(voice, span.start, span.end)
        elif _LEAST_CLAUSE <= end - start <= _MOST_CLAUSE:
            self._add(voice, start, end)

    def _is_apart_behind(self, span: Quoted) -> bool:
        """Whether what stands behind the marks is no more of the clause."""
        return "،" in self._part.before(span.end) or "," in self._part.before(span.end)

    def _add(self, voice: _Voice, start: int, end: int) -> None:
        part = self._part
        said = part.mention(start, end, _SAID)
        if start not in self._spans or self._spans[start].end != end:
            first, last = self._with_marks(said.start, said.end)
            if last < 0:
                return
            said = said._replace(start=first, end=last)
        told = part.mention(voice.told, self._end, _SAID)
        self._found.append(Quotation(voice.party, said, told._replace(end=max(told.end, said.end))))

    def _with_marks(self, start: int, end: int) -> tuple[int, int]:
        """A clause with the marks that stand around its first and last words, in pairs.

        (start, -1) where a mark in it has no other: nobody knows where the speech ends.
        """
        text = self._part.text
        opened = text[start - 1 : start] in _OPENING
        closed = text[end : end + 1] in _CLOSING
        if _is_even(text[start:end]):
            if opened and not closed:
                return start, -1
            return start, end + _is_left(text, start, end)
        start, end = start - opened, end + (closed and not opened)
        return (start, end) if _is_even(text[start:end]) else (start, -1)


def _is_even(text: str) -> bool:
    """Whether each mark has its other."""
    straight = sum(map(text.count, '"“”'))
    return straight % 2 == 0 and text.count("«") == text.count("»")


def _is_left(text: str, start: int, end: int) -> bool:
    """Whether a sign behind the last word belongs to it: «100%», «(القات)»."""
    sign = text[end : end + 1]
    if sign == ")":
        return text.count("(", start, end) > text.count(")", start, end)
    return sign in _PERCENT


#: The words of others that a verb like «نقل» introduces.
_RELAYED = SpeechVerb(False, False, "", True, frozenset())
