"""The words, names and titles of documents on their way to the engine."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.catalogue.names import folded
from indexer.catalogue.printed import Spellings
from indexer.model import EXTRACTED, Document, Word


class Vocabulary:
    """Collects the words and names of documents as they pass."""

    def __init__(self) -> None:
        self._words: dict[str, Word] = {}  # equal exact forms are equal words
        self._articles: Counter[str] = Counter()
        self._spellings = Spellings()
        self._names: dict[tuple[str, str], list[Any]] = {}
        self.titles: list[tuple[str, str, str, str]] = []  # rows of the titles table

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the documents unchanged, and remember what they hold."""
        for document in documents:
            words = {word.exact: word for word in (*document.title, *document.body)}
            self._articles.update(words.keys())
            self._words |= words
            self._spellings.see(document.record.article)
            self._add_names(document)
            self._add_title(document)
            yield document

    def _add_title(self, document: Document) -> None:
        article = document.record.article
        folded = " ".join(word.exact for word in document.title)
        date = article.date.isoformat() if article.date else ""
        self.titles.append((article.id, article.title, folded, date))

    def word_rows(self) -> Iterator[tuple[object, ...]]:
        """Rows of the words table."""
        for exact, word in sorted(self._words.items()):
            printed, votes = self._spellings.usual(exact)
            yield exact, word.stem, word.lemma, word.root, self._articles[exact], printed, votes

    def name_rows(self) -> Iterator[tuple[object, ...]]:
        """Rows of the names table."""
        for (facet, id), (name, name_en, articles) in self._names.items():
            yield facet, id, name, name_en, folded(f"{name} {name_en}"), articles

    def _add_names(self, document: Document) -> None:
        record = document.record
        values = [
            (facet, value.id, value.name, value.name_en)
            for facet in EXTRACTED
            for value in record.facets.get(facet, ())
        ]
        values += [("sources", source, source, source) for source in record.values("sources")]
        for facet, id, name, name_en in values:
            entry = self._names.setdefault((facet, id), [name, name_en, 0])
            entry[2] += 1
