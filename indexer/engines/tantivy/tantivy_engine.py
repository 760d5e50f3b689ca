"""The fast embedded engine: tantivy keeps the postings and the records, numpy counts.

All layers are indexed, each in a field of its own over title and body together and one over
the title alone; tantivy matches and scores. Facets, dates and the order of ids stand in columns
(``stored_columns``).
"""

import json
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from indexer import deadline
from indexer.deadline import OutOfTime
from indexer.engines import record_json
from indexer.engines.base import RANKED, Hit, LeftRecord, Search
from indexer.engines.columnar.columns import Columns, Ints, Mask, Row, row
from indexer.engines.columnar.minimum_match import covering, full, rarity
from indexer.engines.columnar.snapshot import Snapshot, SnapshotReader
from indexer.engines.failures import locked, missing, unusable
from indexer.engines.ranking import RANKING, Ranking
from indexer.engines.tantivy.linked_folder import LinkedFolder, linked
from indexer.engines.tantivy.queries import ABSENT, GAP, Queries, line, unranked
from indexer.engines.tantivy.store_records import left_records
from indexer.engines.tantivy.stored_columns import (
    Chunk,
    chunks,
    matching,
    numbered,
    read_chunk,
)
from indexer.errors import EngineError
from indexer.model import Document, Filter, Record
from indexer.query.ast import EVERYTHING, All, Any, Clause, Exact, Match, Most, Phrase
from indexer.schema import COLUMNS

_WRITER_BYTES = 256_000_000
_CHUNK_ROWS = 10_000  # so many rows are kept in memory while writing
_TIES = 10  # hits asked for beyond the page, in case some score the same as its last

LAYERS = ("exact", "stem", "lemma", "root")
Stamp = tuple[int, int, int]


