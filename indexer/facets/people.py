"""The facet of people: named in the text, and each person once, however the name is written."""

from collections.abc import Sequence

from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.ner import bylines
from indexer.facets.ner.recogniser import NameRecogniser
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, FacetValue


def facet(tools: FacetTools) -> FacetReader:
    """The reader of people."""
    return PeopleFacet(tools.recogniser)


class PeopleFacet(FacetReader):
    """Finds the people of an article."""

    def __init__(self, recogniser: NameRecogniser) -> None:
        self._recogniser = recogniser

    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], values: Facets
    ) -> tuple[FacetValue, ...]:
        """Return the people, most mentioned first, without those who sign the article."""
        mentions = [
            mention
            for part in parts
            for mention in self._recogniser.mentions(part)
            if not bylines.signs(mention, article)
        ]
        coreference = self._recogniser.coreference
        return tuple(map(coreference.value, coreference.people(mentions, parts)))
