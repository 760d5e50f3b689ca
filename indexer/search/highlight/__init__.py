"""The words of a text that answer a query, and the piece of the text to show them in.

A mark is always a whole word as printed: it has the offsets of a token, never of letters.
"""

from indexer.search.highlight.marks import Highlighter, Mark, Marker, Span
from indexer.search.highlight.passages import SIZE, Passage, passage, whole

__all__ = [
    "SIZE",
    "Highlighter",
    "Mark",
    "Marker",
    "Passage",
    "Span",
    "passage",
    "whole",
]
