"""What is kept of each of Whoosh's segments in a file beside it, made from the stored fields when
a segment is first opened.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import numpy as np

from indexer.engines.columnar.columns import Columns, Ints, Row
from indexer.engines.whoosh.postings import WORDS_SLOT
from indexer.engines.whoosh.shelves import WordsDocument
from indexer.integrity.seals import sealed, unsealed

_NUMBER = 4  # bytes of a number in a file


class Segment(NamedTuple):
    """Its articles' columns, its documents' slots, and its shelves (see ``Shelving``)."""

    columns: Columns
    slots: Ints
    shelves: tuple[str | WordsDocument, ...]

    @property
    def holds_words(self) -> bool:
        """Whether it has postings."""
        return bool((self.slots == WORDS_SLOT).any())

    @classmethod
    def build(cls, leaf: Any) -> "Segment":
        """Read it out of the stored fields."""
        stored = [leaf.stored_fields(n) for n in range(leaf.doc_count_all())]
        rows = [_row(one["row"]) for one in stored if one["slot"] >= 0]
        shelves = [one["shelf"] for one in stored if one["slot"] < 0]
        slots = np.array([one["slot"] for one in stored], np.int64)
        return cls(Columns.build(rows), slots, tuple(map(_shelf, shelves)))

    @classmethod
    def load(cls, path: Path) -> "Segment":
        """Read what ``save`` wrote; raises ``OSError``, ``ValueError`` or ``KeyError``."""
        packed = unsealed(path.read_bytes())
        slots, shelves = np.frombuffer(packed, "<i4", 2).tolist()
        start = _NUMBER * 2
        end = start + _NUMBER * slots
        told = json.loads(packed[end : end + shelves])
        return cls(
            Columns.from_bytes(packed[end + shelves :]),
            np.frombuffer(packed[start:end], "<i4").astype(np.int64),
            tuple(map(_shelf, told)),
        )

    def save(self, path: Path) -> None:
        """Write a file that ``load`` reads: two sizes, the slots, the shelves, the columns, a seal.

        It appears whole or not at all.
        """
        shelves = json.dumps(self.shelves).encode()
        head = np.array([len(self.slots), len(shelves), *self.slots], "<i4").tobytes()
        part = path.with_suffix(f".{uuid4().hex}.part")  # several readers may save at once
        try:
            part.write_bytes(sealed(head + shelves + self.columns.to_bytes()))
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _row(stored: Sequence[Any]) -> Row:
    """A stored row; in the first that had vectors there was one at most, by itself."""
    row = Row(*stored)
    return row._replace(vectors=(row.vectors,)) if isinstance(row.vectors, bytes) else row


def _shelf(stored: Any) -> str | WordsDocument:
    """What a document's stored ``shelf`` says; JSON has made lists of its tuples."""
    if isinstance(stored, str):
        return stored
    key, covers = stored
    return WordsDocument(key, tuple((shelf, size) for shelf, size in covers))


def clear_parts(folder: Path) -> None:
    """Remove what was being saved when a process was killed; one that is at it saves later."""
    for part in folder.glob("*.part"):
        with suppress(OSError):  # gone meanwhile
            part.unlink()


def segments_of(leaves: Sequence[Any], folder: Path) -> list[Segment]:
    """All segments; missing files are made from the stored fields, dead ones go."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    paths = [folder / f"{leaf.segment().segment_id()}.columns" for leaf in leaves]
    segments = []
    for leaf, path in zip(leaves, paths, strict=True):
        try:
            segments.append(Segment.load(path))
        except (OSError, ValueError, KeyError):
            segments.append(Segment.build(leaf))
            with suppress(OSError):  # where nothing may be written they are made each time
                segments[-1].save(path)
    for dead in set(folder.glob("*.columns")) - set(paths):
        with suppress(OSError):  # gone meanwhile, or where nothing may be written
            dead.unlink()
    return segments
