"""Settings to a running site: opens the index and serves the application."""

import logging
import socket
import threading
from pathlib import Path

import click
from flask import Flask
from waitress import create_server

from indexer.config import settings
from indexer.errors import EngineError, RasadError
from indexer.index import Index, IndexSettings
from indexer.indexing.editing import ProfileEditor
from indexer.search.service import SearchService
from webui import create_app
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


def application(folder: Path | None = None, *, edit: bool | None = None, host: str = "") -> Flask:
    """The application over the index in ``folder``, or over the one that the settings name.

    With ``edit`` readers may correct profiles, also those who call this machine ``host``; the
    settings decide where nothing is said. The application follows an index that is made anew. For
    any WSGI server: «waitress-serve --call webui.wsgi:application».
    """
    served = _Served(folder or settings().index)
    may_edit = settings().edit if edit is None else edit
    app = create_app(served.latest(), editor=served.editor if may_edit else None, host=host)

    @app.before_request
    def follow() -> None:
        app.extensions[EXTENSION] = served.latest()
        if may_edit:
            app.extensions[EDITOR] = served.editor

    return app


def run(folder: Path, host: str, port: int, *, edit: bool = False) -> None:
    """Serve until interrupted; raises ``RasadError`` when the address can't be had."""
    app = application(folder, edit=edit, host=host)
    try:
        server = create_server(app, host=host, port=port, threads=4, ident="rasad")
    except (OSError, socket.gaierror) as error:
        raise RasadError(
            f"Can't listen on {host}:{port} ({error.strerror or error}). "
            "Is another server running there? Choose another with --port."
        ) from error
    click.echo(f"Rasad answers at http://{host}:{port} (Ctrl+C ends it)")
    try:
        server.run()
    finally:
        server.close()
