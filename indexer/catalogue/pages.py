"""The pages that were indexed, how their articles are headed, and what is left to be read anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from indexer.catalogue.sqlite import Store

SCHEMA = """
CREATE TABLE pages (
    digest TEXT PRIMARY KEY, article TEXT NOT NULL, container TEXT NOT NULL, version TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pages_by_article ON pages (article);
CREATE TABLE titles (
    article TEXT PRIMARY KEY, title TEXT NOT NULL, folded TEXT NOT NULL, date TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE gone (article TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stale (article TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# What one run has met, however many: on the disk, and gone with the connection.
_RUN = (
    "DROP TABLE IF EXISTS temp.met",
    "CREATE TEMP TABLE met (article TEXT PRIMARY KEY, container TEXT NOT NULL, "
    "read INTEGER NOT NULL) WITHOUT ROWID",
)


class Page(NamedTuple):
    """One page as it was indexed: what it held, the article made of it, the file it came from.

    ``version`` is that of what read it, see ``indexer.indexing.versions``.
    """

    digest: str
    article: str
    container: str
    version: str = ""


class Pages(Store):
    """The pages that were indexed, the titles of articles, and of those that are gone."""

    def digests(self) -> dict[str, Page]:
        """All pages that were indexed, by digest."""
        rows = self._all("SELECT digest, article, container, version FROM pages")
        return {row[0]: Page(*row) for row in rows}

    def known_pages(self, digests: Collection[str]) -> dict[str, Page]:
        """Those of these pages that were indexed, and not in this run; by digest."""
        asked = (
            "SELECT digest, article, container, version FROM pages WHERE NOT EXISTS "
            "(SELECT 1 FROM temp.met WHERE met.article = pages.article AND met.read) AND digest IN"
        )
        return {row[0]: Page(*row) for row in self._each(asked, of=digests)}

    def other_versions(self, versions: Collection[str]) -> int:
        """How many pages were read by none of these versions."""
        marks = ",".join("?" * len(versions))
        rows = self._all(
            f"SELECT count(*) FROM pages WHERE version NOT IN ({marks})", *sorted(versions)
        )
        return int(rows[0][0])

    def begin_run(self) -> None:
        """Forget which articles were met."""
        with self._database_errors():
            for statement in _RUN:  # «executescript» would commit what is gathered
                self._db.execute(statement)

    def met(self, articles: Collection[str]) -> dict[str, str]:
        """Those of these articles that the run has read, each with the file it came from."""
        asked = "SELECT article, container FROM temp.met WHERE read AND article IN"
        return dict(self._each(asked, of=articles))

    def meet(self, pages: Iterable[Page], *, read: bool) -> None:
        """Remember that the run has met these pages; ``read``, or else found them unchanged."""
        with self._writing():
            before = self._db.total_changes
            self._db.executemany(
                "INSERT INTO temp.met VALUES (?, ?, ?) ON CONFLICT (article) DO UPDATE SET "
                "container = excluded.container, read = max(read, excluded.read)",
                [(page.article, page.container, read) for page in pages],
            )
            self._passing += self._db.total_changes - before

    def unmet_pages(self) -> Iterator[Page]:
        """The pages whose articles the run has not met."""
        rows = self._all(
            "SELECT digest, article, container, version FROM pages "
            "WHERE article NOT IN (SELECT article FROM temp.met)"
        )
        return (Page(*row) for row in rows)

    def replace_pages(
        self, pages: Iterable[Page], renewed: Collection[str], removed: Mapping[str, str]
    ) -> None:
        """Remember new pages in place of their articles' old ones; those ``renewed`` are not stale.

        Of the ``removed`` articles (id to title) only the title is kept, for ``gone``.
        """
        new = list(pages)
        with self._writing():
            changed = [(id,) for id in {page.article for page in new} | removed.keys()]
            self._db.executemany("DELETE FROM pages WHERE article = ?", changed)
            self._db.executemany("DELETE FROM gone WHERE article = ?", changed)
            self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", new)
            self._db.executemany("INSERT INTO gone VALUES (?, ?)", removed.items())
            for table in ("sightings", "titles"):
                self._db.executemany(
                    f"DELETE FROM {table} WHERE article = ?", [(id,) for id in removed]
                )
            self._db.executemany(
                "DELETE FROM stale WHERE article = ?", [(id,) for id in {*renewed, *removed}]
            )

    def forget_pages(self, articles: Iterable[str]) -> None:
        """The pages of these articles are as if they had never been indexed."""
        with self._writing():
            self._db.executemany("DELETE FROM pages WHERE article = ?", [(id,) for id in articles])

    def mark_stale(self, articles: Iterable[str]) -> None:
        """These articles are to be made anew from what the index holds."""
        with self._writing():
            self._db.executemany(
                "INSERT OR IGNORE INTO stale VALUES (?)", [(id,) for id in articles]
            )

    def stale(self, after: str, limit: int) -> list[str]:
        """The first articles behind this id that are to be made anew, in the order of their ids."""
        rows = self._all(
            "SELECT article FROM stale WHERE article > ? ORDER BY article LIMIT ?", after, limit
        )
        return [article for (article,) in rows]

    def forget_stale(self, articles: Iterable[str]) -> None:
        """These articles need not be made anew: they are no longer there."""
        with self._writing():
            self._db.executemany("DELETE FROM stale WHERE article = ?", [(id,) for id in articles])

    def gone(self, article: str) -> str | None:
        """The title of an article that was here and was removed, else None."""
        rows = self._all("SELECT title FROM gone WHERE article = ?", article)
        return rows[0][0] if rows else None

    def folded_titles(self, limit: int) -> list[tuple[str, str]]:
        """The newest articles: (id, words of the title, normalised)."""
        return self._all(
            "SELECT article, folded FROM titles ORDER BY date DESC, article LIMIT ?", limit
        )

    def titles(self, articles: Iterable[str]) -> list[str]:
        """The titles of articles, as printed; unknown ids are left out."""
        asked = "SELECT title FROM titles WHERE article = ?"
        return [title for article in articles for (title,) in self._all(asked, article)]

    def _add_titles(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        self._db.executemany("INSERT OR REPLACE INTO titles VALUES (?, ?, ?, ?)", rows)
