"""Text to tokens: find the words as printed, and give each its three layers."""

import re
from functools import cache
from importlib.resources import files

from indexer.model import Token, Word
from indexer.text.normalize import SILENT, normalize
from indexer.text.lexicon import Lexicon, default_lexicon
from indexer.text.stemming import stem_of

# A word is a run of letters, digits and combining marks; silent characters may stand inside it,
# so that a vocalised, stretched or joined word stays whole, but never at its start.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{SILENT}])*")


class Analyzer:
    """Reads texts, queries and tables of names, all alike.

    A word type is analysed once and remembered: news repeats its words.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = default_lexicon() if lexicon is None else lexicon
        self._stop = frozenset(
            normalize(line)
            for line in files("indexer.text").joinpath("stopwords.txt").read_text("utf-8").split()
        )
        self._words: dict[str, Word] = {}

    def analyze(self, text: str) -> list[Token]:
        """Return the words of ``text`` in order; ``text[t.start:t.end]`` is the printed word."""
        words, tokens = self._words, []
        for match in _WORD.finditer(text):
            printed = match[0]
            word = words.get(printed)
            if word is None:
                word = words[printed] = self.word(printed)
            tokens.append(Token(match.start(), match.end(), word))
        return tokens

    def word(self, printed: str) -> Word:
        """Return the layers of one printed word."""
        exact = normalize(printed)
        entry = self._lexicon.find(exact)
        light = stem_of(exact, entry, self._lexicon)
        return Word(exact, light, entry.lemma if entry else light, exact in self._stop)


@cache
def default_analyzer() -> Analyzer:
    """The analyzer over the tables that come with Rasad."""
    return Analyzer()
