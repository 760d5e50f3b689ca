"""The tables that English is read with, and those of other parts that it needs."""

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a table of this package; «#» begins a comment."""
    yield from _rows(files(__name__).joinpath(name).read_text("utf-8"))


def facet_rows(name: str) -> Iterator[list[str]]:
    """The same of a table of ``indexer.facets``.

    Read as a file: the package itself loads what finds names in texts, which a search has no use
    for.
    """
    yield from _rows(files("indexer").joinpath("facets", "tables", name).read_text("utf-8"))


def outlet_rows() -> Iterator[list[str]]:
    """The agencies and papers that ``indexer.sources`` knows."""
    yield from _rows(files("indexer").joinpath("sources/tables/outlets.tsv").read_text("utf-8"))


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
