"""Shelves: the words of up to 1,024 articles together, packed into one file.

Whoosh spends Python's time on every (term, document) pair, some 25 microseconds in all, and an
article has 200 different words. On a shelf of 1,024 articles these are 30 pairs for each, and one
pair holds every place where the word stands in any of them.
"""

import mmap
import os
import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import numpy as np

from indexer.engines.columnar.columns import Ints
from indexer.model import Document

#: Between the last word of the title and the first of the body; no phrase reaches across.
GAP = 100
#: Stands before a root among the terms; no exact form begins with it.
_ROOT = "√"
#: A place is an article's slot on its shelf and a position, in so many bytes: room for 1,024
#: articles of 4 million words. The longest page that is read has 5 million letters.
PLACE = 4
POSITION_BITS = 22
SHELF = 1 << 32 - POSITION_BITS
_HEAD = 3  # numbers before all else in a file: checksum of the rest, forms, bytes of the forms
_NUMBER = 4  # bytes of a number in a file


def root_term(root: str) -> str:
    """What a root is indexed as, beside the exact forms.

    A word has dozens of related forms, whose lists would have to be read one by one.
    """
    return _ROOT + root


class Shelf:
    """The words of some articles, to be packed together: their exact forms and their roots."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # of the forms
        self._forms: list[Ints] = []  # an array an article
        self._positions: list[Ints] = []

    def __len__(self) -> int:
        return len(self._forms)

    def add(self, document: Document) -> int:
        """Take in the words of an article; returns its slot."""
        numbers = self._numbers
        words = [*document.title, *document.body]
        forms = [numbers.setdefault(word.exact, len(numbers)) for word in words]
        roots = [
            numbers.setdefault(root_term(word.root), len(numbers)) if word.root else -1
            for word in words
        ]
        positions = np.arange(len(words))
        positions[len(document.title) :] += GAP
        terms = np.array(forms + roots, np.int64)
        self._forms.append(terms[terms >= 0])
        self._positions.append(np.tile(positions, 2)[terms >= 0])
        return len(self) - 1

    def pack(self) -> bytes:
        """The file that ``PackedShelf`` reads."""
        slots = np.repeat(np.arange(len(self)), [len(one) for one in self._forms])
        places = (slots << POSITION_BITS) | np.concatenate(self._positions)
        forms = [form.encode() for form in self._numbers]
        return _pack(forms, np.concatenate(self._forms), places)


class PackedShelf:
    """A packed shelf: its forms in the order of their bytes, and the places of each.

    Raises ``ValueError`` where the bytes are damaged.
    """

    def __init__(self, packed: bytes | mmap.mmap) -> None:
        checksum, forms, self._size = np.frombuffer(packed, "<u4", _HEAD).tolist()
        with memoryview(packed) as view:
            if zlib.crc32(view[_NUMBER:]) != checksum:
                raise ValueError("a shelf of words is damaged")
        self._packed = packed
        ends = np.frombuffer(packed, "<u4", 2 * (forms + 1), _NUMBER * _HEAD).astype(np.uint32)
        self._places = _NUMBER * (_HEAD + 2 * (forms + 1))
        self._forms = len(packed) - self._size
        # Views give Python's own numbers, ten times faster than an array does.
        self._form_ends = ends[: forms + 1].data
        self._place_ends = ends[forms + 1 :].data

    def __len__(self) -> int:
        """How many forms there are."""
        return len(self._form_ends) - 1

    def get(self, form: bytes) -> bytes:
        """The places of a form, as in ``Shelving.postings``; nothing where it does not stand."""
        number = bisect_left(range(len(self)), form, key=self._form)
        if number == len(self) or self._form(number) != form:
            return b""
        start, end = self._place_ends[number], self._place_ends[number + 1]
        return self._packed[self._places + PLACE * start : self._places + PLACE * end]

    def _form(self, number: int) -> bytes:
        start, end = self._form_ends[number], self._form_ends[number + 1]
        return self._packed[self._forms + start : self._forms + end]

    def forms(self) -> list[bytes]:
        """All forms, ascending."""
        text = self._packed[self._forms :]
        return [text[start:end] for start, end in pairwise(self._form_ends)]

    def postings(self, document: int) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Yield what Whoosh's field writer takes: field, form, document, weight, payload."""
        packed, places = self._packed, self._places
        text = packed[self._forms :]
        ends = zip(pairwise(self._form_ends), pairwise(self._place_ends), strict=True)
        for (first, last), (start, end) in ends:
            payload = packed[places + PLACE * start : places + PLACE * end]
            yield "words", text[first:last], document, float(end - start), payload

    def counts(self) -> Ints:
        """How many places each form has."""
        ends = np.asarray(self._place_ends).astype(np.int64)
        return ends[1:] - ends[:-1]

    def places(self) -> Ints:
        """The places of all forms, one form after the other."""
        return np.frombuffer(self._packed, "<u4", self._place_ends[len(self)], self._places).astype(
            np.int64
        )


