"""The words, names and titles of documents on their way to the engine."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from indexer.catalogue.names import HOST, folded
from indexer.catalogue.printed_forms import Spellings
from indexer.model import Document, Word
from indexer.schema import EVENTS, EXTRACTED
from indexer.text.foreign import skeleton
from indexer.text.normalize import normalize

_MOST_HOSTS = 20  # of one source, remembered in one batch
_KINDS = frozenset({"com", "net", "org", "gov", "edu", "info"})


class Vocabulary:
    """Collects the words and names of documents as they pass."""

    def __init__(self) -> None:
        self._words: dict[str, Word] = {}  # equal exact forms are equal words
        self._articles: Counter[str] = Counter()
        self._spellings = Spellings()
        self._names: dict[tuple[str, str], list[Any]] = {}
        self._hosts: dict[str, set[str]] = {}  # by source
        self.titles: list[tuple[str, str, str, str]] = []  # rows of the titles table

    def see(self, documents: Iterable[Document]) -> None:
        """Remember what the documents hold."""
        for document in documents:
            words = {word.exact: word for word in (*document.title, *document.body)}
            self._articles.update(words.keys())
            self._words |= words
            self._spellings.see(document.record.article)
            self._add_names(document)
            self._add_title(document)

    def _add_title(self, document: Document) -> None:
        article = document.record.article
        folded = normalize(" ".join(word.exact for word in document.title))
        date = article.date.isoformat() if article.date else ""
        self.titles.append((article.id, article.title, folded, date))

    def word_rows(self) -> Iterator[tuple[object, ...]]:
        """Rows of the words table."""
        for exact, word in sorted(self._words.items()):
            printed, votes = self._spellings.usual(exact)
            layers = (exact, word.stem, word.lemma, word.root)
            yield *layers, self._articles[exact], skeleton(word), printed, votes

    def name_rows(self) -> Iterator[tuple[object, ...]]:
        """Rows of the names table."""
        for (facet, id), (name, name_en, articles) in self._names.items():
            hosts = self._hosts.get(id, ()) if facet == "sources" else ()
            words = " ".join([name, name_en, *(f"{HOST}{host}" for host in sorted(hosts))])
            yield facet, id, name, name_en, folded(words), articles

    def _add_names(self, document: Document) -> None:
        record = document.record
        values = [
            (facet, value.id, value.name, value.name_en)
            for facet in (*EXTRACTED, EVENTS)
            for value in record.facets.get(facet, ())
        ]
        values += [
            ("sources", source, source, document.source_en or source)
            for source in record.values("sources")
        ]
        for source in record.values("sources"):
            known = self._hosts.setdefault(source, set())
            if len(known) < _MOST_HOSTS:
                known |= {*hosts(source), *hosts(record.article.url or "")}
        for facet, id, name, name_en in values:
            entry = self._names.setdefault((facet, id), [name, name_en, 0])
            entry[2] += 1


def hosts(address: str) -> list[str]:
    """The host of an address, the domains that it lies in, and the words that it is made of.

    >>> hosts("https://www.arabic.rt.com/news/1")
    ['arabic.rt.com', 'rt.com', 'arabic']
    """
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:  # half an IPv6 address
        return []
    labels = host.removeprefix("www.").split(".")
    if " " in host or not all(labels):
        return []
    domains = [".".join(labels[n:]) for n in range(len(labels) - 1)]
    words = [label for label in labels[:-1] if len(label) > 2 and label not in _KINDS]
    return [*domains, *words]
