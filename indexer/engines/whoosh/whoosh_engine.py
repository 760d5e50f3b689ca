"""The embedded default engine: Whoosh keeps the postings and the records, numpy counts.

Only the exact layer is indexed, with positions; a loose word is looked up through the printed
forms that share its stem or lemma (``Match``), so a better lexicon needs no new index.
What ranking, sorting and facets ask of every article stands in columns, one file a segment.

Whoosh's documents are of three kinds. Articles are stored; their words stand together on a shelf.
Behind them comes the shelf's anchor, which names the packed file of the words and goes with the
last of the articles. Later the words of many shelves are gathered into segments of words documents,
the only ones with postings. Until then a shelf is open: its words are read from the file.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, index
from whoosh.filedb import structfile

from indexer.deadline import OutOfTime
from indexer.engines import record_json
from indexer.engines.base import RANKED, Hit, LeftRecord, Search
from indexer.engines.columnar.columns import Columns, Mask
from indexer.engines.columnar.snapshot import Snapshot, SnapshotReader
from indexer.engines.failures import missing
from indexer.engines.ranking import RANKING, Ranking
from indexer.engines.whoosh.mapped_bytes import read_where_mapped
from indexer.engines.whoosh.postings import Postings, Shelving, read
from indexer.engines.whoosh.restricted_pickles import restrict
from indexer.engines.whoosh.scoring import Floats, ScoredMatches, Scorer
from indexer.engines.whoosh.segment_records import left_records
from indexer.engines.whoosh.segments import segments_of
from indexer.engines.whoosh.shelf_writer import Gone, ShelfWriter
from indexer.engines.whoosh.shelves import PackedShelf, ShelfFiles, Shelves, WordsDocument
from indexer.engines.whoosh.whoosh_errors import damage_errors, engine_errors
from indexer.engines.whoosh.words_field import WordsField
from indexer.model import Record
from indexer.query.ast import Clause

_CACHED_POSITIONS = 8_000_000  # in posting lists kept in memory: 64 MB


class WhooshEngine(SnapshotReader):
    """Implements ``indexer.engines.base.Engine`` over one folder."""

    name = "whoosh"

    def __init__(self, ix: Any, folder: Path, ranking: Ranking = RANKING) -> None:
        super().__init__()
        self._ix = ix
        self._folder = folder
        self._ranking = ranking
        self._opening = threading.Lock()
        self._snapshot: _WhooshSnapshot | None = None

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = False, ranking: Ranking = RANKING
    ) -> "WhooshEngine":
        """Open the index in ``folder``; make an empty one there if allowed and there is none."""
        read_where_mapped(structfile)
        restrict()
        with engine_errors(folder), damage_errors(folder):
            if index.exists_in(folder):
                return cls(index.open_dir(folder), folder, ranking)
            if not create:
                raise missing(folder)
            folder.mkdir(parents=True, exist_ok=True)
            return cls(index.create_in(folder, _schema()), folder, ranking)

    @staticmethod
    def left_records(folder: Path, damaged: Collection[str]) -> Iterator[LeftRecord]:
        """The records that a damaged index still holds, see ``indexer.engines.left_records``."""
        return left_records(folder, damaged)

    def writer(self) -> ShelfWriter:
        with self._engine_errors():
            return ShelfWriter(self._ix, self._folder, self._current)

    def files(self) -> frozenset[str]:
        with self._engine_errors(), damage_errors(self._folder):
            toc = self._ix._read_toc()
            segments = {segment.segment_id() for segment in toc.segments}
            names = {f"_{self._ix.indexname}_{toc.generation}.toc"}
            names |= {
                path.name
                for path in self._folder.iterdir()
                if path.stem in segments and path.is_file()
            }
            shelves = self._folder.glob("shelves/*.shelf")
            return frozenset(names | {f"shelves/{path.name}" for path in shelves})

    def close(self) -> None:
        if self._snapshot is not None:
            self._snapshot.reader.close()
            self._snapshot = None
        self._ix.close()

    def _engine_errors(self) -> AbstractContextManager[None]:
        return engine_errors(self._folder)

    def _current(self) -> "_WhooshSnapshot":
        snapshot = self._snapshot
        generation = self._ix.latest_generation()
        if snapshot is not None and generation < 0:
            return snapshot  # a new index is taking this one's place, whose files are still open
        if snapshot is None or snapshot.generation != generation:
            with self._opening:
                if self._snapshot is None or self._snapshot.generation != generation:
                    with damage_errors(self._folder):
                        self._snapshot = self._newest()
                snapshot = self._snapshot
        return snapshot

    def _newest(self) -> "_WhooshSnapshot":
        """A commit that comes while the state is opened may take packed shelves away."""
        known = self._snapshot.packed if self._snapshot is not None else {}
        while True:
            reader = self._ix.reader()
            try:
                return _WhooshSnapshot(reader, self._folder, self._ranking, known)
            except BaseException as error:
                reader.close()
                newer = reader.generation() != self._ix.latest_generation()
                if not (newer and isinstance(error, FileNotFoundError)):
                    raise


class _WhooshSnapshot(Snapshot[ScoredMatches]):
    """One generation of the index, open for reading."""

    def __init__(
        self, reader: Any, folder: Path, ranking: Ranking, known: Mapping[str, PackedShelf]
    ) -> None:
        self.reader = reader
        self.generation = reader.generation()
        self._folder = folder
        leaves = reader.leaf_readers() if reader.doc_count_all() else []
        segments = segments_of([leaf for leaf, _ in leaves], folder / "columns")
        self._shelving = Shelving(
            np.concatenate([np.zeros(0, np.int64), *(one.slots for one in segments)]),
            [shelf for one in segments for shelf in one.shelves],
        )
        dead = [base + n for leaf, base in leaves for n in leaf.segment().deleted_docs()]
        alive = ~np.isin(self._shelving.documents, dead)
        super().__init__(Columns.join([segment.columns for segment in segments]), alive)
        self._anchors = frozenset(self._shelving.keys.values()) - frozenset(dead)  # those alive
        self.shelves = self._living(
            {
                leaf.segment().segment_id(): segment.shelves
                for (leaf, _), segment in zip(leaves, segments, strict=True)
            }
        )
        files = ShelfFiles(folder / "shelves")
        #: The open shelves.
        self.packed = {
            key: known[key] if key in known else files.open(key) for key in self.shelves.open
        }
        # Only segments of words have postings.
        self._leaves = [
            leaf for leaf, segment in zip(leaves, segments, strict=True) if segment.holds_words
        ]
        self._reading = threading.Lock()  # readers share file positions between threads
        self._lists: OrderedDict[str, Postings] = OrderedDict()
        self._kept = 0
        self._scorer = Scorer(self._postings, self._columns, alive, ranking)

    def _living(self, shelves: Mapping[str, Sequence[str | WordsDocument]]) -> Shelves:
        """The shelves whose anchors are alive, of all shelves by segment."""
        shelving = self._shelving
        living = {
            key: size for key, size in shelving.open.items() if shelving.keys[key] in self._anchors
        }
        gathered = {
            segment: tuple(
                one
                for one in own
                if isinstance(one, WordsDocument) and self._holds(one, self._anchors)
            )
            for segment, own in shelves.items()
        }
        return Shelves(living, {segment: words for segment, words in gathered.items() if words})

    def _holds(self, words: WordsDocument, anchors: Collection[int]) -> bool:
        """Whether a words document covers any of these anchors."""
        return any(self._shelving.keys.get(key) in anchors for key, _ in words.covers)

    def hits(
        self,
        answer: ScoredMatches,
        search: Search,
        wanted: int,
        found: Mask,
        shown: Mask,
        full: Mask,
    ) -> list[tuple[int, Hit]]:
        return self._first(search, wanted, shown, full, answer.scores)

    def scores(self, answer: ScoredMatches, search: Search, found: Mask) -> Floats:
        scores = np.where(found, answer.scores, 0.0)
        if np.count_nonzero(found) > RANKED:
            scores[scores < np.partition(scores, -RANKED)[-RANKED]] = 0.0
        return scores

    def answer(self, query: Clause) -> ScoredMatches:
        try:
            answer = self._scorer.answer(query)
        except OutOfTime:
            answer = self._scorer.nothing()
        return answer._replace(matches=answer.matches & self._alive)

    def records(self, ids: Sequence[str], mentions: bool) -> list[Record]:
        with damage_errors(self._folder):
            with self._reading:
                stored = [
                    self.reader.stored_fields(int(self._shelving.documents[self.rows[id]]))
                    for id in ids
                    if id in self.rows
                ]
            return [record_json.loads(one["record"], mentions=mentions) for one in stored]

    def replaced(self, ids: Collection[str]) -> Gone:
        """What goes with these articles: shelves that are left empty too, and their words."""
        going = np.zeros(len(self._alive), np.bool_)
        going[[self.rows[id] for id in self.rows.keys() & ids]] = True
        shelving = self._shelving
        left = set(shelving.anchors[self._alive & ~going].tolist())
        emptied = self._anchors - left
        keys = {key for key, anchor in shelving.keys.items() if anchor in emptied}
        documents = [*shelving.documents[going].tolist(), *sorted(emptied)]
        for document, words in shelving.words.items():
            if self._holds(words, emptied) and not self._holds(words, left):
                documents.append(document)
                keys.add(words.key)
        return Gone(documents, keys)

    def _postings(self, form: str) -> Postings:
        with self._reading:
            postings = self._lists.pop(form, None)
            if postings is None:
                postings = self._read(form.encode())
                self._kept += len(postings.positions) + 1
                while self._kept > _CACHED_POSITIONS and self._lists:
                    _, oldest = self._lists.popitem(last=False)
                    self._kept -= len(oldest.positions) + 1
            self._lists[form] = postings
        return postings

    def _read(self, form: bytes) -> Postings:
        documents, payloads = read(self._leaves, "words", form)
        for key, shelf in self.packed.items():
            if payload := shelf.get(form):
                documents.append(self._shelving.keys[key])
                payloads.append(payload)
        return self._shelving.postings(documents, payloads)


def _schema() -> fields.Schema:
    return fields.Schema(
        words=WordsField(),
        slot=fields.STORED,
        shelf=fields.STORED,
        row=fields.STORED,
        record=fields.STORED,
    )
