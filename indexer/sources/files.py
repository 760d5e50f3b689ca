"""From paths to raw pages: folders are walked, files opened as streams, the unreadable named."""

import gzip
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple, cast

from indexer.errors import SourceError
from indexer.sources import limits
from indexer.sources.formats import feeds, json_records, warc
from indexer.sources.raw import Format, Raw, Skipped

#: Names under which a web server keeps one page of each folder.
EVERYWHERE = frozenset(("index", "default", "home", "amp"))


class File(NamedTuple):
    """An open file: ``stream`` gives its bytes, unpacked; ``name`` has no «.gz» any more."""

    path: Path
    origin: str
    container: str
    name: Path
    stream: IO[bytes]


Reader = Callable[[File], Iterator[Raw | Skipped]]


def walk(paths: Sequence[Path]) -> Iterator[Raw | Skipped]:
    """Give every page below ``paths`` in a fixed order, and every thing that is none with why."""
    for path in files(paths):
        if isinstance(path, Skipped):
            yield path
            continue
        try:
            yield from _file(path)
        except OSError as error:
            yield Skipped(_printable(path), _why_not(error))


def files(paths: Sequence[Path]) -> Iterator[Path | Skipped]:
    """Give every file below ``paths`` in a fixed order, and what can't be looked into with why.

    Hidden files are ignored; a folder reached twice, as by a link to its parent, is read once.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            path.stat()
        except OSError as error:
            yield Skipped(_printable(path), _why_not(error))
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
            yield Skipped(_printable(here), _why_not(error))


def _file(path: Path) -> Iterator[Raw | Skipped]:
    origin = _printable(path)
    packed = path.suffix.lower() == ".gz"
    name = path.with_suffix("") if packed else path
    reader = READERS.get(name.suffix.lower())
    if not path.is_file():
        missing = not path.exists()
        yield Skipped(origin, "The link leads nowhere." if missing else "This is not a file.")
    elif reader is None:
        known = " ".join(READERS)
        yield Skipped(origin, f"Files ending in «{name.suffix}» are not read; these are: {known}.")
    elif path.stat().st_size == 0:
        yield Skipped(origin, "The file is empty.")
    else:
        with path.open("rb") as plain:
            stream: IO[bytes] = cast(IO[bytes], _Unpacked(plain)) if packed else plain
            container = _printable(path.absolute())
            try:
                yield from reader(File(path, origin, container, name, stream))
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                yield Skipped(origin, f"The compressed file is damaged: {error}.")
            except _Bomb:
                yield Skipped(origin, "The compressed file unfolds without end; the rest is left.")


def _text_file(file: File) -> Iterator[Raw | Skipped]:
    yield _whole(file, "text", limits.PAGE)


def _html_file(file: File) -> Iterator[Raw | Skipped]:
    yield _whole(file, "html", limits.MARKUP)


def _whole(file: File, format: Format, limit: int) -> Raw | Skipped:
    """The one page that a file is."""
    payload = file.stream.read(limit + 1)
    if len(payload) > limit:
        return Skipped(file.origin, f"The page is over {limit // 10**6} MB.")
    if damage := getattr(file.stream, "damage", ""):
        return Skipped(file.origin, f"The compressed file is damaged: {damage}.")
    if not payload.strip():
        return Skipped(file.origin, "The file is empty.")
    return Raw(file.origin, file.container, format, payload, _hint(file.name))


def _hint(name: Path) -> str:
    """What a file's name says of its page; «index.html» says it by its folder."""
    stem = name.stem
    return _printable(f"{name.absolute().parent.name}-{stem}" if stem in EVERYWHERE else stem)


def _records(file: File) -> Iterator[Raw | Skipped]:
    """One page a line; blank lines are nothing."""
    number = 0
    while line := file.stream.readline(limits.LINE):
        number += 1
        origin = f"{file.origin}:{number}"
        if len(line) == limits.LINE and not line.endswith(b"\n"):
            _finish_line(file.stream)
            yield Skipped(origin, f"The line is over {limits.LINE // 10**6} MB.")
        elif payload := line.strip():
            yield Raw(origin, file.container, "record", payload)
    if number == 0:
        yield Skipped(file.origin, "The file is empty.")


def _finish_line(stream: IO[bytes]) -> None:
    while (piece := stream.readline(limits.LINE)) and not piece.endswith(b"\n"):
        continue


def _json(file: File) -> Iterator[Raw | Skipped]:
    """A record, a list of records, or an object that holds such a list, as programs save them."""
    payload = file.stream.read(limits.JSON + 1)
    if len(payload) > limits.JSON:
        why = f"The JSON file is over {limits.JSON // 10**6} MB; save one record a line, as .jsonl."
        yield Skipped(file.origin, why)
        return
    if damage := getattr(file.stream, "damage", ""):
        yield Skipped(file.origin, f"The compressed file is damaged: {damage}.")
        return
    yield from _numbered(file, "record", json_records.records, payload)


def _feed(file: File) -> Iterator[Raw | Skipped]:
    """One page an entry."""
    payload = file.stream.read(limits.FEED + 1)
    if len(payload) > limits.FEED:
        yield Skipped(file.origin, f"The feed is over {limits.FEED // 10**6} MB.")
        return
    yield from _numbered(file, "entry", feeds.entries, payload)


def _numbered(
    file: File, format: Format, pieces: Callable[[bytes], Iterable[bytes]], payload: bytes
) -> Iterator[Raw | Skipped]:
    """The pieces of a file that was read whole, or why it has none."""
    try:
        for number, piece in enumerate(pieces(payload), start=1):
            yield Raw(f"{file.origin}:{number}", file.container, format, piece)
    except SourceError as error:
        yield Skipped(file.origin, str(error))


def _archive(file: File) -> Iterator[Raw | Skipped]:
    """One page an archived answer; what comes before damage is kept."""
    found = False
    try:
        for url, payload in warc.answers(file.stream):
            found = True
            origin = f"{file.origin}:{_printable(url)}"
            if payload is None:
                yield Skipped(origin, f"The page is over {limits.MARKUP // 10**6} MB.")
            else:
                yield Raw(origin, file.container, "archived", payload)
    except SourceError as error:
        yield Skipped(file.origin, str(error))
    else:
        if damage := getattr(file.stream, "damage", ""):
            yield Skipped(file.origin, f"The compressed file is damaged: {damage}.")
        elif not found:
            yield Skipped(file.origin, "The archive holds no web page that was answered.")


READERS: dict[str, Reader] = {
    ".txt": _text_file,
    ".html": _html_file,
    ".htm": _html_file,
    ".xhtml": _html_file,
    ".jsonl": _records,
    ".ndjson": _records,
    ".json": _json,
    ".xml": _feed,
    ".rss": _feed,
    ".atom": _feed,
    ".warc": _archive,
}


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


def _printable(path: Path | str) -> str:
    """A path on one line and in valid Unicode, whatever bytes the file system holds."""
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
