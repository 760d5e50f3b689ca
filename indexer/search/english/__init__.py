"""English: the names, offices and terms in a run of Latin words, and what they are in Arabic.

Tables tell of countries, those who live there, places, organisations, offices and diplomatic terms;
the index tells of people. The longest known name wins. Words are compared folded, see ``folding``.
"""

from indexer.search.english.archive_names import KnownNames, knowledge
from indexer.search.english.entries import EnglishEntry, Kind, countries, entries, offered
from indexer.search.english.segmentation import QuerySegment, cut

__all__ = [
    "EnglishEntry",
    "Kind",
    "KnownNames",
    "QuerySegment",
    "countries",
    "cut",
    "entries",
    "knowledge",
    "offered",
]
