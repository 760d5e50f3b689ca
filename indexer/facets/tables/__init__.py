"""The tables of names and words, as tab-separated text, and how they are read."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a table; lines that start with «#» are comments."""
    for line in files(__name__).joinpath(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def words(name: str) -> frozenset[str]:
    """The list of words ``name`` from ``words.tsv``, on the exact layer."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, frozenset[str]] = {}
    for name, line in rows("words.tsv"):
        lists[name] = lists.get(name, frozenset()) | set(line.split())
    return lists
