"""Posting lists in Whoosh, of hundreds of articles at a time, and as numpy arrays when read.

Whoosh spends Python's time on every (term, document) pair, some 25 microseconds in all, and an
article has 200 different words. Gathered on a shelf of 1,024 articles these are 30 pairs for each,
and one pair holds every place where the word stands in any of them. So words are indexed in
documents of their own, one a shelf, which follow the documents of its articles.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, fields, formats
from whoosh.reading import TermNotFound

from indexer.model import Document

#: Between the last word of the title and the first of the body; no phrase reaches across.
GAP = 100
#: Stands before a root among the terms; no exact form begins with it.
_ROOT = "√"

Ints = NDArray[np.int64]
# A place is an article's slot on its shelf and a position, in four bytes: room for 1,024 articles
# of 4 million words. The longest page that is read has 5 million letters, spaces among them.
_PLACE = 4
_POSITION_BITS = 22
SHELF = 1 << 32 - _POSITION_BITS


class Postings(NamedTuple):
    """Where one form stands, an entry an occurrence: article numbers, and positions in each.

    The occurrences within one article are neighbours, in the order of the text.
    """

    articles: Ints
    positions: Ints

    def select(self, occurrences: NDArray[np.bool_]) -> "Postings":
        """The occurrences in the mask alone."""
        return Postings(self.articles[occurrences], self.positions[occurrences])


NOWHERE = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64))


def root_term(root: str) -> str:
    """What a root is indexed as, beside the exact forms.

    A word has dozens of related forms, whose lists would have to be read one by one.
    """
    return _ROOT + root


class Shelf:
    """The words of some articles, to be indexed together: their exact forms and their roots."""

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

    def postings(self) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, payload) for each form, as Whoosh's fields do."""
        forms = np.concatenate(self._forms)
        slots = np.repeat(np.arange(len(self)), [len(one) for one in self._forms])
        places = (slots << _POSITION_BITS) | np.concatenate(self._positions)
        packed = places[np.argsort(forms, kind="stable")].astype("<u4").tobytes()
        ends = np.cumsum(np.bincount(forms, minlength=len(self._numbers))).tolist()
        start = 0
        for form, end in zip(self._numbers, ends, strict=True):
            payload = packed[_PLACE * start : _PLACE * end]
            yield form.encode(), end - start, float(end - start), payload
            start = end


class PlaceFormat(formats.Format):  # type: ignore[misc]
    """Postings whose payload is the places where a word stands on a shelf."""

    def __init__(self) -> None:
        self.field_boost = 1.0
        self.options: dict[str, object] = {}

    def decode_frequency(self, payload: bytes) -> int:
        """How often the word stands there."""
        return len(payload) // _PLACE

    def decode_weight(self, payload: bytes) -> float:
        """The frequency again: words weigh one each."""
        return len(payload) / _PLACE


class WordsField(fields.FieldType):  # type: ignore[misc]
    """A field of finished terms: takes a ``Shelf`` and indexes its articles' exact forms."""

    def __init__(self) -> None:
        self.analyzer = analysis.IDAnalyzer()
        self.format = PlaceFormat()
        # Lengths are kept in the columns; a scorable field would read one for every posting.
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None
        self.indexed = True
        self.column_type = None

    def index(self, value: Shelf, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        return value.postings()


class Shelving:
    """Which article stands in which slot of which shelf, in one snapshot of the index.

    ``slots`` has an entry for each Whoosh document: an article's slot, or the size of a shelf below
    zero. A shelf comes after its articles; those that Whoosh has dropped in a merge are missing.
    """

    def __init__(self, slots: Ints) -> None:
        shelves = np.flatnonzero(slots < 0)
        self.documents = np.flatnonzero(slots >= 0)  #: of the articles, by article number
        #: The shelf's document, by article number.
        self.shelves = shelves[np.searchsorted(shelves, self.documents)]
        sizes = -slots[shelves]
        # Where each shelf's slots begin in the table of all slots, by Whoosh document.
        self._firsts = np.zeros(len(slots), np.int64)
        self._firsts[shelves] = np.cumsum(sizes) - sizes
        self._table = np.full(sizes.sum(), -1)
        at = self._firsts[self.shelves] + slots[self.documents]
        self._table[at] = np.arange(len(self.documents))
        self._gaps = bool((self._table < 0).any())

    def postings(self, documents: Sequence[int], payloads: Sequence[bytes]) -> Postings:
        """The places of one form, from its postings in Whoosh."""
        sizes = [len(payload) // _PLACE for payload in payloads]
        places = np.frombuffer(b"".join(payloads), "<u4").astype(np.int64)
        firsts = np.repeat(self._firsts[np.array(documents, np.int64)], sizes)
        articles = self._table[firsts + (places >> _POSITION_BITS)]
        found = Postings(articles, places & (1 << _POSITION_BITS) - 1)
        return found.select(found.articles >= 0) if self._gaps else found


def read(leaves: Sequence[tuple[Any, int]], field: str, form: str, shelving: Shelving) -> Postings:
    """Read the posting list of a form from an index's leaf readers (reader, first document)."""
    documents: list[int] = []
    payloads: list[bytes] = []
    for reader, base in leaves:
        try:
            matcher = reader.postings(field, form.encode())
        except TermNotFound:
            continue
        # Whoosh wraps what skips dead documents one by one; dead articles are left out elsewhere.
        matcher = getattr(matcher, "child", matcher)
        for ids, values in _blocks(matcher) if hasattr(matcher, "_read_values") else _each(matcher):
            documents.extend(id + base for id in ids)
            payloads.extend(values)
    return shelving.postings(documents, payloads) if payloads else NOWHERE


def joined(parts: Sequence[Postings]) -> Postings:
    """Several posting lists one after the other."""
    return Postings(*(np.concatenate(column) for column in zip(*parts, strict=True)))


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
