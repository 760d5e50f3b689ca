"""What an index knows besides postings and records: its words, its names, its pages.

One SQLite file beside the engine's folder, the same for every engine. Words lead from a stem or a
lemma to the printed forms that share it, names from an id to what people call it, pages from a
content digest to the article made of it, titles from an article to how it is headed, sightings from
a value to the articles that tell of it, buckets from pieces of a text's signature to the articles
that may print the same text. Words, names and titles are committed before the engine's
articles and pages after, so that a crash leaves at most words that nothing holds yet.
"""

import sqlite3
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from indexer.errors import EngineError
from indexer.model import EXTRACTED, Document, Word
from indexer.text.normalize import normalize

FORMAT = 4
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE words (
    exact TEXT PRIMARY KEY, stem TEXT NOT NULL, lemma TEXT NOT NULL, root TEXT NOT NULL,
    articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE names (
    facet TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL,
    folded TEXT NOT NULL, articles INTEGER NOT NULL, sounds TEXT NOT NULL DEFAULT '',
    wikidata TEXT NOT NULL DEFAULT '', PRIMARY KEY (facet, id)
) WITHOUT ROWID;
CREATE TABLE people (
    id TEXT PRIMARY KEY, merged TEXT NOT NULL, evidence TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sightings (
    article TEXT NOT NULL, facet TEXT NOT NULL, id TEXT NOT NULL, date TEXT NOT NULL,
    texts TEXT NOT NULL, roles TEXT NOT NULL, PRIMARY KEY (article, facet, id)
) WITHOUT ROWID;
CREATE INDEX sightings_by_value ON sightings (facet, id);
CREATE TABLE copies (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, story TEXT NOT NULL,
    day INTEGER NOT NULL, countries TEXT NOT NULL, signature BLOB NOT NULL
);
CREATE INDEX copies_by_story ON copies (story);
CREATE TABLE buckets (
    bucket INTEGER NOT NULL, copy INTEGER NOT NULL, PRIMARY KEY (bucket, copy)
) WITHOUT ROWID;
CREATE TABLE pages (
    digest TEXT PRIMARY KEY, article TEXT NOT NULL, container TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pages_by_article ON pages (article);
CREATE TABLE titles (
    article TEXT PRIMARY KEY, title TEXT NOT NULL, folded TEXT NOT NULL, date TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE gone (article TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
"""
# Made behind the first words: filled one by one these would take most of the time of learning them.
_WORDS_BY_LAYER = (
    "CREATE INDEX IF NOT EXISTS words_by_stem ON words (stem, articles DESC)",
    "CREATE INDEX IF NOT EXISTS words_by_lemma ON words (lemma, articles DESC)",
    "CREATE INDEX IF NOT EXISTS words_by_root ON words (root, articles DESC)",
)
_MAX_NAMES = 100_000  # in memory, some 30 MB
_MAX_FORMS = 400  # of one stem or lemma; beyond, the rarest are left out


class Page(NamedTuple):
    """One page as it was indexed: what it held, the article made of it, the file it came from."""

    digest: str
    article: str
    container: str


class Name(NamedTuple):
    """A facet value's id and names, and in how many articles it stands (roughly: see below)."""

    id: str
    name: str
    name_en: str
    articles: int


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


class Seen(NamedTuple):
    """How a facet value is called in all articles together.

    ``typed`` is all that readers may write for it; ``sounds`` how its names sound, see
    ``indexer.text.sounds``; ``wikidata`` its id there, or «».
    """

    id: str
    name: str
    name_en: str
    typed: str
    sounds: str
    wikidata: str


class Copy(NamedTuple):
    """An article as its copies are looked for: its story, that story's first day, and its text.

    ``day`` is an ordinal, 0 for a story without a date; ``signature`` is made by
    ``indexer.copies``; ``number`` is the catalogue's own.
    """

    number: int
    article: str
    story: str
    day: int
    countries: frozenset[str]
    signature: bytes


class Catalogue:
    """The words, names and pages of one index; safe to share between threads.

    Counts of articles grow with every indexing run and are not taken back when an article is
    replaced: they order suggestions, nothing else.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path
        self._using = threading.RLock()
        self._names: dict[tuple[str, str], Name | None] = {}  # by facet and id, of one state
        self._names_state = (0, 0)
        self._file = path.stat().st_ino

    @classmethod
    def create(cls, path: Path, engine: str) -> "Catalogue":
        """Make an empty catalogue for an index that ``engine`` keeps."""
        db = sqlite3.connect(path, check_same_thread=False)
        db.execute("PRAGMA journal_mode=WAL")
        with db:
            db.executescript(_SCHEMA)
            db.executemany(
                "INSERT INTO meta VALUES (?, ?)", [("format", str(FORMAT)), ("engine", engine)]
            )
        return cls(db, path)

    @classmethod
    def open(cls, path: Path) -> "Catalogue":
        """Open a catalogue; raises ``EngineError`` when it is damaged or of another version."""
        catalogue = cls(sqlite3.connect(path, check_same_thread=False), path)
        found = catalogue.meta("format")
        if found != str(FORMAT):
            raise EngineError(
                f"The index in {path.parent} has format {found}, this Rasad needs {FORMAT}; "
                "make it anew with «rasad index --rebuild»."
            )
        return catalogue

    def replaced(self) -> bool:
        """Whether another catalogue has taken this one's place on the disk."""
        try:
            return self._path.stat().st_ino != self._file
        except OSError:  # no catalogue is there: this one goes on until another is
            return False

    def close(self) -> None:
        """Close the file."""
        with self._using:
            self._db.close()

    def meta(self, key: str) -> str | None:
        """A remembered fact, or None."""
        rows = self._all("SELECT value FROM meta WHERE key = ?", key)
        return rows[0][0] if rows else None

    # Words

    def forms(self, word: Word) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The indexed forms that share the word's stem, and those that share its lemma."""
        return self._forms("stem", word.stem), self._forms("lemma", word.lemma)

    def related(self, word: Word) -> tuple[str, ...]:
        """The indexed forms that share the word's root; none for a word without one."""
        return self._forms("root", word.root) if word.root else ()

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
        found: dict[str, int] = {}
        wanted = list(forms)
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            found.update(
                self._all(f"SELECT exact, articles FROM words WHERE exact IN ({marks})", *some)
            )
        return found

    # Names

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

    def _read_names(self, facet: str, ids: Sequence[str]) -> None:
        """Read names into memory, also that there is none."""
        self._names.update(dict.fromkeys((facet, id) for id in ids))
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._all(
                "SELECT id, name, name_en, articles FROM names "
                f"WHERE facet = ? AND id IN ({marks})",
                facet,
                *some,
            )
            self._names.update({(facet, row[0]): Name(*row) for row in rows})

    def state(self) -> tuple[int, int]:
        """Changes with every change of the file, by this connection or any other."""
        return self._all("PRAGMA data_version")[0][0], self._db.total_changes

    def named(self, facet: str, text: str, limit: int = 50) -> list[Name]:
        """Values whose Arabic or Latin name holds every word of ``text``, frequent ones first."""
        words = normalize(text).replace("-", " ").split()
        if not words:
            return []
        clauses = " AND ".join(["folded LIKE ? ESCAPE '!'"] * len(words))
        return [
            Name(*row)
            for row in self._all(
                "SELECT id, name, name_en, articles FROM names "
                f"WHERE facet = ? AND {clauses} ORDER BY articles DESC, id LIMIT ?",
                facet,
                *(f"% {_literal(word)} %" for word in words),
                limit,
            )
        ]

    def folded_names(self) -> list[tuple[str, str, str]]:
        """All values, frequent ones first: (facet, id, words of the names, normalised)."""
        return self._all(
            "SELECT facet, id, trim(folded) FROM names ORDER BY articles DESC, facet, id"
        )

    # Titles

    def folded_titles(self, limit: int) -> list[tuple[str, str]]:
        """The newest articles: (id, words of the title, normalised)."""
        return self._all(
            "SELECT article, folded FROM titles ORDER BY date DESC, article LIMIT ?", limit
        )

    def titles(self, articles: Iterable[str]) -> list[str]:
        """The titles of articles, as printed; unknown ids are left out."""
        asked = "SELECT title FROM titles WHERE article = ?"
        return [title for article in articles for (title,) in self._all(asked, article)]

    # Profiles

    def sightings(self, facet: str, id: str) -> list[Sighting]:
        """Every article's view of a facet value."""
        rows = self._all(
            "SELECT article, date, texts, roles FROM sightings WHERE facet = ? AND id = ?",
            facet,
            id,
        )
        return [
            Sighting(article, facet, id, date, _lines(texts), _lines(roles))
            for article, date, texts, roles in rows
        ]

    def wikidata(self, id: str) -> str | None:
        """A person's Wikidata id, where known."""
        rows = self._all("SELECT wikidata FROM names WHERE facet = 'people' AND id = ?", id)
        return rows[0][0] or None if rows else None

    def sounding(self, heard: Collection[str], limit: int = 50) -> list[Name]:
        """People one of whose names has all these sounds, frequent ones first."""
        clauses = " AND ".join(["(' ' || sounds || ' ') LIKE ?"] * len(heard))
        rows = self._all(
            "SELECT id, name, name_en, articles FROM names WHERE facet = 'people' "
            f"AND sounds != '' AND {clauses or '0'} ORDER BY articles DESC, id LIMIT ?",
            *(f"% {sound} %" for sound in heard),
            limit,
        )
        return [Name(*row) for row in rows]

    def people(self) -> list[tuple[str, str, str]]:
        """The people who stand in no table: id, the id that they are merged into or «», evidence.

        See ``indexer.profiles``, whose JSON the evidence is.
        """
        return self._all("SELECT id, merged, evidence FROM people")

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

    def keep_people(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Remember people for ``people``."""
        with self._said_plainly(), self._db:
            self._db.executemany("INSERT OR REPLACE INTO people VALUES (?, ?, ?)", rows)

    def seen(self, facet: str, ids: Collection[str]) -> dict[str, dict[str, int]]:
        """How often each way to write the values is the first of an article, by id."""
        found: dict[str, dict[str, int]] = {}
        wanted = sorted(ids)
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._all(
                "SELECT id, substr(texts, 1, instr(texts || char(10), char(10)) - 1) AS text, "
                f"count(*) FROM sightings WHERE facet = ? AND id IN ({marks}) GROUP BY id, text",
                facet,
                *some,
            )
            for id, text, articles in rows:
                found.setdefault(id, {})[text] = articles
        return found

    def rename(self, facet: str, values: Iterable[Seen], gone: Collection[str]) -> None:
        """Call values what all articles together call them; forget those that are gone."""
        rows = [
            (v.name, v.name_en, _folded(v.typed), v.sounds, v.wikidata, facet, v.id, facet, v.id)
            for v in values
        ]
        with self._said_plainly(), self._db:
            self._db.executemany(
                "UPDATE names SET name = ?, name_en = ?, folded = ?, sounds = ?, wikidata = ?, "
                "articles = (SELECT count(*) FROM sightings s WHERE s.facet = ? AND s.id = ?) "
                "WHERE facet = ? AND id = ?",
                rows,
            )
            self._db.executemany(
                "DELETE FROM names WHERE facet = ? AND id = ?", [(facet, id) for id in gone]
            )

    def sight(self, articles: Collection[str], sightings: Iterable[Sighting]) -> None:
        """Remember what new articles say of their values, in place of what they said before."""
        rows = [(*s[:4], "\n".join(s.texts), "\n".join(s.roles)) for s in sightings]
        with self._said_plainly(), self._db:
            self._db.executemany(
                "DELETE FROM sightings WHERE article = ?", [(id,) for id in articles]
            )
            self._db.executemany("INSERT OR REPLACE INTO sightings VALUES (?, ?, ?, ?, ?, ?)", rows)

    # Copies; what is written here is committed with the words

    def copy(self, article: str) -> Copy | None:
        """An article's entry, or None."""
        rows = self._all(f"SELECT {_COPY} FROM copies WHERE article = ?", article)
        return _copy(rows[0]) if rows else None

    def copies(self, numbers: Collection[int]) -> list[Copy]:
        """The entries with these numbers."""
        marks = ",".join("?" * len(numbers))
        rows = self._all(f"SELECT {_COPY} FROM copies WHERE number IN ({marks})", *numbers)
        return [_copy(row) for row in rows]

    def has_story(self, story: str) -> bool:
        """Whether some article is in a story."""
        return bool(self._all("SELECT 1 FROM copies WHERE story = ? LIMIT 1", story))

    def keep_copy(self, copy: Copy) -> int:
        """Remember a new entry; returns its number."""
        values = (*copy[1:4], " ".join(sorted(copy.countries)), copy.signature)
        with self._said_plainly():
            added = self._db.execute(
                "INSERT INTO copies (article, story, day, countries, signature) "
                "VALUES (?, ?, ?, ?, ?)",
                values,
            )
            return int(added.lastrowid or 0)

    def forget_copy(self, number: int, buckets: Iterable[int]) -> None:
        """Forget an entry, which is in these buckets."""
        with self._said_plainly():
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
        with self._said_plainly():
            self._db.executemany("INSERT OR IGNORE INTO buckets VALUES (?, ?)", added)

    # Pages

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
        with self._said_plainly(), self._db:
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

    # Filling

    def learn(self, vocabulary: "Vocabulary") -> None:
        """Add the words and names of new documents, in one transaction."""
        with self._said_plainly(), self._db:
            self._db.executemany(
                "INSERT INTO words VALUES (?, ?, ?, ?, ?) ON CONFLICT (exact) DO UPDATE SET "
                "stem = excluded.stem, lemma = excluded.lemma, root = excluded.root, "
                "articles = articles + excluded.articles",
                vocabulary.word_rows(),
            )
            for statement in _WORDS_BY_LAYER:
                self._db.execute(statement)
            self._db.executemany(
                "INSERT INTO names (facet, id, name, name_en, folded, articles) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (facet, id) DO UPDATE SET "
                "articles = articles + excluded.articles",
                vocabulary.name_rows(),
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO titles VALUES (?, ?, ?, ?)", vocabulary.titles
            )

    def remember(self, key: str, value: str) -> None:
        """Keep a fact for ``meta``."""
        with self._said_plainly(), self._db:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        """Use the connection alone; SQLite's own exceptions leave as ``EngineError``."""
        try:
            with self._using:
                yield
        except sqlite3.Error as error:
            raise EngineError(
                f"The index's catalogue {self._path} can't be used: {error}. «rasad check» tells "
                "whether it is damaged; «rasad index --rebuild» makes it anew."
            ) from error

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing when it is whole."""
        return [one for (one,) in self._all("PRAGMA quick_check") if one != "ok"]

    def _all(self, statement: str, *values: object) -> list[Any]:
        with self._said_plainly(), closing(self._db.execute(statement, values)) as cursor:
            return cursor.fetchall()


class Vocabulary:
    """Collects the words and names of documents as they pass."""

    def __init__(self) -> None:
        self._words: dict[str, Word] = {}  # equal exact forms are equal words
        self._articles: Counter[str] = Counter()
        self._names: dict[tuple[str, str], list[Any]] = {}
        self.titles: list[tuple[str, str, str, str]] = []  # rows of the titles table

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the documents unchanged, and remember what they hold."""
        for document in documents:
            words = {word.exact: word for word in (*document.title, *document.body)}
            self._articles.update(words.keys())
            self._words |= words
            self._add_names(document)
            self._add_title(document)
            yield document

    def _add_title(self, document: Document) -> None:
        article = document.record.article
        folded = " ".join(word.exact for word in document.title)
        date = article.date.isoformat() if article.date else ""
        self.titles.append((article.id, article.title, folded, date))

    def word_rows(self) -> Iterator[tuple[object, ...]]:
        """Rows of the words table."""
        for exact, word in sorted(self._words.items()):
            yield exact, word.stem, word.lemma, word.root, self._articles[exact]

    def name_rows(self) -> Iterator[tuple[object, ...]]:
        """Rows of the names table."""
        for (facet, id), (name, name_en, articles) in self._names.items():
            yield facet, id, name, name_en, _folded(f"{name} {name_en}"), articles

    def _add_names(self, document: Document) -> None:
        record = document.record
        values = [
            (facet, value.id, value.name, value.name_en)
            for facet in EXTRACTED
            for value in record.facets.get(facet, ())
        ]
        values += [("sources", source, source, source) for source in record.values("sources")]
        for facet, id, name, name_en in values:
            entry = self._names.setdefault((facet, id), [name, name_en, 0])
            entry[2] += 1


def _folded(names: str) -> str:
    """Names as they are searched: words on the exact layer, each between spaces."""
    return f" {normalize(names).replace('-', ' ')} "


_COPY = "number, article, story, day, countries, signature"


def _copy(row: tuple[int, str, str, int, str, bytes]) -> Copy:
    number, article, story, day, countries, signature = row
    return Copy(number, article, story, day, frozenset(countries.split()), signature)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _literal(text: str) -> str:
    """The text for LIKE, its wildcards taken as letters."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
