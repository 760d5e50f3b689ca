"""The vectors of articles as one array, and how like each is to a query.

Two bits a dimension are kept and one byte is held in memory: of 31,030 articles and 320 dimensions
that is 10 MB, and all likenesses take two milliseconds of a processor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.meaning.packing import PER_BYTE, Floats, Levels, cosines, lengths, unpacked


@dataclass(frozen=True)
class VectorColumn:
    """``packed[i]`` is the vector of article ``owners[i]``; owners ascend, and some have none."""

    owners: NDArray[np.int64]
    packed: NDArray[np.uint8]

    @classmethod
    def build(cls, vectors: Sequence[bytes]) -> "VectorColumn":
        """Make a column from each article's vector, in article order."""
        width = max(map(len, vectors), default=0)
        owners = [owner for owner, one in enumerate(vectors) if one and len(one) == width]
        return cls.of_bytes(np.array(owners, np.int64), b"".join(vectors[o] for o in owners))

    @classmethod
    def of_bytes(cls, owners: NDArray[np.int64], packed: bytes) -> "VectorColumn":
        """The column of these owners; raises ``ValueError`` where the bytes are not theirs."""
        rows = np.frombuffer(packed, np.uint8)
        if len(owners) and not len(rows):
            raise ValueError("no vectors, or cut off")
        return cls(owners, rows.reshape(len(owners), -1) if len(owners) else _none())

    @classmethod
    def join(cls, parts: Sequence[tuple["VectorColumn", int]]) -> "VectorColumn":
        """Put columns one after the other; each comes with the number of its first article.

        Vectors of another length than the last ones were made by another table: they compare with
        none of these, and go.
        """
        held = [(one, base) for one, base in parts if len(one.owners)]
        width = held[-1][0].packed.shape[1] if held else 0
        alike = [(one, base) for one, base in held if one.packed.shape[1] == width]
        if not alike:
            return cls(np.zeros(0, np.int64), _none())
        owners = np.concatenate([one.owners + base for one, base in alike])
        return cls(owners, np.concatenate([one.packed for one, _ in alike]))

    def select(self, articles: NDArray[np.bool_]) -> "VectorColumn":
        """The vectors of the articles in the mask alone, which are renumbered from 0."""
        kept = articles[self.owners]
        renumbered = np.cumsum(articles, dtype=np.int64) - 1
        return VectorColumn(renumbered[self.owners[kept]], self.packed[kept])

    def holds(self, dimensions: int) -> bool:
        """Whether there are vectors of so many dimensions."""
        return bool(len(self.owners)) and self.packed.shape[1] * PER_BYTE == dimensions

    def likeness(self, query: Floats, articles: int) -> Floats:
        """The cosine of a query of length 1 with each of so many articles, 0 for those below."""
        found = np.zeros(articles, np.float32)
        if self.holds(len(query)):
            found[self.owners] = np.maximum(cosines(self._levels, self._lengths, query), 0.0)
        return found

    @cached_property
    def _levels(self) -> Levels:
        return unpacked(self.packed)

    @cached_property
    def _lengths(self) -> Floats:
        return lengths(self._levels)


def _none() -> NDArray[np.uint8]:
    return np.zeros((0, 0), np.uint8)
