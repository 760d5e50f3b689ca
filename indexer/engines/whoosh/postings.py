"""Posting lists as numpy arrays, from Whoosh and from packed shelves."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound

from indexer.engines.columnar.columns import Ints
from indexer.engines.whoosh.shelves import PLACE, POSITION_BITS, WordsDocument

#: What a words document has as its slot.
WORDS_SLOT = -(1 << 30)


class Postings(NamedTuple):
    """Where one form stands, an entry an occurrence: article numbers, and positions in each.

    Both ascend: article after article, in each in the order of the text.
    """

    articles: Ints
    positions: Ints

    def select(self, occurrences: NDArray[np.bool_]) -> "Postings":
        """The occurrences in the mask alone."""
        return Postings(self.articles[occurrences], self.positions[occurrences])


NOWHERE = Postings(np.zeros(0, np.int64), np.zeros(0, np.int64))


class Shelving:
    """Which article stands in which slot of which shelf, in one state of the index.

    ``slots`` has an entry for each Whoosh document: an article's slot, the size of a shelf below
    zero for its anchor, or ``WORDS_SLOT``. ``shelves`` has an entry for each of the latter two: the
    anchor's key, or what the words document covers. An anchor comes after its articles; articles,
    and whole shelves, that Whoosh has dropped in a merge are missing.
    """

    def __init__(self, slots: Ints, shelves: Sequence[str | WordsDocument]) -> None:
        self.documents = np.flatnonzero(slots >= 0)  #: of the articles, by article number
        others = np.flatnonzero(slots < 0)
        anchors = np.flatnonzero((slots < 0) & (slots != WORDS_SLOT))
        #: The anchor's document, by article number.
        self.anchors = anchors[np.searchsorted(anchors, self.documents)]
        self.words: dict[int, WordsDocument] = {}  #: by document
        self.keys: dict[str, int] = {}  #: of the anchors: key → document
        for document, shelf in zip(others.tolist(), shelves, strict=True):
            if isinstance(shelf, WordsDocument):
                self.words[document] = shelf
            else:
                self.keys[shelf] = document
        # Where the slots of each anchor and of each words document begin in the table of all.
        self._firsts = np.zeros(len(slots), np.int64)
        end = 0
        #: The shelves that no words document covers: key → size.
        self.open = {key: -int(slots[anchor]) for key, anchor in self.keys.items()}
        for document, words in self.words.items():
            self._firsts[document] = end
            for key, size in words.covers:
                if self.open.pop(key, None):
                    self._firsts[self.keys[key]] = end
                end += size
        for key, size in self.open.items():
            self._firsts[self.keys[key]] = end
            end += size
        self._table = np.full(end, -1)
        at = self._firsts[self.anchors] + slots[self.documents]
        self._table[at] = np.arange(len(self.documents))
        self._gaps = bool((self._table < 0).any())

    def postings(self, documents: Sequence[int], payloads: Sequence[bytes]) -> Postings:
        """The places of one form, from the documents of words and the anchors that have it."""
        if not payloads:
            return NOWHERE
        sizes = [len(payload) // PLACE for payload in payloads]
        places = np.frombuffer(b"".join(payloads), "<u4").astype(np.int64)
        firsts = np.repeat(self._firsts[np.array(documents, np.int64)], sizes)
        articles = self._table[firsts + (places >> POSITION_BITS)]
        found = Postings(articles, places & (1 << POSITION_BITS) - 1)
        if self._gaps:
            found = found.select(found.articles >= 0)
        # Segments are not joined in the order of their words, nor are shelves.
        if (found.articles[1:] < found.articles[:-1]).any():
            order = np.argsort(found.articles, kind="stable")
            found = Postings(found.articles[order], found.positions[order])
        return found


def read(
    leaves: Iterable[tuple[Any, int]], field: str, form: bytes
) -> tuple[list[int], list[bytes]]:
    """The documents that have a form, and its places in each, from the leaf readers of an index
    (reader, first document).
    """
    documents: list[int] = []
    payloads: list[bytes] = []
    for reader, base in leaves:
        try:
            matcher = reader.postings(field, form)
        except TermNotFound:
            continue
        # Whoosh wraps what skips dead documents one by one; dead articles are left out elsewhere.
        matcher = getattr(matcher, "child", matcher)
        for ids, values in _blocks(matcher) if hasattr(matcher, "_read_values") else _each(matcher):
            documents.extend(id + base for id in ids)
            payloads.extend(values)
    return documents, payloads


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
