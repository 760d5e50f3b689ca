"""The title or the body of an article as the facets see it: its words, and what is known of them.

Everything that tables and other recognisers say of a part is found once and travels in one value.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from indexer.facets.gazetteer.part_matches import PartMatches
from indexer.facets.gazetteer.topic_terms import Terms
from indexer.model import FacetValue, Mention, TextPart, Token, Word
from indexer.text.normalize import unmarked

_LAYERS, _EXACT, _START = attrgetter("word"), attrgetter("exact"), attrgetter("start")
#: Letters in the shape that they have inside a word, as old systems stored them: «ﻋﺪﻥ».
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
#: What may stand between the words of one phrase: «حلف "الناتو"», «كرامب-كارنباور».
_JOINED = re.compile(r"[ \t\u00a0\u0640]*[\"“”«»'‘’\-‐–]?[ \t\u00a0]*")
#: What ends a sentence.
_END = re.compile(r"[.!?؟\n…]")


class TaggedName(NamedTuple):
    """A name that a model sees: words ``start`` to ``end`` of a part, PER, LOC or ORG."""

    start: int
    end: int
    kind: str
    probability: float


@dataclass(frozen=True, slots=True)
class AnnotatedPart:
    """The title or the body: the text as printed, its tokens, and what is known of its words.

    ``words`` are the tokens' words on the exact layer, ``layers`` on all. ``gaps`` is what stands
    before a word, where that is more or less than a space. ``matches`` are the phrases of the
    gazetteers, ``given_names`` the given names and ``terms`` what can begin a topic's terms, by
    their place; ``second_opinion`` are the names that another recogniser sees.
    """

    name: TextPart
    text: str
    tokens: Sequence[Token]
    words: Sequence[str]
    layers: Sequence[Word]
    gaps: Mapping[int, str]
    matches: PartMatches = field(default_factory=PartMatches)
    given_names: Mapping[int, str] = field(default_factory=dict)
    terms: Sequence[tuple[int, Terms]] = ()
    second_opinion: Sequence[TaggedName] = ()

    @classmethod
    def of(cls, name: TextPart, text: str, tokens: Sequence[Token]) -> "AnnotatedPart":
        """Return the part with its words, nothing known of them yet."""
        layers = list(map(_LAYERS, tokens))
        return cls(name, text, tokens, list(map(_EXACT, layers)), layers, _gaps(text, tokens))

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
        text = unmarked(self.text[self.tokens[start].start : self.tokens[end - 1].end])
        if _SHAPED.search(text):
            text = unicodedata.normalize("NFKC", text)
        return " ".join(text.split())

    def mention(self, start: int, end: int, rule: str) -> Mention:
        """The words from ``start`` to ``end`` as evidence: where they stand, found by a rule."""
        return Mention(self.name, self.tokens[start].start, self.tokens[end - 1].end, rule)

    def words_of(self, values: Iterable[FacetValue]) -> set[int]:
        """The words of this part by which these values were found."""
        taken: set[int] = set()
        for _, _, words in self.named(values):
            taken.update(words)
        return taken

    def named(self, values: Iterable[FacetValue]) -> Iterator[tuple[FacetValue, Mention, range]]:
        """The mentions of values in this part, each with its words."""
        for value in values:
            for mention in value.mentions:
                if mention.part == self.name:
                    start = bisect_left(self.tokens, mention.start, key=_START)
                    end = bisect_left(self.tokens, mention.end, start, key=_START)
                    yield value, mention, range(start, end)

    def sentences(self) -> Iterator[range]:
        """The sentences, as ranges of words."""
        start = 0
        for at, gap in self.gaps.items():
            if at and _END.search(gap):
                yield range(start, at)
                start = at
        if self.words:
            yield range(start, len(self.words))


def _gaps(text: str, tokens: Sequence[Token]) -> dict[int, str]:
    gaps, end = {}, 0
    for at, token in enumerate(tokens):
        start = token.start
        if start != end + 1 or text[end] != " ":
            gaps[at] = text[end:start]
        end = token.end
    return gaps
