"""Every file of an index against its checksum: which are damaged, missing, or nobody's."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import EngineError, IndexMissing
from indexer.integrity.checksums import CATALOGUE, CHECKSUMS, ENGINE, REWRITTEN, Sum, Sums
from indexer.integrity.seals import unsealed

_OWN = {CATALOGUE, CHECKSUMS, ENGINE, "profiles.tsv", "profiles.tsv.new"}
#: What SQLite keeps beside its file while somebody has it open; all that the log holds is in the
#: file as well, once a writer has ended and nobody reads what was before.
_LOG, _SCRATCH = f"{CATALOGUE}-wal", f"{CATALOGUE}-shm"
_LOCKS = {"MAIN_WRITELOCK", "MAIN_RASAD", ".tantivy-meta.lock", ".tantivy-writer.lock"}
_SEALED = ".columns"
#: Segments of a commit that was never made, as a run leaves them that ended in the midst of it:
#: no reader opens them, and the next writer clears them away.
_LEFT = re.compile(
    rf"{ENGINE}/(?:MAIN_[0-9a-z]{{16}}\.\S+|[0-9a-f]{{32}}\.\S+|_MAIN_\d+\.toc\.[\d.]+)"
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not as it was written; its name from the index's folder on, and why.

    One that is ``passing`` is made anew by itself, or nobody's: articles don't depend on it.
    """

    name: str
    why: str
    passing: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.why}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the files of an index say: ``damaged`` ones, and those that have no checksum yet.

    ``finished`` is whether the last writer has ended well; till then some files may be ``unsummed``
    and none is nobody's. ``sums`` are the checksums, None where they can't be read.
    """

    damaged: tuple[Damage, ...] = ()
    unsummed: tuple[str, ...] = ()
    finished: bool = True
    sums: Sums | None = None

    @property
    def names(self) -> frozenset[str]:
        """The damaged files by name."""
        return frozenset(one.name for one in self.damaged)

    @property
    def bytes_are_sound(self) -> bool:
        """Whether reading the engine's files and the catalogue can do no harm."""
        return all(one.passing or one.name == CHECKSUMS for one in self.damaged)


def verify(folder: Path) -> Verdict:
    """Read every file of an index once; what a writer changes meanwhile is looked at again.

    Raises ``IndexMissing`` where there is no index.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        raise IndexMissing(f"There is no index in {folder}.")
    if not folder.is_dir():
        raise EngineError(f"{folder} is a file; an index is a folder.")
    verdict = _verdict(folder)
    for _ in range(3):
        if not verdict.damaged or _unchanged(folder, verdict.sums):
            break
        verdict = _verdict(folder)
    return verdict


def _unchanged(folder: Path, sums: Sums | None) -> bool:
    try:
        return Sums.read(folder) == sums
    except EngineError:
        return sums is None


def _verdict(folder: Path) -> Verdict:
    try:
        sums = Sums.read(folder)  # before the files: what a writer changes behind it shows there
    except EngineError:
        readable = os.access(folder / CHECKSUMS, os.R_OK)
        damage = Damage(CHECKSUMS, "is not as it was written" if readable else "can't be read")
        return Verdict((damage,), tuple(sorted(_files(folder))), False)
    found = _files(folder)
    if sums is None:
        return Verdict((), tuple(sorted(found)), False)
    finished = not sums.writer
    damaged = list(_damage(folder, sums))
    unsummed = sorted(found - sums.files.keys())
    if finished:
        allowed = _named(sums)
        damaged += [
            Damage(name, "is no file of this index", True)
            for name in unsummed
            if (folder / name).absolute() not in allowed and not _LEFT.fullmatch(name)
        ]
        unsummed = []
    elif CATALOGUE in found:
        unsummed = sorted({*unsummed, CATALOGUE})
    damaged += _broken_seals(folder)
    return Verdict(tuple(damaged), tuple(unsummed), finished, sums)


def _damage(folder: Path, sums: Sums) -> Iterator[Damage]:
    for name, known in sums.files.items():
        if sums.writer and name in REWRITTEN:
            continue
        path = folder / name
        try:
            if path.stat().st_size != known.size:
                yield Damage(name, f"has {path.stat().st_size} bytes instead of {known.size}")
            elif Sum.of(path) != known:
                yield Damage(name, "is not as it was written")
        except FileNotFoundError:
            if not sums.writer:  # else its words may stand in a file that is newer
                yield Damage(name, "is missing")
        except OSError as error:
            yield Damage(name, f"can't be read: {error.strerror}")


def _files(folder: Path) -> set[str]:
    """The names of the files that should have a checksum, or should not be there."""
    found = set()
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if name in _OWN - {CATALOGUE} or path.name.endswith(".part"):
            continue
        if name in (_LOG, _SCRATCH) or (path.suffix == _SEALED and path.parent.name == "columns"):
            continue
        if path.name in _LOCKS and _is_empty(path):
            continue
        found.add(name)
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """All files below; folders that a writer takes away meanwhile are passed over."""
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names)


def _is_empty(path: Path) -> bool:
    try:
        return not path.stat().st_size
    except OSError:
        return True


def _broken_seals(folder: Path) -> Iterator[Damage]:
    for path in sorted(folder.glob(f"{ENGINE}/columns/*{_SEALED}")):
        try:
            unsealed(path.read_bytes())
        except FileNotFoundError:  # the segment has gone meanwhile
            continue
        except (OSError, ValueError):
            name = path.relative_to(folder).as_posix()
            yield Damage(name, "is not as it was written; the next search makes it anew", True)


def _named(sums: Sums) -> set[Path]:
    """The files of one's own that the settings name."""
    try:
        values = json.loads(sums.facts.get("settings") or "{}").values()
    except ValueError:
        return set()
    return {Path(value) for value in values if isinstance(value, str)}
