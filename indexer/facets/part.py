"""A part of an article as the facets read it: its words on the exact layer, and the gaps."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from indexer.model import Token, Word
from indexer.text.normalize import SILENT, normalize

_WORD = re.compile(r"[^\W_]+")
_LAYERS, _EXACT = attrgetter("word"), attrgetter("exact")
#: Letters in the shape that they have inside a word, as old systems stored them: «ﻋﺪﻥ».
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_SILENT = str.maketrans(dict.fromkeys(SILENT))
#: What may stand between the words of one phrase: «حلف "الناتو"», «كرامب-كارنباور».
_JOINED = re.compile(r"[ \t\u00a0\u0640]*[\"“”«»'‘’\-‐–]?[ \t\u00a0]*")


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
            own = known.get(printed)
            if own is None:
                own = known[printed] = split(printed)
            words += own
        yield words


@dataclass(frozen=True, slots=True)
class Part:
    """The title or the body: the text as printed, its tokens, their exact words."""

    name: Literal["title", "body"]
    text: str
    tokens: Sequence[Token]
    words: list[str] = field(default_factory=list)
    layers: list[Word] = field(default_factory=list)

    @classmethod
    def of(cls, name: Literal["title", "body"], text: str, tokens: Sequence[Token]) -> "Part":
        """Return the part with the exact layer of its tokens."""
        layers = list(map(_LAYERS, tokens))
        return cls(name, text, tokens, list(map(_EXACT, layers)), layers)

    def gap(self, index: int) -> str:
        """What is printed between the word at ``index`` and the next, or after the last."""
        start = self.tokens[index].end
        after = index + 1
        return self.text[start : self.tokens[after].start if after < len(self.tokens) else None]

    def before(self, index: int) -> str:
        """What is printed between the word before ``index`` and it."""
        start = self.tokens[index - 1].end if index else 0
        return self.text[start : self.tokens[index].start]

    def joined(self, index: int) -> bool:
        """Whether the word at ``index`` and the next can belong to one phrase."""
        gap = self.gap(index)
        return gap == " " or _JOINED.fullmatch(gap) is not None

    def word(self, index: int) -> str:
        """The word at ``index`` exactly as printed: «آن» and «أن» are one on the exact layer."""
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def printed(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` as printed: no marks, plain spaces and letters."""
        text = self.text[self.tokens[start].start : self.tokens[end - 1].end].translate(_SILENT)
        if _SHAPED.search(text):
            text = unicodedata.normalize("NFKC", text)
        return " ".join(text.split())
