"""Text to tokens: find the words as printed, and give each its three layers."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

from indexer.model import Token, Word
from indexer.schema import CAMEL, RASAD
from indexer.text.camel_lemmas import CamelLemmas
from indexer.text.lexicon import Lexicon, default_lexicon
from indexer.text.normalize import BLESSINGS, MARKS, SILENT, normalize
from indexer.text.roots import default_roots
from indexer.text.stemming import stem_of
from indexer.text.tables import rows

# A word is a run of Arabic letters, or of Latin ones and digits («G20»); silent characters may be
# inside it, so that a vocalised, stretched or joined word stays whole, and marks also at its end.
# (Tatweel counts as a letter in Unicode; it begins no word.) Where the press leaves out the space,
# as in «عام2023» or «الوكالةReuters», one word ends and the next begins. The thousands of a number
# are one word; a sign that stands for a blessing is a word, however many stand together.
_ARABIC = (
    "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
    "\u0750-\u077f\u0870-\u08d2\ufb50-\ufdf9\ufdfc\ufe80-\ufeff"
)
_INSIDE = rf"[\u0300-\u036f{SILENT}]"
_NUMBER = r"[1-9\u0661-\u0669\u06f1-\u06f9]\d{0,2}(?:[,\u066c\u060c]\d{3})+(?![\d,\u066c\u060c])"
_WORD = re.compile(
    rf"""
      (?<!\d) (?<!\d[,\u066c\u060c]) {_NUMBER}
    | [{BLESSINGS}]
    | (?: (?=[{_ARABIC}]) [^\W\d_A-Za-z{MARKS}{BLESSINGS}]  [^\W\d_A-Za-z{BLESSINGS}]*
          (?: {_INSIDE}+ [^\W\d_A-Za-z{BLESSINGS}]+ )*
        | [^\W_{_ARABIC}{MARKS}{BLESSINGS}]+ (?: {_INSIDE}+ [^\W_{_ARABIC}{BLESSINGS}]+ )*
      )
      [\u0300-\u036f{MARKS}]*
    """,
    re.VERBOSE,
)
#: Common letters alone; they are one word.
_PLAIN_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+").fullmatch
# Programs that take text out of PDF turn the letters of «لا» round: «األمن» is «الأمن».
_SWAPPED = re.compile("([وف]?[بك]?)اال(?=.{2})")
_SEPARATORS = str.maketrans("", "", ",\u066c\u060c")
#: Printed word types kept in memory, about 400 bytes each; a year of news has more, most seen once.
#: A type of more letters than the longest is no word, but could fill the memory: «ﷺ» unfolds to 15.
_REMEMBERED = 100_000
_LONGEST = 100


class Lemmas(Protocol):
    """Gives the lemma of a word on the exact layer, marks and all; None where it knows none."""

    def lemma(self, exact: str) -> str | None: ...


class Analyzer:
    """Reads texts, queries and tables of names, all alike.

    A word type is analysed once and remembered: news repeats its words.
    """

    def __init__(
        self,
        lexicon: Lexicon | None = None,
        *,
        extra: Path | None = None,
        lemmas: Lemmas | None = None,
    ) -> None:
        """``extra`` is a lexicon of your own, laid over Rasad's; ``lemmas`` come before both."""
        self._lemmas = lemmas
        self._lexicon = default_lexicon() if lexicon is None else lexicon
        if extra is not None:
            self._lexicon = self._lexicon.with_entries_of(Lexicon.load(extra))
        self._roots = default_roots()
        self._stop = stop_words()
        self._words: dict[str, Word] = {}

    def analyze(self, text: str) -> list[Token]:
        """Return the words of ``text`` in order; ``text[t.start:t.end]`` is the printed word."""
        known, tokens = self._words.get, []
        for match in _WORD.finditer(text):
            printed = match[0]
            start, end = match.span()
            tokens.append(Token(start, end, known(printed) or self._remember(printed)))
        return tokens

    def word(self, printed: str) -> Word:
        """Return the layers of one printed word."""
        exact = exact_form(printed)
        entry = self._lexicon.find(exact)
        light = stem_of(exact, entry, self._lexicon)
        lemma = own = entry.lemma if entry else light
        if self._lemmas and (given := self._lemmas.lemma(exact)):
            lemma = exact_form(given)
        return Word(exact, light, lemma, exact in self._stop, self._roots.get(own, own))

    def _remember(self, printed: str) -> Word:
        word = self.word(printed)
        if len(word.exact) <= _LONGEST and len(printed) <= _LONGEST:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            self._words[printed] = word
        return word


def exact_form(printed: str) -> str:
    """The exact layer of one printed word.

    >>> exact_form("1,234,567"), exact_form("األمن") == exact_form("الأمن")
    ('1234567', True)
    """
    folded = normalize(printed)
    if not folded.isalnum():  # a sign may stand for several words, with spaces between them
        folded = "".join(folded.split()) or printed
    if folded[0].isdigit():
        return folded.translate(_SEPARATORS)
    swapped = _SWAPPED.match(folded) if "اال" in folded else None
    return f"{swapped[1]}الا{folded[swapped.end() :]}" if swapped else folded


def exact_forms(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, exact form) of each word of a text; ``Analyzer`` takes ten times as long
    over words that it meets for the first time."""
    if _PLAIN_WORD(text):  # as most of what is asked for one by one: a third of the time
        yield 0, len(text), exact_form(text)
        return
    for match in _WORD.finditer(text):
        yield (*match.span(), exact_form(match[0]))


@cache
def stop_words() -> frozenset[str]:
    """The words that loose queries skip, normalised."""
    return frozenset(normalize(word) for (word,) in rows("indexer.text", "stopwords.txt"))


@cache
def default_analyzer(extra: Path | None = None, lemmas: str = RASAD) -> Analyzer:
    """The analyzer over the tables that come with Rasad, and a lexicon of your own over them.

    ``lemmas`` is one of ``LEMMAS``; raises ``ConfigError`` where CAMeL Tools or their data lack.
    """
    return Analyzer(extra=extra, lemmas=CamelLemmas() if lemmas == CAMEL else None)
