"""The piece of a text that shows most of what answers a query."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.search.highlight.marks import Mark, Span
from indexer.text.normalize import SILENT

#: How many characters of an article a result shows: two to three lines.
SIZE = 240
# A sentence ends with its closing quotation mark or bracket; a dot inside «أ.ف.ب» ends none.
_SENTENCE_END = re.compile(r'[.!?؟…]+["”»)\]]*(?=\s)|(?=\n)')
_SPACE = re.compile(r"\s")
# What no word holds; for text that has no spaces.
_GAP = re.compile(rf"[^\w\u0300-\u036f{SILENT}]|_")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to show and the spans of it to mark: whole printed words, in order, apart.

    ``before`` and ``after`` say that the text was cut there.
    """

    text: str
    marks: tuple[Span, ...] = ()
    before: bool = False
    after: bool = False


def whole(text: str, marks: Sequence[Mark]) -> Passage:
    """All of a text, with its marks."""
    return Passage(text, tuple((mark.start, mark.end) for mark in marks))


def passage(text: str, marks: Sequence[Mark], size: int = SIZE) -> Passage:
    """The piece of about ``size`` characters that holds most of the query, with its marks.

    Most different words first, then most words, then what comes first. It begins and ends with a
    sentence where one is in reach, else between words. Without marks: how the text begins.
    """
    first, last = _densest(marks, size)
    start = _start(text, first, last, size)
    end = _end(text, start, last, size)
    return Passage(
        text[start:end],
        tuple((m.start - start, m.end - start) for m in marks if start <= m.start and m.end <= end),
        before=bool(text[:start].strip()),
        after=bool(text[end:].strip()),
    )


def _densest(marks: Sequence[Mark], size: int) -> Span:
    """From where to where the marks stand that must be shown: one of each kind that fits."""
    inside: Counter[int] = Counter()
    most, best = (0, 0), 0
    end = 0
    for n, first in enumerate(marks):
        while end < len(marks) and (end == n or marks[end].end - first.start <= size):
            inside[marks[end].kind] += 1
            end += 1
        if (len(inside), end - n) > most:
            most, best = (len(inside), end - n), n
        inside[first.kind] -= 1
        if not inside[first.kind]:
            del inside[first.kind]
    kinds: set[int] = set()
    for mark in marks[best:]:
        kinds.add(mark.kind)
        if len(kinds) == most[0]:
            return marks[best].start, mark.end
    return 0, 0


def _start(text: str, first: int, last: int, size: int) -> int:
    """Where to begin: with the text, with the nearest sentence in reach, or some words before."""
    if last <= size:
        return len(text) - len(text.lstrip())
    spare = max(0, min(size - (last - first), size // 3))
    ends = [found.end() for found in _SENTENCE_END.finditer(text, first - spare, first)]
    if ends:
        return first - len(text[ends[-1] : first].lstrip())
    for gap in (_SPACE, _GAP):
        if found := gap.search(text, first - spare, first):
            return found.end()
    return first


def _end(text: str, start: int, last: int, size: int) -> int:
    """Where to end: with the text, with the last sentence in reach, or with a word."""
    limit = max(start + size, last)
    close = len(text.rstrip())
    if close <= limit:
        return close
    late = max(start + size // 2, last)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, late, limit + 1)]
    if ends and ends[-1] <= limit:
        return ends[-1]
    for gap, since in ((_SPACE, late), (_GAP, late), (_GAP, max(start + 1, last))):
        if ends := [found.start() for found in gap.finditer(text, since, limit + 1)]:
            return ends[-1]
    beyond = _GAP.search(text, limit)  # one word is longer than a passage
    return beyond.start() if beyond else close
