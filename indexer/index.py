"""One index on disk: a folder with an engine's files and the catalogue beside them."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.entities.corrections import FILE
from indexer.errors import EngineError, IndexMissing
from indexer.query.ast import Exact
from indexer.schema import RASAD

_CATALOGUE = "catalogue.db"
_ENGINE = "engine"
_BATCH = 500  # articles or words that are checked at once


@dataclass(frozen=True, slots=True)
class Index:
    """An open index."""

    folder: Path
    engine: Engine
    catalogue: Catalogue

    @property
    def lemmas(self) -> str:
        """Who gives its lemmas, one of ``LEMMAS``: queries are read as its articles were."""
        return self.catalogue.meta("lemmas") or RASAD

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Open an existing index, with the engine that it was made with.

        Raises ``IndexMissing`` where there is none, ``EngineError`` where it can't be read.
        """
        path = folder / _CATALOGUE
        if not path.is_file():
            raise IndexMissing(
                f"There is no index in {folder}. Make one: rasad index PATH --index {folder}"
            )
        catalogue = Catalogue.open(path)
        engine = open_engine(catalogue.meta("engine") or "", folder / _ENGINE)
        return cls(folder, engine, catalogue)

    @classmethod
    def create(cls, folder: Path, engine: str, lemmas: str = RASAD) -> "Index":
        """Make an empty index in a folder that is new, empty, or left half-made."""
        if (folder / _CATALOGUE).exists():
            raise EngineError(f"There is an index in {folder} already.")
        if folder.exists() and any(p.name not in (_ENGINE, FILE) for p in folder.iterdir()):
            raise EngineError(f"{folder} holds other files; choose an empty folder for the index.")
        folder.mkdir(parents=True, exist_ok=True)
        opened = open_engine(engine, folder / _ENGINE, create=True)
        return cls(folder, opened, Catalogue.create(folder / _CATALOGUE, engine, lemmas))

    def complaints(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty when it is whole.

        Reads every record and every posting list once; what can't be read is a complaint, too.
        """
        found: list[str] = []
        for part in (self.catalogue.damage, self._lost_articles, self._lost_records, self._words):
            try:
                found += part()
            except EngineError as error:
                found.append(str(error))
        return found

    def _lost_articles(self) -> list[str]:
        pages = {page.article for page in self.catalogue.digests().values()}
        lost = pages - self.engine.ids()
        return [f"{len(lost)} pages were indexed but have no article: {_some(lost)}"] * bool(lost)

    def _lost_records(self) -> list[str]:
        unread: set[str] = set()
        for some in _batches(sorted(self.engine.ids())):
            unread |= set(some) - {record.article.id for record in self.engine.records(some)}
        return [f"{len(unread)} articles have no record: {_some(unread)}"] * bool(unread)

    def _words(self) -> list[str]:
        """Nothing, unless reading the postings of a word raises ``EngineError``."""
        for forms in _batches(self.catalogue.frequent_forms(-1)):
            self.engine.find(Exact(tuple(forms)), limit=0, facets=())
        return []

    def close(self) -> None:
        """Let go of files and memory."""
        self.engine.close()
        self.catalogue.close()


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _some(ids: set[str]) -> str:
    return ", ".join(sorted(ids)[:3]) + ("…" if len(ids) > 3 else "")


@contextmanager
def writable(
    folder: Path, engine: str | None, lemmas: str | None = None, *, rebuild: bool = False
) -> Iterator[Index]:
    """An index to write to: the one in ``folder``, or a new one.

    With ``rebuild`` a new index is made beside the old one and takes its place only when the
    block ends well. A new index goes again when the block fails with nothing in it. Raises
    ``EngineError`` when ``folder`` has an index of another engine, or with the lemmas of another.
    """
    if rebuild:
        engine = engine or _remembered(folder, "engine")
        lemmas = lemmas or _remembered(folder, "lemmas")
        with _replacement(folder, engine or "whoosh", lemmas or RASAD) as index:
            yield index
        return
    try:
        index = Index.open(folder)
    except IndexMissing:
        with _new(folder, engine or "whoosh", lemmas or RASAD) as index:
            yield index
        return
    try:
        for made, asked in (
            (index.engine.name, engine),
            (f"the lemmas of {index.lemmas}", lemmas and f"the lemmas of {lemmas}"),
        ):
            if asked and made != asked:
                raise EngineError(
                    f"The index in {folder} was made with {made}, not {asked}; "
                    "add --rebuild, or choose another folder with --index."
                )
        yield index
    finally:
        index.close()


def _remembered(folder: Path, fact: str) -> str | None:
    """A fact about the index in ``folder``, as far as its catalogue can be read."""
    if not (folder / _CATALOGUE).is_file():
        return None
    try:
        catalogue = Catalogue.open(folder / _CATALOGUE)
    except EngineError:
        return None
    try:
        return catalogue.meta(fact)
    finally:
        catalogue.close()


@contextmanager
def _new(folder: Path, engine: str, lemmas: str) -> Iterator[Index]:
    index = Index.create(folder, engine, lemmas)
    empty = True
    try:
        yield index
        empty = False
    finally:
        empty = empty and not index.engine.ids()
        index.close()
        if empty:
            shutil.rmtree(folder / _ENGINE)
            for path in folder.glob(f"{_CATALOGUE}*"):
                path.unlink()
            with suppress(OSError):  # it holds other files, or may not be removed
                folder.rmdir()


@contextmanager
def _replacement(folder: Path, engine: str, lemmas: str) -> Iterator[Index]:
    if folder.exists() and any(folder.iterdir()) and not (folder / _CATALOGUE).exists():
        raise EngineError(f"{folder} holds other files; choose another folder for the index.")
    new = folder.with_name(f"{folder.name}.new-{os.getpid()}")
    old = folder.with_name(f"{folder.name}.old-{os.getpid()}")
    try:
        index = Index.create(new, engine, lemmas)
        try:
            yield index
        finally:
            index.close()
        if folder.exists():
            if (folder / FILE).is_file():
                shutil.copy2(folder / FILE, new / FILE)
            folder.rename(old)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
