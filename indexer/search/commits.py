"""Which commit of an index answers: engine and catalogue of the same one, from begin to end.

A commit is written in three steps: the catalogue's words and names, the engine's articles, the
catalogue's pages. A mark in the catalogue says whether the engine's step is still to come. A state
of the catalogue whose mark is whole, held, then the engine's snapshot, then the same mark once
more: between the two no other commit had begun, so the snapshot is of this one. While a commit is
being written readers go on with the one before.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

from indexer.catalogue import CommitMark, HeldState
from indexer.errors import EngineError
from indexer.index import Index

#: Seconds between a writer's two holds of the catalogue: who finds it free for so long is alone.
_GAP = 0.25
_LONGEST = 10.0  # seconds that a reader waits for a commit to end who has none before it
#: Seconds after which the log of changes is cleared up: it grows while a state is held.
_UPKEEP = 60.0

P = ParamSpec("P")
R = TypeVar("R")


class _Commit(NamedTuple):
    """What is read together; ``state`` is that of the catalogue before it was held."""

    state: tuple[int, int]
    snapshot: object
    held: HeldState | None


class KeptCommit:
    """A commit that can be read again and again, by any thread, until it is let go."""

    def __init__(
        self, commit: _Commit, reading: Callable[[_Commit], AbstractContextManager[None]]
    ) -> None:
        self._commit: _Commit | None = commit
        self._reading = reading

    def reading(self) -> AbstractContextManager[None]:
        """What this thread asks in the block is answered from it."""
        assert self._commit, "it was let go"
        return self._reading(self._commit)

    def let_go(self) -> None:
        """Keep it no longer; a second time does nothing."""
        commit, self._commit = self._commit, None
        if commit and commit.held:
            commit.held.let_go()


class Commits:
    """The commits of one index as they come; safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self._engine = index.engine
        self._catalogue = index.catalogue
        self._here = threading.local()
        self._choosing = threading.Lock()
        self._latest: _Commit | None = None
        self._begun = CommitMark(), 0.0  # when a commit was first seen under way
        self._asked = 0.0
        self._upkeep: threading.Timer | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What this thread asks in the block is answered from the newest commit at its begin."""
        if self._read_here:
            yield
            return
        commit = self._taken()
        try:
            with self._reading(commit):
                yield
        finally:
            if commit.held:
                commit.held.let_go()

    def kept(self) -> "KeptCommit":
        """The commit that this thread reads, else the newest, for what is answered in pieces."""
        return KeptCommit(self._taken(), self._reading)

    @property
    def _read_here(self) -> _Commit | None:
        """The commit that this thread reads from, if it has begun to."""
        return getattr(self._here, "commit", None)

    @contextmanager
    def _reading(self, commit: _Commit) -> Iterator[None]:
        before, self._here.commit = self._read_here, commit
        try:
            with self._engine.reading(commit.snapshot), self._catalogue.reading(commit.held):
                yield
        finally:
            self._here.commit = before

    def _taken(self) -> _Commit:
        with self._choosing:
            commit = self._read_here
            if commit is None:
                self._asked = time.monotonic()
                commit = self._newest()
            if commit.held:
                commit.held.take()
            return commit

    def _newest(self) -> _Commit:
        latest, catalogue = self._latest, self._catalogue
        state = catalogue.state()
        if latest and state == latest.state and self._engine.snapshot() is latest.snapshot:
            return latest
        given_up = time.monotonic() + _LONGEST
        while True:
            under_way = self._is_under_way(catalogue.commit_mark())
            if under_way and latest:
                return latest
            waiting = time.monotonic() < given_up
            if not (under_way and waiting):
                commit = _Commit(catalogue.state(), *self._opened())
                if commit.held is None or not waiting or self._is_one(commit):
                    return self._keep(commit)
                commit.held.let_go()
            time.sleep(_GAP / 5)

    def _opened(self) -> tuple[object, HeldState | None]:
        """A state of the catalogue, and the engine's commit that was the newest after it."""
        held = self._catalogue.hold()
        try:
            return self._engine.snapshot(), held
        except BaseException:
            if held:
                held.let_go()
            raise

    def _is_one(self, commit: _Commit) -> bool:
        """Whether no commit was begun while this was opened."""
        with self._catalogue.reading(commit.held):
            mark = self._catalogue.commit_mark()
        return mark == self._catalogue.commit_mark() and not self._is_under_way(mark)

    def _is_under_way(self, mark: CommitMark) -> bool:
        """Whether somebody is writing this commit: one that was killed leaves it as it is."""
        if mark.whole:
            return False
        now = time.monotonic()
        if mark != self._begun[0]:
            self._begun = mark, now
        return now - self._begun[1] < _GAP or self._catalogue.is_written_to()

    def _keep(self, commit: _Commit) -> _Commit:
        before, self._latest = self._latest, commit
        if before and before.held:
            before.held.let_go()
        self._look_after()
        return commit

    def _look_after(self) -> None:
        if self._upkeep is None:
            self._upkeep = threading.Timer(_UPKEEP, self._clear_up)
            self._upkeep.daemon = True
            self._upkeep.start()

    def _clear_up(self) -> None:
        """Let the log of changes begin anew: hold nothing while nobody asks, else the file."""
        try:
            with suppress(EngineError):
                self._held_anew()  # what is not the newest keeps the log from being brought in
                self._catalogue.checkpoint()
                self._held_anew()  # what is held from now on lies in the file, not in the log
        finally:
            with self._choosing:
                self._upkeep = None
                if self._latest:
                    self._look_after()

    def _held_anew(self) -> None:
        with self._choosing:
            latest = self._latest
            if not latest or not latest.held:
                return
            if time.monotonic() - self._asked > _UPKEEP:
                self._latest = None
                latest.held.let_go()
                return
            commit = _Commit(self._catalogue.state(), *self._opened())
            if not commit.held or self._is_one(commit):
                self._keep(commit)
            else:
                commit.held.let_go()


class Reader(Protocol):
    """What answers from one commit."""

    def reading(self) -> AbstractContextManager[None]:
        """See ``Commits.reading``."""


S = TypeVar("S", bound=Reader)


def of_one_commit(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """The method answering from one commit; within another, from that one's."""

    @wraps(method)
    def answered(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.reading():
            return method(self, *args, **kwargs)

    return answered
