"""A worker: opens the index in a process of its own and serves it, until told to end."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from indexer.errors import RasadError
from webui import limits
from webui.serving.heap import Heap

#: What a worker tells its supervisor.
READY, ALIVE = "ready", "alive"


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, and how; the same for every worker.

    ``proxy`` is the address of a proxy that is believed whom it speaks for; ``token`` is what forms
    of corrections carry, since another worker may take them.
    """

    folder: Path
    host: str
    edit: bool
    token: str
    proxy: str | None
    log_format: str
    private_logs: bool
    metrics: bool


def work(site: Site, sockets: Sequence[socket.socket], degraded: bool, tell: Connection) -> None:
    """Serve in this process; ``degraded`` leaves the index closed and says so to readers.

    Tells «ready» when it serves and «alive» each second; an index that can't be opened is told as
    what is wrong.
    """
    from webui.middleware.same_origin import share_token
    from webui.serving.server import Serving
    from webui.wsgi import Watching, application, unreadable

    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a request waits is no news
    _allow_files(2 * limits.CONNECTIONS)
    parent, heap = os.getppid(), Heap()
    watching = Watching(site.log_format, site.private_logs, site.metrics)
    try:
        if degraded:
            app = unreadable(site.folder, watching)
        else:
            app = application(site.folder, edit=site.edit, host=site.host, watching=watching)
            share_token(app, site.token)
    except RasadError as error:
        tell.send(str(error))
        return
    serving = Serving(app, sockets, site.proxy)
    signal.signal(signal.SIGTERM, lambda *_: serving.end())
    tell.send(READY)

    def each_second() -> None:
        if os.getppid() != parent:  # nobody is left who could end this one
            serving.end()
            return
        heap.give_back_now_and_then()
        try:
            tell.send(ALIVE)
        except OSError:
            serving.end()

    serving.run(each_second)


def _allow_files(more: int) -> None:
    """Let this process open so many files, as far as the system lets it: a connection is one."""
    try:
        import resource
    except ImportError:  # Windows counts otherwise
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = soft + more
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and wanted > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
