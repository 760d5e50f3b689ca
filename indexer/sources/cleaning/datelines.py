"""The line that says who reports from where: «بغداد/إبراهيم صالح/الأناضول», «عين اليوم – جدة».

Such a line has no grammar of its own but a few parts and marks between them. Each part is known for
what it is: an outlet, a place, a person, a date; a line with much else in it is no dateline.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from indexer.sources.cleaning import dates
from indexer.sources.cleaning.lines import Line
from indexer.sources.cleaning.outlets import Outlet, outlets
from indexer.sources.tables import rows
from indexer.text.normalize import normalize

#: A byline longer than this is a sentence; a part of it with more words is one too.
LONGEST, LONGEST_PART, LONGEST_NAME = 90, 5, 40
#: The letters after which «(رويترز) -» may stand at the beginning of a story.
INLINE = 70
Kind = Literal["outlet", "place", "person", "date", "nobody", "unknown"]

_MARKS = re.compile(
    r"\s*[/|\\–—―:;،؛,()\[\]{}«»<>\"“”*+•·]+\s*"
    r"|\s+[-ـ_.]+\s*|\s*[-_]+\s+|\s*\.{2,}\s*|(?<=\w)-(?=\w)|^\s*[-.]+|\s+من\s+(?=\w+(?:\s\w+)?\W*$)"
    r"|\s+(?:في|بتاريخ|on)\s*$"
)
_FROM_PLACE = re.compile(r"\sمن\s")
_MARK_FIRST = re.compile(r"\s*(?:[:/|«(،-]|[–—ـ]\s)")
_NAME = re.compile(r"[^\W\d_]+\.?(?:[ -]?[^\W\d_]+){1,5}")
#: An account, or a name with capitals: captions hold other words.
_LATIN = re.compile("[a-z\\d_.-]+|(?:[A-Z\u00c0-\u00de\u0100-\u024f][\\w.'-]*(?: |$)){1,4}")
#: What stands between the dateline in a story's first line and the story.
_INLINE = re.compile(r"\s*(?:[-–—ـ:_]+|\.\.)\s+|\s*[-–—]+|_(?=\w)")
_IN_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_PHOTOGRAPHER = re.compile(r"\W*\b(?:تصوير|عدسة)\b.*")
#: As words of a sentence; folded they would be «علي» and «الي».
_PARTICLES = frozenset(("على", "إلى"))
#: What stands before a name and is not of it.
_TITLE = re.compile(
    r"^(?:د|أ|م|ا\.د|أ\.د|الدكتور|الدكتورة|الأستاذ|اللواء|العميد|الشيخ)(?:\.|\s)\s*"
)


class DatelinePart(NamedTuple):
    """One piece of a line between two marks, folded and classed once.

    ``outlet`` is the one of the table that a piece of this kind names, if any.
    """

    text: str
    folded: str
    kind: Kind
    outlet: Outlet | None = None

    @property
    def words(self) -> list[str]:
        """The folded words."""
        return self.folded.split()


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
    line = _PHOTOGRAPHER.sub("", line)
    if len(line) > LONGEST or line.endswith((".", "،", "؟", "!", "؛")):
        return None
    return _with_cue(line) or _of_parts(line)


@lru_cache(4096)
def read_author(field: str) -> str | None:
    """The person in a field for authors, which holds a whole dateline as often as a name."""
    field = _PHOTOGRAPHER.sub("", field)
    cue = _cue("person", field) or _cue("marked person", field)
    parts = _parts(_IN_BRACKETS.sub("،", field[cue.end() :] if cue else field)) or _parts(field)
    names = [part for part in parts if part.kind in ("person", "unknown")]
    known = {part.kind for part in parts}
    if "person" not in known:
        # Beside an outlet alone an unknown name is a town's as often as a person's.
        if len(names) != 1 or (len(parts) > 1 and "place" not in known):
            return None
        alone = len(parts) == 1
        return names[0].text if _like_a_person(names[0]) or (alone and cue) else None
    return "، ".join(part.text for part in names if part.kind == "person" or _like_a_person(part))


def inline_source(paragraph: str) -> str | None:
    """The agency named before a story's first words: «لندن (رويترز) - قالت …»."""
    head = paragraph[: INLINE + 20]
    mark = _INLINE.search(head)
    while mark and mark.start() <= INLINE:
        parts = _parts(head[: mark.start()])
        kinds = [part.kind for part in parts]
        outlet = outlets().named(head[: mark.start()])
        if outlet and not outlet.is_word:
            return outlet.name
        if "outlet" in kinds and len(kinds) > 1 and "unknown" not in kinds:
            return _said(parts).source
        mark = _INLINE.search(head, mark.end())
    return None


