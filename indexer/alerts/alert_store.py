"""What is watched: what each alert asks for, where it tells, which articles it has met.

A telling is what one run found for one alert. It waits for each of the alert's targets until it has
reached it: what could not be delivered is delivered by a later run, what was delivered never again.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from indexer.errors import AlertError
from indexer.model import Filter, SearchRequest

FILE = "alerts.db"
_TABLES = """
CREATE TABLE IF NOT EXISTS alert (
    name TEXT PRIMARY KEY, request TEXT NOT NULL, targets TEXT NOT NULL, lang TEXT NOT NULL,
    made TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS telling (
    number INTEGER PRIMARY KEY AUTOINCREMENT, alert TEXT NOT NULL, made TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS met (
    alert TEXT NOT NULL, article TEXT NOT NULL, telling INTEGER, PRIMARY KEY (alert, article)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS met_by_telling ON met (telling);
CREATE TABLE IF NOT EXISTS waiting (
    telling INTEGER NOT NULL, target TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT '', PRIMARY KEY (telling, target)
) WITHOUT ROWID;
"""


class Alert(NamedTuple):
    """A search that is watched, the targets that are told, and the language of what they get."""

    name: str
    request: SearchRequest
    targets: tuple[str, ...]
    lang: str
    made: str


class AlertTelling(NamedTuple):
    """What is to be told of an alert: its number, when it was found, the ids of the articles."""

    number: int
    alert: str
    made: str
    articles: tuple[str, ...]


class Waiting(NamedTuple):
    """A telling that has not reached a target, how often that was tried, and why it failed."""

    telling: int
    target: str
    tries: int
    why: str


class AlertStore:
    """The alerts of one index, in a file of their own beside it: it outlives a rebuild."""

    def __init__(self, folder: Path) -> None:
        """Open the alerts in ``folder``; raises ``AlertError`` where they can't be read."""
        self._path = folder / FILE
        with self._errors():
            self._db = sqlite3.connect(self._path, isolation_level=None)
            self._db.executescript(f"PRAGMA journal_mode = WAL; {_TABLES}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def alerts(self) -> list[Alert]:
        """All alerts by name."""
        with self._errors():
            rows = self._db.execute(
                "SELECT name, request, targets, lang, made FROM alert ORDER BY name"
            ).fetchall()
        return [
            Alert(name, _read(request), tuple(json.loads(targets)), lang, made)
            for name, request, targets, lang, made in rows
        ]

    def alert(self, name: str) -> Alert:
        """The alert of this name; raises ``AlertError`` where there is none."""
        alerts = {one.name: one for one in self.alerts()}
        if name not in alerts:
            raise AlertError(f"There is no alert {name!r}. See: rasad alerts list")
        return alerts[name]

    def add(self, alert: Alert, met: Iterable[str]) -> None:
        """Watch a search from now on; the articles ``met`` are known and will not be told."""
        with self._errors(), self._transaction():
            if self._db.execute("SELECT 1 FROM alert WHERE name = ?", (alert.name,)).fetchone():
                raise AlertError(f"There is an alert {alert.name!r} already; remove it first.")
            targets = json.dumps(alert.targets, ensure_ascii=False)
            row = (alert.name, _written(alert.request), targets, alert.lang, alert.made)
            self._db.execute("INSERT INTO alert VALUES (?, ?, ?, ?, ?)", row)
            self._meet(alert.name, met, None)

    def remove(self, name: str) -> None:
        """Watch a search no longer and forget what it told; raises ``AlertError`` for none."""
        self.alert(name)
        with self._errors(), self._transaction():
            of = "SELECT number FROM telling WHERE alert = ?"
            self._db.execute(f"DELETE FROM waiting WHERE telling IN ({of})", (name,))
            self._db.execute("DELETE FROM telling WHERE alert = ?", (name,))
            self._db.execute("DELETE FROM met WHERE alert = ?", (name,))
            self._db.execute("DELETE FROM alert WHERE name = ?", (name,))

    def unmet(self, name: str, ids: Iterable[str]) -> list[str]:
        """Those of the articles that an alert has not met."""
        asked = "SELECT 1 FROM met WHERE alert = ? AND article = ?"
        with self._errors():
            return [id for id in ids if not self._db.execute(asked, (name, id)).fetchone()]

    def tell(self, alert: Alert, new: Sequence[str], known: Sequence[str] = ()) -> None:
        """Let the ``new`` articles wait for each target; ``known`` are met and not told."""
        with self._errors(), self._transaction():
            self._meet(alert.name, known, None)
            if not new:
                return
            made = dt.datetime.now().astimezone().isoformat(timespec="seconds")
            row = ("INSERT INTO telling (alert, made) VALUES (?, ?)", (alert.name, made))
            number = self._db.execute(*row).lastrowid
            self._meet(alert.name, new, number)
            waiting = [(number, target) for target in alert.targets]
            self._db.executemany("INSERT INTO waiting (telling, target) VALUES (?, ?)", waiting)

    def waiting(self, name: str) -> list[Waiting]:
        """What an alert has still to deliver, the oldest first."""
        with self._errors():
            rows = self._db.execute(
                "SELECT w.telling, w.target, w.tries, w.why FROM waiting w"
                " JOIN telling t ON t.number = w.telling WHERE t.alert = ? ORDER BY w.telling",
                (name,),
            ).fetchall()
        return list(map(Waiting._make, rows))

    def telling(self, number: int) -> AlertTelling:
        """What is to be told by this number."""
        with self._errors():
            alert, made = self._db.execute(
                "SELECT alert, made FROM telling WHERE number = ?", (number,)
            ).fetchone()
            rows = self._db.execute("SELECT article FROM met WHERE telling = ?", (number,))
            return AlertTelling(number, alert, made, tuple(id for (id,) in rows))

    def told(self, name: str, most: int) -> list[tuple[str, str]]:
        """The articles that an alert told last, each with the time, newest first."""
        with self._errors():
            return self._db.execute(
                "SELECT m.article, t.made FROM met m JOIN telling t ON t.number = m.telling"
                " WHERE m.alert = ? ORDER BY t.number DESC, m.article LIMIT ?",
                (name, most),
            ).fetchall()

    def delivered(self, one: Waiting) -> None:
        """A telling has reached a target."""
        with self._errors():
            self._db.execute(
                "DELETE FROM waiting WHERE telling = ? AND target = ?", (one.telling, one.target)
            )

    def failed(self, one: Waiting, why: str) -> None:
        """A telling did not reach a target; the next run tries again."""
        with self._errors():
            self._db.execute(
                "UPDATE waiting SET tries = tries + 1, why = ? WHERE telling = ? AND target = ?",
                (why, one.telling, one.target),
            )

    def _meet(self, name: str, ids: Iterable[str], telling: int | None) -> None:
        rows = ((name, id, telling) for id in ids)
        self._db.executemany("INSERT OR IGNORE INTO met VALUES (?, ?, ?)", rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise AlertError(f"The alerts in {self._path} can't be used: {error}.") from error


def _written(request: SearchRequest) -> str:
    asked = {
        "q": request.q,
        "filters": sorted([one.facet, one.value, one.exclude] for one in request.filters),
        "from": request.date_from.isoformat() if request.date_from else None,
        "to": request.date_to.isoformat() if request.date_to else None,
        "copies": request.copies,
        "full": request.full,
        "any": sorted(request.any_of),
        "meaning": request.meaning,
    }
    return json.dumps(asked, ensure_ascii=False)


def _read(written: str) -> SearchRequest:
    asked = json.loads(written)
    return SearchRequest(
        asked["q"],
        frozenset(Filter(*one) for one in asked["filters"]),
        dt.date.fromisoformat(asked["from"]) if asked["from"] else None,
        dt.date.fromisoformat(asked["to"]) if asked["to"] else None,
        "oldest",
        copies=asked["copies"],
        full=asked["full"],
        any_of=frozenset(asked["any"]),
        meaning=asked["meaning"],
    )
