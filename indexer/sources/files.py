"""From paths to raw pages: folders are walked, files opened as streams, the unreadable named."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats import BY_ENDING
from indexer.sources.formats.format import File
from indexer.sources.raw import Raw, Skipped, printable, unexpected


def walk(paths: Sequence[Path]) -> Iterator[Raw | Skipped]:
    """Give every page below ``paths`` in a fixed order, and every thing that is none with why."""
    for path in files(paths):
        if isinstance(path, Skipped):
            yield path
            continue
        try:
            yield from _file(path)
        except OSError as error:
            yield Skipped(printable(path), _why_not(error))
        except Exception as error:  # one odd file ends no run, whatever it makes a library raise
            yield Skipped(printable(path), unexpected(error))


def files(paths: Sequence[Path]) -> Iterator[Path | Skipped]:
    """Give every file below ``paths`` in a fixed order, and what can't be looked into with why.

    Hidden files are ignored; a folder reached twice, as by a link to its parent, is read once.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            path.stat()
        except OSError as error:
            yield Skipped(printable(path), _why_not(error))
        else:
            yield from _below(path, seen)


def _below(path: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    """A file, or the files of a folder and of the folders in it."""
    pending = [path]
    while pending:
        here = pending.pop()
        try:
            if not here.is_dir():
                yield here
                continue
            status = here.stat()
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                inside = [p for p in here.iterdir() if not p.name.startswith(".")]
                pending += sorted(inside, reverse=True)
        except OSError as error:
            yield Skipped(printable(here), _why_not(error))


def _file(path: Path) -> Iterator[Raw | Skipped]:
    origin = printable(path)
    packed = path.suffix.lower() == ".gz"
    name = path.with_suffix("") if packed else path
    format = BY_ENDING.get(name.suffix.lower())
    if not path.is_file():
        missing = not path.exists()
        yield Skipped(origin, "The link leads nowhere." if missing else "This is not a file.")
    elif format is None:
        known = " ".join(BY_ENDING)
        yield Skipped(origin, f"Files ending in «{name.suffix}» are not read; these are: {known}.")
    elif path.stat().st_size == 0:
        yield Skipped(origin, "The file is empty.")
    else:
        with path.open("rb") as plain:
            stream: IO[bytes] = cast(IO[bytes], _Unpacked(plain)) if packed else plain
            try:
                yield from format.split(File(origin, printable(path.absolute()), name, stream))
            except SourceError as error:
                yield Skipped(origin, str(error))
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                yield Skipped(origin, f"The compressed file is damaged: {error}.")
            except _Bomb:
                yield Skipped(origin, "The compressed file unfolds without end; the rest is left.")


class _Bomb(Exception):
    """A compressed file that unfolds to far more than any text would."""


class _Unpacked(gzip.GzipFile):
    """A gzip stream that stops where a compression bomb goes on."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed
        self.damage = ""

    def read(self, size: int | None = -1) -> bytes:
        """What is there, up to ``size``; before the place where a cut file ends, all that is."""
        if size is None or size < 0:
            return self._checked(super().read(size))
        pieces: list[bytes] = []
        while size > 0 and (piece := self._some(size, pieces)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _some(self, size: int, before: list[bytes]) -> bytes:
        try:
            return self._checked(super().read1(size))
        except (EOFError, zlib.error) as error:
            self.damage = str(error)
            if before:
                return b""
            raise

    def readline(self, size: int | None = -1) -> bytes:
        return self._checked(super().readline(-1 if size is None else size))

    def _checked(self, piece: bytes) -> bytes:
        unfolded = self.tell()
        if unfolded > max(limits.BOMB_FROM, limits.BOMB_RATIO * self._packed.tell()):
            raise _Bomb
        return piece


def _why_not(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file or folder."
    if isinstance(error, PermissionError):
        return "Reading it is not permitted."
    return f"It can't be read: {error.strerror or error}."
