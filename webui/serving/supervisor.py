"""The process behind ``rasad serve``: holds the address, starts workers, and replaces the dead.

It opens no index and answers nobody, so nothing that a page or a file holds can end it. While a
worker is being replaced, who comes waits at the address.
"""

import logging
import os
import secrets
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from types import FrameType

import click

from indexer.errors import RasadError
from webui import limits
from webui.middleware import metrics
from webui.serving.backoff import Backoff
from webui.serving.doubt import Doubt
from webui.serving.server import listening
from webui.serving.worker import ALIVE, READY, Site, work

_LOG = logging.getLogger(__name__)

#: Seconds without a sign of life after which a worker that serves is taken for stuck.
_SILENT = 60.0
_ENDING = 2.0 + limits.ENDING_A_CORRECTION
#: Seconds until a worker that says that the index is closed is started again, after one has died:
#: at first, and at most; and those of health after which half of them will do.
_PAUSE, _LONGEST_PAUSE, _HEALTHY = 1.0, 60.0, 60.0
# Fresh processes, not copies: a copy of a process with threads can hang.
_PROCESSES = get_context("spawn")


class _Worker:
    """A process that serves, as its supervisor sees it."""

    def __init__(self, site: Site, sockets: Sequence[socket.socket], degraded: bool) -> None:
        self.degraded = degraded
        self.ready = self.told_to_end = self.outdated = False
        self.complaint = ""
        self.heard = time.monotonic()
        self.told, tell = _PROCESSES.Pipe(duplex=False)
        self.process: SpawnProcess = _PROCESSES.Process(
            target=work, args=(site, [*sockets], degraded, tell)
        )
        with _terminal_ignored():
            self.process.start()
        tell.close()

    def hear(self) -> None:
        """Take in what the process tells."""
        with suppress(EOFError, OSError):
            while self.told.poll():
                word = self.told.recv()
                self.heard = time.monotonic()
                if word == READY:
                    self.ready = True
                elif word != ALIVE:
                    self.complaint = word

    def end(self) -> None:
        """Ask it to finish what is under way."""
        if not self.told_to_end:
            self.told_to_end, self.heard = True, time.monotonic()
            self.process.terminate()

    def is_stuck(self) -> bool:
        """Whether it has been silent for too long, or asked to end for too long."""
        silence = time.monotonic() - self.heard
        return silence > _ENDING if self.told_to_end else self.ready and silence > _SILENT


