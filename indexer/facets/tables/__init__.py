"""The tables of names and words that facets are found by."""

import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.text import tables


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a table of this package."""
    return tables.rows(__name__, name)


def words(name: str, table: str = "words.tsv") -> frozenset[str]:
    """The list of words ``name`` from a table of lists, on the exact layer."""
    return _lists(table)[name]


def arrays_of(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of a file of this package, a model that a script made."""
    packed = files(__name__).joinpath(name).read_bytes()
    with np.load(io.BytesIO(packed), allow_pickle=False) as found:
        return dict(found)


@cache
def _lists(table: str) -> dict[str, frozenset[str]]:
    return tables.lists(__name__, table)
