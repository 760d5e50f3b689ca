"""Words that some write as one and others as two: «عبدالله» and «عبد الله», «أبوظبي», «لاسيما».

Any two words may be such a pair, and which are, the archive tells: what stands in it both ways.
Stop words are the exception. They stand before everything, and with many words they make another
word («من صور» is not «منصور»), so only those of a table are read together.
"""

from collections.abc import Iterator
from functools import cache

from indexer.text.analysis import stop_words
from indexer.text.lexicon import default_lexicon
from indexer.text.normalize import normalize
from indexer.text.roots import default_roots
from indexer.text.tables import rows
from indexer.text.word_lists import words

#: What may stand before a compound as before any noun; «ال» before it would be another name.
PARTICLES = (
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "وب",
    "ول",
    "وك",
    "فب",
    "فل",
)
_ANY = "*"
_LEAST = 2  # letters of either half
_TOGETHER = 5  # letters of both, where no table says that they are one
_MOST = 30  # letters of both
_NO_HALF = words("no-half")


def halves(word: str) -> Iterator[tuple[str, str]]:
    """The pairs of words as which a word, on the exact layer, may also be written.

    >>> ("ابو", "ظبي") in halves("ابوظبي")
    True
    """
    if len(word) <= _MOST:
        for at in range(_LEAST, len(word) - _LEAST + 1):
            if may_be_one(word[:at], word[at:]):
                yield word[:at], word[at:]


def may_be_one(first: str, second: str) -> bool:
    """Whether two neighbouring words, on the exact layer, may be one that is written apart.

    >>> may_be_one("حزب", "الله"), may_be_one("من", "صور"), may_be_one("ولا", "سيما")
    (True, False, True)
    """
    if not _is_half(first) or not _is_half(second) or len(first) + len(second) > _MOST:
        return False
    small, pairs = stop_words(), _pairs()
    if first not in small and second not in small:
        return len(first) + len(second) >= _TOGETHER
    if any((bare, second) in pairs for bare in bare_forms(first)):
        return True
    if second in small or not any((bare, _ANY) in pairs for bare in bare_forms(first)):
        return False
    entry = default_lexicon().find(first + second)
    return entry is None or entry.lemma not in default_roots()


def bare_forms(first: str) -> Iterator[str]:
    """The word, and what it may be without particles before it."""
    yield first
    for particle in PARTICLES:
        if first.startswith(particle) and len(first) >= len(particle) + _LEAST:
            yield first.removeprefix(particle)


def _is_half(word: str) -> bool:
    arabic = all("\u0621" <= letter <= "\u064a" for letter in word)
    return arabic and len(word) >= _LEAST and word not in _NO_HALF


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The table of small words, normalised."""
    pairs = rows("indexer.text", "joined.tsv", ("first", "second"))
    return frozenset((normalize(first), normalize(second)) for first, second in pairs)
