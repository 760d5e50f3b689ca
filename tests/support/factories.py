"""Values for tests: say what matters, the rest is made up."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from indexer.catalogue import Catalogue, Vocabulary
from indexer.engines.base import Engine
from indexer.model import Article, Document, FacetValue, Record, Word
from indexer.schema import EVENTS, EXTRACTED
from indexer.text import default_analyzer

Text = str | Sequence[Word]


def make_article(
    id: str = "a", title: str = "", body: str = "", *, date: str | None = None, **fields: str | None
) -> Article:
    """An article; ``date`` is written 2021-06-30."""
    day = dt.date.fromisoformat(date) if date else None
    return Article(id, title, body, day, "metadata" if day else None, **fields)


def make_value(id: str, **fields: object) -> FacetValue:
    """A facet value that is called by its id."""
    return FacetValue(**{"id": id, "name": id, "name_en": id, "score": 1.0} | fields)


def make_record(
    id: str = "a",
    title: str = "",
    body: str = "",
    *,
    people: Iterable[str] = (),
    countries: Iterable[str] = (),
    organisations: Iterable[str] = (),
    topics: Iterable[str] = (),
    events: Iterable[str] = (),
    date: str | None = None,
    **fields: str | None,
) -> Record:
    """A record; facet values are given by their ids, ``source`` and ``url`` by name."""
    given = dict(zip(EXTRACTED, (people, countries, organisations, topics), strict=True))
    given[EVENTS] = events
    facets = {facet: tuple(map(make_value, sorted(ids))) for facet, ids in given.items()}
    return Record(make_article(id, title, body, date=date, **fields), facets)


def make_document(
    id: str = "a", *, title: Text = "", body: Text = "", story: str = "", **fields: object
) -> Document:
    """A document; texts go through the analyzer, unless they are given as finished words."""
    record = make_record(id, _printed(title), _printed(body), **fields)
    return Document(record, _words(title), _words(body), story=story)


def word(printed: str) -> Word:
    """The layers of one printed word."""
    return default_analyzer().word(printed)


def learn(catalogue: Catalogue, *documents: Document) -> None:
    """Let a catalogue know the words, names and titles of documents, as indexing does."""
    vocabulary = Vocabulary()
    vocabulary.see(documents)
    catalogue.learn(vocabulary)


def _printed(text: Text) -> str:
    return text if isinstance(text, str) else " ".join(word.exact for word in text)


def _words(text: Text) -> tuple[Word, ...]:
    if isinstance(text, str):
        return tuple(token.word for token in default_analyzer().analyze(text))
    return tuple(text)


def write(engine: Engine, documents: Iterable[Document], remove: Collection[str] = ()) -> int:
    """Store documents and drop others in one commit; returns how many were stored."""
    ids: set[str] = set()

    def passing() -> Iterator[Document]:
        for document in documents:
            ids.add(document.record.article.id)
            yield document

    writer = engine.writer()
    try:
        writer.remove(remove)
        writer.add(passing())
        writer.commit()
    finally:
        writer.close()
    return len(ids)
