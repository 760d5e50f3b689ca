"""The root of a lemma: what «استقبال», «قبول» and «مقابلة» have in common.

Roots join too much to decide what matches, but a headline that says with the verb what the query
says with a noun is found by nothing else: engines let roots rank, when any of a query's words will
do.
``indexer.generate.root_table`` makes the table; a lemma that it does not list stands for itself.
"""

import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def pack(roots: Mapping[str, str]) -> bytes:
    """The table as a file's content: for each root a line, it and its lemmas apart by spaces."""
    families: dict[str, list[str]] = {}
    for lemma, root in sorted(roots.items()):
        families.setdefault(root, [root]).append(lemma)
    return zlib.compress("\n".join(" ".join(families[r]) for r in sorted(families)).encode(), 9)


def unpack(data: bytes) -> dict[str, str]:
    """Lemma → root, from the content of such a file.

    >>> unpack(pack({"قبول": "قبل"}))["قبول"]
    'قبل'
    """
    roots = {}
    for line in zlib.decompress(data).decode().split("\n"):
        root, *lemmas = line.split(" ")
        roots.update(dict.fromkeys(lemmas, root))
    return roots


@cache
def default_roots() -> Mapping[str, str]:
    """The table that comes with Rasad."""
    return unpack(files("indexer.text").joinpath("roots.bin").read_bytes())
