"""What every facet is to the extractor: a reader of its values, made by its module's ``facet``."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.facets.gazetteer.matcher import GazetteerEntry
from indexer.facets.gazetteer.topic_terms import TopicTerms
from indexer.facets.ner.recogniser import NameRecogniser
from indexer.facets.part import AnnotatedPart
from indexer.model import Article, Facets, FacetValue
from indexer.text import Analyzer


@dataclass(frozen=True, slots=True)
class FacetTools:
    """What is loaded once for all facets, to make their readers of."""

    analyzer: Analyzer
    recogniser: NameRecogniser
    topic_terms: TopicTerms


class FacetReader(ABC):
    """Finds the values of one facet in articles.

    The module ``indexer.facets.ID`` of an extracted facet has a function
    ``facet(tools: FacetTools) -> FacetReader``; there is no other list of them.
    """

    def phrases(self) -> Iterable[tuple[str, GazetteerEntry]]:
        """The phrases to look for; where they stand is told in each part's ``matches``."""
        return ()

    @abstractmethod
    def extract(
        self, article: Article, parts: Sequence[AnnotatedPart], values: Facets
    ) -> tuple[FacetValue, ...]:
        """Return the values, best first, with where and why they were found.

        ``values`` are those of the facets that stand before this one in the schema.
        """
