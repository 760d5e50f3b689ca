"""Settings to an application: opens the index and follows it."""

import logging
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn, cast

from flask import Flask

from indexer.config import settings
from indexer.errors import EngineError, RasadError
from indexer.index import Index, IndexSettings
from indexer.indexing.editing import ProfileEditor
from indexer.search.service import SearchService
from webui import create_app
from webui.errors import Degraded
from webui.index_files import changed_at
from webui.middleware import metrics, request_log
from webui.middleware.request_log import Observer, RequestLog
from webui.service import EDITOR, EXTENSION

_LOG = logging.getLogger(__name__)


class _Served:
    """The search over the index in a folder, opened anew when another index takes its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opening = threading.Lock()
        self._index: Index
        self._made: IndexSettings
        self._state: tuple[int, int]
        self._open()

    def latest(self) -> SearchService:
        """The search over the index that is there now."""
        if self._is_another() and self._opening.acquire(blocking=False):
            try:
                self._open()
            except RasadError as error:
                _LOG.warning("The new index can't be read, the old one answers: %s", error)
            finally:
                self._opening.release()
        return self._service

    @property
    def editor(self) -> ProfileEditor:
        """What corrects the profiles of the index that was open at last."""
        return self._editor

    def _is_another(self) -> bool:
        """Whether another index is there, or this one is made otherwise now."""
        catalogue = self._index.catalogue
        if catalogue.replaced():
            return True
        state = catalogue.state()
        if state == self._state or not catalogue.commit_mark().whole:
            return False
        self._state = state
        return self._index.settings != self._made

    def _open(self) -> None:
        # The index that was open before is left to the requests that are on their way.
        index = Index.open(self._folder)
        self._made, self._state = index.settings, index.catalogue.state()
        service = SearchService.over(index, _LOG.warning)
        self._index, self._service = index, service
        self._editor = ProfileEditor(index)
        threading.Thread(target=_prepare, args=[self._service], daemon=True).start()


def _prepare(service: SearchService) -> None:
    try:
        service.prepare()
    except EngineError as error:  # those who ask will be told
        _LOG.warning("%s", error)


@dataclass(frozen=True, slots=True)
class Watching:
    """What is told of requests: see ``Settings``."""

    log_format: str
    private_logs: bool
    metrics: bool

    @classmethod
    def by_settings(cls) -> "Watching":
        """As the environment asks for it; another server writes a log of its own."""
        asked = settings()
        return cls(asked.log_format or "none", asked.private_logs, asked.metrics)


class _Unreadable:
    """In the place of a search whose index is not opened."""

    #: Asked for outside of what answers failures.
    time_limit = 0.0

    def __getattr__(self, name: str) -> NoReturn:
        raise Degraded("The index is not opened; see above why.")


def application(
    folder: Path | None = None,
    *,
    edit: bool | None = None,
    host: str = "",
    watching: Watching | None = None,
) -> Flask:
    """The application over the index in ``folder``, or over the one that the settings name.

    With ``edit`` readers may correct profiles, also those who call this machine ``host``; the
    settings decide where nothing is said. The application follows an index that is made anew. For
    any WSGI server: «waitress-serve --call webui.wsgi:application».
    """
    folder = folder or settings().index
    served = _Served(folder)
    may_edit = settings().edit if edit is None else edit
    app = create_app(served.latest(), editor=served.editor if may_edit else None, host=host)

    @app.before_request
    def follow() -> None:
        app.extensions[EXTENSION] = served.latest()
        if may_edit:
            app.extensions[EDITOR] = served.editor

    _watch(app, folder, watching or Watching.by_settings())
    metrics.readable(True)
    return app


def unreadable(folder: Path, watching: Watching) -> Flask:
    """An application that says of everything that the index in ``folder`` can't be read."""
    app = create_app(cast(SearchService, _Unreadable()))
    _watch(app, folder, watching)
    metrics.readable(False)
    return app


def _watch(app: Flask, folder: Path, watching: Watching) -> None:
    observers: list[Observer] = []
    if watching.metrics:
        metrics.register(app, partial(changed_at, folder))
        observers.append(metrics.exchange)
    if watching.log_format != "none":
        as_json = watching.log_format == "json"
        observers.append(RequestLog(as_json=as_json, private=watching.private_logs))
    if watching.private_logs:
        request_log.log_failures_privately(app)
    request_log.register(app, *observers)
