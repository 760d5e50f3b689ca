"""From a stem, a lemma or a root to the printed forms that share it."""

from collections.abc import Collection, Iterable

from indexer.catalogue.store import Store
from indexer.model import Word

SCHEMA = """
CREATE TABLE words (
    exact TEXT PRIMARY KEY, stem TEXT NOT NULL, lemma TEXT NOT NULL, root TEXT NOT NULL,
    articles INTEGER NOT NULL, skeleton TEXT NOT NULL
) WITHOUT ROWID;
"""
# Made behind the first words: filled one by one these would take most of the time of learning them.
_WORDS_BY_LAYER = (
    "CREATE INDEX IF NOT EXISTS words_by_stem ON words (stem, articles DESC)",
    "CREATE INDEX IF NOT EXISTS words_by_lemma ON words (lemma, articles DESC)",
    "CREATE INDEX IF NOT EXISTS words_by_root ON words (root, articles DESC)",
    "CREATE INDEX IF NOT EXISTS words_by_skeleton ON words (skeleton, articles DESC) "
    "WHERE skeleton != ''",
)
_MAX_FORMS = 400  # of one stem or lemma; beyond, the rarest are left out


class Words(Store):
    """The words of all articles, each with the number of articles that hold it."""

    def forms(self, word: Word) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The indexed forms that share the word's stem, and those that share its lemma."""
        return self._forms("stem", word.stem), self._forms("lemma", word.lemma)

    def related(self, word: Word) -> tuple[str, ...]:
        """The indexed forms that share the word's root; none for a word without one."""
        return self._forms("root", word.root) if word.root else ()

    def of_skeleton(self, skeleton: str) -> list[tuple[str, str]]:
        """The indexed forms of foreign words with this skeleton, each with its lemma."""
        return self._all(
            "SELECT exact, lemma FROM words WHERE skeleton = ? AND skeleton != '' "
            f"ORDER BY articles DESC LIMIT {_MAX_FORMS}",
            skeleton,
        )

    def _forms(self, layer: str, value: str) -> tuple[str, ...]:
        rows = self._all(
            f"SELECT exact FROM words WHERE {layer} = ? ORDER BY articles DESC LIMIT {_MAX_FORMS}",
            value,
        )
        return tuple(exact for (exact,) in rows)

    def frequent_forms(self, limit: int) -> list[str]:
        """The most frequent indexed forms; all, where ``limit`` is below zero."""
        rows = self._all("SELECT exact FROM words ORDER BY articles DESC, exact LIMIT ?", limit)
        return [exact for (exact,) in rows]

    def beginning(self, prefix: str, limit: int) -> tuple[str, ...]:
        """The most frequent forms that begin with ``prefix``, also behind particles: by stem."""
        end = prefix + "\U0010ffff"
        rows = self._all(
            "SELECT exact, articles FROM words WHERE exact >= ? AND exact < ? "
            "UNION SELECT exact, articles FROM words WHERE stem >= ? AND stem < ? "
            "ORDER BY articles DESC LIMIT ?",
            prefix,
            end,
            prefix,
            end,
            limit,
        )
        return tuple(exact for exact, _ in rows)

    def of_length(self, least: int, most: int) -> dict[str, int]:
        """The indexed forms of so many letters, with the number of articles."""
        return dict(
            self._all(
                "SELECT exact, articles FROM words WHERE length(exact) BETWEEN ? AND ?", least, most
            )
        )

    def known(self, forms: Collection[str]) -> dict[str, int]:
        """Those of ``forms`` that are indexed, with the number of articles."""
        return dict(self._each("SELECT exact, articles FROM words WHERE exact IN", of=forms))

    def _add_words(self, rows: Iterable[tuple[object, ...]]) -> None:
        self._db.executemany(
            "INSERT INTO words VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (exact) DO UPDATE SET "
            "stem = excluded.stem, lemma = excluded.lemma, root = excluded.root, "
            "skeleton = excluded.skeleton, "
            "articles = articles + excluded.articles",
            rows,
        )
        for statement in _WORDS_BY_LAYER:
            self._db.execute(statement)
