"""Near-duplicates: the same text in several papers, found while documents are indexed.

A text is known by its shingles, runs of three words in their exact forms, and these by their
MinHash. Each new article is looked up in a locality-sensitive hash (datasketch's, with its buckets
in the catalogue, so memory stays flat and later runs go on where earlier ones ended). It joins the
story of the most similar article, or begins one of its own.

Formulas print different news in equal words: telegrams of congratulation to two heads of state,
the weather of two days. So articles that each name a country which the other does not are no
copies, and those from days far apart must be more alike. The figures were chosen by reading pairs,
see ``benchmarks/quality/copies.py``.
"""

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue import Catalogue, Signature
from indexer.model import Document, Word

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH

#: Raised when signatures or what is a copy change; see indexing.versions.
VERSION = 1
#: Words in a shingle, and shingles that a text must have to be known by them.
SHINGLE, LEAST = 3, 12
PERMUTATIONS = 128
#: Bands and rows of the hash: of pairs with 40 % of their shingles in common it finds 94 %.
BANDS, ROWS = 42, 3
#: The least share of common shingles of copies, and that of copies from days far apart.
ALIKE, ALIKE_LATER = 0.4, 0.7
FAR = 3  # days
#: Articles that are looked at for one: the last ones, where a formula fills buckets.
LOOKED_AT = 200

_EXACT = attrgetter("exact")
_SCHEME = "affine32"  # datasketch's hashing; signatures last as long as an index
_MIX, _SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def signature(words: Sequence[Word]) -> bytes:
    """What a text's copies are known by: its MinHash, or nothing for a very short text."""
    found = shingles(words)
    if len(found) < LEAST:
        return b""
    minhash = _minhash()
    minhash.update_batch(found)
    return bytes(minhash.hashvalues.astype("<u4").tobytes())


def with_signature(document: Document) -> Document:
    """The document with its signature, ready for ``StoryAssigner``."""
    return replace(document, signature=signature(document.body))


def shingles(words: Sequence[Word]) -> list[int]:
    """A text's runs of three words, each as a number of 32 bits, once."""
    if len(words) < SHINGLE:
        return []
    numbers = np.fromiter(map(_number, map(_EXACT, words)), np.uint64, len(words))
    last = len(words) - SHINGLE + 1
    runs = np.zeros(last, np.uint64)
    for place in range(SHINGLE):
        runs = runs * _MIX + numbers[place : place + last]
        runs ^= runs >> np.uint64(29)
    found: list[int] = np.unique((runs * _SPREAD) >> np.uint64(32)).tolist()
    return found


@lru_cache(1 << 16)
def _number(word: str) -> int:
    return zlib.crc32(word.encode(errors="replace"))


def similarity(one: Signature, other: Signature) -> float:
    """The estimated share of shingles that two articles have in common."""
    return float(np.mean(_values(one.signature) == _values(other.signature)))


def are_copies(one: Signature, other: Signature) -> bool:
    """Whether two articles print the same text."""
    apart = one.day and other.day and abs(one.day - other.day) > FAR
    if similarity(one, other) < (ALIKE_LATER if apart else ALIKE):
        return False
    return not (one.countries - other.countries and other.countries - one.countries)


