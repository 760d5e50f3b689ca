"""Facets: what an article can be found by, as stable ids, in the order of the schema."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path

from indexer.facets.facet_reader import FacetReader, FacetTools
from indexer.facets.gazetteer.matcher import PhraseMatcher
from indexer.facets.gazetteer.part_matches import PartMatches
from indexer.facets.gazetteer.topic_terms import TopicTerms, read_topics
from indexer.facets.ner.camel import Camel
from indexer.facets.ner.crf import CrfTagger
from indexer.facets.ner.features import default_features
from indexer.facets.ner.recogniser import NameRecogniser
from indexer.facets.part import AnnotatedPart
from indexer.facets.triggers import Triggers
from indexer.model import Article, Facets, FacetValue, TextPart, Token
from indexer.schema import EXTRACTED
from indexer.text import Analyzer

__all__ = ["Extractor", "default_extractor"]


class Extractor:
    """Reads the facets of articles. All tables are searched in one pass over the words."""

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        model: CrfTagger | None,
        camel: Camel | None = None,
        topics: Path | None = None,
    ) -> None:
        """``model`` finds names that no rule does; None leaves it to rules and tables.

        ``camel`` is asked for a second opinion, ``topics`` is a folder of further topics.
        """
        self.recogniser = NameRecogniser(model, camel)
        terms = TopicTerms(analyzer, read_topics(topics))
        tools = FacetTools(analyzer, self.recogniser, terms)
        self._readers = {id: _reader(id, tools) for id in EXTRACTED}
        phrases = chain.from_iterable(reader.phrases() for reader in self._readers.values())
        self._matcher = PhraseMatcher(chain(phrases, self.recogniser.phrases()))
        self._triggers = Triggers(self._matcher.begun, self.recogniser.given_name, terms.begun)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a user should know before a run: that the model of names is stale."""
        return self.recogniser.warnings

    def extract(self, article: Article, title: Sequence[Token], body: Sequence[Token]) -> Facets:
        """Return the values of each facet, best first, with where and why they were found."""
        return self.facets(article, self.parts(article, title, body))

    def parts(
        self, article: Article, title: Sequence[Token], body: Sequence[Token]
    ) -> tuple[AnnotatedPart, AnnotatedPart]:
        """The title and the body of an article, with all that is known of their words."""
        return (
            self.annotated("title", article.title, title),
            self.annotated("body", article.body, body),
        )

    def facets(self, article: Article, parts: Sequence[AnnotatedPart]) -> Facets:
        """Return the values of each facet in an article's parts, as ``extract`` does."""
        values: dict[str, tuple[FacetValue, ...]] = {}
        for facet, reader in self._readers.items():
            values[facet] = reader.extract(article, parts, values)
        return values

    def annotated(self, name: TextPart, text: str, tokens: Sequence[Token]) -> AnnotatedPart:
        """The part of an article with this text, with all that is known of its words."""
        part = AnnotatedPart.of(name, text, tokens)
        triggers = self._triggers.of(part.words, part.layers)
        return replace(
            part,
            matches=PartMatches.of(self._matcher.find(part.words, part.joined, triggers.phrases)),
            given_names=triggers.given_names,
            terms=triggers.terms,
            second_opinion=self.recogniser.second_opinion(part),
        )


def _reader(id: str, tools: FacetTools) -> FacetReader:
    reader: FacetReader = import_module(f"indexer.facets.{id}").facet(tools)
    return reader


@cache
def default_extractor(
    analyzer: Analyzer, camel: Path | bool = False, topics: Path | None = None
) -> Extractor:
    """The extractor over the tables that come with Rasad.

    ``camel`` asks CAMeL's recogniser as well, if a folder with the model that is there. ``topics``
    is a folder of topics beside those of Rasad.
    """
    second = Camel(camel if isinstance(camel, Path) else None) if camel else None
    with _uncollected():
        model = CrfTagger.load(default_features())
        return Extractor(analyzer, model=model, camel=second, topics=topics)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector away: tables are many objects, all of which stay."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
