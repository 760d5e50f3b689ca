"""Small lists of words that the reading of words needs."""

from functools import cache

from indexer.text import tables


@cache
def words(name: str) -> frozenset[str]:
    """The list of this name, on the exact layer."""
    return tables.lists("indexer.text", "words.tsv")[name]