class TantivyEngine(SnapshotReader):
    """Implements ``indexer.engines.base.Engine`` over one folder.

    Tantivy's BM25 has k1 and b built in; they are those of ``RANKING``.
    """

    name = "tantivy"

    def __init__(
        self,
        index: tantivy.Index,
        folder: Path,
        ranking: Ranking = RANKING,
        links: LinkedFolder | None = None,
    ) -> None:
        super().__init__()
        index.config_reader("manual")
        self._links = links
        self._index = index
        self._folder = folder
        self._ranking = ranking
        self._opening = threading.Lock()
        self._snapshot: _TantivySnapshot | None = None

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = False, ranking: Ranking = RANKING
    ) -> "TantivyEngine":
        """Open the index in ``folder``; make an empty one there if allowed and there is none."""
        with engine_errors(folder):
            if not _meta(folder).exists() and not list(folder.glob("*.store")):
                if not create:
                    raise missing(folder)
                folder.mkdir(parents=True, exist_ok=True)
                return cls(tantivy.Index(_schema(), str(folder)), folder, ranking)
            links = linked(folder)
            index = tantivy.Index.open(str(links.folder if links else folder))
            if index.schema != _schema():
                raise EngineError(
                    f"The index in {folder} was made by another version of Rasad; "
                    "make it anew with «rasad index --rebuild»."
                )
            return cls(index, folder, ranking, links)

    @staticmethod
    def left_records(folder: Path, damaged: Collection[str]) -> Iterator[LeftRecord]:
        """The records that a damaged index still holds, see ``indexer.engines.left_records``."""
        return left_records(folder, damaged, _schema())

    def writer(self) -> "_Writer":
        with self._engine_errors():
            native = self._native_writer()
            _clear_uncommitted(self._folder)
            return _Writer(native, self._folder, self._current(), self._newest)

    def _newest(self) -> tantivy.Searcher:
        """A searcher over what is committed now."""
        self._reload()
        return self._index.searcher()

    def records(self, ids: Sequence[str], *, mentions: bool = True) -> list[Record]:
        with self._engine_errors():
            snapshot = self._held or self._snapshot
            if snapshot and (self._held or snapshot.stamp == _stamp(self._folder)):
                found: list[Record] = snapshot.records(ids, mentions)
                return found
            # Records need no columns, which take time and room: a run reads some after each commit.
            return _records(self._newest(), self._index.schema, ids, mentions)

    def files(self) -> frozenset[str]:
        with self._engine_errors():
            return frozenset(_files(self._folder))

    def _native_writer(self) -> tantivy.IndexWriter:
        try:
            # One thread leaves few segments; it is faster than the analysis that feeds it.
            return self._index.writer(_WRITER_BYTES, 1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            raise locked(self._folder) from error

    def _reload(self) -> None:
        if self._links is not None:
            self._links.renew()
        self._index.reload()

    def close(self) -> None:
        self._snapshot = None
        if self._links is not None:
            self._links.close()

    def _engine_errors(self) -> AbstractContextManager[None]:
        return engine_errors(self._folder)

    def _current(self) -> "_TantivySnapshot":
        stamp = _stamp(self._folder)
        snapshot = self._snapshot
        if snapshot is None or snapshot.stamp != stamp:
            with self._opening:
                if self._snapshot is None or self._snapshot.stamp != stamp:
                    self._reload()
                    self._snapshot = _TantivySnapshot(
                        self._index, stamp, self._ranking, self._snapshot
                    )
                snapshot = self._snapshot
        return snapshot


class _NativeMatches(NamedTuple):
    """The rows that a query matches, the query as tantivy's, and whether it gives scores.

    ``held`` is a mask of rows for each clause of its ``Most``.
    """

    matches: Mask
    native: Query
    scored: bool
    held: NDArray[np.bool_] | None = None


class _TantivySnapshot(Snapshot[_NativeMatches]):
    """One commit of the index, open for reading."""

    def __init__(
        self,
        index: tantivy.Index,
        stamp: Stamp,
        ranking: Ranking,
        before: "_TantivySnapshot | None",
    ) -> None:
        self.stamp = stamp
        self._ranking = ranking
        self._schema = index.schema
        self._searcher = index.searcher()
        known = {chunk.key: chunk for chunk in before.chunks} if before else {}
        self.chunks: list[Chunk] = chunks(self._searcher, known)
        columns = Columns.join([chunk.columns for chunk in self.chunks])
        numbers = np.concatenate([np.zeros(0, np.int64), *(c.numbers for c in self.chunks)])
        self.next_number = int(numbers.max(initial=-1)) + 1
        self._row_of = np.full(self.next_number, -1)
        self._row_of[numbers] = np.arange(len(numbers))
        super().__init__(columns, self._holding(Query.exists_query("number"), len(columns)))
        self._queries = Queries(self._schema, self._searcher, ranking)

    def living(self, numbers: Ints) -> Mask:
        """Which of these article numbers are in this commit, neither replaced nor removed."""
        alive: Mask = self._alive[self._row_of[numbers]]
        return alive

    def hits(
        self,
        answer: _NativeMatches,
        search: Search,
        wanted: int,
        found: Mask,
        shown: Mask,
        full: Mask,
    ) -> list[tuple[int, Hit]]:
        if search.sort == "relevance" and answer.scored and not deadline.is_over():
            share = np.count_nonzero(shown) / np.count_nonzero(found)
            return self._best(self._filtered(answer.native, search.filters), wanted, shown, share)
        return self._first(search, wanted, shown, full, None)

    def scores(self, answer: _NativeMatches, search: Search, found: Mask) -> NDArray[np.float64]:
        scores = np.zeros(len(found))
        if answer.scored and search.sort == "relevance" and not deadline.is_over():
            query = self._filtered(answer.native, search.filters)
            best = self._searcher.search(query, RANKED, count=False).hits
            scores[self._rows_at([at for _, at in best])] = [float(score) for score, _ in best]
            scores[~found] = 0.0  # held by too few words to be found
        return scores

    def _rows_at(self, addresses: list[tantivy.DocAddress]) -> Ints:
        numbers = np.array(self._searcher.fast_field_values("number", addresses), np.int64)
        rows: Ints = self._row_of[numbers]
        return rows

    def answer(self, query: Clause) -> _NativeMatches:
        try:
            deadline.check()
            return self._answer(query)
        except OutOfTime:
            nothing = np.zeros(len(self._alive), np.bool_)
            return _NativeMatches(nothing, Query.empty_query(), scored=False)

    def _answer(self, query: Clause) -> _NativeMatches:
        match query:
            case Most():
                return self._most(query)
            case All(clauses) if any(isinstance(one, Most) for one in clauses):
                return self._all(clauses)
        native = self._queries.query(query)
        everything = query == EVERYTHING
        matches = self._alive if everything else self._holding(native, len(self._alive))
        return _NativeMatches(matches, native, _scores(query))

    def matches(self, clause: Clause, id: str) -> bool:
        # Most articles that are asked for hold all of the query: to ask about the one article is
        # enough for these, and takes a fraction of what counting who holds enough does.
        if id in self.rows and isinstance(clause, Most) and clause.clauses:
            natives = [self._queries.query(unranked(one)) for one in clause.clauses]
            if all(self._is_among(native, id) for native in natives):
                return True
        return super().matches(clause, id)

    def _is_among(self, query: Query, id: str) -> bool:
        one = Query.term_query(self._schema, "id", id)
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, one)])
        return bool(self._searcher.search(both, 1, count=False).hits)

    def _most(self, query: Most) -> _NativeMatches:
        """Tantivy knows no minimum of what must match by weight: who holds what is counted here."""
        rows = len(self._alive)
        natives = [self._queries.query(unranked(one)) for one in query.clauses]
        nothing = np.zeros(rows, np.bool_)
        held = np.array(
            [nothing if deadline.is_over() else self._holding(one, rows) for one in natives],
            np.bool_,
        )
        held = held.reshape(len(natives), rows)
        living = int(np.count_nonzero(self._alive))
        rarities = rarity(np.count_nonzero(held, axis=1), living).tolist()
        matches = full(held) if query.strict else covering(held, self._alive, self._ranking)
        native = self._queries.most(query, rarities)
        return _NativeMatches(matches & self._alive, native, bool(natives), held)

    def _all(self, clauses: Sequence[Clause]) -> _NativeMatches:
        """The articles that a ``Most`` and other clauses match."""
        first = self._most(next(one for one in clauses if isinstance(one, Most)))
        others = All(tuple(one for one in clauses if not isinstance(one, Most)))
        rest = self._queries.query(others)
        deadline.check()
        native = Query.boolean_query([(Occur.Must, first.native), (Occur.Must, rest)])
        matches = first.matches & self._holding(rest, len(self._alive))
        return first._replace(matches=matches, native=native)

    def _holding(self, query: Query, rows: int) -> Mask:
        mask = np.zeros(rows, np.bool_)
        numbers = matching(self._searcher, self._schema, query, self.next_number)
        mask[self._row_of[numbers]] = True
        return mask

    def _filtered(self, query: Query, filters: Collection[Filter]) -> Query:
        chosen: dict[str, list[str]] = {}
        parts = [(Occur.Must, query)]
        for one in filters:
            if one.either and not one.exclude:
                chosen.setdefault(one.facet, []).append(one.value)
            else:
                occurs = Occur.MustNot if one.exclude else Occur.Must
                parts.append((occurs, self._queries.holding(one.facet, [one.value])))
        parts += [(Occur.Must, self._queries.holding(*choice)) for choice in chosen.items()]
        return Query.boolean_query(parts) if filters else query

    def _best(self, query: Query, wanted: int, shown: Mask, share: float) -> list[tuple[int, Hit]]:
        """The ``wanted`` hits to show that score highest, equal ones by id, with their rows.

        ``share`` of the hits are to be shown: so many more are asked for.
        """
        size = int(wanted / share) + _TIES
        while True:
            found = self._searcher.search(query, size, count=False).hits
            scores = [round(float(score), 4) for score, _ in found]
            addresses = [address for _, address in found]
            rows = self._rows_at(addresses).tolist()
            hits = [
                (row, Hit(self._columns.ids[row], score))
                for row, score in zip(rows, scores, strict=True)
                if shown[row]
            ]
            enough = len(hits) >= wanted and scores[-1] < hits[wanted - 1][1].score
            if len(found) < size or enough:
                break
            size *= 4
        return sorted(hits, key=lambda hit: (-hit[1].score, hit[1].id))[:wanted]

    def records(self, ids: Sequence[str], mentions: bool) -> list[Record]:
        known = [id for id in ids if id in self.rows]
        return _records(self._searcher, self._schema, known, mentions)


