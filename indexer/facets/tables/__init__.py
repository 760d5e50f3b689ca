"""The tables of names and words that facets are found by."""

from collections.abc import Iterator
from functools import cache

from indexer.text import tables


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a table of this package."""
    return tables.rows(__name__, name)


def words(name: str, table: str = "words.tsv") -> frozenset[str]:
    """The list of words ``name`` from a table of lists, on the exact layer."""
    return _lists(table)[name]


@cache
def _lists(table: str) -> dict[str, frozenset[str]]:
    return tables.lists(__name__, table)
