"""Whether the index may be opened again after a worker died of it.

A file that has lost its end kills whoever reads it (SIGBUS). A worker that opened the same index
again would die again, with every reader that it was answering. So the index is looked at first, by
a process that may die.
"""

import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from webui.index_files import State, state
from webui.serving.backoff import Backoff

_LOG = logging.getLogger(__name__)

#: What kills a process that reads what it should not.
_OF_DAMAGE = {
    getattr(signal, name)
    for name in ("SIGBUS", "SIGSEGV", "SIGABRT", "SIGILL", "SIGFPE")
    if hasattr(signal, name)
}
#: Deaths of any kind in so many seconds after which a worker is not just started once more.
_DEATHS, _WITHIN = 5, 60.0
#: Seconds until an index that hasn't changed is tried again: at first, and at most; and those of
#: health after which half of the pause will do.
_PAUSE, _LONGEST_PAUSE, _HEALTHY = 60.0, 960.0, 600.0
_CHECKING = 600.0
#: Bytes of what a check says that are looked at.
_HEARD = 16 * 1024
_CHECK = ("-c", "from indexer.commands import main; main()", "check", "--index")


class Doubt:
    """Remembers deaths of workers; ``stands`` while the index should not be opened.

    ``confirmed`` says that those workers that have it open are to leave it as well.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._deaths: deque[float] = deque(maxlen=_DEATHS)
        self._checking: subprocess.Popen[bytes] | None = None
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this is
        self._seen: State = frozenset()
        self._cleared: State | None = None
        self._until = 0.0
        self._pause = Backoff(_PAUSE, _LONGEST_PAUSE, _HEALTHY, clock)
        self.stands = False
        self.confirmed = False

    def died(self, code: int) -> None:
        """A worker ended by itself with an exit code, or minus a signal."""
        now = self._clock()
        self._deaths.append(now)
        often = len(self._deaths) == _DEATHS and now - self._deaths[0] < _WITHIN
        if self.stands or not (often or -code in _OF_DAMAGE):
            return
        self.stands, self._seen = True, state(self._folder)
        if -code in _OF_DAMAGE and self._seen != self._cleared:
            _LOG.error("A worker died reading the index; «rasad check» looks at it.")
            self._check()
        else:
            self._wait("Workers die again and again")

    def unopened(self, why: str) -> None:
        """A worker could not open the index that others had open before."""
        if not self.stands:
            self.stands, self._seen = True, state(self._folder)
            self._wait(why)

    def reconsider(self) -> None:
        """Look whether the index has changed, was found whole, or has been left alone for long."""
        if not self.stands:
            return
        if self._checking and self._checking.poll() is not None:
            self._judge(self._checking)
        elif self._checking and self._clock() >= self._until and state(self._folder) == self._seen:
            self._checking.kill()
            self._checking.wait()
            self._checking = None
            self._wait("«rasad check» takes too long")
        elif self._clock() >= self._until or state(self._folder) != self._seen:
            _LOG.warning("The index is opened again.")
            self.clear()

    def clear(self) -> None:
        """Trust the index; it may be opened."""
        if self._checking:
            self._checking.kill()
            self._checking.wait()
        self._checking = None
        self.stands = self.confirmed = False
        self._deaths.clear()

    def _check(self) -> None:
        self._until = self._clock() + _CHECKING
        self._said.seek(0)
        self._said.truncate()
        self._checking = subprocess.Popen(
            [sys.executable, *_CHECK, str(self._folder)],
            stdin=subprocess.DEVNULL,
            stdout=self._said,  # a pipe that nobody reads would fill, and the check stand still
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C at the terminal is for the supervisor
        )
        _with_patience(self._checking.pid)

    def _judge(self, done: "subprocess.Popen[bytes]") -> None:
        self._said.seek(0)
        said = self._said.read(_HEARD).decode("utf-8", "replace").strip().splitlines()
        self._checking = None
        if done.returncode == 0:
            self._cleared = self._seen  # if they die of it once more, it is not looked at again
            self.clear()
            _LOG.warning("The index is whole; it is opened again.")
            return
        self.confirmed = True
        self._wait("\n".join(said[:10]) or f"«rasad check» died of {-done.returncode}")

    def _wait(self, why: str) -> None:
        pause = self._pause.failed()
        self._until = self._clock() + pause
        _LOG.error("The index is left closed until it changes, or for %.0f s: %s", pause, why)


def _with_patience(pid: int) -> None:
    """Let a process run only where others leave time."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, pid, 10)
