"""Corrections of profiles made while readers search: written, applied and taken back at once."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager

from indexer.catalogue import Catalogue
from indexer.entities.corrections import Corrections, ProfileCorrection
from indexer.entities.profiles_file import add_corrections, read_corrections, take_back
from indexer.errors import IndexLocked
from indexer.index import Index
from indexer.indexing.report import Report
from indexer.indexing.run import correct_profiles
from indexer.model import Article
from indexer.storage.exclusive import exclusive


class ProfileEditor:
    """Corrects the profiles of an index that is open for reading; safe to share between threads.

    What it writes goes through a second opening of the index, as from another process: who reads
    sees all of a correction or nothing.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._writing = threading.Lock()

    @property
    def catalogue(self) -> Catalogue:
        """Who is in the index."""
        return self._index.catalogue

    def corrections(self) -> Corrections:
        """Those in the file now; raises ``ConfigError`` where it can't be read."""
        return read_corrections(self._index.profiles)

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles with these ids that are there."""
        return [record.article for record in self._index.engine.records(ids, mentions=False)]

    def add(self, new: Sequence[ProfileCorrection]) -> Report:
        """Write corrections into the file and read anew the articles that they concern.

        Raises ``IndexLocked`` while somebody else writes to the index, ``Contradiction`` and
        ``ConfigError`` where they can't stand in the file; nothing is written then.
        """
        return self._correct(lambda index: add_corrections(index.profiles, new))

    def undo(self, keys: Collection[str]) -> Report:
        """Take corrections out of the file and read anew the articles that they concerned.

        Raises as ``add`` does.
        """
        return self._correct(lambda index: take_back(index.profiles, keys))

    def _correct(self, change: Callable[[Index], Corrections]) -> Report:
        with self._opened() as index:
            index.settings.check("lexicon", "topics", "profiles")
            return correct_profiles(index, lambda: change(index))

    @contextmanager
    def _opened(self) -> Iterator[Index]:
        if not self._writing.acquire(blocking=False):
            raise IndexLocked("Another correction is being made; try again in a moment.")
        try:
            folder = self._index.folder
            with exclusive(folder), closing(Index.open(folder)) as index:
                yield index
        finally:
            self._writing.release()