class StoryAssigner:
    """Gives each document the story that it belongs to."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._hash = _hash(catalogue)
        self._adding = self._hash.insertion_session()

    def assign(self, documents: Iterable[Document]) -> list[Document]:
        """The documents, each with its story, which also later runs will know."""
        return [replace(document, story=self.story(document)) for document in documents]

    def story(self, document: Document) -> str:
        """The id of the document's story; «» where the article has its own id for it."""
        id = document.record.article.id
        before = self._catalogue.copy(id)
        if before:
            self._forget(before)
        if not document.signature:
            return ""
        new = _copy(document)
        story, day = self._chosen(new, before)
        number = self._catalogue.keep_copy(new._replace(story=story, day=day))
        self._adding.insert(number, _minhash(new.signature), check_duplication=False)
        self._adding.close()  # writes what was inserted; more may come
        return "" if story == id else story

    def forget(self, ids: Collection[str]) -> None:
        """Look for copies of these articles no more."""
        for id in ids:
            if before := self._catalogue.copy(id):
                self._forget(before)

    def _forget(self, before: Signature) -> None:
        bands = _values(before.signature)[: BANDS * ROWS].reshape(BANDS, ROWS)
        buckets = [
            table.bucket(band.byteswap().tobytes())
            for table, band in zip(self._hash.hashtables, bands, strict=True)
        ]
        self._catalogue.forget_copy(before.number, buckets)

    def _chosen(self, new: Signature, before: Signature | None) -> tuple[str, int]:
        """The story it was in, if that is still told there; else that of the nearest copy.

        With the story comes its day, of which a chain of copies can't lead far away.
        """
        self._hash.add_to_query_buffer(_minhash(new.signature))
        near = self._catalogue.copies(self._hash.collect_query_buffer())
        found = [copy for copy in near if are_copies(new, copy)]
        if before and (are_copies(new, before) or before.story in {copy.story for copy in found}):
            return before.story, before.day
        if found:
            nearest = max(found, key=lambda copy: (similarity(new, copy), -copy.number))
            return nearest.story, nearest.day or new.day
        story = new.article
        while self._catalogue.has_story(story):  # others go on with the story that it began
            story += "+"
        return story, new.day


def _hash(catalogue: Catalogue) -> "MinHashLSH":
    """A hash whose buckets are rows of the catalogue; datasketch asks no more of them."""
    from datasketch import MinHashLSH  # takes most of a second, and only indexing needs it

    lsh = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    shelf = _Shelf(catalogue)
    lsh.hashtables = [_Buckets(shelf, band) for band in range(BANDS)]
    lsh.keys = _Keys()
    return lsh


class _Shelf:
    """What is asked of and added to the buckets of all bands, to be done in one statement."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.asked: list[int] = []
        self.added: list[tuple[int, int]] = []

    def answer(self) -> list[int]:
        asked, self.asked = self.asked, []
        return self._catalogue.in_buckets(asked, LOOKED_AT) if asked else []

    def write(self) -> None:
        added, self.added = self.added, []
        if added:
            self._catalogue.fill_buckets(added)


class _Buckets:
    """The buckets of one band: datasketch's storage, over the catalogue."""

    buffer_size = BANDS

    def __init__(self, shelf: _Shelf, band: int) -> None:
        self._shelf = shelf
        self._band = band

    def add_to_select_buffer(self, keys: Iterable[bytes]) -> None:
        self._shelf.asked += map(self.bucket, keys)

    def collect_select_buffer(self) -> list[list[int]]:
        """The first band asked gives the answers of all."""
        return [self._shelf.answer()]

    def insert(self, key: bytes, value: int, **_: Any) -> None:
        self._shelf.added.append((self.bucket(key), value))

    def empty_buffer(self) -> None:
        self._shelf.write()

    def bucket(self, key: bytes) -> int:
        return self._band << 32 | zlib.crc32(key)


class _Keys:
    """Datasketch's storage of what is in the hash: the catalogue knows it already."""

    buffer_size = BANDS

    def insert(self, *_: Any, **__: Any) -> None:
        """Nothing is left to be written."""

    def empty_buffer(self) -> None:
        """Nothing was held back."""


def _copy(document: Document) -> Signature:
    record = document.record
    day = record.article.date.toordinal() if record.article.date else 0
    countries = frozenset(record.values("countries"))
    return Signature(0, record.article.id, "", day, countries, document.signature)


def _values(signature: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(signature, "<u4")


def _minhash(signature: bytes = b"") -> "MinHash":
    """An empty MinHash, or that of a signature."""
    from datasketch import MinHash

    values = _values(signature) if signature else None
    permutations = _permutations()
    return MinHash(
        PERMUTATIONS, hashfunc=int, hashvalues=values, permutations=permutations, scheme=_SCHEME
    )


@cache
def _permutations() -> Any:
    """Drawing them takes longer than a text's signature."""
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, scheme=_SCHEME).permutations
