"""The vectors of articles as arrays, and how like each is to a query.

Two bits a dimension are kept, and held twice where they are compared: of 31,030 articles and 320
dimensions that is 5 MB, and all likenesses take three milliseconds of a processor.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.meaning.packing import PER_BYTE, Comparable, Floats, unpacked


@dataclass(frozen=True)
class VectorColumn:
    """``packed[i]`` is the vector of article ``owners[i]``; owners ascend, and some have none."""

    owners: NDArray[np.int64]
    packed: NDArray[np.uint8]

    @property
    def dimensions(self) -> int:
        """The length of its vectors."""
        return int(self.packed.shape[1]) * PER_BYTE

    def select(self, articles: NDArray[np.bool_]) -> "VectorColumn":
        """The vectors of the articles in the mask alone, which are renumbered from 0."""
        kept = articles[self.owners]
        renumbered = np.cumsum(articles, dtype=np.int64) - 1
        return VectorColumn(renumbered[self.owners[kept]], self.packed[kept])

    def vector(self, article: int) -> Floats | None:
        """The vector of an article, of length 1; None where it has none."""
        at = int(self.owners.searchsorted(article))
        if at == len(self.owners) or self.owners[at] != article:
            return None
        levels = unpacked(self.packed[at : at + 1])[0].astype(np.float32)
        found: Floats = levels / np.linalg.norm(levels)
        return found

    def likeness(self, query: Floats, articles: int) -> Floats:
        """The cosine of a query of length 1 with each of so many articles, 0 for those below."""
        found = np.zeros(articles, np.float32)
        found[self.owners] = np.maximum(self._comparable.cosines(query), 0.0)
        return found

    @cached_property
    def _comparable(self) -> Comparable:
        return Comparable(self.packed)


class VectorColumns:
    """A column for each length of vectors: those of other encoders compare with none of these."""

    def __init__(self, columns: Iterable[VectorColumn]) -> None:
        self._columns = {one.dimensions: one for one in columns if len(one.owners)}

    def __iter__(self) -> Iterator[VectorColumn]:
        return iter(self._columns.values())

    @classmethod
    def build(cls, vectors: Sequence[Sequence[bytes]]) -> "VectorColumns":
        """Make columns from each article's vectors, in article order."""
        of_width: dict[int, tuple[list[int], list[bytes]]] = {}
        for owner, every in enumerate(vectors):
            for one in filter(None, every):
                owners, held = of_width.setdefault(len(one), ([], []))
                owners.append(owner)
                held.append(one)
        return cls(
            _column(np.array(owners, np.int64), b"".join(held))
            for owners, held in of_width.values()
        )

    @classmethod
    def of_bytes(
        cls, owners: Sequence[NDArray[np.int64]], sizes: Sequence[int], packed: bytes
    ) -> "VectorColumns":
        """The columns of these owners, each of so many bytes; raises ``ValueError`` for others."""
        ends = list(accumulate(sizes))
        if len(owners) != len(sizes) or not all(map(len, owners)):
            raise ValueError("no vectors, or cut off")
        return cls(
            _column(some, packed[end - size : end])
            for some, size, end in zip(owners, sizes, ends, strict=True)
        )

    @classmethod
    def join(cls, parts: Sequence[tuple["VectorColumns", int]]) -> "VectorColumns":
        """Put columns one after the other; each comes with the number of its first article."""
        of_length: dict[int, list[VectorColumn]] = {}
        for part, base in parts:
            for one in part:
                moved = VectorColumn(one.owners + base, one.packed)
                of_length.setdefault(one.dimensions, []).append(moved)
        return cls(
            VectorColumn(
                np.concatenate([one.owners for one in some]),
                np.concatenate([one.packed for one in some]),
            )
            for some in of_length.values()
        )

    def select(self, articles: NDArray[np.bool_]) -> "VectorColumns":
        """The vectors of the articles in the mask alone, which are renumbered from 0."""
        return VectorColumns(one.select(articles) for one in self)

    def of(self, dimensions: int) -> VectorColumn | None:
        """The column of so many dimensions."""
        return self._columns.get(dimensions)

    def held(self, articles: NDArray[np.bool_]) -> Mapping[int, int]:
        """How many of the articles in the mask have a vector, by dimensions."""
        return {one.dimensions: int(articles[one.owners].sum()) for one in self}

    def without(self, articles: NDArray[np.bool_], dimensions: int) -> NDArray[np.bool_]:
        """The articles in the mask that have no vector of so many dimensions."""
        left = articles.copy()
        if column := self.of(dimensions):
            left[column.owners] = False
        return left


def _column(owners: NDArray[np.int64], packed: bytes) -> VectorColumn:
    return VectorColumn(owners, np.frombuffer(packed, np.uint8).reshape(len(owners), -1))
