"""Which events articles tell, each with the reports of it; and what articles let people say.

What is one event, ``indexer.events.event_merging`` decides. Parties and speakers are JSON of its
making. What is written here is committed with the words.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from indexer.catalogue.sqlite import Store
from indexer.model import EventStatus, TextPart

SCHEMA = """
CREATE TABLE events (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, status TEXT NOT NULL,
    day INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, place TEXT NOT NULL,
    parties TEXT NOT NULL, certainty REAL NOT NULL, articles INTEGER NOT NULL,
    sources INTEGER NOT NULL, rank REAL NOT NULL
);
CREATE INDEX events_by_rank ON events (rank);
CREATE INDEX events_by_day ON events (first);
CREATE TABLE event_parties (
    facet TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, day INTEGER NOT NULL,
    event INTEGER NOT NULL, side TEXT NOT NULL, PRIMARY KEY (facet, id, type, day, event, side)
) WITHOUT ROWID;
CREATE INDEX event_parties_by_event ON event_parties (event);
CREATE TABLE event_reports (
    article TEXT NOT NULL, number INTEGER NOT NULL, event INTEGER NOT NULL, status TEXT NOT NULL,
    story TEXT NOT NULL, source TEXT NOT NULL, date TEXT NOT NULL, told_when TEXT NOT NULL,
    place TEXT NOT NULL, parties TEXT NOT NULL, certainty REAL NOT NULL, part TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX event_reports_by_event ON event_reports (event);
CREATE INDEX event_reports_by_story ON event_reports (story);
CREATE TABLE quotations (
    article TEXT NOT NULL, number INTEGER NOT NULL, facet TEXT NOT NULL, id TEXT NOT NULL,
    date TEXT NOT NULL, speaker TEXT NOT NULL, part TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX quotations_by_speaker ON quotations (facet, id, date);
"""
_REPORT = (
    "event, article, number, status, story, source, date, told_when, place, parties, certainty, "
    "part, start, end"
)
EVENT_COLUMNS = (
    "number, id, type, status, day, first, last, place, parties, certainty, articles, sources, rank"
)


class ReportRow(NamedTuple):
    """One article's telling of an event: the ``number``th that it tells, of ``event``.

    ``date`` is the article's, ``told_when`` what it says of the event's time, ISO, or «».
    """

    event: int
    article: str
    number: int
    status: EventStatus
    story: str
    source: str
    date: str
    told_when: str
    place: str
    parties: str
    certainty: float
    part: TextPart
    start: int
    end: int


class EventRow(NamedTuple):
    """An event as its reports together tell it. ``day`` is an ordinal, 0 where nobody knows;
    ``number`` is the catalogue's own, and ``rank`` orders results."""

    number: int
    id: str
    type: str
    status: EventStatus
    day: int
    first: str
    last: str
    place: str
    parties: str
    certainty: float
    articles: int
    sources: int
    rank: float


class EventParty(NamedTuple):
    """A value by which an event is found: a profile that takes part, or the country of one."""

    side: str
    facet: str
    id: str


class QuotationRow(NamedTuple):
    """What an article lets somebody say; ``facet`` and ``id`` are the speaker's profile or «»."""

    article: str
    number: int
    facet: str
    id: str
    date: str
    speaker: str
    part: TextPart
    start: int
    end: int


class EventReports(Store):
    """The events of all articles, as what tells them comes and goes."""

    def reports_of(self, articles: Collection[str]) -> list[ReportRow]:
        """What these articles tell of events, in their order."""
        asked = f"SELECT {_REPORT} FROM event_reports WHERE article IN"
        rows = map(ReportRow._make, self._each(asked, of=articles))
        return sorted(rows, key=lambda row: (row.article, row.number))

    def event_reports(self, event: int, limit: int) -> list[ReportRow]:
        """The reports of an event, the surest first."""
        rows = self._all(
            f"SELECT {_REPORT} FROM event_reports WHERE event = ? "
            "ORDER BY certainty DESC, date, article, number LIMIT ?",
            event,
            limit,
        )
        return list(map(ReportRow._make, rows))

    def event_numbers(self, type: str, parties: Iterable[EventParty], days: range) -> set[int]:
        """The events of a type in which any of these takes part, on either side, on these days."""
        found: set[int] = set()
        for _, facet, id in parties:
            rows = self._all(
                "SELECT event FROM event_parties "
                "WHERE facet = ? AND id = ? AND type = ? AND day BETWEEN ? AND ?",
                *(facet, id, type, days.start, days.stop - 1),
            )
            found.update(number for (number,) in rows)
        return found

    def events_of_story(self, type: str, story: str) -> set[int]:
        """The events of a type that articles of a story tell."""
        rows = self._all(
            "SELECT DISTINCT event FROM event_reports JOIN events ON event = events.number "
            "WHERE story = ? AND type = ?",
            *(story, type),
        )
        return {number for (number,) in rows}

    def event_rows(self, numbers: Collection[int]) -> list[EventRow]:
        """The events with these numbers, in the order of time at which they were first told."""
        rows = self._each(f"SELECT {EVENT_COLUMNS} FROM events WHERE number IN", of=numbers)
        return sorted(map(EventRow._make, rows))

    def event_row(self, id: str) -> EventRow | None:
        """The event with an id."""
        rows = self._all(f"SELECT {EVENT_COLUMNS} FROM events WHERE id = ?", id)
        return EventRow._make(rows[0]) if rows else None

    def tellers(self, event: int) -> tuple[int, int]:
        """How many stories tell an event, and how many sources printed the first of each."""
        rows = self._all(
            "SELECT count(*), count(DISTINCT source) FROM (SELECT source, min(date || article) "
            "FROM event_reports WHERE event = ? GROUP BY story)",
            event,
        )
        return rows[0][0], max(1, rows[0][1])

    def new_event(self, id: str, type: str) -> int:
        """Enter an event of which nothing is known yet; returns its number."""
        with self._database_errors():
            added = self._db.execute(
                "INSERT INTO events (id, type, status, day, first, last, place, parties, "
                "certainty, articles, sources, rank) "
                "VALUES (?, ?, '', 0, '', '', '', '', 0, 0, 0, 0)",
                (id, type),
            )
            return int(added.lastrowid or 0)

    def keep_event(self, row: EventRow, parties: Iterable[EventParty]) -> None:
        """Remember what an event is by now, and who takes part."""
        with self._writing():
            marks = ", ".join("?" * len(row))
            self._db.execute(
                f"INSERT OR REPLACE INTO events ({EVENT_COLUMNS}) VALUES ({marks})", row
            )
            self._db.execute("DELETE FROM event_parties WHERE event = ?", (row.number,))
            self._db.executemany(
                "INSERT OR IGNORE INTO event_parties (side, facet, id, type, day, event) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [(*party, row.type, row.day, row.number) for party in parties],
            )

    def drop_event(self, number: int) -> None:
        """Forget an event that nobody tells any longer."""
        with self._writing():
            self._db.execute("DELETE FROM events WHERE number = ?", (number,))
            self._db.execute("DELETE FROM event_parties WHERE event = ?", (number,))

    def add_report(self, row: ReportRow) -> None:
        """Remember that an article tells an event."""
        with self._writing():
            marks = ", ".join("?" * len(row))
            self._db.execute(f"INSERT INTO event_reports ({_REPORT}) VALUES ({marks})", row)

    def drop_reports(self, articles: Collection[str]) -> None:
        """Forget what articles tell; their events stay until they are dropped."""
        with self._writing():
            for table in ("event_reports", "quotations"):
                self._db.executemany(
                    f"DELETE FROM {table} WHERE article = ?", [(id,) for id in articles]
                )

    def keep_quotations(self, rows: Sequence[QuotationRow]) -> None:
        """Remember what articles let people say."""
        with self._writing():
            self._db.executemany("INSERT INTO quotations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def telling_articles(self) -> set[str]:
        """The articles that tell events or let people speak."""
        rows = self._all("SELECT article FROM event_reports UNION SELECT article FROM quotations")
        return {article for (article,) in rows}

    def untold_events(self) -> int:
        """How many events have no report, and how many reports no event: 0 in a whole index."""
        rows = self._all(
            "SELECT (SELECT count(*) FROM events WHERE number NOT IN "
            "(SELECT event FROM event_reports)) + (SELECT count(*) FROM event_reports "
            "WHERE event NOT IN (SELECT number FROM events))"
        )
        return int(rows[0][0])
