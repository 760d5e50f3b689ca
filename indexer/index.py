"""One index on disk: a folder with an engine's files and the catalogue beside them."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypedDict

from indexer.catalogue import Catalogue, Page, Vocabulary
from indexer.engines import has_articles, open_engine
from indexer.engines.base import Engine, Search
from indexer.errors import ConfigError, EngineError, IndexMissing
from indexer.integrity.checksums import CATALOGUE, CHECKSUMS, ENGINE, SumKeeper, Sums
from indexer.model import Document
from indexer.query.ast import Exact
from indexer.schema import COLUMNS, RASAD, RULES, WORDS
from indexer.storage import replacement
from indexer.storage.disk_errors import disk_errors
from indexer.storage.exclusive import exclusive

#: The corrections of profiles in the folder of an index, where no other file is named.
PROFILES = "profiles.tsv"
#: Says in the catalogue that there have to be checksums.
SUMMED = "checksums"
_SETTINGS = "settings"
_FACETS = "facets"
#: How the names of an index's files begin; a correction is written beside the others first.
_OWN = (ENGINE, CATALOGUE, CHECKSUMS, PROFILES)
_REMOVING = "removing"
_BATCH = 500  # articles or words that are checked at once
#: What can't be changed in an index that is there: its articles would differ among themselves.
_FIXED = ("engine", "lemmas")
#: The options of «rasad index» that are not called as what they change.
_OPTIONS = {"recogniser": "--ner", "camel_model": "--ner camel"}


class Asked(TypedDict, total=False):
    """What is asked of how an index is made; what is left out may be as it is. See below."""

    engine: str
    lemmas: str
    recogniser: str
    camel_model: Path | None
    meaning: str
    topics: Path | None
    lexicon: Path | None
    profiles: Path | None


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How an index is made: kept in it, and followed by every command that reads or writes it.

    ``engine`` is one of ``ENGINES``; ``lemmas`` (one of ``LEMMAS``) says who gives the lemmas of
    its words, ``recogniser`` (one of ``RECOGNISERS``) who finds names, ``camel_model`` with which
    model where CAMeL Tools do, ``meaning`` (one of ``MEANINGS``) what makes vectors. ``topics`` is
    a folder of own topics, ``lexicon`` one made by «rasad lexicon build», ``profiles`` the file of
    corrections of people; None for none, and for ``PROFILES`` in the index's folder. Paths are
    absolute.
    """

    engine: str = "whoosh"
    lemmas: str = RASAD
    recogniser: str = RULES
    camel_model: Path | None = None
    meaning: str = WORDS
    topics: Path | None = None
    lexicon: Path | None = None
    profiles: Path | None = None

    def changed(self, asked: Asked) -> "IndexSettings":
        """These settings with those that are asked for."""
        values: dict[str, Any] = {
            name: from_root(value) if isinstance(value, Path) else value
            for name, value in asked.items()
        }
        return replace(self, **values)

    def differences(self, asked: Asked) -> dict[str, tuple[str, str]]:
        """What is asked for and is otherwise: name → how it is, how it is asked for."""
        made, other = self.told(), self.changed(asked).told()
        return {name: (made[name], other[name]) for name in asked if made[name] != other[name]}

    def told(self) -> dict[str, str]:
        """Every setting as people are told it."""
        return {one.name: str(getattr(self, one.name) or "none") for one in fields(self)}

    def profiles_in(self, folder: Path) -> Path:
        """The file of corrections of an index in ``folder``; it need not be there."""
        return self.profiles or folder / PROFILES

    def dumps(self) -> str:
        """The settings as text, for ``loads``."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return json.dumps(values, default=str, ensure_ascii=False)

    @classmethod
    def loads(cls, text: str) -> "IndexSettings":
        """What ``dumps`` wrote; names that this version doesn't know are passed over."""
        values = json.loads(text)
        known = {one.name: values[one.name] for one in fields(cls) if one.name in values}
        paths = {name: Path(known[name]) for name in _PATHS if known.get(name)}
        return cls(**(known | paths))

    def check(self, *names: str) -> None:
        """Raises ``ConfigError`` where a file or folder of these settings is not there."""
        for name in names:
            path = getattr(self, name)
            if path and not path.exists():
                raise ConfigError(
                    f"The index was made with the {name} {path}, which is not there; put it back, "
                    f"or name another with «rasad index --{name}»."
                )