class _Writer:
    """Writes articles, and chunks of their columns in the same commits."""

    def __init__(
        self,
        native: tantivy.IndexWriter,
        folder: Path,
        before: _TantivySnapshot,
        newest: Callable[[], tantivy.Searcher],
    ) -> None:
        self._native = native
        self._folder = folder
        self._before = before
        self._newest = newest
        self._older = [_Older(one.key, len(one.numbers), one) for one in before.chunks]
        self._next = before.next_number
        self._numbers: dict[str, int] = {}  # of the articles added, by id
        self._dead: list[int] = []  # numbers given by this writer of what was replaced or removed
        self._rows: list[Row] = []
        self._changed = False

    def add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            with engine_errors(self._folder):
                self._add(document)

    def _add(self, document: Document) -> None:
        id = document.record.article.id
        self._drop(id)
        self._numbers[id] = self._next
        one = row(document)
        self._native.add_document(_stored(document, one, self._next))
        self._next += 1
        self._rows.append(one)
        self._changed = True
        if len(self._rows) == _CHUNK_ROWS:
            self._flush()

    def remove(self, ids: Iterable[str]) -> None:
        with engine_errors(self._folder):
            for id in ids:
                self._drop(id)

    def _drop(self, id: str) -> None:
        """Let an article go if it is there."""
        if id in self._numbers:
            self._dead.append(self._numbers.pop(id))
        elif id not in self._before.rows:
            return
        self._native.delete_documents_by_term("id", id)
        self._changed = True

    def commit(self) -> None:
        if not self._changed:
            return
        with engine_errors(self._folder):
            self._flush()
            self._native.commit()
            # A large chunk is joined once in a long while: till then this writer keeps none.
            self._older = [
                one._replace(chunk=None) if one.rows > _CHUNK_ROWS else one for one in self._older
            ]
        self._changed = False

    def close(self) -> None:
        with engine_errors(self._folder):
            try:
                if self._changed:
                    self._native.rollback()
            finally:
                self._native.wait_merging_threads()  # and let go of the lock

    def _flush(self) -> None:
        """Add the columns of the articles so far, joined with older chunks that are no larger.

        So there are never many chunks, and the rows of replaced articles go.
        """
        if not self._rows:
            return
        chunk = Chunk.build(range(self._next - len(self._rows), self._next), self._rows)
        while self._older and self._older[-1].rows <= len(chunk.numbers):
            key, _, older = self._older.pop()
            if older is None:
                older = read_chunk(self._newest(), _schema(), key)
            self._native.delete_documents_by_term("chunk", key)
            chunk = Chunk.join(older.select(self._living(older.numbers)), chunk)
        self._native.add_document(chunk.document())
        self._older.append(_Older(chunk.key, len(chunk.numbers), chunk))
        self._rows = []

    def _living(self, numbers: Ints) -> Mask:
        """Which of these are neither replaced nor removed, as far as this writer can tell."""
        earlier = numbers < self._before.next_number
        alive = np.ones(len(numbers), np.bool_)
        alive[earlier] = self._before.living(numbers[earlier])
        alive[~earlier] = ~np.isin(numbers[~earlier], self._dead)
        return alive


