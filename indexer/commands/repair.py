"""``rasad repair``: a damaged index is brought back, as far as that can be."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import chosen_folder, index_option, jobs_option
from indexer.commands.printing import counted, one_line

if TYPE_CHECKING:
    from indexer.upkeep.salvage import RepairPlan

_SHOWN = 20  # ids of each kind


@click.command()
@index_option
@click.option("--dry-run", is_flag=True, help="Only say what can be brought back, and from where.")
@jobs_option
def repair(folder: Path | None, dry_run: bool, jobs: int | None) -> None:
    """Bring a damaged index back: from its own records, else from its pages.

    The new index takes the place of the damaged one when it is whole.
    """
    from indexer.upkeep.repair import repair as repaired

    done = repaired(chosen_folder(folder), dry=dry_run, jobs=jobs)
    if not done.complaints:
        click.echo("whole, nothing to repair")
        return
    for complaint in done.complaints:
        click.echo(f"damaged: {complaint}")
    for name in sorted(done.put_back):
        click.echo(f"as it was: {name}")
    if done.plan is not None:
        _tell(done.plan)
    if done.catalogue_anew:
        click.echo("the catalogue is made out of the articles: people may have other ids")
    if done.sums_anew:
        click.echo("all can be read, but not held against checksums, which are made anew")
    if done.kept:
        click.echo(f"the damaged index is kept in {done.kept}")
    click.echo("nothing was changed" if dry_run else "repaired")


def _tell(plan: "RepairPlan") -> None:
    click.echo(f"from records: {counted(len(plan.records), 'article')}")
    _tell_ids("from pages", plan.pages.keys())
    _tell_ids("from records of a damaged file, which may be wrong", plan.unsure)
    _tell_ids("lost", plan.lost)


def _tell_ids(what: str, ids: Collection[str]) -> None:
    if not ids:
        return
    click.echo(f"{what}: {counted(len(ids), 'article')}")
    for id in sorted(ids)[:_SHOWN]:
        click.echo(f"  {one_line(id)}")
    if len(ids) > _SHOWN:
        click.echo(f"  and {len(ids) - _SHOWN:,} more")