def join(shelves: Sequence[tuple[PackedShelf, int]]) -> bytes:
    """Pack several shelves, each with the number of its slots, into one: slot after slot."""
    numbers: dict[bytes, int] = {}
    forms, places, base = [], [], 0
    for shelf, size in shelves:
        own = [numbers.setdefault(form, len(numbers)) for form in shelf.forms()]
        forms.append(np.repeat(np.array(own, np.int64), shelf.counts()))
        places.append(shelf.places() + (base << POSITION_BITS))
        base += size
    return _pack(list(numbers), np.concatenate(forms), np.concatenate(places))


def _pack(forms: Sequence[bytes], numbers: Ints, places: Ints) -> bytes:
    """Each place comes with the number of its form; those of one form ascend."""
    order = sorted(range(len(forms)), key=forms.__getitem__)
    ranks = np.empty(len(forms), np.int64)
    ranks[order] = np.arange(len(forms))
    numbers = ranks[numbers]
    text = b"".join(forms[number] for number in order)
    ends = np.zeros((2, len(forms) + 1), np.int64)
    np.cumsum([len(forms[number]) for number in order], out=ends[0, 1:])
    np.cumsum(np.bincount(numbers, minlength=len(forms)), out=ends[1, 1:])
    body = b"".join(
        (
            np.array([len(forms), len(text)], "<u4").tobytes(),
            ends.astype("<u4").tobytes(),
            places[np.argsort(numbers, kind="stable")].astype("<u4").tobytes(),
            text,
        )
    )
    return np.array([zlib.crc32(body)], "<u4").tobytes() + body


class WordsDocument(NamedTuple):
    """What a words document stands for: a packed shelf, and the shelves that were joined in it.

    ``covers`` are their keys and sizes in the order of their slots.
    """

    key: str
    covers: tuple[tuple[str, int], ...]

    @property
    def size(self) -> int:
        """How many slots it has."""
        return sum(size for _, size in self.covers)


class ShelfFiles:
    """The packed shelves in a folder, by key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, packed: bytes) -> str:
        """Keep a packed shelf; returns its new key. The file appears whole or not at all."""
        key = uuid4().hex
        self._folder.mkdir(exist_ok=True)
        part = self._folder / f"{key}.part"
        try:
            with part.open("wb") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path(key))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return key

    def open(self, key: str) -> PackedShelf:
        """A packed shelf, which stays readable when its file goes. It is read when asked.

        Raises ``OSError`` where it is missing, ``ValueError`` where it is damaged.
        """
        with self._path(key).open("rb") as file:
            return PackedShelf(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def keep(self, keys: Collection[str]) -> None:
        """Remove all others, also what writers that were killed left."""
        for path in list(self._folder.glob("*")):
            if path.suffix != ".shelf" or path.stem not in keys:
                with suppress(OSError):  # where another process has it open, a later writer does
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.shelf"


class Shelves(NamedTuple):
    """The shelves of an index: which are open, and which are gathered in which segment."""

    open: dict[str, int]  #: key → slots; their words are read from the packed file
    gathered: dict[str, tuple[WordsDocument, ...]]  #: id of a segment → its words documents

    def size_of(self, segment: str) -> int:
        """The slots of a segment of words documents."""
        return sum(words.size for words in self.gathered[segment])
