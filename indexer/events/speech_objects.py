"""What a verb of speech introduces: words in marks, words behind a colon, a clause of «أن»."""

from collections.abc import Mapping
from typing import NamedTuple

from indexer.events.quote_marks import Quoted
from indexer.events.speakers import Speakers
from indexer.events.speech import CLAUSE, NOTHING, SpeechVerb, speech_verbs, speech_words
from indexer.events.speech_context import SpeechContext
from indexer.facets.part import AnnotatedPart

MARKED, DIRECT, CLAUSE_OF_THAT = "marked", "direct", "clause of that"
#: Where nothing else says that words in marks are somebody's speech, there are at least so many.
_LEAST_BARE = 5
#: Between a verb and what is said are at most so many words.
MOST_BETWEEN = 30


class Said(NamedTuple):
    """What a verb introduces: words from ``start`` on, in marks or a clause."""

    start: int
    kind: str


class SpeechObjects:
    """Finds what is said behind the verbs of one part."""

    def __init__(
        self,
        part: AnnotatedPart,
        spans: Mapping[int, Quoted],
        speakers: Speakers,
        context: SpeechContext,
    ) -> None:
        self._part = part
        self._words = part.words
        self._spans = spans
        self._speakers = speakers
        self._context = context
        self._verbs = speech_verbs()

    def of(self, verb: SpeechVerb, at: int, *, named: bool) -> Said | None:
        """What is said behind a verb and its subject, at ``at``."""
        if verb.takes == NOTHING:
            return None
        behind, end = at, min(at + MOST_BETWEEN, self._context.end)
        while behind < end:
            if self._context.is_colon(behind):
                return self._behind_colon(behind) if self._is_clear(at, behind) else None
            if self._is_bare(behind, at):
                return Said(behind, MARKED)
            word = self._words[behind]
            if word in speech_words("that"):
                whole = verb.takes == CLAUSE and self._is_object(at, behind, verb, named=named)
                return Said(behind + 1, CLAUSE_OF_THAT) if whole else None
            if not named and self._speakers.names_somebody(behind):
                return None
            if self._ends_path(word) or self._context.is_left_open(behind):
                return None
            behind = max(behind + 1, self._context.marked.get(behind, 0))
        return None

    def _ends_path(self, word: str) -> bool:
        """Whether a word between a verb and what is said is another verb of speech.

        Of those that take nothing some are nouns: «طالب».
        """
        verb = self._verbs.get(word)
        if verb is None or word in speech_words("insertions"):
            return False
        return verb.takes != NOTHING or verb.participle or bool(verb.joined)

    def _behind_colon(self, at: int) -> Said:
        if at in self._spans:
            return Said(at, MARKED)
        return Said(at + 1 if self._words[at] in speech_words("that") else at, DIRECT)

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
        if span.end < self._context.end and self._words[span.end] in speech_words("that"):
            return False
        before = self._words[at - 1]
        if at == behind_subject or before in speech_words("saying"):
            return True
        return span.end >= self._context.end and before not in speech_words("insertions")

    def _is_object(self, at: int, that: int, verb: SpeechVerb, *, named: bool) -> bool:
        """Whether «أن» begins what is said, rather than belongs to a noun before it."""
        if that == at:
            return True
        before = self._words[that - 1]
        if self._words[at] in verb.leads:
            return that == at + 1
        if before in verb.leads:
            return True
        if before in speech_words("of-that"):
            return False
        if self._context.is_apart(that):
            return True
        if not named or self._part.before(at) != " " or self._part.word(that).startswith("إ"):
            return True
        return self._context.is_insertion(at) or self._speakers.names_somebody(at)
