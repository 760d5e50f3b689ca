"""``rasad fetch``: feeds and pages of the web, once each, when the user asks."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import asked, engine_option, index_option, json_option, writing
from indexer.commands.printing import counted, tell_json, tell_notes
from indexer.errors import RasadError, SourceError

if TYPE_CHECKING:
    from indexer.catalogue import Catalogue
    from indexer.sources import Raw, Skipped
    from indexer.sources.fetch import Stamp
    from indexer.sources.robots import Robots


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@index_option
@engine_option
@click.option(
    "--allow-private", is_flag=True, help="Also fetch from addresses of your own network."
)
@click.option(
    "--ignore-robots", is_flag=True, help="Fetch also what a site's robots.txt wants nobody to."
)
@json_option("Print the report as JSON.")
def fetch(
    urls: tuple[str, ...],
    folder: Path | None,
    engine: str | None,
    allow_private: bool,
    ignore_robots: bool,
    as_json: bool,
) -> None:
    """Fetch the feed or page at each URL once and index it; unchanged ones are passed over."""
    from indexer.indexing.run import index_found
    from indexer.sources.robots import Robots

    robots = None if ignore_robots else Robots(allow_private=allow_private)
    with writing(folder, asked({"engine": engine})) as target:
        catalogue = target.index.catalogue
        stamps: dict[str, Stamp] = {}
        found = _fetched(urls, catalogue, stamps, robots, allow_private=allow_private)
        report = index_found(found, target.index, corrections=target.corrections)
        with target.index.writer() as writer:
            writer.commit(lambda: _remember(catalogue, stamps))
        total = len(target.index.engine.ids())
    tell_notes(report)
    if as_json:
        from webui.api import schemas

        tell_json(schemas.index_report(report, total))
    else:
        click.echo(
            f"{report.indexed} indexed, {report.unchanged} unchanged; {counted(total, 'article')}"
        )
    if not stamps:
        raise RasadError("None of the addresses could be fetched.")


def _remember(catalogue: "Catalogue", stamps: dict[str, "Stamp"]) -> None:
    for url, stamp in stamps.items():
        catalogue.remember(f"fetched {url}", stamp.dumps())


def _fetched(
    urls: tuple[str, ...],
    catalogue: "Catalogue",
    stamps: dict[str, "Stamp"],
    robots: "Robots | None",
    *,
    allow_private: bool,
) -> Iterator["Raw | Skipped"]:
    """The pages behind the addresses; fills ``stamps`` with those that answered as it goes."""
    from indexer.sources import Skipped
    from indexer.sources import fetch as web

    for url in urls:
        stamp = web.Stamp.loads(catalogue.meta(f"fetched {url}"))
        try:
            fetched = web.fetch(url, stamp, allow_private=allow_private, robots=robots)
        except SourceError as error:
            yield Skipped(url, str(error))
            continue
        stamps[url] = fetched.stamp
        if fetched.payload is None:
            click.echo(f"{url} has not changed", err=True)
        else:
            yield from web.pages(fetched)
