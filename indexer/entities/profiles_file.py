"""The file of corrections: lines written into it and taken out of it, each time as a whole."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.entities.contradictions import contradicted
from indexer.entities.corrections import Corrections, ProfileCorrection, Split
from indexer.errors import ConfigError
from indexer.facets.gazetteer import known_countries
from indexer.text.normalize import normalize

MAX_FIELD = 1000  # letters of an id, a name or what tells mentions apart
MAX_NOTE = 500
_HEADER = "# Corrections of profiles, written by Rasad or by hand; see the README.\n"
#: Turns the direction of what follows; in a list of corrections that would be other lines.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class Contradiction(ConfigError):
    """A correction that can't hold beside another one of the file, ``other``."""

    def __init__(self, new: ProfileCorrection, other: ProfileCorrection) -> None:
        super().__init__(
            f"{new.told()} contradicts {other.told()}; take that one back first: "
            f"rasad people undo {other.key}"
        )
        self.other = other


def cleaned(text: str, most: int = MAX_FIELD) -> str:
    """A text that can be a field or a note: on one line, without signs that nobody sees."""
    shown = " ".join(text.translate(_TURNS).split())
    return "".join(letter for letter in shown if letter.isprintable() or letter == "\u200c")[:most]


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file, none where there is no file."""
    return Corrections.read(path) if path.exists() else Corrections()


def check(new: Iterable[ProfileCorrection], before: Corrections) -> None:
    """Raises ``ConfigError`` where new corrections can't be written behind those of a file.

    More is asked of them than of a file: what can have no effect stays out.
    """
    entries = list(before.entries)
    for one in new:
        if why := one.complaint() or _useless(one):
            raise ConfigError(why)
        if same := _said_already(one, entries):
            raise ConfigError(f"{same.told()} is among the corrections already.")
        if other := contradicted(one, entries):
            raise Contradiction(one, other)
        entries.append(one)


def add_corrections(path: Path, new: Iterable[ProfileCorrection]) -> Corrections:
    """Write more lines into a file of corrections; returns all that it holds then.

    The file stays as it is when one of them can't stand there.
    """
    written = [_cleaned(one) for one in new]
    before = path.read_text("utf-8-sig") if path.exists() else _HEADER
    check(written, Corrections.parse(before, str(path)))
    lines = "".join(f"{one.line}\n" for one in written)
    return _replaced(path, before + ("" if before.endswith("\n") else "\n") + lines)


def take_back(path: Path, keys: Collection[str]) -> Corrections:
    """Take the corrections with these keys out of a file; returns those that it holds then.

    Every other line stays as it is. Raises ``ConfigError`` where one of them is not there.
    """
    before = read_corrections(path)
    gone = [entry for entry in before.entries if entry.key in keys]
    if missing := set(keys) - {entry.key for entry in gone}:
        raise ConfigError(
            f"No correction has the key {min(missing)!r}; see «rasad people corrections»."
        )
    numbers = {entry.number for entry in gone}
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    kept = (line for number, line in enumerate(lines, 1) if number not in numbers)
    return _replaced(path, "".join(kept))


@contextmanager
def restored_on_failure(path: Path) -> Iterator[None]:
    """Put the file of corrections back as it was when the block fails."""
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)
        raise


def _cleaned(one: ProfileCorrection) -> ProfileCorrection:
    fields = tuple(cleaned(part) for part in one.fields)
    return one._replace(fields=fields, note=cleaned(one.note, MAX_NOTE))


def _said_already(
    one: ProfileCorrection, entries: Sequence[ProfileCorrection]
) -> ProfileCorrection | None:
    """The line that says the same; of the names of a profile only the last one counts."""
    if one.kind == "rename":
        entries = [other for other in entries if (other.kind, other.ids) == (one.kind, one.ids)][
            -1:
        ]
    return next((other for other in entries if other.fields == one.fields), None)


def _useless(one: ProfileCorrection) -> str:
    """Why a correction that can stand in a file would do nothing, or something else."""
    if any(part.startswith("#") for part in one.fields):
        return "No id and no name begins with «#»: a note does."
    if one.kind == "split":
        split = Split.of(one)
        if not normalize(split.text).strip():
            return f"«{split.kind}=» says nothing by which mentions can be told apart."
        if split.kind == "country":
            return _no_country(split.text)
    return ""


def _no_country(text: str) -> str:
    labels = known_countries.labels()
    if text.upper() in labels:
        return ""
    wanted = normalize(text).casefold()
    meant = (
        id for id, names in labels.items() if wanted in (normalize(n).casefold() for n in names)
    )
    hint = next((f"; did you mean country={id}?" for id in meant), ".")
    return f"A country is named by its two letters, country=JO; {text!r} is none{hint}"


def _replaced(path: Path, text: str) -> Corrections:
    corrections = Corrections.parse(text, str(path))
    new = path.with_name(path.name + ".new")
    try:
        new.write_text(text, "utf-8")
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return corrections
