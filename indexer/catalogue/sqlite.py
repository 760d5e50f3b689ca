"""One SQLite connection that threads share, with its failures in our words."""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from indexer.errors import EngineError, IndexLocked

_SOME = 500  # values in one statement
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PRIMARY = 0xFF  # the part of SQLite's codes that says the kind of error


def connect(path: Path) -> sqlite3.Connection:
    """Open a catalogue to read and write, or only to read it where nothing may be written.

    There SQLite can't make the files that it keeps beside an open one, and would refuse. So it is
    told that the file never changes, unless somebody who may write has these files there.
    """
    if os.access(path.parent, os.W_OK) and os.access(path, os.W_OK):
        return sqlite3.connect(path, check_same_thread=False)
    beside = path.with_name(f"{path.name}-shm").exists()
    how = "mode=ro" if beside else "mode=ro&immutable=1"
    address = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


class Store:
    """Asks and changes one file; what is in it, its heirs know."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path
        self._using = threading.RLock()
        self._file = path.stat().st_ino
        self._holding = False
        self._passing = 0  # rows of temporary tables that were changed

    @property
    def changes(self) -> int:
        """How many rows of the file this connection has changed, committed or not."""
        return self._db.total_changes - self._passing

    def replaced(self) -> bool:
        """Whether another catalogue has taken this one's place on the disk."""
        try:
            return self._path.stat().st_ino != self._file
        except OSError:  # no catalogue is there: this one goes on until another is
            return False

    def close(self) -> None:
        """Close the file."""
        with self._using:
            self._db.close()

    def state(self) -> tuple[int, int]:
        """Changes with every change of the file, by this connection or any other."""
        return self._all("PRAGMA data_version")[0][0], self._db.total_changes

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing when it is whole."""
        return [one for (one,) in self._all("PRAGMA quick_check") if one != "ok"]

    def settle(self) -> bool:
        """Bring all that is committed into the one file; False while somebody reads what was."""
        return not self._all("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]

    def _all(self, statement: str, *values: object) -> list[Any]:
        with self._database_errors(), closing(self._db.execute(statement, values)) as cursor:
            return cursor.fetchall()

    def _each(self, statement: str, *values: object, of: Iterable[str | int]) -> list[Any]:
        """What is found for any of these, asked some hundreds at a time.

        ``statement`` ends with «IN», ``values`` come before.
        """
        found: list[Any] = []
        every: list[str | int] = list(of)
        for start in range(0, len(every), _SOME):
            some = every[start : start + _SOME]
            marks = ",".join("?" * len(some))
            found += self._all(f"{statement} ({marks})", *values, *some)
        return found

    def begin(self) -> None:
        """From now on changes are gathered, for ``commit`` or ``roll_back``.

        Nobody else writes meanwhile; raises ``IndexLocked`` where somebody does.
        """
        with self._database_errors():
            self._db.execute("BEGIN IMMEDIATE")
        self._holding = True

    def commit(self) -> None:
        """Let others see the changes since ``begin``, all at once; more are gathered."""
        with self._database_errors():
            self._db.commit()
            self._db.execute("BEGIN IMMEDIATE")

    def roll_back(self) -> None:
        """Forget the changes since the last ``commit``, and gather no more."""
        self._holding = False
        with self._database_errors():
            self._db.rollback()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Commit what the block changes, or nothing of it; not while changes are gathered."""
        with self._database_errors():
            if self._holding:
                yield
            else:
                with self._db:
                    yield

    @contextmanager
    def _database_errors(self) -> Iterator[None]:
        """Use the connection alone; SQLite's own exceptions leave as ``EngineError``."""
        try:
            with self._using:
                yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _BUSY:
                raise IndexLocked(
                    f"Another process is writing to the index's catalogue {self._path}; "
                    "try again later."
                ) from error
            raise EngineError(
                f"The index's catalogue {self._path} can't be used: {error}. «rasad check» tells "
                "whether it is damaged, «rasad repair» brings back what can be."
            ) from error
