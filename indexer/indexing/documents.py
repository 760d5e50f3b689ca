"""From one raw page to one document: read, analyse, extract."""

from collections.abc import Sequence, Set
from functools import cache

from indexer.errors import SourceError
from indexer.events.event_extractor import event_extractor
from indexer.events.quotations import QuotationExtractor
from indexer.facets.extractor import Extractor, default_extractor
from indexer.index import IndexSettings
from indexer.indexing.near_duplicates import with_signature
from indexer.indexing.source_names import latin_source
from indexer.meaning.encoder import Encoder, encoders_of
from indexer.model import Article, Document, Record, Token
from indexer.schema import CAMEL, RASAD
from indexer.sources import Raw, Skipped, first_words, read
from indexer.sources.cleaning.repeated_lines import without
from indexer.sources.raw import unexpected
from indexer.text import Analyzer, default_analyzer
from indexer.text.homographs import habit, told_apart

#: What became of a raw page.
Outcome = Document | Skipped


class DocumentBuilder:
    """Turns pages and articles into documents; pure, so any process may do it."""

    def __init__(
        self,
        analyzer: Analyzer,
        extractor: Extractor,
        encoders: Sequence[Encoder],
        searched: Analyzer | None = None,
    ) -> None:
        """``searched`` makes the words that are searched, if others than facets are read from."""
        self._analyzer = analyzer
        self._extractor = extractor
        self._events = event_extractor()
        self._quotations = QuotationExtractor()
        self._searched = searched
        self._encoders = encoders

    @property
    def warnings(self) -> tuple[str, ...]:
        """What people should know of the model that is used."""
        return self._extractor.warnings

    def outcome(self, raw: Raw, repeated_lines: Set[int] = frozenset()) -> Outcome:
        """The document of a page without its source's ``repeated_lines``, or why there is none."""
        try:
            article = without(read(raw), repeated_lines)
            return self.of(article)
        except SourceError as error:
            return Skipped(raw.origin, str(error), error.source)
        except Exception as error:  # one odd page ends no run, whatever it makes a library raise
            return Skipped(raw.origin, unexpected(error))

    def again(self, article: Article) -> Outcome:
        """The document of an article that is in the index, or why it can't be made anew."""
        try:
            return self.of(article)
        except Exception as error:  # as above; the article stays as it is
            return Skipped(article.origin, unexpected(error), article.source)

    def of(self, article: Article) -> Document:
        """Analyse and extract an article that was read already."""
        title = self._analyzer.analyze(article.title)
        body = self._analyzer.analyze(article.body)
        parts = self._extractor.parts(article, title, body)
        facets = self._extractor.facets(article, parts)
        events = self._events.extract(article, parts, facets)
        record = Record(article, facets, events, self._quotations.extract(article, parts, facets))
        return self.revised(record) if self._searched else self._document(record, title, body)

    def revised(self, record: Record) -> Document:
        """The document of a record, the facets of which stay as they are."""
        analyzer = self._searched or self._analyzer
        title, body = map(analyzer.analyze, (record.article.title, record.article.body))
        return self._document(record, title, body)

    def _document(self, record: Record, title: Sequence[Token], body: Sequence[Token]) -> Document:
        article = record.article
        if _untitled(article):
            title = []
        way = habit(f"{article.title}\n{article.body}")
        in_title = tuple(token.word for token in told_apart(article.title, title, way))
        in_body = tuple(token.word for token in told_apart(article.body, body, way))
        vectors = tuple(one.article(article, in_title, in_body) for one in self._encoders)
        document = Document(
            record, in_title, in_body, vectors=vectors, source_en=latin_source(article)
        )
        return with_signature(document)


def _untitled(article: Article) -> bool:
    """Whether the title is the beginning of the story, for want of one: no editor chose its words,
    and they would be indexed twice."""
    return bool(article.body) and article.title == first_words(article.body)


@cache
def document_builder(settings: IndexSettings) -> DocumentBuilder:
    """The builder for an index with these settings, one a process.

    Whose lemmas are searched changes no facet: model and topics are made for Rasad's own.
    """
    analyzer = default_analyzer(settings.lexicon)
    searched = None
    if settings.lemmas != RASAD:
        searched = default_analyzer(settings.lexicon, settings.lemmas)
    camel = (settings.camel_model or True) if settings.recogniser == CAMEL else False
    extractor = default_extractor(analyzer, camel, settings.topics)
    # One thread a process: processes are started by a fork, which several of OpenMP would not bear.
    encoders = encoders_of(settings.meaning, threads=1)
    return DocumentBuilder(analyzer, extractor, encoders, searched)