def is_place(line: str) -> bool:
    """Whether a line is the name of a place and nothing else."""
    return len(line) <= LONGEST_NAME and _classed(line).kind == "place"


def is_person(line: str) -> bool:
    """Whether a line is the name of a person and nothing else."""
    return len(line) <= LONGEST_NAME and _classed(line).kind == "person"


def _with_cue(line: str) -> Dateline | None:
    """A line that says what its name is: «بقلم: …», «متابعة يس عراق:», «المصدر: …»."""
    for kind in ("person", "marked person", "source"):
        if not (cue := _cue(kind, line)):
            continue
        rest = line[cue.end() :]
        parts = _parts(rest)
        unknown = [part for part in parts if part.kind == "unknown"]
        marked = bool(_MARK_FIRST.match(rest)) or (line.endswith(":") and kind != "marked person")
        named = bool(parts) and not unknown and (marked or kind != "marked person")
        guessed = marked and len(unknown) == 1 and _like_a_name(unknown[0].text, unknown[0].words)
        if len(parts) <= 3 and (named or guessed):
            return _said(parts, "outlet" if kind == "source" else "person")
    return None


def _of_parts(line: str) -> Dateline | None:
    """A line whose parts are all known, or all but one beside a place or an outlet."""
    parts = _parts(line)
    kinds = [part.kind for part in parts]
    unknown = [part for part in parts if part.kind == "unknown"]
    if not parts or kinds == ["date"]:
        return None
    if len(parts) == 1:
        outlet = outlets().named(line)
        word = outlet and outlet.is_word and normalize(outlet.name) == parts[0].folded
        alone = (kinds == ["outlet"] and not word) or parts[0].folded in _names().nobody
        return _said(parts) if alone or (kinds == ["place"] and line.endswith(":")) else None
    if "date" in kinds and unknown and all(map(_is_latin, unknown)):
        return _said(parts)  # «admin يونيو 30, 2021», «Özcan Yıldırım, Baybars Can | 27.10.2025»
    if "date" in kinds and unknown and _is_published(line):
        named = [part for part in unknown if not _is_cue(part)]
        if len(named) <= 1 and all(_like_a_name(part.text, part.words) for part in named):
            return _said([part for part in parts if not _is_cue(part)], "person")
    if not unknown:
        return _said(parts) if set(kinds) != {"place"} or len(parts) == 2 else None
    if len(parts) != 2 or len(unknown) != 1:
        return None
    if not _like_a_name(unknown[0].text, unknown[0].words):
        return None
    if _FROM_PLACE.search(line):  # «من» parts only what is known: «خالد العوض من الرياض»
        return None
    if "place" in kinds or ("person" in kinds and len(unknown[0].text.split()) == 1):
        return _said(parts)
    outlet = next((part.outlet for part in parts if part.kind == "outlet"), None)
    short = len(unknown[0].text.split()) <= 2
    return _said(parts) if short and outlet and not outlet.is_word else None


def _parts(line: str) -> list[DatelinePart]:
    if dates.alone(line):
        return [_dated(line)]
    # «الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس» needs no marks: its dates part it.
    parts: list[DatelinePart] = []
    for piece in dates.parted(line):
        if dates.stated(piece):
            parts.append(_dated(piece))
            continue
        if dates.only_beside(piece):
            continue
        named = (_classed(text.strip(" .-–ـ")) for text in _MARKS.split(piece))
        parts += [part for part in named if part.words]
    if all(part.kind != "date" for part in parts):
        return parts
    return [part for part in parts if part.kind == "date" or not _beside_a_date(part)]


def _beside_a_date(part: DatelinePart) -> bool:
    """Whether a part only accompanies a date: its day, a count, the section of the site."""
    return dates.only_beside(part.text) or (part.kind == "unknown" and Line(part.text).is_menu)


def _is_published(line: str) -> bool:
    """Whether a piece of a line with a date is «published on» or «by», and nothing else."""
    pieces = [piece for part in dates.parted(line) for piece in _MARKS.split(part)]
    return any(
        _is_cue(_classed(piece)) or (dates.says_published(piece) and dates.only_beside(piece))
        for piece in pieces
    )


def _is_cue(part: DatelinePart) -> bool:
    cue = _cue("person", f"{part.text}:") if part.kind == "unknown" else None
    return cue is not None and cue.end() == len(part.text)


def _dated(text: str) -> DatelinePart:
    return DatelinePart(text, normalize(text), "date")


