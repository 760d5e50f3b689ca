"""The vectors of words that ship with Rasad, read where they lie.

A file is one line of JSON, then the parts that it gives the sizes of: Arabic lemmas and Latin words
(``WordList``), how much each word tells, and the vectors in four bits a dimension.
"""

import json
import mmap
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.errors import TableError
from indexer.meaning.packing import Comparable, Floats
from indexer.text.sorted_words import WordList

PATH = Path(__file__).with_name("words.bin")
#: Steps of the best uniform quantiser of sixteen levels for normal values of deviation 1 (Max,
#: «Quantizing for minimum distortion», 1960).
_STEP = 0.3352
_LEVELS = 16
#: The steps from zero, and twice that as whole numbers, of the two dimensions in each byte.
_CODES = np.stack([np.arange(256) >> 4, np.arange(256) & _LEVELS - 1], axis=1)
_STEPS = (2 * _CODES - (_LEVELS - 1)).astype(np.int8)
_UNPACKED = _STEPS.astype(np.float32) * np.float32(_STEP / 2)
_PARTS = ("arabic", "latin", "tells", "vectors")


class TableRow(NamedTuple):
    """A word and what the table says of it: a vector of any length, and how much the word tells."""

    vector: Floats
    tells: float


class WordTable:
    """Vectors by Arabic lemma and by Latin word."""

    def __init__(self, packed: bytes | mmap.mmap, where: str) -> None:
        """Raises ``TableError`` where the table is cut off or none."""
        end = packed.find(b"\n")
        try:
            head = json.loads(packed[:end])
            sizes = [int(head[part]) for part in _PARTS]
            self.dimensions = int(head["dimensions"])
        except (ValueError, KeyError, TypeError) as error:
            raise TableError(f"{where} is no table of word vectors") from error
        if end < 0 or len(packed) != end + 1 + sum(sizes):
            raise TableError(f"{where} is cut off; install Rasad anew")
        starts = (end + 1 + np.cumsum([0, *sizes])).tolist()
        view = memoryview(packed)
        parts = [view[start : start + size] for start, size in zip(starts, sizes, strict=False)]
        self._lists = (WordList.unpack(bytes(parts[0])), WordList.unpack(bytes(parts[1])))
        self._tells = np.frombuffer(parts[2], "<f2")
        self._vectors = np.frombuffer(parts[3], np.uint8).reshape(len(self._tells), -1)
        self._first_latin = int(head["lemmas"])

    @classmethod
    def load(cls, path: Path = PATH) -> "WordTable":
        """The table in a file, which stays there."""
        try:
            with path.open("rb") as file:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), str(path))
        except (OSError, ValueError) as error:
            raise TableError(f"{path} can't be read: {error}") from error

    def arabic(self, lemma: str) -> TableRow | None:
        """The row of an Arabic lemma, None where there is none."""
        number = self.arabic_number(lemma)
        return None if number is None else self._row(number)

    def latin(self, word: str) -> TableRow | None:
        """The row of a word in Latin letters, small ones; None where there is none."""
        number = self.latin_number(word)
        return None if number is None else self._row(number)

    def arabic_number(self, lemma: str) -> int | None:
        """The number of an Arabic lemma, for ``summed``; None where there is none."""
        return self._lists[0].number(lemma)

    def latin_number(self, word: str) -> int | None:
        """The number of a word in Latin letters, small ones; None where there is none."""
        number = self._lists[1].number(word)
        return None if number is None else self._first_latin + number

    def summed(self, numbers: Sequence[int], weights: Sequence[float]) -> Floats:
        """The sum of the words' vectors, each times its weight and how much the word tells."""
        rows = np.array(numbers, np.int64)
        shares = self._tells[rows].astype(np.float32) * np.array(weights, np.float32)
        sums: Floats = shares @ unpacked(self._vectors[rows])
        return sums

    def _row(self, number: int) -> TableRow:
        return TableRow(unpacked(self._vectors[number]), float(self._tells[number]))

    def likeness(self, query: Floats) -> tuple[tuple[str, ...], Floats]:
        """All Arabic lemmas, and the cosine of each with a query of length 1."""
        return self._lemmas, self._comparable.cosines(query)

    @cached_property
    def _lemmas(self) -> tuple[str, ...]:
        return tuple(self._lists[0])

    @cached_property
    def _comparable(self) -> Comparable:
        """The lemmas' vectors."""
        return Comparable(self._vectors[: self._first_latin], _STEPS)


def pack(arabic: Mapping[str, TableRow], latin: Mapping[str, TableRow]) -> bytes:
    """The file that ``WordTable`` reads; vectors have an even number of dimensions."""
    rows = [arabic[word] for word in sorted(arabic)] + [latin[word] for word in sorted(latin)]
    vectors = np.array([row.vector for row in rows], np.float32)
    parts = [
        WordList.of(sorted(arabic)).pack(),
        WordList.of(sorted(latin)).pack(),
        np.array([row.tells for row in rows], "<f2").tobytes(),
        _packed(vectors).tobytes(),
    ]
    head = {part: len(data) for part, data in zip(_PARTS, parts, strict=True)}
    head |= {"dimensions": vectors.shape[1], "lemmas": len(arabic)}
    return json.dumps(head).encode() + b"\n" + b"".join(parts)


def _packed(vectors: Floats) -> NDArray[np.uint8]:
    """Vectors in four bits a dimension, each by its own deviation."""
    scaled = vectors / np.maximum(vectors.std(axis=1, keepdims=True), 1e-9)
    codes = np.clip(np.floor(scaled / _STEP) + _LEVELS // 2, 0, _LEVELS - 1).astype(np.uint8)
    packed: NDArray[np.uint8] = (codes[:, 0::2] << 4) | codes[:, 1::2]
    return packed


def unpacked(packed: NDArray[np.uint8]) -> Floats:
    """What ``_packed`` packed, with a deviation of about 1 in place of its own."""
    return _UNPACKED.take(packed, axis=0).reshape(*packed.shape[:-1], -1)


@cache
def word_table() -> WordTable:
    """The table that comes with Rasad."""
    return WordTable.load()
