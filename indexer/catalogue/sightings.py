"""Who is who: what each article says of a facet's values, and what all of them together say."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import NamedTuple

from indexer.catalogue.names import MAX_NAME, Name, Names, folded

SCHEMA = """
CREATE TABLE people (
    id TEXT PRIMARY KEY, merged TEXT NOT NULL, evidence TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sightings (
    article TEXT NOT NULL, facet TEXT NOT NULL, id TEXT NOT NULL, date TEXT NOT NULL,
    texts TEXT NOT NULL, roles TEXT NOT NULL, PRIMARY KEY (article, facet, id)
) WITHOUT ROWID;
CREATE INDEX sightings_by_value ON sightings (facet, id);
CREATE TABLE unnamed (facet TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (facet, id)) WITHOUT ROWID;
"""


class Sighting(NamedTuple):
    """A facet value in one article: how the article writes and titles it.

    ``date`` is ISO, or «» for an article without one; ``texts`` and ``roles`` hold no line breaks.
    """

    article: str
    facet: str
    id: str
    date: str
    texts: tuple[str, ...]
    roles: tuple[str, ...]


class EntityNames(NamedTuple):
    """How a facet value is called in all articles together.

    ``typed`` is all that readers may write for it; ``sounds`` how its names sound, see
    ``indexer.text.phonetics``; ``wikidata`` its id there, or «».
    """

    id: str
    name: str
    name_en: str
    typed: str
    sounds: str
    wikidata: str


class Sightings(Names):
    """The sightings of values in articles, and the people who stand in no table."""

    def sightings(self, facet: str, id: str, *, titled: bool = False) -> list[Sighting]:
        """Every article's view of a facet value, or that of those which give it a role."""
        only = "AND roles != ''" if titled else ""
        rows = self._all(
            f"SELECT article, date, texts, roles FROM sightings WHERE facet = ? AND id = ? {only}",
            facet,
            id,
        )
        return [
            Sighting(article, facet, id, date, _lines(texts), _lines(roles))
            for article, date, texts, roles in rows
        ]

    def span(self, facet: str, id: str) -> tuple[str, str, int]:
        """The first and the last day of the articles with a value («» for none), and how many."""
        rows: list[tuple[str, str, int]] = self._all(
            "SELECT coalesce(min(nullif(date, '')), ''), max(date), count(*) FROM sightings "
            "WHERE facet = ? AND id = ? HAVING count(*)",
            facet,
            id,
        )
        return rows[0] if rows else ("", "", 0)

    def wikidata(self, id: str) -> str | None:
        """A person's Wikidata id, where known."""
        rows = self._all("SELECT wikidata FROM names WHERE facet = 'people' AND id = ?", id)
        return rows[0][0] or None if rows else None

    def sounding(self, heard: Collection[str], limit: int = 50) -> list[Name]:
        """People one of whose names has all these sounds, frequent ones first."""
        if not 0 < len(heard) <= MAX_NAME:
            return []
        ids, lines = self._lines("people", "sounds")
        found = [ids[n] for n in islice(lines.holding(list(heard)), limit)]
        names = self.names("people", found)
        return [names[id] for id in found if id in names]

    def people(self) -> list[tuple[str, str, str]]:
        """The people who stand in no table: id, the id that they are merged into or «», evidence.

        See ``indexer.entities.resolution``, whose JSON the evidence is.
        """
        return self._all("SELECT id, merged, evidence FROM people")

    def merged_into(self, id: str) -> str:
        """The id of the person with whom somebody who stands in no table was joined, or «»."""
        rows = self._all("SELECT merged FROM people WHERE id = ?", id)
        return rows[0][0] if rows else ""

    def keep_people(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Remember people for ``people``."""
        with self._writing():
            self._db.executemany("INSERT OR REPLACE INTO people VALUES (?, ?, ?)", rows)

    def seen(self, facet: str, ids: Collection[str]) -> dict[str, dict[str, int]]:
        """How often each way to write the values is the first of an article, by id."""
        found: dict[str, dict[str, int]] = {}
        asked = (
            "SELECT id, substr(texts, 1, instr(texts || char(10), char(10)) - 1) "
            "FROM sightings WHERE facet = ? AND id IN"
        )
        for id, text in self._each(asked, facet, of=sorted(ids)):
            ways = found.setdefault(id, {})
            ways[text] = ways.get(text, 0) + 1
        return found

    def rename(self, facet: str, values: Iterable[EntityNames], gone: Collection[str]) -> None:
        """Call values what all articles together call them; forget those that are gone."""
        settled = list(values)
        rows = [
            (v.name, v.name_en, folded(v.typed), v.sounds, v.wikidata, facet, v.id, facet, v.id)
            for v in settled
        ]
        with self._writing():
            self._db.executemany(
                "UPDATE names SET name = ?, name_en = ?, folded = ?, sounds = ?, wikidata = ?, "
                "articles = (SELECT count(*) FROM sightings s WHERE s.facet = ? AND s.id = ?) "
                "WHERE facet = ? AND id = ?",
                rows,
            )
            self._db.executemany(
                "DELETE FROM names WHERE facet = ? AND id = ?", [(facet, id) for id in gone]
            )
            self._db.executemany(
                "DELETE FROM unnamed WHERE facet = ? AND id = ?",
                [(facet, id) for id in (*gone, *(value.id for value in settled))],
            )

    def await_names(self, facet: str, ids: Iterable[str]) -> None:
        """These values are to be called what all articles call them, see ``rename``."""
        with self._writing():
            self._db.executemany(
                "INSERT OR IGNORE INTO unnamed VALUES (?, ?)", [(facet, id) for id in ids]
            )

    def unnamed(self, limit: int) -> list[tuple[str, str]]:
        """Some of the values that wait for ``rename``: (facet, id)."""
        return self._all("SELECT facet, id FROM unnamed LIMIT ?", limit)

    def sight(self, articles: Collection[str], sightings: Iterable[Sighting]) -> None:
        """Remember what new articles say of their values, in place of what they said before."""
        rows = [(*s[:4], "\n".join(s.texts), "\n".join(s.roles)) for s in sightings]
        with self._writing():
            self._db.executemany(
                "DELETE FROM sightings WHERE article = ?", [(id,) for id in articles]
            )
            self._db.executemany("INSERT OR REPLACE INTO sightings VALUES (?, ?, ?, ?, ?, ?)", rows)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
