"""From a stem, a lemma or a root to the printed forms that share it."""

import re
import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue.sqlite import Store
from indexer.model import Word

SCHEMA = """
CREATE TABLE words (
    exact TEXT PRIMARY KEY, stem TEXT NOT NULL, lemma TEXT NOT NULL, root TEXT NOT NULL,
    articles INTEGER NOT NULL, skeleton TEXT NOT NULL,
    printed TEXT NOT NULL DEFAULT '', votes INTEGER NOT NULL DEFAULT 0
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
_LAST = "\U0010ffff"  # behind every letter
_LONGEST_WORD = 40
_REMEMBERED = 256  # patterns
#: The article, with what Arabic writes onto it, as words in the exact layer begin.
_ARTICLES = ("", *(particle + "ال" for particle in ("", "و", "ف", "ب", "ك")), "لل")
_MAX_FORMS = 400  # of one stem or lemma; beyond, the rarest are left out
_MAX_FREQUENT = 200_000  # in memory, some 40 MB


class Frequent(NamedTuple):
    """The most frequent forms of one state of the catalogue.

    ``articles`` has them in this order, with the number of articles; ``printed`` how those are
    usually printed that look otherwise; ``by_length`` those of so many letters. ``near`` is room
    for what was found near to a form.
    """

    articles: dict[str, int]
    printed: dict[str, str]
    by_length: dict[int, list[str]]
    near: dict[tuple[str, int], dict[str, int]]


class Words(Store):
    """The words of all articles, each with the number of articles that hold it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._matches: dict[tuple[str, int], tuple[str, ...]] = {}  # by pattern, of one state
        self._matches_state = (0, 0)
        self._frequent: Frequent | None = None
        self._frequent_state = (0, 0)

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

    def _forms(self, layer: str, value: str, limit: int = _MAX_FORMS) -> tuple[str, ...]:
        rows = self._all(
            f"SELECT exact FROM words WHERE {layer} = ? ORDER BY articles DESC LIMIT ?",
            value,
            limit,
        )
        return tuple(exact for (exact,) in rows)

    def printed(self, lemma: str) -> str:
        """How the most frequent form of a lemma is usually printed; «» where none is indexed."""
        rows = self._all(
            "SELECT iif(printed != '', printed, exact) FROM words WHERE lemma = ? "
            "ORDER BY articles DESC, exact LIMIT 1",
            lemma,
        )
        return str(rows[0][0]) if rows else ""

    def frequent_forms(self, limit: int) -> list[str]:
        """The most frequent indexed forms; all, where ``limit`` is below zero."""
        rows = self._all("SELECT exact FROM words ORDER BY articles DESC, exact LIMIT ?", limit)
        return [exact for (exact,) in rows]

    def beginning(self, prefix: str, limit: int) -> tuple[str, ...]:
        """The most frequent forms that begin with ``prefix``, also behind particles: by stem."""
        end = prefix + _LAST
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

    def matching(self, pattern: str, limit: int) -> tuple[str, ...]:
        """The most frequent forms of this pattern, also behind an article.

        «*» stands for any letters, «?» for one. One query asks for the same patterns several times,
        and to find them takes up to a tenth of a second, so the last ones are remembered.
        """
        with self._using:
            state = self.state()
            if state != self._matches_state or len(self._matches) >= _REMEMBERED:
                self._matches, self._matches_state = {}, state
            found = self._matches.get((pattern, limit))
            if found is None:
                found = self._matches[pattern, limit] = self._matching(pattern, limit)
        return found

    def _matching(self, pattern: str, limit: int) -> tuple[str, ...]:
        """With letters before the first sign only the words that begin so are looked at.

        Words of a length that no language has are left out: on them several «*» take long.
        """
        head = re.split(r"[*?]", pattern, maxsplit=1)[0]
        looked_at, values = [], []
        for article in _ARTICLES if head else ("",):
            looked_at.append("exact >= ? AND exact < ? AND length(exact) <= ? AND exact GLOB ?")
            start = article + head
            values += [start, start + _LAST, _LONGEST_WORD, article + pattern]
        rows = self._all(
            " UNION ".join(f"SELECT exact, articles FROM words WHERE {part}" for part in looked_at)
            + " ORDER BY articles DESC, exact LIMIT ?",
            *values,
            limit,
        )
        return tuple(exact for exact, _ in rows)

    def frequent_words(self) -> Frequent:
        """The most frequent forms, kept in memory until the catalogue changes.

        What is near to a word is searched for among these; reading them from the disk for each
        word would take a hundred times as long.
        """
        with self._using:
            state = self.state()
            if self._frequent is None or state != self._frequent_state:
                self._frequent, self._frequent_state = self._read_frequent(), state
            return self._frequent

    def _read_frequent(self) -> Frequent:
        rows = self._all(
            "SELECT exact, articles, printed FROM words ORDER BY articles DESC, exact LIMIT ?",
            _MAX_FREQUENT,
        )
        found = Frequent({}, {}, {}, {})
        for exact, articles, printed in rows:
            found.articles[exact] = articles
            if printed not in ("", exact):
                found.printed[exact] = printed
            found.by_length.setdefault(len(exact), []).append(exact)
        return found

    def known(self, forms: Collection[str]) -> dict[str, int]:
        """Those of ``forms`` that are indexed, with the number of articles."""
        return dict(self._each("SELECT exact, articles FROM words WHERE exact IN", of=forms))

    def _add_words(self, rows: Iterable[tuple[object, ...]]) -> None:
        """Add words; how a word is printed goes on being voted on, see ``Spellings``."""
        self._db.executemany(
            "INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (exact) DO UPDATE SET "
            "stem = excluded.stem, lemma = excluded.lemma, root = excluded.root, "
            "skeleton = excluded.skeleton, "
            "articles = articles + excluded.articles, "
            "printed = iif(excluded.votes > votes, excluded.printed, printed), "
            "votes = iif(excluded.printed = printed, votes + excluded.votes, "
            "abs(votes - excluded.votes))",
            rows,
        )
        for statement in _WORDS_BY_LAYER:
            self._db.execute(statement)
