"""Which segments a commit joins, so that commits on the way leave few.

A search looks a word up in every segment, and to join two costs as much as to write them did. So
segments stand in tiers, each some times larger than the one below, and only a full tier is joined:
an article is written once for each tier, and the segments grow with the logarithm of the archive.
"""

from collections.abc import Sequence
from typing import Any

from whoosh.reading import SegmentReader

_TIER = 8  # segments of about one size that are joined, and how many times larger the next tier is


def merged(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's ``mergetype``: copies segments into the new one, returns those that stay."""
    joined = chosen([segment.doc_count() for segment in segments], writer.docnum)
    for number in sorted(joined):
        reader = SegmentReader(writer.storage, writer.schema, segments[number])
        writer.add_reader(reader)
        reader.close()
    return [segment for number, segment in enumerate(segments) if number not in joined]


def chosen(sizes: Sequence[int], new: int) -> set[int]:
    """The numbers of the segments of these sizes to be joined with a new one, in documents.

    >>> chosen([5000, 10, 9, 9, 12, 11, 8, 9], 10) == {1, 2, 3, 4, 5, 6, 7}
    True
    """
    joined: set[int] = set()
    while True:
        size = new + sum(sizes[number] for number in joined)
        peers = {n for n, one in enumerate(sizes) if _tier(one) <= _tier(size)} - joined
        if len(peers) + 1 < _TIER:
            return joined
        joined |= peers


def _tier(size: int) -> int:
    tier = 0
    while size >= _TIER:
        size //= _TIER
        tier += 1
    return tier
