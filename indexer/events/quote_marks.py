"""What stands in quotation marks, as words of a part; also where marks are missing.

The press opens with «, “ or ", closes with », ”, “ or ", and forgets either. Marks that are not
closed on their line enclose nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from indexer.facets.part import AnnotatedPart

_MARK = re.compile('[«»"“”„‟\n]')
_OPENING, _CLOSING = "«", "»"
#: A mark behind these opens, one before those closes; between letters it does what is due.
_BEFORE_OPENING = re.compile(r"[\s:،,؛;(\[\-–—.!؟?ـ]")
_BEHIND_CLOSING = re.compile(r"[\s:،,؛;)\]\-–—.!؟?]")
_END = re.compile(r"[.!?؟\n…]")
_START, _STOP = attrgetter("start"), attrgetter("end")


class Quoted(NamedTuple):
    """Words ``start`` to ``end`` of a part, alone between two marks."""

    start: int
    end: int


def quoted(part: AnnotatedPart) -> Iterator[Quoted]:
    """The words in marks, in the order of the text; of marks within marks the outer ones."""
    for start, end in _spans(part.text):
        first = bisect_left(part.tokens, start, key=_START)
        last = bisect_left(part.tokens, end + 1, first, key=_STOP)
        if first < last:
            yield Quoted(first, last)


def sentences(part: AnnotatedPart, spans: list[Quoted]) -> Iterator[range]:
    """The sentences as ranges of words; what stands in marks is not cut."""
    start, number = 0, 0
    for at, gap in part.gaps.items():
        while number < len(spans) and spans[number].end <= at:
            number += 1
        inside = number < len(spans) and spans[number].start < at
        if at and not inside and _END.search(gap) and not _is_short(part, at, gap):
            yield range(start, at)
            start = at
    if part.words:
        yield range(start, len(part.words))


def _is_short(part: AnnotatedPart, at: int, gap: str) -> bool:
    """Whether a dot is that of an abbreviation or a number: «د. أحمد», «1.8»."""
    if gap == ".":
        return part.words[at].isascii() or len(part.words[at]) == 1
    return gap == ". " and len(part.words[at - 1]) == 1 and not part.words[at - 1].isdigit()


def _spans(text: str) -> list[tuple[int, int]]:
    """Where what is in marks begins and ends, without the marks."""
    spans: list[tuple[int, int]] = []
    angles: list[int] = []
    opened = -1
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "\n":
            angles, opened = [], -1
        elif mark == _OPENING:
            angles.append(at + 1)
        elif mark == _CLOSING:
            start = angles.pop() if angles else -1
            if start >= 0 and not angles:
                spans.append((start, at))
        elif angles:
            continue
        elif opened < 0:
            opened = -1 if _closes(text, at) else at + 1
        elif _opens(text, at):
            opened = at + 1
        else:
            while spans and spans[-1][0] > opened:
                spans.pop()
            spans.append((opened, at))
            opened = -1
    return spans


def _opens(text: str, at: int) -> bool:
    """Whether a mark can only open."""
    before, behind = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    return bool(_BEFORE_OPENING.match(before)) and not _BEHIND_CLOSING.match(behind)


def _closes(text: str, at: int) -> bool:
    """Whether a mark can only close."""
    before, behind = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    return not _BEFORE_OPENING.match(before) and bool(_BEHIND_CLOSING.match(behind))
