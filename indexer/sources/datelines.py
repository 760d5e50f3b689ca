"""The line that says who reports from where: «بغداد/إبراهيم صالح/الأناضول», «عين اليوم – جدة».

Such a line has no grammar of its own but a few parts and marks between them. Each part is known for
what it is: an outlet, a place, a person, a date; a line with anything else in it is no dateline.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from indexer.sources import dates
from indexer.sources.outlets import outlets
from indexer.sources.tables import rows
from indexer.text.normalize import normalize

#: A byline longer than this is a sentence.
LONGEST = 90
Kind = Literal["outlet", "place", "person", "date", "filler", "unknown"]

_MARKS = re.compile(
    r"\s*[/|\\–—―:،؛,()\[\]{}«»<>\"“”*+•·]+\s*|\s+[-ـ_.]+\s*|\s*[-_]+\s+|\s*\.{2,}\s*|(?<=\w)-(?=\w)"
)
#: Before a name: what this person did.
_BY = re.compile(
    r"(?:كتب|كتبت|كتبه|كتبها|بقلم|اعداد|إعداد|تقرير|تحرير|تحقيق|حاوره|حاورته|حاورها|أجرى الحوار"
    r"|ترجمة|مراسل|مراسلنا|مراسلتنا|الكاتب|الكاتبة|المؤلف|by|written by|author)(?=\W|$)",
    re.IGNORECASE,
)
#: Before an outlet: how its report came here.
_FROM = re.compile(
    r"(?:متابعة|متابعات|المصدر|مصدر|نقلا عن|نقلاً عن|عن|خاص|source|via)(?=\W|$)", re.I
)
#: Parts that name nobody: agencies in general, desks, follow-ups.
_FILLER = re.compile(
    r"(?:و?ال)?(?:وكالات|متابعات|متابعة|خاص|مكتب \w+(?: \w+)?|غرفة الأخبار|قسم \w+|فريق \w+"
    r"|المحليات|محليات|سياسة|الدولية|المحرر|التحرير|هيئة التحرير|ترجمات|عواصم|agencies|staff)"
)
#: Words that only names of outlets hold.
_OUTLET_WORD = re.compile(
    r"(?:نيوز|برس|بوست|تايمز|تي في|أونلاين|اونلاين|أون لاين|نت|24|الإخبارية|الإخباري|الاخبارية"
    r"|للأنباء|للاعلام|للإعلام|ميديا|الإلكترونية|الالكترونية)"
    r"|^(?:وكالة|صحيفة|جريدة|موقع|قناة|شبكة|مجلة|إذاعة|راديو|بوابة|مركز|منصة)\s"
)
_PERSON = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){1,4}")


class Part(NamedTuple):
    """One piece of a line between two marks."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; ``source`` is an outlet's name from the table or as printed."""

    source: str | None = None
    author: str | None = None
    place: str | None = None
    date: dt.date | None = None


def read_dateline(line: str) -> Dateline | None:
    """Return what ``line`` says if it is a dateline or byline and nothing else.

    >>> read_dateline("بغداد/إبراهيم صالح/الأناضول").author
    'إبراهيم صالح'
    """
    if len(line) > LONGEST:
        return None
    cue, rest = _cued(line)
    parts = list(_parts(rest))
    kinds = [part.kind for part in parts]
    if not parts or not _plausible(kinds, cue, bool(_MARKS.search(line.strip()))):
        return None
    return _said(parts, cue)


def place_or_outlet(name: str) -> bool:
    """Whether a name is one that stands at the start of reports, not in their sentences."""
    return _kind(name) in ("place", "outlet")


def _cued(line: str) -> tuple[Kind | None, str]:
    """A cue at the start of the line tells what the name after it is."""
    for pattern, kind in ((_BY, "person"), (_FROM, "outlet")):
        if match := pattern.match(line.strip()):
            rest = line.strip()[match.end() :]
            if rest.strip(" :/|-–ـ.،") or kind == "outlet":
                return kind, rest  # type: ignore[return-value]
    return None, line


def _parts(line: str) -> Iterator[Part]:
    whole = dates.alone(line)
    if whole:
        yield Part(line, "date")
        return
    for text in _MARKS.split(line):
        if text := text.strip(" .-ـ"):
            yield Part(text, _kind(text))


def _plausible(kinds: list[Kind], cue: Kind | None, marked: bool) -> bool:
    unknown = kinds.count("unknown")
    if cue:
        return len(kinds) <= 3 and unknown <= 1
    if unknown == 0:
        return (
            len(kinds) > 1 or kinds[0] in ("outlet", "filler") or (marked and kinds[0] == "place")
        )
    return unknown == 1 and marked and len(kinds) == 2 and "place" in kinds


def _said(parts: list[Part], cue: Kind | None) -> Dateline:
    source = author = place = date = None
    for text, kind in parts:
        if kind == "unknown":
            kind = cue or _guess(text)
        if kind == "outlet":
            outlet = outlets().named(text)
            source = source or (outlet.name if outlet else text)
        elif kind == "person":
            author = author or text
        elif kind == "place":
            place = place or text
        elif kind == "date":
            date = date or dates.stated(text)
    return Dateline(source, author, place, date)


def _guess(text: str) -> Kind:
    """What stands beside a place: names of outlets begin with «ال» or are one word."""
    words = text.split()
    if len(words) == 1 or words[0].startswith("ال"):
        return "outlet"
    return "person" if _PERSON.fullmatch(text) else "unknown"


def _kind(text: str) -> Kind:
    if _FILLER.fullmatch(text):
        return "filler"
    names = _names()
    folded = normalize(text)
    if folded in names.places and outlets().named(text):
        return "place"  # «الرياض» is a paper too; a caller knows its paper from elsewhere
    if outlets().named(text):
        return "outlet"
    if folded in names.places:
        return "place"
    words = folded.split()
    if 2 <= len(words) <= 5 and _PERSON.fullmatch(text) and _is_given(words[0]):
        return "person"
    if dates.stated(text):
        return "date"
    return "outlet" if _OUTLET_WORD.search(text) and len(words) <= 4 else "unknown"


def _is_given(word: str) -> bool:
    return word in _names().given or (word.startswith("عبد") and len(word) > 4)


class _Names(NamedTuple):
    places: frozenset[str]
    given: frozenset[str]


@cache
def _names() -> _Names:
    return _Names(
        frozenset(normalize(row[0]) for row in rows("places.txt")),
        frozenset(normalize(row[0]) for row in rows("given_names.txt")),
    )
