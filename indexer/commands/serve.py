"""``rasad serve``: the search page on this machine."""

from pathlib import Path

import click

from indexer.commands.options import chosen_folder, index_option
from indexer.config import settings


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--edit", is_flag=True, help="Let readers correct the profiles of people [off].")
def serve(folder: Path | None, host: str, port: int, edit: bool) -> None:
    """Serve the search page and the JSON."""
    from webui.wsgi import run

    run(chosen_folder(folder), host, port, edit=edit or settings().edit)
