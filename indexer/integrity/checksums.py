"""The checksums of an index: a file beside the catalogue, which names every file with its hash.

The engine's files never change once they are committed: each is read and hashed once. What a commit
replaces (``REWRITTEN``) is hashed again, the catalogue when a writer ends. From a writer's first
commit until it ends the file says so: what a killed run leaves is «not summed yet», never damaged,
and the next writer sums it up. The small files without which the others can't be read are kept
inside as well. The last line is the hash of the others, so that this file tells of its own damage.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from uuid import uuid4

from indexer.errors import EngineError

CHECKSUMS = "checksums"
CATALOGUE = "catalogue.db"
ENGINE = "engine"
#: The engine's files that a commit replaces by others of the same name.
REWRITTEN = (f"{ENGINE}/meta.json", f"{ENGINE}/.managed.json")
_KEPT = (*REWRITTEN, ".toc")  # ends of the names of those that are kept twice
_LARGE = 1 << 20  # bytes; larger ones are not kept
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """What is known of one file."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "Sum":
        """Read a file; raises ``OSError``."""
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
            return cls(file.tell(), digest)


@dataclass(frozen=True, slots=True)
class Sums:
    """The checksums of an index, by the files' names from its folder on.

    ``writer`` is who writes to it, «» once all is summed up. ``kept`` are contents of small files,
    ``facts`` what the catalogue says of how the index was made.
    """

    writer: str = ""
    files: Mapping[str, Sum] = field(default_factory=dict)
    kept: Mapping[str, bytes] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Sums | None":
        """Those of an index, None where there are none; raises ``EngineError`` for damage."""
        path = folder / CHECKSUMS
        try:
            text = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise EngineError(f"{path} can't be read: {error.strerror}.") from error
        return cls.loads(text, path)

    @classmethod
    def loads(cls, text: bytes, path: Path) -> "Sums":
        """What ``dumps`` wrote; raises ``EngineError`` for damage."""
        content, _, digest = text.removesuffix(b"\n").rpartition(b"\n")
        if not text.endswith(b"\n") or sha256(content).hexdigest().encode() != digest:
            raise EngineError(f"{path} is not as it was written.")
        told = json.loads(content)
        if told["format"] != _FORMAT:
            raise EngineError(f"{path} was written by another version of Rasad.")
        if not all(map(_is_of_index, (*told["files"], *told["kept"]))):
            raise EngineError(f"{path} names files that are not of this index.")
        return cls(
            told["writer"],
            {name: Sum(*one) for name, one in told["files"].items()},
            {name: b64decode(one) for name, one in told["kept"].items()},
            told["facts"],
        )

    def dumps(self) -> bytes:
        """The text that ``read`` reads."""
        told = {
            "format": _FORMAT,
            "writer": self.writer,
            "files": {name: (one.size, one.sha256) for name, one in self.files.items()},
            "kept": {name: b64encode(one).decode() for name, one in self.kept.items()},
            "facts": dict(self.facts),
        }
        content = json.dumps(told, indent=0, ensure_ascii=False, sort_keys=True).encode()
        return content + b"\n" + sha256(content).hexdigest().encode() + b"\n"

    def write(self, folder: Path) -> None:
        """Let these take the place of those that are there; raises ``OSError``."""
        part = folder / f"{CHECKSUMS}.part"
        try:
            with part.open("wb") as file:
                file.write(self.dumps())
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / CHECKSUMS)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(folder)


def _is_of_index(name: str) -> bool:
    """Whether a name leads to a file of an index: one from elsewhere may name any."""
    path = PurePosixPath(name)
    return name == CATALOGUE or (path.parts[:1] == (ENGINE,) and ".." not in path.parts)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlive a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def summed(folder: Path, names: Iterable[str], known: Sums) -> Sums:
    """The checksums of these files; those that are known already and can't change are not read."""
    files: dict[str, Sum] = {}
    kept: dict[str, bytes] = {}
    for name in names:
        path = folder / name
        fixed = name not in REWRITTEN and name != CATALOGUE
        one = known.files.get(name) if fixed else None
        files[name] = one or Sum.of(path)
        if name.endswith(_KEPT) and files[name].size <= _LARGE:
            kept[name] = known.kept.get(name, b"") if one else path.read_bytes()
    return replace(known, files=files, kept=kept)


class SumKeeper:
    """Keeps the checksums of an index while one process writes to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._me = uuid4().hex
        try:
            found = Sums.read(folder)
        except EngineError:  # all is summed anew
            found = None
        self._sums = found or Sums()
        #: Whether something is to be summed up, by this writer or since one before was killed.
        self.due = found is None or bool(found.writer)

    def begin(self, facts: Mapping[str, str]) -> None:
        """Say that files are going to change; raises ``EngineError`` where that can't be said."""
        if self._sums.writer == self._me:
            return
        self.due = True
        files = {name: one for name, one in self._sums.files.items() if name != CATALOGUE}
        self._sums = replace(self._sums, writer=self._me, files=files, facts=facts)
        try:
            self._sums.write(self._folder)
        except OSError as error:
            raise EngineError(
                f"The checksums of the index in {self._folder} can't be written: {error.strerror}."
            ) from error

    def committed(self, engine: Collection[str]) -> None:
        """Sum up the engine's files of a commit."""
        with suppress(OSError):  # a disk that is full says so with the next commit
            self._sums = summed(self._folder, _below(engine), self._sums)
            self._sums.write(self._folder)

    def finish(self, engine: Collection[str], facts: Mapping[str, str]) -> None:
        """Sum up all; the catalogue must be whole in its one file.

        Where that fails, or somebody else writes by now, the next writer does it.
        """
        with suppress(OSError, EngineError):
            before = Sums.read(self._folder)
            if before and before.writer != self._sums.writer:
                return
            names = [*_below(engine), CATALOGUE]
            sums = summed(self._folder, names, self._sums)
            if Sums.read(self._folder) != before:  # somebody has begun to write meanwhile
                return
            replace(sums, writer="", facts=facts).write(self._folder)


def _below(engine: Collection[str]) -> list[str]:
    return sorted(f"{ENGINE}/{name}" for name in engine)
