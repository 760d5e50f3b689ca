"""Gathering: the words of open shelves are indexed, and small shelves joined.

What Whoosh spends on a word it spends once for each segment. So the words of a commit are only
packed, and those of many commits are indexed together.
"""

from collections.abc import Iterator
from contextlib import suppress
from heapq import merge
from typing import Any, NamedTuple

from indexer.engines.whoosh.merging import chosen, without
from indexer.engines.whoosh.postings import WORDS_SLOT
from indexer.engines.whoosh.shelves import (
    SHELF,
    PackedShelf,
    ShelfFiles,
    Shelves,
    WordsDocument,
    join,
)

#: The slots of one gathering. A segment of as many is never joined again: its packed shelves go.
WHOLE = 32 * SHELF
#: So many open shelves are gathered also where they are small: a search looks into each.
_OPEN = 64
#: The same when a writer is closed.
_LEFT = 8


def is_due(shelves: Shelves, closing: bool = False) -> bool:
    """Whether the open shelves are to be gathered now, or when the writer is closed."""
    slots, shelves_open = sum(shelves.open.values()), len(shelves.open)
    if closing:
        return slots >= SHELF or shelves_open >= _LEFT
    return slots >= WHOLE or shelves_open >= _OPEN


def needed(shelves: Shelves) -> set[str]:
    """The keys of the packed shelves that are still to be read."""
    small = [words for id, words in shelves.gathered.items() if shelves.size_of(id) < WHOLE]
    return {*shelves.open, *(one.key for words in small for one in words)}


def gather(native: Any, shelves: Shelves, files: ShelfFiles) -> Shelves:
    """Index the words of open shelves in a commit of Whoosh's writer; returns what is then so.

    Full segments of words are joined with them. Borrowed from Whoosh is that the writer asks
    ``pool.iter_postings`` for its postings, (field, term, document, weight, payload) ascending:
    they are ascending here, and sorting them anew would take a third of the time.
    """
    taken: dict[str, int] = {}
    slots = 0
    for key, size in shelves.open.items():
        if slots + size > WHOLE and taken:
            break
        taken[key] = size
        slots += size
    ids = [id for id in shelves.gathered if shelves.size_of(id) < WHOLE]
    full = chosen([shelves.size_of(id) for id in ids], slots)
    joined = _readable(shelves, [ids[n] for n in sorted(full)], files)
    sources = [source for words in joined.values() for source in words]
    sources += [
        _Source(WordsDocument(key, ((key, size),)), files.open(key)) for key, size in taken.items()
    ]
    gathered = list(_grouped(sources, files))
    for source in gathered:
        native.add_document(slot=WORDS_SLOT, shelf=tuple(source.words))
    postings = merge(*(source.shelf.postings(n) for n, source in enumerate(gathered)))
    native.pool.iter_postings = lambda: postings
    new = native.newsegment.segment_id()
    native.commit(mergetype=without(joined))
    kept = {id: words for id, words in shelves.gathered.items() if id not in joined}
    return Shelves(
        {key: size for key, size in shelves.open.items() if key not in taken},
        kept | {new: tuple(source.words for source in gathered)},
    )


class _Source(NamedTuple):
    words: WordsDocument
    shelf: PackedShelf


def _readable(shelves: Shelves, segments: list[str], files: ShelfFiles) -> dict[str, list[_Source]]:
    """Those of some segments of words whose packed shelves can be read, with the shelves."""
    found: dict[str, list[_Source]] = {}
    for id in segments:
        # Where a file is damaged the postings are there all the same.
        with suppress(OSError, ValueError):
            found[id] = [_Source(words, files.open(words.key)) for words in shelves.gathered[id]]
    return found


def _grouped(sources: list[_Source], files: ShelfFiles) -> Iterator[_Source]:
    """The shelves, of which neighbours are joined as long as there is room on one."""
    group: list[_Source] = []
    for source in sources:
        if group and sum(one.words.size for one in group) + source.words.size > SHELF:
            yield _joined(group, files)
            group = []
        group.append(source)
    if group:
        yield _joined(group, files)


def _joined(group: list[_Source], files: ShelfFiles) -> _Source:
    if len(group) == 1:
        return group[0]
    key = files.write(join([(source.shelf, source.words.size) for source in group]))
    covers = tuple(cover for source in group for cover in source.words.covers)
    return _Source(WordsDocument(key, covers), files.open(key))
