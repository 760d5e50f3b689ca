"""An engine together with the documents that it was given, as ``search`` and the catalogue are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from factories import write
from indexer.engines.base import Engine, Found, Search
from indexer.model import Document
from indexer.query.ast import Clause, Match, mapped


@dataclass
class Corpus:
    """Documents, and an engine that should know them all."""

    engine: Engine
    documents: dict[str, Document] = field(default_factory=dict)

    def write(self, *documents: Document, remove: Collection[str] = ()) -> int:
        """Write to the engine and remember."""
        written = write(self.engine, documents, remove)
        for id in remove:
            self.documents.pop(id, None)
        self.documents |= {document.record.article.id: document for document in documents}
        return written

    def find(self, clause: Clause, *filters: object, **options: object) -> Found:
        """Ask the engine, after words were given the forms that stand in the documents."""
        asked = known_forms(clause, self.documents.values())
        return self.engine.find(Search(asked, filters, **options))

    def ids(self, clause: Clause, *filters: object, **options: object) -> list[str]:
        """The ids of the hits, in their order."""
        return [hit.id for hit in self.find(clause, *filters, **options).hits]


def known_forms(clause: Clause, documents: Iterable[Document]) -> Clause:
    """The clause with the exact forms that share a stem, lemma or root with its loose words."""
    words = {word for document in documents for word in (*document.title, *document.body)}

    def change(clause: Clause) -> Clause:
        if not isinstance(clause, Match):
            return clause
        stems = {word.exact for word in words if word.stem == clause.word.stem}
        lemmas = {word.exact for word in words if word.lemma == clause.word.lemma}
        roots = {word.exact for word in words if word.root and word.root == clause.word.root}
        return replace(
            clause,
            stem_forms=tuple(sorted(stems)),
            lemma_forms=tuple(sorted(lemmas)),
            root_forms=tuple(sorted(roots)) if clause.related else (),
        )

    return mapped(clause, change)