class _Older(NamedTuple):
    """A chunk that is in the index, or on its way there; None where it is to be read again."""

    key: str
    rows: int
    chunk: Chunk | None


def _records(
    searcher: tantivy.Searcher, schema: tantivy.Schema, ids: Sequence[str], mentions: bool
) -> list[Record]:
    """The records of these articles in this order; unknown ids are left out."""
    if not ids:
        return []
    query = Query.term_set_query(schema, "id", list(ids))
    found = {}
    for _, address in searcher.search(query, len(ids), count=False).hits:
        stored = searcher.doc(address)
        found[stored.get_first("id")] = bytes(stored.get_first("record") or b"").decode()
    return [record_json.loads(found[id], mentions=mentions) for id in ids if id in found]


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for layer in LAYERS:
        option = "position" if layer == "exact" else "freq"
        for field in (layer, f"title_{layer}"):
            schema.add_text_field(field, tokenizer_name="whitespace", index_option=option)
    for facet in COLUMNS:
        schema.add_text_field(facet, tokenizer_name="raw", index_option="basic")
    schema.add_integer_field("day", indexed=True, fast=True)
    schema.add_integer_field("number", fast=True)
    schema.add_float_field("bit", fast=True)
    schema.add_bytes_field("record", stored=True)
    schema.add_bytes_field("words", stored=True)
    schema.add_text_field("chunk", fast=True, tokenizer_name="raw", index_option="basic")
    schema.add_bytes_field("numbers", stored=True)
    schema.add_bytes_field("columns", stored=True)
    return schema.build()


