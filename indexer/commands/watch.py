"""``rasad watch``: folders whose new and changed files are indexed as they come."""

import time
from datetime import datetime
from pathlib import Path

import click

from indexer.commands.options import (
    asked,
    engine_option,
    index_option,
    jobs_option,
    paths_argument,
    writing,
)
from indexer.commands.printing import tell_notes
from indexer.errors import IndexLocked


@click.command()
@paths_argument()
@index_option
@engine_option
@click.option("--every", default=5.0, show_default=True, type=click.FloatRange(0.1), metavar="SEC")
@jobs_option
def watch(
    paths: tuple[Path, ...], folder: Path | None, engine: str | None, every: float, jobs: int | None
) -> None:
    """Index the pages under PATH…, then those that come or change there, until Ctrl-C.

    A file is read once it has stayed the same between two looks. Articles of files that go stay;
    «rasad index --prune» removes them.
    """
    from indexer.indexing.run import index_pages
    from indexer.sources.watch import Watch

    watched = Watch(paths)
    changed = list(paths)

    def brought_up_to_date() -> bool:
        try:
            with writing(folder, asked({"engine": engine})) as target:
                report = index_pages(
                    changed,
                    target.index,
                    jobs=jobs,
                    corrections=target.corrections,
                )
        except IndexLocked as error:
            click.echo(f"waiting: {error}", err=True)
            return False
        tell_notes(report)
        click.echo(
            f"{datetime.now():%H:%M:%S} {report.indexed} indexed, "
            f"{report.unchanged} unchanged, {len(report.skipped)} skipped"
        )
        return True

    try:
        while True:
            done = not changed or brought_up_to_date()
            time.sleep(every)
            if done:
                changed = watched.changes()
    except KeyboardInterrupt:
        click.echo("stopped; the index is whole", err=True)
