"""All results of a request, from one commit of the index and in flat memory.

An engine is asked for the order of some thousands at once; their articles are read by the hundred,
as they are taken.
"""

from collections.abc import Iterator

from indexer.deadline import Deadline, is_over
from indexer.errors import ExportBroken
from indexer.search.commits import KeptCommit
from indexer.search.results import Result, SearchPage

#: Hits that an engine is asked for at once: it ranks anew each time.
SLICE = 5000
#: Articles that are read at once.
BATCH = 100


class Export:
    """The results of a request, to be taken once and then closed, by any thread.

    ``page`` tells what a page of results does, totals and notes, without any result.
    """

    def __init__(
        self,
        page: SearchPage,
        batches: Iterator[tuple[Result, ...]],
        commit: KeptCommit,
        time_limit: Deadline,
    ) -> None:
        self.page = page
        self._batches = batches
        self._commit = commit
        self._time_limit = time_limit
        if page.partial:
            raise _out_of_time()

    def __iter__(self) -> Iterator[Result]:
        """The results in their order; raises ``ExportBroken`` rather than end before the last."""
        while batch := self._next():
            yield from batch

    def _next(self) -> tuple[Result, ...]:
        with self._commit.reading(), self._time_limit.running():
            batch = next(self._batches, ())
            if is_over():
                raise _out_of_time()
            return batch

    def close(self) -> None:
        """Let go of the commit; nothing more can be taken."""
        self._commit.let_go()


def _out_of_time() -> ExportBroken:
    return ExportBroken("The time for this export was up before its end; it is not whole.")
