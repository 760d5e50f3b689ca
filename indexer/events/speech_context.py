"""What stands around a verb of speech in one part: marks, colons, commas, prepositions."""

import re
from collections.abc import Mapping

from indexer.events.quote_marks import Quoted
from indexer.events.speech import speech_words
from indexer.facets.part import AnnotatedPart

_COMMA = re.compile(r"[،,؛;\-–—)»”\"\n]")
_OPENING = tuple('«"“”')
_JOINED_PREPOSITIONS = ("بال", "لل")


class SpeechContext:
    """The words of a part as they stand around verbs; ``spans`` are those in marks, by the first.

    ``first`` and ``end`` are those of the sentence that is read.
    """

    def __init__(
        self, part: AnnotatedPart, spans: Mapping[int, Quoted], marked: Mapping[int, int]
    ) -> None:
        """``marked`` tells where ends what stands in marks, however short, by its first word."""
        self._part = part
        self._words = part.words
        self._spans = spans
        self.marked = marked
        self.first = self.end = 0

    def is_apart(self, at: int) -> bool:
        """Whether a word begins the sentence or stands behind a comma or the like."""
        return at == self.first or _COMMA.search(self._part.before(at)) is not None

    def opens(self, at: int) -> bool:
        """Whether a subject or a verb may begin a clause behind a word: «لكن»."""
        return self._words[at] in speech_words("openers")

    def is_apart_behind(self, span: Quoted) -> bool:
        """Whether what stands behind the marks is no more of the clause."""
        return "،" in self._part.before(span.end) or "," in self._part.before(span.end)

    def is_colon(self, at: int) -> bool:
        """Whether a word stands behind a colon; that of «12:30» is none."""
        gap = self._part.before(at)
        return ":" in gap and not (gap == ":" and self._words[at].isdigit())

    def is_near(self, at: int) -> bool:
        """Whether nothing that sets a word apart stands before it."""
        return self._part.before(at).strip(' \u0640"«»“”') == ""

    def is_unnamed(self, at: int) -> bool:
        """Whether a verb has no subject of its own."""
        if at >= self.end or ":" in self._part.before(at) or at in self._spans:
            return True
        word = self._words[at]
        return word in speech_words("that") or self.is_insertion(at)

    def is_insertion(self, at: int) -> bool:
        """Whether a word may begin what stands between a verb and what is said."""
        word = self._words[at]
        return word in speech_words("insertions") or word.startswith(_JOINED_PREPOSITIONS)

    def addressed(self, at: int) -> int:
        """Behind whom the words are addressed to, right behind the verb: «لـ«عكاظ»», «له»."""
        if at >= self.end or self._words[at] not in speech_words("addressed"):
            return at
        if self._words[at] != "ل":
            return at + 1
        behind = at + 1
        while behind < min(at + 4, self.end):
            if any(mark in self._part.gap(behind) for mark in '"»”'):
                return behind + 1
            behind += 1
        return at

    def is_meant(self, at: int) -> bool:
        """Whether a word that looks like a verb is another word: «رأي», not «رأى»."""
        return self._words[at].lstrip("وف") == "راي" and not self._part.word(at).endswith("ى")

    def is_left_open(self, at: int) -> bool:
        """Whether a mark opens before a word and is not closed."""
        return self._part.before(at).endswith(_OPENING) and at not in self.marked
