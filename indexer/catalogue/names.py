"""What people call the values of facets."""

import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue.line_search import Lines
from indexer.catalogue.sqlite import Store
from indexer.text.normalize import normalize

SCHEMA = """
CREATE TABLE names (
    facet TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL,
    folded TEXT NOT NULL, articles INTEGER NOT NULL, sounds TEXT NOT NULL DEFAULT '',
    wikidata TEXT NOT NULL DEFAULT '', PRIMARY KEY (facet, id)
) WITHOUT ROWID;
"""
#: Stands before a host among a source's names: while somebody types, hosts are not offered.
HOST = "@"
_MAX_FOLDED = 1000  # letters of a source's names and hosts
_OF_FILES = "facet IN ('topics', 'events')"
MAX_NAME = 16  # words of a name; no name has more, and SQLite bounds the depth of what is asked
_MAX_NAMES = 100_000  # in memory, some 30 MB


class Name(NamedTuple):
    """A facet value's id and names, and in how many articles it stands (roughly: see below)."""

    id: str
    name: str
    name_en: str
    articles: int


class Names(Store):
    """The names of all values, each with its number of articles."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._names: dict[tuple[str, str], Name | None] = {}  # by facet and id, of one state
        self._names_state = (0, 0)
        self._columns: dict[tuple[str, str], tuple[list[str], Lines]] = {}  # of one state
        self._lines_state = (0, 0)

    def name(self, facet: str, id: str) -> Name | None:
        """The names of a facet value."""
        rows = self._all(
            "SELECT id, name, name_en, articles FROM names WHERE facet = ? AND id = ?", facet, id
        )
        return Name(*rows[0]) if rows else None

    def names(self, facet: str, ids: Collection[str]) -> dict[str, Name]:
        """The names of several values of a facet, by id; unknown ids are left out.

        Every page of results asks for hundreds, mostly the same, so they are kept in memory until
        the catalogue changes.
        """
        with self._using:
            state = self.state()
            if state != self._names_state or len(self._names) > _MAX_NAMES:
                self._names, self._names_state = {}, state
            self._read_names(facet, [id for id in ids if (facet, id) not in self._names])
            found = {id: self._names[facet, id] for id in ids}
        return {id: name for id, name in found.items() if name}

    def _read_names(self, facet: str, ids: Collection[str]) -> None:
        """Read names into memory, also that there is none."""
        self._names.update(dict.fromkeys((facet, id) for id in ids))
        asked = "SELECT id, name, name_en, articles FROM names WHERE facet = ? AND id IN"
        for row in self._each(asked, facet, of=ids):
            self._names[facet, row[0]] = Name(*row)

    def named(self, facet: str, text: str, limit: int = 50) -> list[Name]:
        """Values whose Arabic or Latin name holds every word of ``text``, frequent ones first.

        A source's hosts are names of it as well.
        """
        words = normalize(text).replace("-", " ").split()
        if not 0 < len(words) <= MAX_NAME:
            return []
        ids, lines = self._lines(facet, "folded")
        holding = set(lines.holding(words))
        if facet == "sources":
            holding.update(lines.holding([HOST + word for word in words]))
        found = [ids[n] for n in sorted(holding)[:limit]]
        names = self.names(facet, found)  # another thread may have seen a newer state meanwhile
        return [names[id] for id in found if id in names]

    def _lines(self, facet: str, column: str) -> tuple[list[str], Lines]:
        """A column of the names of a facet, frequent ones first, with their ids.

        A query can ask for dozens of names; reading all of them from the disk for each of these
        would take seconds. They are kept in memory until the catalogue changes.
        """
        with self._using:
            state = self.state()
            if state != self._lines_state:
                self._columns, self._lines_state = {}, state
            if (facet, column) not in self._columns:
                rows = self._all(
                    f"SELECT id, trim({column}) FROM names WHERE facet = ? "
                    "ORDER BY articles DESC, id",
                    facet,
                )
                self._columns[facet, column] = (
                    [id for id, _ in rows],
                    Lines([text for _, text in rows]),
                )
            return self._columns[facet, column]

    def folded_names(self) -> list[tuple[str, str, str]]:
        """All values, frequent ones first: (facet, id, words of the names, normalised)."""
        return self._all(
            "SELECT facet, id, trim(folded) FROM names ORDER BY articles DESC, facet, id"
        )

    def names_by_frequency(self) -> list[tuple[str, str, str, int]]:
        """All values, frequent ones first: (facet, Arabic name, words of the names, articles)."""
        return self._all(
            "SELECT facet, name, folded, articles FROM names ORDER BY articles DESC, facet, id"
        )

    def frequent(self, facet: str, limit: int, start: int = 0) -> list[Name]:
        """The values of a facet that most articles have."""
        rows = self._all(
            "SELECT id, name, name_en, articles FROM names WHERE facet = ? "
            "ORDER BY articles DESC, id LIMIT ? OFFSET ?",
            facet,
            limit,
            start,
        )
        return [Name(*row) for row in rows]

    def _add_names(self, rows: Iterable[tuple[object, ...]]) -> None:
        self._db.executemany(
            "INSERT INTO names (facet, id, name, name_en, folded, articles) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (facet, id) DO UPDATE SET "
            "articles = articles + excluded.articles, "
            # Topics and events are called what their files say now; other values have names of
            # many articles.
            f"name = CASE WHEN {_OF_FILES} THEN excluded.name ELSE name END, "
            # Until one article tells more of it, a source is called by its id in both letters.
            f"name_en = CASE WHEN {_OF_FILES} OR facet = 'sources' AND name_en = id "
            "THEN excluded.name_en ELSE name_en END, "
            # A source is also found by its hosts, and later articles may come from another one.
            f"folded = CASE WHEN {_OF_FILES} THEN excluded.folded "
            "WHEN facet = 'sources' AND instr(folded, excluded.folded) = 0 "
            f"AND length(folded) < {_MAX_FOLDED} THEN folded || excluded.folded ELSE folded END",
            rows,
        )


def folded(names: str) -> str:
    """Names as they are searched: words on the exact layer, each between spaces."""
    return f" {normalize(names).replace('-', ' ')} "
