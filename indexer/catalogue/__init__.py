"""What an index knows besides postings and records: its words, its names, its pages.

One SQLite file beside the engine's folder, the same for every engine. Words lead from a stem or a
lemma to the printed forms that share it, names from an id to what people call it, pages from a
content digest to the article made of it, titles from an article to how it is headed, sightings from
a value to the articles that tell of it, events to those that tell them, buckets from pieces of a
text's signature to the articles that may print the same text. Words, names and titles are committed
before the engine's articles and pages after, so that a crash leaves at most words that nothing
holds yet.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.catalogue import event_reports, names, pages, sightings, signatures, words
from indexer.catalogue.event_counts import EventCounts, EventQuery
from indexer.catalogue.event_reports import (
    EventParty,
    EventRow,
    QuotationRow,
    ReportRow,
)
from indexer.catalogue.held_state import CommitMark, HeldState
from indexer.catalogue.names import Name
from indexer.catalogue.pages import Page, Pages
from indexer.catalogue.sightings import EntityNames, Sighting, Sightings
from indexer.catalogue.signatures import Signature, Signatures
from indexer.catalogue.sqlite import connect, database_errors
from indexer.catalogue.vocabulary import Vocabulary
from indexer.catalogue.words import Frequent, Words
from indexer.errors import EngineError

__all__ = [
    "Catalogue",
    "CommitMark",
    "EntityNames",
    "EventParty",
    "EventQuery",
    "EventRow",
    "Frequent",
    "HeldState",
    "Name",
    "Page",
    "QuotationRow",
    "ReportRow",
    "Sighting",
    "Signature",
    "Vocabulary",
]

FORMAT = 10
_COMMIT = "commit"
_META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
_SCHEMA = "\n".join(
    [_META, *(part.SCHEMA for part in (words, names, sightings, event_reports, signatures, pages))]
)


class Catalogue(Words, Sightings, EventCounts, Signatures, Pages):
    """The words, names and pages of one index; safe to share between threads.

    Counts of articles grow with every indexing run and are not taken back when an article is
    replaced: they order suggestions, nothing else.
    """

    @classmethod
    def create(cls, path: Path, **facts: str) -> "Catalogue":
        """Make an empty catalogue, with ``facts`` for ``meta``; it appears whole or not at all."""
        part = path.with_name(f"{path.name}.part")
        for left in path.parent.glob(f"{part.name}*"):  # by a process that was killed
            left.unlink()
        with database_errors(path), closing(sqlite3.connect(part)) as db:
            db.executescript(f"BEGIN;\n{_SCHEMA}")
            facts = {"format": str(FORMAT), **facts}
            db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
            db.commit()
            db.execute("PRAGMA journal_mode=WAL")
        part.rename(path)
        return cls(sqlite3.connect(path, check_same_thread=False), path)

    @staticmethod
    def is_half_made(path: Path) -> bool:
        """Whether a catalogue was being made when a version that made it in steps was killed."""
        try:
            with closing(sqlite3.connect(path)) as db:
                tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                return not tables or not db.execute("SELECT count(*) FROM meta").fetchone()[0]
        except sqlite3.Error:
            return False

    @staticmethod
    def facts(path: Path) -> dict[str, str]:
        """What a catalogue of any format keeps for ``meta``; nothing where it can't be read."""
        if not path.is_file():
            return {}
        try:
            with closing(connect(path)) as db:
                return dict(db.execute("SELECT key, value FROM meta"))
        except sqlite3.Error:
            return {}

    @classmethod
    def open(cls, path: Path) -> "Catalogue":
        """Open a catalogue; raises ``EngineError`` when it is damaged or of another version."""
        try:
            catalogue = cls(connect(path), path)
        except (sqlite3.Error, OSError) as error:
            raise EngineError(f"The index's catalogue {path} can't be read: {error}.") from error
        found = catalogue.meta("format")
        if found != str(FORMAT):
            raise EngineError(
                f"The index in {path.parent} was made by another version of Rasad (format "
                f"{found}, this one needs {FORMAT}); make it anew from its pages: "
                f"rasad index PATH --rebuild --index {path.parent}"
            )
        return catalogue

    def take(self, other: Path) -> None:
        """Become a copy of another catalogue, or raise ``EngineError``."""
        with self._database_errors(), closing(connect(other)) as db:
            db.backup(self._db)

    def meta(self, key: str) -> str | None:
        """A remembered fact, or None."""
        rows = self._all("SELECT value FROM meta WHERE key = ?", key)
        return rows[0][0] if rows else None

    def remember(self, key: str, value: str) -> None:
        """Keep a fact for ``meta``."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def commit_mark(self) -> CommitMark:
        """Where the index stands between its commits."""
        return CommitMark.parse(self.meta(_COMMIT))

    def begin_commit(self) -> None:
        """Mark that the engine's part of a commit comes next: the catalogue is ahead of it."""
        self.remember(_COMMIT, str(CommitMark(self.commit_mark().number + 1, whole=False)))

    def end_commit(self) -> None:
        """Mark that a commit is wholly written."""
        self.remember(_COMMIT, str(self.commit_mark()._replace(whole=True)))

    def forget(self, key: str) -> None:
        """Keep a fact no longer."""
        with self._writing():
            self._db.execute("DELETE FROM meta WHERE key = ?", (key,))

    def learn(self, vocabulary: Vocabulary) -> None:
        """Add the words, names and titles of new documents, in one transaction."""
        with self._writing():
            self._add_words(vocabulary.word_rows())
            self._add_names(vocabulary.name_rows())
            self._add_titles(vocabulary.titles)
