"""The lists of words and names that reading pages needs."""

from collections.abc import Iterator

from indexer.text import tables


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a table of this package."""
    return tables.rows(__name__, name)
