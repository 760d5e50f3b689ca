"""Who said what: quotations with their speaker."""

from collections.abc import Sequence

from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, Quotation


class QuotationExtractor:
    """Finds the quotations of articles whose speaker is told."""

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], facets: Facets
    ) -> tuple[Quotation, ...]:
        """Return the quotations in the order of the text."""
        return ()
