"""Which segments a commit joins, so that many commits leave few segments.

Segments stand in tiers, each some times larger than the one below, and only a full tier is joined:
an article is written once for each tier, and the segments grow with the logarithm of the archive.
Segments of articles are joined by Whoosh, which copies what is stored; those of words by
``gathering``, from packed shelves.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from whoosh.reading import SegmentReader

#: Segments of articles of about one size that are joined, and how many times larger the next tier
#: is. To join them is a seventh of the work of indexing, and no search looks into each.
_ARTICLES = 32
#: The same of words: a search looks each word up in every segment.
_WORDS = 8

Merge = Callable[[Any, Sequence[Any]], list[Any]]


def articles(words: Collection[str]) -> Merge:
    """Whoosh's ``mergetype`` of a commit of articles, where these ids are of segments of words.

    It copies segments into the new one, and returns those that stay; dead ones go.
    """

    def merged(writer: Any, segments: Sequence[Any]) -> list[Any]:
        own = without(words)(writer, segments)
        numbers = chosen([segment.doc_count() for segment in own], writer.docnum, _ARTICLES)
        joined = [own[number] for number in sorted(numbers)]
        for segment in joined:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return without({segment.segment_id() for segment in joined})(writer, segments)

    return merged


def without(ids: Collection[str]) -> Merge:
    """Whoosh's ``mergetype`` of a commit in place of the segments of these ids; dead ones go."""
    return lambda writer, segments: [
        one for one in segments if one.doc_count() and one.segment_id() not in ids
    ]


def chosen(sizes: Sequence[int], new: int, tier: int = _WORDS) -> set[int]:
    """The numbers of the segments of these sizes to be joined with a new one.

    >>> chosen([5000, 10, 9, 9, 12, 11, 8, 9], 10) == {1, 2, 3, 4, 5, 6, 7}
    True
    """
    joined: set[int] = set()
    while True:
        size = new + sum(sizes[number] for number in joined)
        peers = {n for n, one in enumerate(sizes) if _tier(one, tier) <= _tier(size, tier)} - joined
        if len(peers) + 1 < tier:
            return joined
        joined |= peers


def _tier(size: int, times: int) -> int:
    tier = 0
    while size >= times:
        size //= times
        tier += 1
    return tier
