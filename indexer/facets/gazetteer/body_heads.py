"""What kinds of bodies are called, «جامعة», «هيئة»: behind it stands a body's own name."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.tables import rows

FACET = "bodies"
ARTICLE = "ال"


class BodyHead(NamedTuple):
    """A kind of bodies, see ``tables/body_heads.tsv``."""

    english: str
    kind: str
    definite: str
    no_names: frozenset[str]


@cache
def body_heads() -> dict[str, BodyHead]:
    """The kinds by their word without its article, on the exact layer."""
    return {
        word: BodyHead(english, kind, definite, frozenset(others.split()))
        for word, english, kind, definite, others in rows("body_heads.tsv")
    }


def entries() -> Iterator[tuple[str, GazetteerEntry]]:
    """Yield the words as phrases, with and without the article where both begin names."""
    for word, head in body_heads().items():
        if head.kind != "none":
            yield word, GazetteerEntry(FACET, word, "construct")
        if head.definite != "none":
            yield ARTICLE + word, GazetteerEntry(FACET, word, "definite")
