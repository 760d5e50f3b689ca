"""What can be seen of an index without opening it: its files, from outside."""

import stat
from contextlib import suppress
from pathlib import Path

State = frozenset[tuple[str, int, int, int]]


#: What SQLite writes beside the catalogue, also for those who only read.
_OF_READERS = ("-wal", "-shm")


def state(folder: Path) -> State:
    """Changes when any file of the index does, or another index takes its place."""
    found = set()
    for path in folder.rglob("*"):
        with suppress(OSError):  # gone meanwhile
            at = path.stat()
            if stat.S_ISREG(at.st_mode) and not path.name.endswith(_OF_READERS):
                found.add((str(path), at.st_ino, at.st_size, at.st_mtime_ns))
    return frozenset(found)


def changed_at(folder: Path) -> float:
    """When the index was last written to, in seconds since 1970; 0 where there is none."""
    times = [0.0]
    for name in ("catalogue.db", "catalogue.db-wal"):
        with suppress(OSError):
            times.append((folder / name).stat().st_mtime)
    return max(times)