class Supervisor:
    """Keeps ``count`` workers alive until told to end."""

    def __init__(self, site: Site, sockets: Sequence[socket.socket], count: int) -> None:
        self._site = site
        self._sockets = sockets
        self._count = count
        self._workers: list[_Worker] = []
        self._doubt = Doubt(site.folder)
        self._pause = Backoff(_PAUSE, _LONGEST_PAUSE, _HEALTHY)
        self._served = False
        self._ending = False

    def run(self, announced: str) -> None:
        """Serve until SIGTERM or SIGINT; SIGHUP exchanges the workers, one after the other.

        Raises ``RasadError`` where the index can't be opened at the start.
        """
        with _signals(self._end, self._renew) as woken:
            try:
                while not self._ending:
                    self._fill()
                    self._wait(woken)
                    if not self._served and any(one.ready for one in self._workers):
                        self._served = True
                        click.echo(announced)
            finally:
                self._finish()

    def _end(self) -> None:
        self._ending = True

    def _renew(self) -> None:
        for worker in self._workers:  # none that answers makes room for one that can't
            worker.outdated = worker.degraded or not self._doubt.stands

    def _fill(self) -> None:
        self._doubt.reconsider()
        self._exchange()
        for worker in self._workers:
            closed = worker.degraded and not self._doubt.stands
            if worker.ready and (closed or (self._doubt.confirmed and not worker.degraded)):
                worker.end()
        wanted = self._count + any(one.outdated for one in self._workers)
        while len(self._workers) < wanted and (self._pause.is_over or not self._doubt.stands):
            self._workers.append(_Worker(self._site, self._sockets, self._doubt.stands))

    def _exchange(self) -> None:
        """Let the next outdated worker go, once another serves in its place."""
        outdated = [one for one in self._workers if one.outdated]
        settled = all(one.ready and not one.told_to_end for one in self._workers)
        if outdated and settled and len(self._workers) > self._count:
            outdated[0].end()
            outdated[0].outdated = False

    def _give_up_exchange(self) -> None:
        if any(one.outdated for one in self._workers):
            _LOG.error("The workers are not exchanged; those that serve go on.")
        for worker in self._workers:
            worker.outdated = False

    def _wait(self, woken: int) -> None:
        said: dict[object, _Worker] = {one.told: one for one in self._workers}
        ends = [one.process.sentinel for one in self._workers]
        heard = wait([*said, *ends, woken], timeout=1)  # type: ignore[list-item]
        if woken in heard:
            os.read(woken, 4096)
        for worker in [*self._workers]:
            worker.hear()
            if not worker.process.is_alive():
                self._bury(worker)
            elif worker.is_stuck():
                _LOG.error("Worker %d gives no sign of life and is ended.", worker.process.pid)
                worker.process.kill()

    def _bury(self, worker: _Worker) -> None:
        worker.process.join()
        worker.hear()
        self._workers.remove(worker)
        worker.told.close()
        metrics.ended(worker.process.pid or 0)
        code = worker.process.exitcode or 0
        if worker.told_to_end and code in (0, -signal.SIGTERM, -signal.SIGKILL):
            return
        if not self._served and worker.complaint:
            raise RasadError(worker.complaint)
        if not self._served and code >= 0:
            raise RasadError(f"The server could not be started (exit code {code}).")
        how = worker.complaint or _how(code)
        _LOG.error("Worker %d ended (%s); another takes its place.", worker.process.pid, how)
        metrics.restarted("unopened" if worker.complaint else how)
        if worker.degraded:
            self._pause.failed()
        if worker.complaint:
            self._doubt.unopened(worker.complaint)
        else:
            self._doubt.died(code)
        if not worker.outdated or self._doubt.stands:
            self._give_up_exchange()

    def _finish(self) -> None:
        self._doubt.clear()
        for worker in self._workers:
            worker.end()
        until = time.monotonic() + _ENDING
        for worker in self._workers:
            worker.process.join(max(0.0, until - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def run(site: Site, port: int, count: int) -> None:
    """Serve a site until interrupted; raises ``RasadError`` where it can't be."""
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(message)s")
    try:
        sockets = listening(site.host, port)
    except (OSError, ValueError) as error:
        raise RasadError(
            f"Can't listen on {site.host}:{port} ({getattr(error, 'strerror', None) or error}). "
            "Is another server running there? Choose another with --port."
        ) from error
    try:
        with _shared_numbers(site.metrics):
            announced = f"Rasad answers at http://{site.host}:{port} (Ctrl+C ends it)"
            Supervisor(site, sockets, count).run(announced)
    finally:
        for one in sockets:
            one.close()


def new_token() -> str:
    """What forms carry while this server runs."""
    return secrets.token_urlsafe(32)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


@contextmanager
def _shared_numbers(wanted: bool) -> Iterator[None]:
    """Where processes put the numbers that any of them tells."""
    if not wanted:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="rasad-metrics-") as folder:
        os.environ[metrics.SHARED] = folder  # read when prometheus_client is loaded
        metrics.start()
        yield


@contextmanager
def _terminal_ignored() -> Iterator[None]:
    """A process that is started meanwhile takes no notice of Ctrl-C, nor of a terminal that closes.

    Both are sent to all; its supervisor ends it.
    """
    names = (name for name in ("SIGINT", "SIGHUP") if hasattr(signal, name))
    numbers = [getattr(signal, name) for name in names]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _signals(end: Callable[[], None], renew: Callable[[], None]) -> Iterator[int]:
    """Calls back on signals; what is yielded can be read from when one has come."""

    def on_end(number: int, frame: FrameType | None) -> None:
        end()

    def on_renewal(number: int, frame: FrameType | None) -> None:
        renew()

    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    wanted = {signal.SIGTERM: on_end, signal.SIGINT: on_end}
    if hasattr(signal, "SIGHUP"):
        wanted[signal.SIGHUP] = on_renewal
    before = {number: signal.signal(number, handler) for number, handler in wanted.items()}
    woken_before = signal.set_wakeup_fd(writing)
    try:
        yield reading
    finally:
        signal.set_wakeup_fd(woken_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)
