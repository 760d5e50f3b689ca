"""``rasad check`` and ``rasad stats``: whether an index is whole, and what is in it."""

import json
import sys
from contextlib import suppress
from pathlib import Path

import click

from indexer.commands.options import chosen_folder, index_option, json_option, service
from indexer.config import settings
from indexer.errors import EngineError, IndexMissing
from indexer.schema import FACET_IDS


@click.command()
@index_option
@json_option()
def stats(folder: Path | None, as_json: bool) -> None:
    """Say what is in the index."""
    with service(folder) as searches:
        found = searches.stats()
    if as_json:
        from webui.api import schemas

        click.echo(json.dumps(schemas.stats(found)))
        return
    click.echo(
        f"{found.stories} stories in {found.articles} articles, "
        f"{found.first or '?'} to {found.last or '?'}"
    )
    click.echo(", ".join(f"{found.distinct[name]} {name}" for name in FACET_IDS))
    click.echo(f"engine {found.engine}")


@click.command()
@index_option
def check(folder: Path | None) -> None:
    """Say whether the index is whole: counts, versions, damage."""
    complaints = _complaints(chosen_folder(folder))
    for complaint in complaints:
        click.echo(f"damaged: {complaint}", err=True)
    if complaints:
        sys.exit(1)
    click.echo("whole")


def _complaints(folder: Path) -> list[str]:
    """Say what is in an index; returns what is wrong with it. Raises ``IndexMissing``."""
    from indexer.index import Index
    from indexer.indexing.run import fingerprint

    try:
        index = Index.open(folder)
    except IndexMissing:
        raise
    except EngineError as error:
        return [str(error)]
    try:
        complaints = index.complaints()
        with suppress(EngineError):  # it is among the complaints
            articles, engine = len(index.engine.ids()), index.engine.name
            click.echo(f"{articles} articles, engine {engine}, lemmas of {index.lemmas}")
            analysis = index.catalogue.meta("analysis") or ""
            if not analysis.startswith(fingerprint(settings().lexicon, settings().topics)):
                click.echo(
                    "analysed by another version of Rasad; «rasad index» reads its pages anew"
                )
    finally:
        index.close()
    return complaints