_PATHS = ("camel_model", "topics", "lexicon", "profiles")


def from_root(path: Path) -> Path:
    """The path from the root, without «..»; links stay, as they were named."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (resolve() would follow links)


@dataclass(frozen=True, slots=True)
class Index:
    """An open index."""

    folder: Path
    engine: Engine
    catalogue: Catalogue

    @property
    def settings(self) -> IndexSettings:
        """How it is made: queries are read as its articles were."""
        return IndexSettings.loads(self.catalogue.meta(_SETTINGS) or "{}")

    @property
    def profiles(self) -> Path:
        """The file of corrections of its people; it need not be there."""
        return self.settings.profiles_in(self.folder)

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Open an existing index, with the engine that it was made with.

        Raises ``IndexMissing`` where there is none, ``EngineError`` where it can't be read.
        """
        path = folder / CATALOGUE
        if not _is_there(path) and not replacement.recover(folder):
            raise IndexMissing(
                f"There is no index in {folder}. Make one: rasad index PATH --index {folder}"
            )
        catalogue = Catalogue.open(path)
        facets = catalogue.meta(_FACETS)
        if facets != " ".join(COLUMNS):
            catalogue.close()
            raise EngineError(
                f"The index in {folder} was made with the facets {facets}, this Rasad has "
                f"{' '.join(COLUMNS)}; make it anew from its pages: "
                f"rasad index PATH --rebuild --index {folder}"
            )
        made = IndexSettings.loads(catalogue.meta(_SETTINGS) or "{}")
        try:
            engine = open_engine(made.engine, folder / ENGINE)
        except IndexMissing as error:
            catalogue.close()
            raise EngineError(
                f"The engine's files of the index in {folder} are gone. «rasad repair» brings back "
                f"what its pages hold; «rasad index PATH --rebuild --index {folder}» makes it anew."
            ) from error
        except BaseException:
            catalogue.close()
            raise
        return cls(folder, engine, catalogue)

    @classmethod
    def create(cls, folder: Path, made: IndexSettings | None = None) -> "Index":
        """Make an empty index in a folder that is new, empty, or left half-made."""
        made = made or IndexSettings()
        if (folder / CATALOGUE).exists():
            raise EngineError(f"There is an index in {folder} already.")
        _refuse_other_files(folder)
        folder.mkdir(parents=True, exist_ok=True)
        opened = open_engine(made.engine, folder / ENGINE, create=True)
        facts = {_SETTINGS: made.dumps(), _FACETS: " ".join(COLUMNS)}
        return cls(folder, opened, Catalogue.create(folder / CATALOGUE, **facts))

    def writer(self, named: Asked | None = None) -> "IndexWriter":
        """What writes to it; raises ``IndexLocked`` while another process does.

        From its first commit on the index is made otherwise where that is ``named``: pages that
        were read otherwise count as unread.
        """
        return IndexWriter(self, named or {})

    def sum_up(self) -> None:
        """Give the files the checksums that a writer could not, as somebody read on at its end.

        Nothing is done while another writes, or still reads what was before; asked for once more,
        it will be.
        """
        with suppress(EngineError):
            left = Sums.read(self.folder)
            if not (left and left.writer and os.access(self.folder, os.W_OK)):
                return
            with exclusive(self.folder), closing(Index.open(self.folder)) as newest:
                sums, catalogue = SumKeeper(self.folder), newest.catalogue
                if sums.due and catalogue.commit_mark().whole and catalogue.settle():
                    sums.finish(newest.engine.files(), _facts(catalogue))

    def complaints(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty when it is whole.

        Reads every record and every posting list once; what can't be read is a complaint, too.
        """
        found: list[str] = []
        for part in (
            self.catalogue.damage,
            self._lost_checksums,
            self._lost_articles,
            self._lost_records,
            self._lost_tellers,
            self._words,
        ):
            try:
                found += part()
            except EngineError as error:
                found.append(str(error))
            except Exception as error:  # there is no telling what damaged bytes make of a reader
                found.append(f"Reading it fails: {error!r}")
        return found

    def _lost_checksums(self) -> list[str]:
        lost = self.catalogue.meta(SUMMED) and not (self.folder / CHECKSUMS).exists()
        return [f"{CHECKSUMS} is missing"] if lost else []

    def _lost_articles(self) -> list[str]:
        pages = {page.article for page in self.catalogue.digests().values()}
        lost = pages - self.engine.ids()
        if not lost:
            return []
        return [f"{len(lost)} pages were indexed but have no article: {_some(lost)}"]

    def _lost_records(self) -> list[str]:
        unread: set[str] = set()
        for some in _batches(sorted(self.engine.ids())):
            unread |= set(some) - {record.article.id for record in self.engine.records(some)}
        return [f"{len(unread)} articles have no record: {_some(unread)}"] if unread else []

    def _lost_tellers(self) -> list[str]:
        """What tells events stands in the index, as soon as a commit is whole."""
        if not self.catalogue.commit_mark().whole:
            return []
        found = []
        if lost := self.catalogue.telling_articles() - self.engine.ids():
            found.append(f"{len(lost)} articles tell events but are not there: {_some(lost)}")
        if untold := self.catalogue.untold_events():
            found.append(f"{untold} events and reports of them have lost each other")
        return found

    def _words(self) -> list[str]:
        """Nothing, unless reading the postings of a word raises ``EngineError``."""
        for forms in _batches(self.catalogue.frequent_forms(-1)):
            self.engine.find(Search(Exact(tuple(forms)), limit=0, facets=()))
        return []

    def close(self) -> None:
        """Let go of files and memory."""
        self.engine.close()
        self.catalogue.close()


def _facts(catalogue: Catalogue) -> dict[str, str]:
    """What is kept of the catalogue for the day on which it can't be read."""
    return {name: catalogue.meta(name) or "" for name in (_SETTINGS, _FACETS)}


def _is_there(catalogue: Path) -> bool:
    """Whether an index is where its catalogue would be; raises ``EngineError``."""
    folder = catalogue.parent
    try:
        if folder.exists() and not folder.is_dir():
            raise EngineError(f"{folder} is a file; an index is a folder.")
        return catalogue.is_file()
    except OSError as error:
        raise EngineError(f"{folder} can't be read: {error.strerror}.") from error


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _some(ids: set[str]) -> str:
    return ", ".join(sorted(ids)[:3]) + ("…" if len(ids) > 3 else "")


class IndexWriter:
    """Writes to one index, commit after commit; nobody else writes to it meanwhile.

    A context: what was not committed when it is left is as if it had never been. A commit puts the
    words and names of its documents into the catalogue, then the documents into the engine, then
    their pages into the catalogue. So a reader sees all documents of a commit or none; a mark in
    the catalogue tells who reads both whether they are of one commit. A crash leaves at most words
    that nothing holds yet or that are counted once more (counts order suggestions, nothing else),
    and pages that the next run reads once more. The pages of articles that are removed go before
    these do; the next writer ends a removal that a crash has broken off.
    """

    def __init__(self, index: Index, named: Asked) -> None:
        if not os.access(index.folder, os.W_OK):
            raise EngineError(
                f"Nothing may be written in {index.folder}: the index stays as it is."
            )
        self._index = index
        self._catalogue = index.catalogue
        self._engine = index.engine.writer()
        try:
            self._sums = SumKeeper(index.folder)
            self._catalogue.begin()
            self._unchanged = self._catalogue.changes
            self._begin()
            self._remove_what_was_left()
            made = index.settings
            if made.differences(named):
                self._catalogue.remember(_SETTINGS, made.changed(named).dumps())
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> "IndexWriter":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._catalogue.roll_back()
        finally:
            self._engine.close()
        if self._sums.due and self._catalogue.settle():
            self._sums.finish(self._index.engine.files(), _facts(self._catalogue))

    def _announce(self, changed: bool) -> None:
        """Say beside the index that its files are going to change, if they are."""
        if changed or self._catalogue.changes != self._unchanged:
            self._sums.begin(_facts(self._catalogue))
            if not self._catalogue.meta(SUMMED):
                self._catalogue.remember(SUMMED, "yes")

    def _begin(self) -> None:
        self._vocabulary = Vocabulary()
        self._pages: dict[str, Page] = {}
        self._written: set[str] = set()
        self._renewed: set[str] = set()
        self._removed: dict[str, str] = {}

    def _remove_what_was_left(self) -> None:
        """Do once more what a run was killed at."""
        if left := self._catalogue.meta(_REMOVING):
            self.remove(json.loads(left))
            self.commit()

    @property
    def waiting(self) -> int:
        """How many articles the next commit will write."""
        return len(self._written)

    def add(self, documents: Sequence[Document], pages: Iterable[Page] = ()) -> None:
        """Write documents in place of older ones of equal ids, and the pages that they are of."""
        self._announce(bool(documents))  # engines write before they commit
        self._vocabulary.see(documents)
        self._engine.add(documents)
        self._written.update(document.record.article.id for document in documents)
        self._pages.update((page.article, page) for page in pages)

    def renew(self, documents: Sequence[Document]) -> None:
        """Write documents that were made anew from what the index holds: they are not stale now."""
        self.add(documents)
        self._renewed.update(document.record.article.id for document in documents)

    def revise(self, documents: Sequence[Document]) -> None:
        """Write documents in place of those that are there; the catalogue has learnt of these."""
        self._announce(bool(documents))
        self._engine.add(documents)
        self._written.update(document.record.article.id for document in documents)

    def remove(self, titles: Mapping[str, str]) -> None:
        """Take articles out, of which only the titles are kept; id → title."""
        self._announce(bool(titles))
        self._engine.remove(titles)
        self._removed.update(titles)

    def commit(self, note: Callable[[], None] = lambda: None) -> None:
        """Let readers see what was added and removed; makes no commit of nothing.

        ``note`` writes into the catalogue what was learnt from these articles together with their
        pages: a page that is read once more is learnt from once.
        """
        changed = bool(self._written or self._removed)
        self._announce(changed)
        if changed:
            if self._written:
                self._catalogue.learn(self._vocabulary)
            if self._removed:
                self._catalogue.forget_pages(self._removed)
                self._catalogue.remember(_REMOVING, json.dumps(self._removed, ensure_ascii=False))
            self._catalogue.begin_commit()
            self._catalogue.commit()
            self._engine.commit()
            self._catalogue.replace_pages(self._pages.values(), self._renewed, self._removed)
            if self._removed:
                self._catalogue.forget(_REMOVING)
            self._catalogue.end_commit()
        note()
        self._announce(changed)
        self._catalogue.commit()
        if changed:
            self._sums.committed(self._index.engine.files())
        self._begin()


@contextmanager
def writable(
    folder: Path,
    asked: Asked | None = None,
    named: Asked | None = None,
    *,
    rebuild: bool = False,
    held: bool = False,
) -> Iterator[Index]:
    """An index to write to: the one in ``folder``, or a new one, made as ``asked`` and ``named``.

    With ``rebuild`` a new index is made beside the old one and takes its place only when the
    block ends well; what is not asked for is as it was. A new index goes again when the block fails
    with nothing in it. Nobody else writes to the folder meanwhile, which is ``held`` by the caller
    or else here; what killed runs left is cleared first. Raises ``IndexLocked`` while another
    process writes, ``EngineError`` where an index that is there is made otherwise, but for what is
    ``named``: that is for its ``writer`` to change.
    """
    asked, named = asked or {}, named or {}
    replacement.recover(folder)
    _refuse_other_files(folder)
    with disk_errors(folder), nullcontext() if held else exclusive(folder):
        replacement.clear(folder)
        _clear_half_made(folder)
        if rebuild:
            made = (remembered(folder) or IndexSettings()).changed({**asked, **named})
            with _replacement(folder, made) as index:
                yield index
        elif (folder / CATALOGUE).exists():
            with closing(Index.open(folder)) as index:
                refuse(folder, index.settings, asked, named)
                yield index
        else:
            with _new(folder, IndexSettings().changed({**asked, **named})) as index:
                yield index


def _refuse_other_files(folder: Path) -> None:
    """Raises ``EngineError`` where a folder holds something else than an index."""
    if (folder / CATALOGUE).exists() or not folder.exists():
        return
    if any(not path.name.startswith(_OWN) for path in folder.iterdir()):
        raise EngineError(f"{folder} holds other files; choose an empty folder for the index.")


def refuse(folder: Path, made: IndexSettings, asked: Asked, named: Asked) -> None:
    """Raises ``EngineError`` where an index is made otherwise than is asked for.

    What is ``named`` may be otherwise, if that can be changed in an index that is there.
    """
    for name, (made_so, wanted) in made.differences({**asked, **named}).items():
        if name not in named or name in _FIXED:
            raise EngineError(_conflict(folder, name, made_so, wanted))


def _conflict(folder: Path, name: str, made: str, asked: str) -> str:
    """Says that an index was made otherwise than is asked for, and what to do."""
    what = {"engine": "", "lemmas": "the lemmas of "}.get(name, f"the {name} ")
    option = _OPTIONS.get(name, f"--{name}")
    how = "add --rebuild" if name in _FIXED else f"«rasad index PATH {option}» changes that"
    return (
        f"The index in {folder} was made with {what}{made}, not {what}{asked}; {how}, "
        "or choose another folder with --index."
    )


def remembered(folder: Path) -> IndexSettings | None:
    """How the index in ``folder`` was made, as far as its catalogue can be read."""
    facts = Catalogue.facts(folder / CATALOGUE)
    if _SETTINGS in facts:
        return IndexSettings.loads(facts[_SETTINGS])
    # Formats before 9 kept two facts of it.
    old: dict[str, Any] = {name: facts[name] for name in _FIXED if name in facts}
    return IndexSettings(**old) if old else None


@contextmanager
def _new(folder: Path, made: IndexSettings) -> Iterator[Index]:
    goes = not has_articles(folder / ENGINE)  # or else only the catalogue was lost
    try:
        with closing(Index.create(folder, made)) as index:
            try:
                yield index
                goes = False
            finally:
                goes = goes and _is_empty(index)
    finally:
        if goes:
            _clear(folder)


def _is_empty(index: Index) -> bool:
    try:
        return not has_articles(index.folder / ENGINE) or not index.engine.ids()
    except EngineError:  # nobody knows
        return False


def _clear(folder: Path) -> None:
    """Remove an index without articles, or what there is of one."""
    for path in folder.glob(f"{CATALOGUE}*"):
        path.unlink(missing_ok=True)
    (folder / CHECKSUMS).unlink(missing_ok=True)
    shutil.rmtree(folder / ENGINE, ignore_errors=True)


def _clear_half_made(folder: Path) -> None:
    """Remove what a run that was killed while it made an index left: no article is in it."""
    path = folder / CATALOGUE
    if not has_articles(folder / ENGINE) and (not path.exists() or Catalogue.is_half_made(path)):
        _clear(folder)


@contextmanager
def _replacement(folder: Path, made: IndexSettings) -> Iterator[Index]:
    new = replacement.beside(folder)
    try:
        with exclusive(new), closing(Index.create(new, made)) as index:
            yield index
        if (folder / PROFILES).is_file():
            shutil.copy2(folder / PROFILES, new / PROFILES)
        replacement.replace(folder)
    finally:
        replacement.clear(folder)