def _stored(document: Document, one: Row, number: int) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_text("id", one.id)
    for field in LAYERS:
        layer = attrgetter(field)
        title = line([layer(word) or ABSENT for word in document.title])
        body = line([layer(word) or ABSENT for word in document.body])
        stored.add_text(field, body)
        stored.add_text(f"title_{field}", title)
        if field == "exact":
            stored.add_bytes("words", f"{title}\n{body}".encode())
            stored.add_pre_tokenized_text(field, _at_a_distance(title))
        else:
            stored.add_text(field, title)
    for facet, values in zip(COLUMNS, one.values, strict=True):
        for value in values:
            stored.add_text(facet, value)
    if one.date:
        stored.add_integer("day", one.date)
    stored.add_bytes("record", record_json.dumps(document.record).encode())
    numbered(stored, number)
    return stored


def _at_a_distance(title: str) -> tantivy.PreTokenizedString:
    """The words of the title so far behind those of the body that no phrase reaches across."""
    tokens = [tantivy.Token(word, GAP + i, 0) for i, word in enumerate(title.split(" ")) if word]
    return tantivy.PreTokenizedString(title, tokens)


def _scores(clause: Clause) -> bool:
    """Whether a clause gives scores above 0."""
    match clause:
        case All(clauses) | Any(clauses):
            return any(map(_scores, clauses))
        case _:
            return isinstance(clause, Match | Exact | Phrase)


def _meta(folder: Path) -> Path:
    return folder / "meta.json"


def _clear_uncommitted(folder: Path) -> None:
    """Remove the deletions that a killed writer wrote down for a commit that was never made: the
    next one would call a file the same, which tantivy refuses."""
    committed = json.loads(_meta(folder).read_text("utf-8"))["opstamp"]
    for path in folder.glob("*.del"):
        if int(path.name.split(".")[1]) > committed:
            path.unlink()


def _files(folder: Path) -> Iterator[str]:
    """The files that the newest commit is in; raises ``ValueError`` where it can't be read."""
    yield from (name for name in (_meta(folder).name, ".managed.json") if (folder / name).exists())
    ends = {}
    for segment in json.loads(_meta(folder).read_bytes())["segments"]:
        deletes = segment["deletes"]
        ends[segment["segment_id"].replace("-", "")] = deletes and f".{deletes['opstamp']}.del"
    for path in folder.iterdir():
        id, dot, end = path.name.partition(".")
        if id in ends and (not end.endswith(("del", "temp")) or dot + end == ends[id]):
            yield path.name


def _stamp(folder: Path) -> Stamp:
    """What changes with every commit: tantivy replaces the file."""
    stat = _meta(folder).stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


@contextmanager
def engine_errors(folder: Path) -> Iterator[None]:
    """Let tantivy's and the disk's own exceptions leave as ``EngineError``.

    Tantivy panics over some damage; that arrives as an exception which is not an ``Exception``.
    """
    try:
        yield
    except BaseException as error:
        if not isinstance(error, ValueError | OSError) and type(error).__name__ != "PanicException":
            raise
        raise unusable(folder, error) from error
