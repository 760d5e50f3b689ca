"""One SQLite connection that threads share, with its failures in our words.

A thread may hold one state of the file for a while, in a connection beside: see ``reading``.
"""

import os
import sqlite3
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from indexer.catalogue.held_state import HeldState
from indexer.errors import EngineError, IndexLocked
from indexer.storage.disk_errors import full

_PATIENCE = 5000  # milliseconds to wait for another writer
_SOME = 500  # values in one statement
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_OF_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
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
        self._here = threading.local()
        self._all_held: WeakSet[HeldState] = WeakSet()
        self._passing = 0  # rows of temporary tables that were changed

    @property
    def changes(self) -> int:
        """How many rows of the file this connection has changed, committed or not."""
        return self._db.total_changes - self._passing

    @property
    def held(self) -> HeldState | None:
        """The state that this thread reads, None where it reads the newest."""
        return getattr(self._here, "held", None)

    def hold(self) -> HeldState | None:
        """The newest state, for ``reading``; None where another catalogue has taken the place."""
        with self._database_errors():
            connection = connect(self._path)
            connection.isolation_level = None
            try:
                connection.execute("BEGIN")
                connection.execute("SELECT 1 FROM meta").fetchone()  # the state is this one's
            except BaseException:
                connection.close()
                raise
        if self.replaced():
            connection.close()
            return None
        held = HeldState(connection)
        self._all_held.add(held)
        return held

    @contextmanager
    def reading(self, held: HeldState | None) -> Iterator[None]:
        """What this thread asks in the block is answered from a state that is held."""
        if held is None:
            yield
            return
        held.take()
        before, self._here.held = self.held, held
        try:
            yield
        finally:
            self._here.held = before
            held.let_go()

    def is_written_to(self) -> bool:
        """Whether a writer holds the file at this moment, of this process or another."""
        with closing(sqlite3.connect(self._path, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                return _is_busy(error)
            return False

    def checkpoint(self) -> None:
        """Bring what was committed from the log into the file, as far as readers allow."""
        with (
            suppress(sqlite3.Error),  # where nothing may be written there is nothing to bring
            closing(sqlite3.connect(self._path)) as other,
        ):
            other.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def replaced(self) -> bool:
        """Whether another catalogue has taken this one's place on the disk."""
        try:
            return self._path.stat().st_ino != self._file
        except OSError:  # no catalogue is there: this one goes on until another is
            return False

    def close(self) -> None:
        """Close the file, and what is held of it."""
        with self._using:
            self._db.close()
            for held in list(self._all_held):
                held.connection.close()

    def state(self) -> tuple[int, int]:
        """Grows with every change of the file, by this connection or any other.

        Of a state that is held it is always the same, and greater than of those held before.
        """
        if held := self.held:
            return sys.maxsize, held.serial
        return self._all("PRAGMA data_version")[0][0], self._db.total_changes

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing when it is whole."""
        return [one for (one,) in self._all("PRAGMA quick_check") if one != "ok"]

    def settle(self) -> bool:
        """Bring all that is committed into the one file; False while somebody reads what was."""
        self._all("PRAGMA busy_timeout = 0")  # a served site reads on: nobody waits for that
        try:
            busy, log, brought = self._all("PRAGMA wal_checkpoint(TRUNCATE)")[0]
            if busy:
                _, log, brought = self._all("PRAGMA wal_checkpoint(PASSIVE)")[0]
            return bool(log == brought)
        finally:
            self._all(f"PRAGMA busy_timeout = {_PATIENCE}")

    def _all(self, statement: str, *values: object) -> list[Any]:
        held = self.held
        db = held.connection if held else self._db
        with self._database_errors(), closing(db.execute(statement, values)) as cursor:
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
        with database_errors(self._path), self._using:
            yield


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Let SQLite's own exceptions about a catalogue leave as ``EngineError``."""
    try:
        yield
    except sqlite3.Error as error:
        if _is_busy(error):
            raise IndexLocked(
                f"Another process is writing to the index's catalogue {path}; try again later."
            ) from error
        raise EngineError(_told(path, error)) from error


def _is_busy(error: sqlite3.Error) -> bool:
    return _kind(error) in _BUSY


def _kind(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def _told(path: Path, error: sqlite3.Error) -> str:
    kind = _kind(error)
    if kind == sqlite3.SQLITE_FULL:
        return full(path.parent)
    if kind in _OF_DISK:
        return (
            f"The index's catalogue {path} can't be read or written: {error}; the disk may be full "
            "or fail. What was committed stays; see to the disk, then run the same command again."
        )
    return (
        f"The index's catalogue {path} can't be used: {error}. «rasad check» tells "
        "whether it is damaged, «rasad repair» brings back what can be."
    )
