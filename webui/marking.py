"""Texts with their marked spans, as HTML: the only code of Rasad that makes markup.

Everything is escaped here; what comes out holds ``<mark>`` and nothing else, so that a template or
a reader of the JSON can print it as it is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from indexer.highlight import Passage, Span

ELLIPSIS = "…"
_PARAGRAPH = re.compile(r"[^\r\n]+")


def marked(passage: Passage) -> Markup:
    """Return the passage with its spans in ``<mark>``, and dots where it was cut.

    >>> marked(Passage("a < b", marks=((0, 1),), after=True))
    Markup('<mark>a</mark> &lt; b …')
    """
    return Markup("").join(
        [
            f"{ELLIPSIS} " if passage.before else "",
            *_pieces(passage.text, passage.marks, 0, len(passage.text)),
            f" {ELLIPSIS}" if passage.after else "",
        ]
    )


class Paragraph(NamedTuple):
    """One line of a long text: as it was printed, and as HTML with its marks."""

    text: str
    html: Markup


def paragraphs(passage: Passage) -> list[Paragraph]:
    """Return a long passage line by line, empty lines left out."""
    return [
        Paragraph(
            line[0],
            Markup("").join(_pieces(passage.text, passage.marks, line.start(), line.end())),
        )
        for line in _PARAGRAPH.finditer(passage.text)
        if line[0].strip()
    ]


def _pieces(text: str, marks: Sequence[Span], start: int, end: int) -> Iterator[Markup]:
    """``text[start:end]``, escaped; a mark that runs over the border is cut there."""
    at = start
    for mark_start, mark_end in marks:
        left, right = max(mark_start, at), min(mark_end, end)
        if left < right:
            yield escape(text[at:left])
            yield Markup("<mark>{}</mark>").format(text[left:right])
            at = right
    yield escape(text[at:end])
