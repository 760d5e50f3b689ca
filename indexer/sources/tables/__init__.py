"""The lists of words and names that reading pages needs, one file each.

Lines are tab-separated; empty lines and those that begin with «#» say something to the editor only.
"""

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The lines of a table, each as its columns."""
    text = files("indexer.sources.tables").joinpath(name).read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")
