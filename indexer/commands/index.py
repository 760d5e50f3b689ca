"""``rasad index``: pages in, an index that is made or brought up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from indexer.commands.options import (
    FILE_OR_NONE,
    FOLDER_OR_NONE,
    asked,
    commit_every_option,
    engine_option,
    index_option,
    jobs_option,
    json_option,
    lemmas_option,
    meaning_option,
    ner_option,
    paths_argument,
    writing,
)
from indexer.commands.printing import (
    counted,
    progress,
    tell_json,
    tell_notes,
    tell_report,
    tell_waiting,
)
from indexer.errors import RasadError

_SCHEMES = (("http:",), ("https:",))  # the first part of a path that is an address


@click.command()
@paths_argument(required=False)
@index_option
@click.option("--sample", is_flag=True, help="Index the five sample pages that come with Rasad.")
@engine_option
@click.option("--rebuild", is_flag=True, help="Make the index anew from PATH alone.")
@click.option("--prune", is_flag=True, help="Remove articles whose page under PATH is gone.")
@click.option(
    "--profiles", type=FILE_OR_NONE, help="Corrections of people [profiles.tsv in the index]."
)
@click.option("--topics", type=FOLDER_OR_NONE, help="A folder of topics of your own [none].")
@click.option("--lexicon", type=FILE_OR_NONE, help="A lexicon of your own [none].")
@ner_option
@lemmas_option
@meaning_option
@jobs_option
@commit_every_option
@json_option("Print the report as JSON.")
def index(
    paths: tuple[Path, ...],
    folder: Path | None,
    sample: bool,
    rebuild: bool,
    prune: bool,
    jobs: int | None,
    commit_every: int,
    as_json: bool,
    **named: Any,
) -> None:
    """Index the pages under PATH…; an index that is there is brought up to date.

    Folders are walked; files are known by their endings, see the README. An index keeps how it was
    made; what is asked for otherwise changes it, and pages are read anew.
    """
    from indexer.indexing.run import index_pages

    if sample:
        paths = (*paths, _seeds())
    if not paths:
        raise click.UsageError("Name a folder or file to index, or --sample.")
    if addresses := [path for path in paths if path.parts[:1] in _SCHEMES]:
        raise click.UsageError(f"{addresses[0]} is an address; «rasad fetch URL» fetches one.")
    with (
        _ends_in_a_line(),
        writing(folder, asked(named), rebuild=rebuild) as target,
        progress() as show,
    ):
        try:
            report = index_pages(
                paths,
                target.index,
                prune=prune,
                jobs=jobs,
                commit_every=commit_every,
                named=target.named,
                corrections=target.corrections,
                progress=show,
            )
        except KeyboardInterrupt:
            kept = 0 if rebuild else len(target.index.engine.ids())
            raise RasadError(_ended_early(kept, rebuild, commit_every)) from None
        tell_notes(report)
        if not report.indexed + report.unchanged:  # nothing takes the place of an older index
            raise RasadError("No page that can be indexed was found under the paths given.")
        total = len(target.index.engine.ids())
        tell_waiting(target.index)
    if as_json:
        from webui.api import schemas

        tell_json(schemas.index_report(report, total))
    else:
        click.echo(
            f"{counted(report.read, 'page')} read, {report.indexed} indexed, "
            f"{report.unchanged} unchanged, {len(report.skipped)} skipped, "
            f"{report.removed} removed; {counted(total, 'article')} in {target.folder} "
            f"({report.seconds:.1f} s, {report.rate:.0f} a second)"
        )
        tell_report(report)


@contextmanager
def _ends_in_a_line() -> Iterator[None]:
    """Ctrl-C while models are loaded or the report is printed."""
    try:
        yield
    except KeyboardInterrupt:
        raise RasadError("Ended early; the same command goes on.") from None


def _ended_early(kept: int, rebuild: bool, commit_every: int) -> str:
    if rebuild:
        return "Ended early; the index is as it was, the same command begins anew."
    if kept:
        articles = counted(kept, "article is", "articles are")
        return f"Ended early; {articles} in the index, the same command goes on."
    return (
        "Ended early, before anything was committed: nothing is in the index, the same command "
        f"begins anew. Articles are kept {commit_every:,} at a time; --commit-every changes that."
    )


def _seeds() -> Path:
    """The sample pages: in the wheel inside ``indexer``, in the repository beside it."""
    here = Path(__file__).parents[1]
    inside = here / "seeds"
    return inside if inside.is_dir() else here.parent / "seeds"
