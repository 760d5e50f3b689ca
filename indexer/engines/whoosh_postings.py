"""Whoosh's posting lists as numpy arrays.

Whoosh walks a posting list one article at a time in Python, about a microsecond each. Its codec
keeps postings in blocks of 128, though, and a block is a few tuples: taken whole, a list of 15,000
articles is read some ten times faster, and everything after is array arithmetic.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, fields, formats
from whoosh.reading import TermNotFound

from indexer.model import Word

#: Between the last word of the title and the first of the body; no phrase reaches across.
GAP = 100


class Postings(NamedTuple):
    """Where one form stands: article numbers, how often in each, and the positions of all."""

    articles: NDArray[np.int64]
    frequencies: NDArray[np.int64]
    positions: NDArray[np.int64]  # the articles' runs of positions, one after the other


NOWHERE = Postings(*(np.zeros(0, np.int64) for _ in range(3)))


class PositionFormat(formats.Format):  # type: ignore[misc]
    """Postings whose payload is the word's positions, four bytes each."""

    def __init__(self) -> None:
        self.field_boost = 1.0
        self.options: dict[str, object] = {}

    def decode_frequency(self, payload: bytes) -> int:
        """How often the word stands in the article."""
        return len(payload) // 4

    def decode_weight(self, payload: bytes) -> float:
        """The frequency again: words weigh one each."""
        return len(payload) / 4

    def decode_positions(self, payload: bytes) -> list[int]:
        """The word's positions in the article."""
        return list(np.frombuffer(payload, "<u4").tolist())


class WordsField(fields.FieldType):  # type: ignore[misc]
    """A field of finished terms: takes (position, ``Word``) pairs and indexes the exact forms."""

    def __init__(self) -> None:
        self.analyzer = analysis.IDAnalyzer()
        self.format = PositionFormat()
        # Lengths are kept in the columns; a scorable field would read one for every posting.
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None
        self.indexed = True
        self.column_type = None

    def index(
        self, value: Iterable[tuple[int, Word]], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, payload) for each form."""
        places: dict[str, list[int]] = {}
        for position, word in value:
            if word.exact in places:
                places[word.exact].append(position)
            else:
                places[word.exact] = [position]
        for form, positions in places.items():
            yield (
                form.encode(),
                len(positions),
                float(len(positions)),
                array("I", positions).tobytes(),
            )


def read(leaves: Sequence[tuple[Any, int]], field: str, form: str) -> Postings:
    """Read the posting list of a form from an index's leaf readers (reader, first article)."""
    term = form.encode()
    parts = []
    for reader, base in leaves:
        try:
            parts.append(_arrays(reader.postings(field, term), base))
        except TermNotFound:
            continue
    if not parts:
        return NOWHERE
    return parts[0] if len(parts) == 1 else joined(parts)


def joined(parts: Sequence[Postings]) -> Postings:
    """Several posting lists one after the other."""
    return Postings(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _arrays(matcher: Any, base: int) -> Postings:
    articles: list[int] = []
    payloads: list[bytes] = []
    for ids, values in _blocks(matcher) if hasattr(matcher, "_read_values") else _each(matcher):
        articles.extend(ids)
        payloads.extend(values)
    sizes = np.fromiter(map(len, payloads), np.int64, len(payloads))
    positions = np.frombuffer(b"".join(payloads), "<u4").astype(np.int64)
    return Postings(np.array(articles, np.int64) + base, sizes // 4, positions)


def _blocks(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
    """The codec's blocks; the names used are the same in Whoosh 2.7.4, its forks and whoosh3."""
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_values()
        yield matcher._ids, matcher._values
        matcher._next_block()


def _each(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
    """The public way, for any other kind of matcher (a term with few postings is kept inline)."""
    while matcher.is_active():
        yield (matcher.id(),), (matcher.value(),)
        matcher.next()
