"""Facets: the people, countries, organisations and topics of an article, as stable ids."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path

from indexer.facets import countries, organisations
from indexer.facets.countries import Countries
from indexer.facets.gazetteer import places, titles
from indexer.facets.gazetteer.known_people import known_people
from indexer.facets.gazetteer.matcher import Found, Phrases
from indexer.facets.ner.camel import Camel
from indexer.facets.ner.crf import Model, Name
from indexer.facets.ner.features import default_describer
from indexer.facets.ner.mention import Spot
from indexer.facets.ner.word_classes import all_lexemes
from indexer.facets.organisations import Organisations
from indexer.facets.part import Part
from indexer.facets.people import People
from indexer.facets.topics import Topics, read_topics
from indexer.facets.triggers import Hearing
from indexer.model import Article, Facets, Token
from indexer.text import Analyzer

__all__ = ["Extractor", "default_extractor"]


class Extractor:
    """Reads the facets of articles. All tables are searched in one pass over the words."""

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        model: Model | None,
        camel: Camel | None = None,
        topics: Path | None = None,
    ) -> None:
        """``model`` finds names that no rule does; None leaves it to rules and tables.

        ``camel`` is asked for a second opinion, ``topics`` is a folder of further topics.
        """
        self._camel = camel
        known = known_people()
        self._phrases = Phrases(
            chain(
                countries.forms(),
                organisations.forms(),
                places.forms(),
                titles.forms(),
                known.forms(),
            )
        )
        lexemes = all_lexemes()
        self._people = People(known, lexemes, model, default_describer())
        self._countries = Countries()
        self._organisations = Organisations(countries.labels())
        self._topics = Topics(analyzer, read_topics(topics))
        self._hearing = Hearing(self._phrases, lexemes, self._topics)

    def extract(self, article: Article, title: Sequence[Token], body: Sequence[Token]) -> Facets:
        """Return the values of each facet, best first, with where and why they were found."""
        parts = [Part.of("title", article.title, title), Part.of("body", article.body, body)]
        begun = {part.name: self._hearing.heed(part.words, part.layers) for part in parts}
        found: dict[str, list[Found]] = {
            part.name: self._phrases.find(part.words, part.joined, begun[part.name].phrases)
            for part in parts
        }
        others: dict[str, list[Name]] = {}
        if self._camel is not None:
            others = {part.name: self._camel.names(part) for part in parts}
        given: dict[str, dict[int, str]] = {name: heeded.given for name, heeded in begun.items()}
        people = self._people.extract(article, parts, found, given, others)
        places = self._countries.extract(article, parts, found, people.taken)
        return {
            "people": people.values,
            "countries": places,
            "organisations": self._organisations.extract(
                parts, found, {place.id for place in places}, others
            ),
            "topics": self._topics.extract(
                parts, {name: heeded.terms for name, heeded in begun.items()}
            ),
        }

    def read(self, part: Part) -> tuple[list[Found], list[Spot]]:
        """The phrases and the names of a part by tables and rules, to train the model."""
        begun = self._hearing.heed(part.words, part.layers)
        found = self._phrases.find(part.words, part.joined, begun.phrases)
        return found, self._people.spots(part, found, begun.given)


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
        model = Model.load(default_describer())
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
