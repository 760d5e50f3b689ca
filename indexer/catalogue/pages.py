"""The pages that were indexed, and how their articles are headed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from indexer.catalogue.sqlite import Store

SCHEMA = """
CREATE TABLE pages (
    digest TEXT PRIMARY KEY, article TEXT NOT NULL, container TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pages_by_article ON pages (article);
CREATE TABLE titles (
    article TEXT PRIMARY KEY, title TEXT NOT NULL, folded TEXT NOT NULL, date TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE gone (article TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
"""


class Page(NamedTuple):
    """One page as it was indexed: what it held, the article made of it, the file it came from."""

    digest: str
    article: str
    container: str


class Pages(Store):
    """The pages that were indexed, the titles of articles, and of those that are gone."""

    def digests(self) -> dict[str, Page]:
        """All pages that were indexed, by digest."""
        return {
            row[0]: Page(*row) for row in self._all("SELECT digest, article, container FROM pages")
        }

    def replace_pages(self, pages: Iterable[Page], removed: Mapping[str, str]) -> None:
        """Remember new pages in place of their articles' old ones.

        Of the ``removed`` articles (id to title) only the title is kept, for ``gone``.
        """
        new = list(pages)
        with self._writing():
            changed = [(id,) for id in {page.article for page in new} | removed.keys()]
            self._db.executemany("DELETE FROM pages WHERE article = ?", changed)
            self._db.executemany("DELETE FROM gone WHERE article = ?", changed)
            self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", new)
            self._db.executemany("INSERT INTO gone VALUES (?, ?)", removed.items())
            for table in ("sightings", "titles"):
                self._db.executemany(
                    f"DELETE FROM {table} WHERE article = ?", [(id,) for id in removed]
                )

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
