"""``rasad meaning``: vectors of the whole model for an index that has those of words."""

from pathlib import Path

import click

from indexer.commands.options import commit_every_option, index_option, jobs_option, writing
from indexer.commands.printing import counted, progress
from indexer.errors import RasadError


@click.group()
def meaning() -> None:
    """The whole model, an extra: its vectors for the articles of an index."""


@meaning.command()
@index_option
@jobs_option
@commit_every_option
def build(folder: Path | None, jobs: int | None, commit_every: int) -> None:
    """Give the articles that have none a vector of the whole model, newest first.

    It can be ended and begun again at any time; searches use the new vectors once all articles have
    one. From then on «rasad index» makes both.
    """
    from indexer.index import Asked
    from indexer.indexing.run import give_meaning
    from indexer.schema import MODEL

    with (
        writing(folder, Asked(meaning=MODEL), existing=True) as target,
        progress("giving vectors") as show,
    ):
        report = give_meaning(
            target.index,
            jobs=jobs,
            commit_every=commit_every,
            progress=show,
        )
        total = len(target.index.engine.ids())
    click.echo(
        f"{counted(report.indexed, 'article was', 'articles were')} given a vector of the whole "
        f"model, {counted(total, 'article')} in "
        f"{target.folder} ({report.seconds:.1f} s, {report.rate:.1f} a second)"
    )
    if report.ended_early:
        left = counted((report.expected or 0) - report.indexed, "article is", "articles are")
        raise RasadError(f"Ended early, {left} left; the same command goes on.")
