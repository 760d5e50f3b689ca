"""What people correct about profiles: a file of one correction a line, fields apart by tabs.

    merge   KEPT-ID  OTHER-ID        both are one person
    rename  ID       الاسم  Latin     what the profile is called
    hide    ID                       nobody: leave it out
    split   ID       NEW-ID  WHAT     the mentions for which WHAT holds are another person

WHAT is ``article=ID``, ``role=TEXT`` (words of the office), ``country=XX`` (named in the article)
or ``name=TEXT`` (the name as printed). Empty lines and lines that begin with «#» are passed over.
Behind the fields may stand one that begins with «# »: the day of the correction and a note.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue import Sighting
from indexer.errors import ConfigError
from indexer.model import FacetValue, Record
from indexer.text.normalize import normalize

#: How many fields a line of each kind has, the kind itself included.
FIELDS = {"merge": (3,), "rename": (3, 4), "hide": (2,), "split": (4,)}
#: What may tell the mentions of one person from those of another.
WHAT = ("article", "role", "country", "name")
#: What a field begins with that is a note.
_NOTE = "# "


class ProfileCorrection(NamedTuple):
    """One line of the file: its fields, when and why it was written, and where it stands."""

    fields: tuple[str, ...]
    date: dt.date | None = None
    note: str = ""
    number: int = 0

    @classmethod
    def parse(cls, line: str, number: int = 0) -> "ProfileCorrection":
        """The correction in a line of the file; it may be none that can stand there."""
        fields = [part.strip() for part in line.split("\t")]
        noted = next((n for n, part in enumerate(fields) if n and part.startswith(_NOTE)), None)
        if noted is None:
            return cls(tuple(fields), number=number)
        note = " ".join(part for part in fields[noted:] if part).removeprefix(_NOTE)
        first, _, rest = note.partition(" ")
        try:
            date = dt.date.fromisoformat(first)
        except ValueError:
            return cls(tuple(fields[:noted]), None, note, number)
        return cls(tuple(fields[:noted]), date, rest.strip(), number)

    @property
    def kind(self) -> str:
        """One of ``FIELDS``."""
        return self.fields[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The profiles that it speaks of."""
        return self.fields[1:3] if self.kind in ("merge", "split") else self.fields[1:2]

    @property
    def text(self) -> str:
        """Its fields as they stand in the file."""
        return "\t".join(self.fields)

    @property
    def key(self) -> str:
        """A short name for it among the corrections of a file."""
        return hashlib.sha256(self.line.encode()).hexdigest()[:12]

    @property
    def line(self) -> str:
        """It as it stands in the file."""
        note = " ".join(part for part in (str(self.date or ""), self.note) if part)
        return f"{self.text}\t{_NOTE}{note}" if note else self.text

    def told(self) -> str:
        """It as a message names it, with the day and the line where they are known."""
        day = f" of {self.date}" if self.date else ""
        line = f" (line {self.number})" if self.number else ""
        return f"«{' '.join(self.fields)}»{day}{line}"

    def complaint(self) -> str:
        """What is wrong with it, «» if nothing is."""
        if self.kind not in FIELDS:
            return f"{self.kind!r} is no correction; expected one of {', '.join(FIELDS)}."
        if len(self.fields) not in FIELDS[self.kind] or not all(self.fields):
            wanted = " or ".join(str(number - 1) for number in FIELDS[self.kind])
            return f"«{self.kind}» takes {wanted} fields behind it, apart by tabs."
        if self.kind in ("merge", "split") and self.fields[1] == self.fields[2]:
            return f"«{self.kind}» needs two different ids."
        if self.kind == "split" and self.fields[3].partition("=")[0] not in WHAT:
            return f"«split» ends with one of {', '.join(f'{what}=…' for what in WHAT)}."
        return ""


class Split(NamedTuple):
    """Mentions of a profile that belong to another one."""

    id: str
    kind: str
    text: str

    @classmethod
    def of(cls, correction: ProfileCorrection) -> "Split":
        """What a correction of this kind splits off."""
        kind, _, text = correction.fields[3].partition("=")
        return cls(correction.fields[2], kind, text)

    def holds(self, value: FacetValue, record: Record) -> bool:
        """Whether an article's value is the other person."""
        if self.kind == "article":
            return record.article.id == self.text
        if self.kind == "country":
            return any(c.id == self.text.upper() for c in record.facets.get("countries", ()))
        return self.stands_in(value.roles if self.kind == "role" else (value.name,))

    def was_seen(self, seen: Sighting, named: Set[str], *, renamed: bool) -> bool:
        """Whether a sighting is of the other person; ``named`` are articles with the country.

        The first text of a sighting is the name in full, unless the profile was ``renamed``.
        """
        if self.kind == "article":
            return seen.article == self.text
        if self.kind == "country":
            return seen.article in named
        if self.kind == "role":
            return self.stands_in(seen.roles)
        return self.stands_in(seen.texts[1:] if renamed else seen.texts[:1])

    def stands_in(self, texts: Iterable[str]) -> bool:
        """Whether one of these names or offices holds the words of the text."""
        wanted = f" {normalize(self.text)} "
        return any(wanted in f" {normalize(text)} " for text in texts)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a file, and what they come to."""

    entries: tuple[ProfileCorrection, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    splits: Mapping[str, tuple[Split, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Corrections":
        """The corrections in a file; raises ``ConfigError`` that names the file and the line."""
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"The profiles file {path} can't be read: {error}") from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, origin: str) -> "Corrections":
        """The corrections in a text that came from ``origin``."""
        entries: list[ProfileCorrection] = []
        merged: dict[str, str] = {}
        names: dict[str, tuple[str, str]] = {}
        hidden: set[str] = set()
        splits: dict[str, tuple[Split, ...]] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            entry = ProfileCorrection.parse(line, number)
            if why := entry.complaint():
                raise ConfigError(f"{origin}:{number}: {why}")
            entries.append(entry)
            match entry.fields:
                case ("merge", kept, other):
                    if _end(merged, kept) == other:
                        raise ConfigError(f"{origin}:{number}: {kept} was merged into {other}.")
                    merged[other] = kept
                case ("rename", id, name, *latin):
                    names[id] = (name, latin[0] if latin else "")
                case ("hide", id):
                    hidden.add(id)
                case ("split", id, *_):
                    splits[id] = (*splits.get(id, ()), Split.of(entry))
        ends = {other: _end(merged, other) for other in merged}
        return cls(tuple(entries), ends, names, frozenset(hidden), splits)

    @property
    def lines(self) -> tuple[str, ...]:
        """What the lines say, without days and notes: those change no article."""
        return tuple(entry.text for entry in self.entries)

    def id(self, value: FacetValue, record: Record) -> str:
        """The id of the profile that a value of an article belongs to; «» for nobody's."""
        id = self._apart(value.id, value, record)
        if id in self.merged:  # what a profile is split by holds for those that it took in as well
            id = self._apart(self.merged[id], value, record)
        id = self.merged.get(id, id)
        return "" if id in self.hidden else id

    def _apart(self, id: str, value: FacetValue, record: Record) -> str:
        """The id that a value has when what is split off the profile has gone."""
        holding = (split.id for split in self.splits.get(id, ()) if split.holds(value, record))
        return next(holding, id)

    def changed(self, before: "Corrections") -> set[str]:
        """The ids of which lines speak that are new, or were taken away since ``before``."""
        return set(_ids(set(self.lines) ^ set(before.lines)))


def _end(merged: Mapping[str, str], id: str) -> str:
    while id in merged:
        id = merged[id]
    return id


def _ids(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from ProfileCorrection.parse(line).ids
