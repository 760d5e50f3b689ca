"""The field that holds the words: finished terms whose postings are places on a shelf.

Whoosh keeps a field's class by its name in every index, so these two stay where they are.
"""

from whoosh import analysis, fields, formats

from indexer.engines.whoosh.shelves import PLACE


class PlaceFormat(formats.Format):  # type: ignore[misc]
    """Postings whose payload is the places where a word stands on a shelf."""

    def __init__(self) -> None:
        self.field_boost = 1.0
        self.options: dict[str, object] = {}

    def decode_frequency(self, payload: bytes) -> int:
        """How often the word stands there."""
        return len(payload) // PLACE

    def decode_weight(self, payload: bytes) -> float:
        """The frequency again: words weigh one each."""
        return len(payload) / PLACE


class WordsField(fields.FieldType):  # type: ignore[misc]
    """A field whose postings are handed over by the writer, not made from a document's value."""

    def __init__(self) -> None:
        self.analyzer = analysis.IDAnalyzer()
        self.format = PlaceFormat()
        # Lengths are kept in the columns; a scorable field would read one for every posting.
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None
        self.indexed = True
        self.column_type = None
