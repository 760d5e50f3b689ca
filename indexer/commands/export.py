"""``rasad export``: all results of a query as a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from indexer.commands.options import index_option, service
from indexer.commands.printing import tell_warning
from indexer.commands.request_options import (
    any_option,
    copies_option,
    days_options,
    facet_options,
    request_of,
    sort_option,
)
from indexer.errors import RasadError
from indexer.storage.whole_file import whole_file

FORMATS = ("csv", "jsonl", "ris", "bibtex", "csl", "html", "docx")
_ENDINGS = {"bib": "bibtex", "json": "csl"}
_STANDARD = "-"


@click.command()
@click.argument("query")
@index_option
@click.option(
    "--format",
    "name",
    type=click.Choice(FORMATS),
    help="How they are written [as the file ends, else csv].",
)
@click.option(
    "--output",
    default=_STANDARD,
    metavar="FILE",
    help="Where to; «-» for standard output.",
)
@facet_options
@any_option
@days_options
@sort_option
@copies_option
@click.option("--partial", is_flag=True, help="Also articles that hold most of the query.")
@click.option("--meaning", is_flag=True, help="Also what is found by meaning, and --partial.")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", help="Language of names.")
@click.option(
    "--site",
    default="http://127.0.0.1:8000/",
    metavar="URL",
    help="Where this archive is served: addresses in it begin so.",
)
def export(
    query: str,
    folder: Path | None,
    name: str | None,
    output: str,
    any_of: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    sort: Any,
    copies: bool,
    partial: bool,
    meaning: bool,
    lang: str,
    site: str,
    **values: tuple[str, ...],
) -> None:
    """Write all results of QUERY to a file; a leading - before an ID excludes it.

    The file is there when it is whole, and not before. An empty QUERY («\"\"») is everything.
    """
    from webui.exporting.shell import exported

    ending = Path(output).suffix.removeprefix(".").lower()
    name = name or _ENDINGS.get(ending, ending if ending in FORMATS else FORMATS[0])
    request = request_of(
        query,
        values,
        start,
        end,
        any_of=any_of,
        sort=sort,
        copies=copies,
        full=not (partial or meaning),
        meaning=meaning,
    )
    with (
        service(folder) as searches,
        exported(searches, request, name, lang, site) as found,
        _whole(output) as file,
    ):
        for piece in found.pieces:
            file.write(piece)
    for said in found.said:
        tell_warning(said)
    results = "result" if found.total == 1 else "results"
    click.echo(f"{found.total:,} {results} written as {name}", err=True)


@contextmanager
def _whole(output: str) -> Iterator[BinaryIO]:
    """A file that takes its place when it is whole; raises ``RasadError`` where that can't be."""
    if output == _STANDARD:
        yield sys.stdout.buffer
        return
    try:
        with whole_file(Path(output)) as file:
            yield file
    except OSError as error:
        raise RasadError(f"{output} can't be written: {error.strerror or error}.") from error
