"""The tables that English is read with, and those of other rooms that it needs."""

from collections.abc import Iterator

from indexer.text import tables


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a table of this package."""
    return tables.rows(__name__, name)


def facet_rows(name: str) -> Iterator[list[str]]:
    """The same of a table that facets are found by; a search needs nothing else of that room."""
    return tables.rows("indexer", f"facets/tables/{name}")


def outlet_rows() -> Iterator[list[str]]:
    """The agencies and papers that ``sources`` knows."""
    return tables.rows("indexer", "sources/tables/outlets.tsv")
