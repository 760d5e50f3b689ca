"""A backup: one tar file that holds an index as of one commit, with the hash of every file.

The engine's files never change, so a backup takes links to those of the newest commit, and copies
only the catalogue, by SQLite's own means. Where a commit came between, it begins again.
"""

import gzip
import lzma
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import IO, cast

from indexer.catalogue.sqlite import connect
from indexer.errors import IndexLocked, RasadError
from indexer.index import PROFILES, Index
from indexer.integrity.checksums import (
    CATALOGUE,
    CHECKSUMS,
    ENGINE,
    REWRITTEN,
    Sum,
    Sums,
    summed,
    sync_folder,
)
from indexer.integrity.verification import Verdict, verify

_TRIES = 20  # commits that may come between
#: The end of a name → how the tar file is packed.
_ENDINGS = {".tar": False, ".tar.gz": True, ".tgz": True}
_FASTEST = 1  # of gzip's levels; the others take several times as long for a few percent


class BackupError(RasadError):
    """A backup that can't be made or used; says why."""


def back_up(folder: Path, file: Path) -> int:
    """Write the index in ``folder`` into one file and read it back; returns how many articles.

    Others may search and write meanwhile. The file appears whole or not at all.
    """
    packed = _is_packed(file)
    with _errors(file), tempfile.TemporaryDirectory(dir=_room(folder), prefix=".backup-") as place:
        articles = _snapshot(folder, Path(place))
        part = file.with_name(f"{file.name}.part-{os.getpid()}")
        try:
            with part.open("wb") as opened:
                _write(Path(place), opened, packed)
                os.fsync(opened.fileno())
            _check(part)
            part.replace(file)
            sync_folder(file.parent)
        finally:
            part.unlink(missing_ok=True)
    return articles


def restore(file: Path, folder: Path) -> int:
    """Make an index out of a backup, in a folder that is new or empty; returns how many articles.

    It takes its place once every file of it was held against its hash.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is not empty; a backup is restored into a new folder.")
    with _errors(file):
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.restored-"))
        try:
            _unpack(file, new)
            _refuse_damage(file, verify(new))
            with closing(Index.open(new)) as index:
                articles = len(index.engine.ids())
            _sync(new)
            new.chmod(0o777 & ~_umask())
            new.replace(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return articles


def _is_packed(file: Path) -> bool:
    for ending, packed in _ENDINGS.items():
        if file.name.endswith(ending):
            return packed
    raise BackupError(f"{file} has to end in one of {', '.join(_ENDINGS)}.")


def _room(folder: Path) -> Path | None:
    """Where links to the files of an index can be made; None for where they are copied to."""
    return folder.parent if os.access(folder.parent, os.W_OK) else None


def _snapshot(folder: Path, place: Path) -> int:
    """Put the index as of one commit into ``place``, with checksums; returns how many articles.

    The catalogue is copied first. So it may lack the pages of the newest articles, which the next
    run reads once more, but no article that it knows is missing.
    """
    for _ in range(_TRIES):
        with closing(Index.open(folder)) as index:
            names = index.engine.files()
            try:
                _take(folder, place, names)
            except FileNotFoundError:  # of an older commit by now
                shutil.rmtree(place / ENGINE)
                continue
            if index.engine.files() == names:
                articles = len(index.engine.ids())
                break
            shutil.rmtree(place / ENGINE)
    else:
        raise IndexLocked(f"The index in {folder} changes too fast for a backup; try again later.")
    known = Sums.read(folder) or Sums()
    every = [CATALOGUE, *sorted(f"{ENGINE}/{name}" for name in names)]
    found = summed(place, every, Sums(facts=known.facts))
    for name, one in found.files.items():
        if name not in (CATALOGUE, *REWRITTEN) and known.files.get(name, one) != one:
            raise BackupError(f"{folder / name} is damaged; «rasad check» tells more.")
    found.write(place)
    return articles


def _take(folder: Path, place: Path, names: frozenset[str]) -> None:
    with (
        closing(connect(folder / CATALOGUE)) as one,
        closing(sqlite3.connect(place / CATALOGUE)) as other,
    ):
        one.backup(other)
    for name in names:
        target = place / ENGINE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(folder / ENGINE / name, target)
        except FileNotFoundError:
            raise
        except OSError:  # another disk, or one without links
            shutil.copyfile(folder / ENGINE / name, target)
    with suppress(FileNotFoundError):
        shutil.copyfile(folder / PROFILES, place / PROFILES)


def _write(place: Path, opened: IO[bytes], packed: bool) -> None:
    if packed:
        with gzip.GzipFile(fileobj=opened, mode="wb", compresslevel=_FASTEST) as zipped:
            _tar(place, cast(IO[bytes], zipped))
    else:
        _tar(place, opened)
    opened.flush()


def _tar(place: Path, stream: IO[bytes]) -> None:
    """The checksums come first: what follows is held against them."""
    paths = sorted(path for path in place.rglob("*") if path.is_file())
    paths.sort(key=lambda path: path.name != CHECKSUMS)
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in paths:
            tar.add(path, path.relative_to(place).as_posix(), filter=_nobodys)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A file is whose who restores it, and no link to another of the same backup."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o644
    return member


def _check(part: Path) -> None:
    """Read what was written; raises ``BackupError`` where a file is not as it should be."""
    with tarfile.open(part, "r:*") as tar:
        found: dict[str, Sum] = {}
        sums = Sums()
        for member in tar:
            content = cast(IO[bytes], tar.extractfile(member))
            if member.name == CHECKSUMS:
                sums = Sums.loads(content.read(), part)
            elif member.name != PROFILES:
                found[member.name] = Sum(member.size, file_digest(content, "sha256").hexdigest())  # type: ignore[arg-type]
    if found != sums.files:
        raise BackupError(f"{part} is not as it was written; the disk may fail.")


def _unpack(file: Path, place: Path) -> None:
    """Write out the files of a backup, whatever else a tar file may hold is refused."""
    try:
        with tarfile.open(file, "r:*") as tar:
            for member in tar:
                if not member.isfile():
                    raise BackupError(f"{file} is no backup: {member.name} is no file.")
                tar.extract(member, place, filter="data")
    except (tarfile.TarError, EOFError, ValueError, zlib.error, lzma.LZMAError, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # of the disk, not of what is in the file
            raise
        raise BackupError(
            f"{file} can't be restored: it is cut off, damaged, or was not made by «rasad backup». "
            "Take another backup, or index the pages again."
        ) from error


def _refuse_damage(file: Path, verdict: Verdict) -> None:
    if verdict.damaged:
        raise BackupError(f"{file} can't be used: its {verdict.damaged[0]}.")
    if not verdict.finished:
        raise BackupError(f"{file} can't be used: it has no checksums.")


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            sync_folder(path)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


@contextmanager
def _errors(file: Path) -> Iterator[None]:
    """Let the disk's own exceptions leave as ``BackupError``."""
    try:
        yield
    except BackupError:
        raise
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file} can't be made or read: {error}.") from error
