"""What is known of texts to find their copies by; ``indexer.indexing.near_duplicates`` says how.

What is written here is committed with the words.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from indexer.catalogue.sqlite import Store

SCHEMA = """
CREATE TABLE copies (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, story TEXT NOT NULL,
    day INTEGER NOT NULL, countries TEXT NOT NULL, signature BLOB NOT NULL
);
CREATE INDEX copies_by_story ON copies (story);
CREATE TABLE buckets (
    bucket INTEGER NOT NULL, copy INTEGER NOT NULL, PRIMARY KEY (bucket, copy)
) WITHOUT ROWID;
"""
_COPY = "number, article, story, day, countries, signature"


class Signature(NamedTuple):
    """An article as its copies are looked for: its story, that story's first day, and its text.

    ``day`` is an ordinal, 0 for a story without a date; ``signature`` is made by
    ``indexer.indexing.near_duplicates``; ``number`` is the catalogue's own.
    """

    number: int
    article: str
    story: str
    day: int
    countries: frozenset[str]
    signature: bytes


class Signatures(Store):
    """The signatures of texts, and the buckets that texts alike are likely to share."""

    def copy(self, article: str) -> Signature | None:
        """An article's entry, or None."""
        rows = self._all(f"SELECT {_COPY} FROM copies WHERE article = ?", article)
        return _copy(rows[0]) if rows else None

    def copies(self, numbers: Collection[int]) -> list[Signature]:
        """The entries with these numbers."""
        asked = f"SELECT {_COPY} FROM copies WHERE number IN"
        return [_copy(row) for row in self._each(asked, of=numbers)]

    def has_story(self, story: str) -> bool:
        """Whether some article is in a story."""
        return bool(self._all("SELECT 1 FROM copies WHERE story = ? LIMIT 1", story))

    def keep_copy(self, copy: Signature) -> int:
        """Remember a new entry; returns its number."""
        values = (*copy[1:4], " ".join(sorted(copy.countries)), copy.signature)
        with self._database_errors():
            added = self._db.execute(
                "INSERT INTO copies (article, story, day, countries, signature) "
                "VALUES (?, ?, ?, ?, ?)",
                values,
            )
            return int(added.lastrowid or 0)

    def forget_copy(self, number: int, buckets: Iterable[int]) -> None:
        """Forget an entry, which is in these buckets."""
        with self._database_errors():
            self._db.execute("DELETE FROM copies WHERE number = ?", (number,))
            self._db.executemany(
                "DELETE FROM buckets WHERE bucket = ? AND copy = ?",
                ((bucket, number) for bucket in buckets),
            )

    def in_buckets(self, buckets: Collection[int], limit: int) -> list[int]:
        """The numbers in these buckets, each once; no more than the last ones."""
        marks = ",".join("?" * len(buckets))
        rows = self._all(
            f"SELECT DISTINCT copy FROM buckets WHERE bucket IN ({marks}) "
            "ORDER BY copy DESC LIMIT ?",
            *buckets,
            limit,
        )
        return [copy for (copy,) in rows]

    def fill_buckets(self, added: Iterable[tuple[int, int]]) -> None:
        """Put numbers into buckets: (bucket, number)."""
        with self._database_errors():
            self._db.executemany("INSERT OR IGNORE INTO buckets VALUES (?, ?)", added)


def _copy(row: tuple[int, str, str, int, str, bytes]) -> Signature:
    number, article, story, day, countries, signature = row
    return Signature(number, article, story, day, frozenset(countries.split()), signature)
