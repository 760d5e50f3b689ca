"""What people correct about profiles: a file of one correction a line, fields apart by tabs.

    merge   KEPT-ID  OTHER-ID        both are one person
    rename  ID       الاسم  Latin     what the profile is called
    hide    ID                       nobody: leave it out
    split   ID       NEW-ID  WHAT     the mentions for which WHAT holds are another person

WHAT is ``article=ID``, ``role=TEXT`` (words of the office), ``country=XX`` (named in the article)
or ``name=TEXT`` (the name as printed). Empty lines and lines that begin with «#» are passed over.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from indexer.errors import ConfigError
from indexer.model import FacetValue, Record
from indexer.text.normalize import normalize

_HEADER = "# Corrections of profiles, written by «rasad people» or by hand; see the README.\n"
#: How many fields a line of each kind has, the kind itself included.
FIELDS = {"merge": (3,), "rename": (3, 4), "hide": (2,), "split": (4,)}
#: What may tell the mentions of one person from those of another.
WHAT = ("article", "role", "country", "name")


class Split(NamedTuple):
    """Mentions of a profile that belong to another one."""

    id: str
    kind: str
    text: str

    def holds(self, value: FacetValue, record: Record) -> bool:
        """Whether an article's value is the other person."""
        if self.kind == "article":
            return record.article.id == self.text
        if self.kind == "country":
            return any(c.id == self.text.upper() for c in record.facets.get("countries", ()))
        wanted = f" {normalize(self.text)} "
        texts = value.roles if self.kind == "role" else (value.name,)
        return any(wanted in f" {normalize(text)} " for text in texts)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a file; ``lines`` are its lines as far as they say something."""

    lines: tuple[str, ...] = ()
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
        lines: list[str] = []
        merged: dict[str, str] = {}
        names: dict[str, tuple[str, str]] = {}
        hidden: set[str] = set()
        splits: dict[str, tuple[Split, ...]] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = [part.strip() for part in line.split("\t")]
            if why := _complaint(fields):
                raise ConfigError(f"{origin}:{number}: {why}")
            lines.append("\t".join(fields))
            match fields:
                case ["merge", kept, other]:
                    if _end(merged, kept) == other:
                        raise ConfigError(f"{origin}:{number}: {kept} was merged into {other}.")
                    merged[other] = kept
                case ["rename", id, name, *latin]:
                    names[id] = (name, latin[0] if latin else "")
                case ["hide", id]:
                    hidden.add(id)
                case ["split", id, other, what]:
                    kind, _, wanted = what.partition("=")
                    splits[id] = (*splits.get(id, ()), Split(other, kind, wanted))
        ends = {other: _end(merged, other) for other in merged}
        return cls(tuple(lines), ends, names, frozenset(hidden), splits)

    def id(self, value: FacetValue, record: Record) -> str:
        """The id of the profile that a value of an article belongs to; «» for nobody's."""
        id = value.id
        for split in self.splits.get(id, ()):
            if split.holds(value, record):
                id = split.id
                break
        id = self.merged.get(id, id)
        return "" if id in self.hidden else id

    def changed(self, before: "Corrections") -> set[str]:
        """The ids of which lines speak that are new, or were taken away since ``before``."""
        return set(_ids(set(self.lines) ^ set(before.lines)))


def _complaint(fields: list[str]) -> str:
    """What is wrong with a line, «» if nothing is."""
    kind = fields[0]
    if kind not in FIELDS:
        return f"{kind!r} is no correction; expected one of {', '.join(FIELDS)}."
    if len(fields) not in FIELDS[kind] or not all(fields):
        wanted = " or ".join(str(number - 1) for number in FIELDS[kind])
        return f"«{kind}» takes {wanted} fields behind it, apart by tabs."
    if kind in ("merge", "split") and fields[1] == fields[2]:
        return f"«{kind}» needs two different ids."
    if kind == "split" and fields[3].partition("=")[0] not in WHAT:
        return f"«split» ends with one of {', '.join(f'{what}=…' for what in WHAT)}."
    return ""


def _end(merged: Mapping[str, str], id: str) -> str:
    while id in merged:
        id = merged[id]
    return id


def _ids(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        kind, *ids = line.split("\t")
        yield from ids[: 2 if kind in ("merge", "split") else 1]


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file, none where there is no file."""
    return Corrections.read(path) if path.exists() else Corrections()


def add_correction(path: Path, *fields: str) -> Corrections:
    """Write one more line into a file of corrections; returns all that it holds then.

    The file stays as it is when the line is none that can stand there.
    """
    before = path.read_text("utf-8-sig") if path.exists() else _HEADER
    text = before + ("" if before.endswith("\n") else "\n") + "\t".join(fields) + "\n"
    corrections = Corrections.parse(text, str(path))
    new = path.with_name(path.name + ".new")
    try:
        new.write_text(text, "utf-8")
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return corrections
