"""What differs between two prints of one story, word for word.

Words are compared as they are searched, without vowel marks and punctuation, so that only other
words count as different. A few equal words between two changes belong to the change: a reader
follows one longer replacement more easily than scattered words.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from indexer.text.normalize import normalize

Kind = Literal["same", "left", "right"]

#: Equal words between two changes that are taken into them, and that are shown around a change.
SCATTERED, AROUND = 2, 8
#: Words of a text that are compared.
MOST = 4000
_WORD = re.compile(r"\S+")
_NO_LETTER = re.compile(r"[\W_]+")


class Piece(NamedTuple):
    """A stretch of text that both prints have, or only the left or only the right one.

    ``cut`` tells that equal words were left out before it.
    """

    kind: Kind
    text: str
    cut: bool = False


def differences(left: str, right: str) -> list[Piece]:
    """The pieces of two texts in order, equal ones cut down to the words around a change.

    Texts of the same words have none.

    >>> [piece[:2] for piece in differences("وصل الوزير اليوم", "وصل الوزير أمس")]
    [('same', 'وصل الوزير'), ('left', 'اليوم'), ('right', 'أمس')]
    """
    words = [[(m[0], m.start(), m.end()) for m in _words(text)] for text in (left, right)]
    pieces: list[Piece] = []
    changes = list(_changes(*([_folded(word) for word, _, _ in side] for side in words)))
    for number, (equal, left_start, left_end, right_start, right_end) in enumerate(changes):
        if equal:
            last = number == len(changes) - 1
            pieces += _shown(left, words[0][left_start:left_end], first=not number, last=last)
            continue
        if left_start < left_end:
            pieces.append(Piece("left", _text(left, words[0][left_start:left_end])))
        if right_start < right_end:
            pieces.append(Piece("right", _text(right, words[1][right_start:right_end])))
    return pieces if any(piece.kind != "same" for piece in pieces) else []


_Words = Sequence[tuple[str, int, int]]


def _words(text: str) -> Iterator[re.Match[str]]:
    """The words that hold a letter or digit; signs alone make no difference."""
    for number, match in enumerate(m for m in _WORD.finditer(text) if _folded(m[0])):
        if number == MOST:
            return
        yield match


def _folded(word: str) -> str:
    return _NO_LETTER.sub("", normalize(word))


def _text(text: str, words: _Words) -> str:
    return " ".join(text[words[0][1] : words[-1][2]].split())


def _changes(
    left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Equal and changed stretches in turn: (equal, left from, to, right from, to)."""
    start = (0, 0)  # of the change that is being gathered
    for block in _blocks(left, right):
        end = (block.left, block.right)
        if start != end:
            yield False, start[0], end[0], start[1], end[1]
        start = (block.left + block.size, block.right + block.size)
        if block.size:
            yield True, end[0], start[0], end[1], start[1]


class _Block(NamedTuple):
    left: int
    right: int
    size: int


def _blocks(left: Sequence[str], right: Sequence[str]) -> Iterator[_Block]:
    """The equal stretches that are long enough to follow, and an empty one at the end."""
    blocks = LCSseq.editops(left, right).as_matching_blocks()
    for block in blocks:
        at_end = (block.a + block.size, block.b + block.size) == (len(left), len(right))
        at_start = (block.a, block.b) == (0, 0)
        if block.size > SCATTERED or (block.size and (at_start or at_end)):
            yield _Block(block.a, block.b, block.size)
    yield _Block(len(left), len(right), 0)


def _shown(text: str, words: _Words, *, first: bool, last: bool) -> Iterator[Piece]:
    """An equal stretch, without its middle where that is long; only the side at a change stays."""
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= before + after + AROUND:
        yield Piece("same", _text(text, words))
        return
    if before:
        yield Piece("same", _text(text, words[:before]))
    if after:
        yield Piece("same", _text(text, words[-after:]), cut=True)