def _said(parts: list[DatelinePart], cue: Kind | None = None) -> Dateline:
    source = place = date = None
    people = []
    beside_outlet = any(part.kind in ("outlet", "person") for part in parts)
    for text, _, kind, outlet in parts:
        if kind == "unknown":
            kind = cue or _guess(text, beside_outlet)
        if kind == "outlet":
            source = source or (outlet.name if outlet else text.replace("ـ", ""))
        elif kind == "person":
            people.append(text)
        elif kind == "place":
            place = place or text
        elif kind == "date":
            date = date or dates.stated(text)
    return Dateline(source, "، ".join(people) or None, place, date)


def _guess(text: str, beside_outlet: bool) -> Kind:
    """What an unknown name is: beside an outlet a place or a person, beside a place either other.

    A person has two names, and the first seldom has the article.
    """
    words = text.split()
    if _LATIN.fullmatch(text):
        return "person" if len(words) > 1 else "nobody"  # the name of an account
    if len(words) > 1 and not words[0].startswith("ال"):
        return "person"
    return "place" if beside_outlet else "outlet"


def _classed(text: str) -> DatelinePart:
    """The piece with what it is known to be."""
    names, folded = _names(), normalize(text)
    words = folded.split()
    kind: Kind = "unknown"
    outlet = None
    if not words:
        pass
    elif folded in names.nobody or words[0] in names.desks:
        kind = "nobody"
    elif folded in names.places:
        kind = "place"  # «الرياض» is a paper too; it names itself elsewhere
    elif (outlet := outlets().of_folded(folded)) or _outletlike_name(words):
        kind = "outlet"
    elif _is_person(text, words):
        kind = "person"
    return DatelinePart(text, folded, kind, outlet)


def _like_a_person(part: DatelinePart) -> bool:
    """Whether an unknown part could be a person's name: two to four words, the first no «ال…»."""
    words = part.text.strip(" *").split()
    right_words = 2 <= len(words) <= LONGEST_PART and not words[0].startswith("ال")
    return right_words and _like_a_name(part.text, part.words)


def _is_person(text: str, words: list[str]) -> bool:
    """Whether a text, whose folded words these are, begins as a person's name and is no other."""
    names = _names()
    bare = _TITLE.sub("", text.strip(" *"))
    if bare != text:
        words = normalize(bare).split()
    if not (2 <= len(words) <= 5 and _NAME.fullmatch(bare)) or not _like_a_name(bare, words):
        return False
    return words[0] in names.given or (words[0].startswith("عبد") and len(words[0]) > 4)


def _like_a_name(text: str, words: list[str]) -> bool:
    """Whether a text, folded to ``words``, could be a name: few words, none of a sentence."""
    if _PARTICLES & set(text.split()):
        return False
    digits = any(map(str.isdigit, text)) and not _outletlike(words)
    return len(words) <= LONGEST_PART and not digits and not _names().function & set(words)


def _is_latin(part: DatelinePart) -> bool:
    return bool(_LATIN.fullmatch(part.text))


def _outletlike_name(words: list[str]) -> bool:
    return 1 < len(words) <= LONGEST_PART and _outletlike(words)


def _outletlike(words: list[str]) -> bool:
    """Whether a word in the name says that it is an outlet's: «شفق نيوز», «وكالة …»."""
    names = _names()
    return bool(words) and (words[-1] in names.outlet_words or words[0] in names.outlet_kinds)


def _cue(kind: str, line: str) -> re.Match[str] | None:
    return _names().cues[kind].match(line)


class _Names(NamedTuple):
    places: frozenset[str]
    given: frozenset[str]
    nobody: frozenset[str]
    desks: frozenset[str]
    function: frozenset[str]
    outlet_words: frozenset[str]
    outlet_kinds: frozenset[str]
    cues: dict[str, re.Pattern[str]]


@cache
def _names() -> _Names:
    table = dict(rows("byline_cues.tsv"))
    words = {kind: frozenset(map(normalize, names.split("|"))) for kind, names in table.items()}
    return _Names(
        _listed("places.txt", "places_more.txt"),
        _listed("given_names.txt", "given_names_more.txt"),
        words["nobody"],
        words["desk"],
        words["function"],
        words["outlet"],
        words["outlet kind"],
        {kind: _any_of(table[kind].split("|")) for kind in ("person", "marked person", "source")},
    )


def _listed(*tables: str) -> frozenset[str]:
    return frozenset(normalize(name) for table in tables for (name,) in rows(table))


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"\W*(?:{longest_first})(?=\W)", re.IGNORECASE)
