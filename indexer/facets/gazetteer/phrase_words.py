"""The words of a phrase, as tables and texts are compared: on the exact layer."""

import re
from collections.abc import Iterator, Sequence

from indexer.text.normalize import normalize

_WORD = re.compile(r"[^\W_]+")


def split(phrase: str) -> list[str]:
    """Return the words of a phrase on the exact layer."""
    folded = normalize(phrase)
    return [folded] if folded.isalpha() else _WORD.findall(folded)


def split_all(phrases: Sequence[str]) -> Iterator[list[str]]:
    """Return the words of many phrases, each different word worked on once."""
    known: dict[str, list[str]] = {}
    for phrase in phrases:
        words: list[str] = []
        for printed in phrase.split():
            folded = known.get(printed)
            if folded is None:
                folded = known[printed] = split(printed)
            words += folded
        yield words
