"""Settings to a running site: opens the index and serves the application."""

import socket
from pathlib import Path

import click
from flask import Flask
from waitress import create_server

from indexer.config import settings
from indexer.errors import RasadError
from indexer.index import Index
from indexer.search import SearchService
from indexer.text import default_analyzer
from webui import create_app


def application(folder: Path | None = None) -> Flask:
    """The application over the index in ``folder``, or over the one that the settings name.

    For any WSGI server: «waitress-serve --call webui.wsgi:application».
    """
    chosen = settings()
    index = Index.open(folder or chosen.index)
    return create_app(SearchService(index, default_analyzer(chosen.lexicon)))


def run(folder: Path, host: str, port: int) -> None:
    """Serve until interrupted; raises ``RasadError`` when the address can't be had."""
    app = application(folder)
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
