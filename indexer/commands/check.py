"""``rasad check`` and ``rasad stats``: whether an index is whole, and what is in it."""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import chosen_folder, index_option, json_option, opened, searching
from indexer.commands.printing import counted, tell_json, tell_waiting
from indexer.errors import EngineError
from indexer.schema import FACET_IDS

if TYPE_CHECKING:
    from indexer.index import Index
    from indexer.integrity.verification import Verdict


@click.command()
@index_option
@json_option()
def stats(folder: Path | None, as_json: bool) -> None:
    """Say what is in the index."""
    with opened(folder) as index:
        found = searching(index).stats()
        made = index.settings.told()
        if index.profiles.is_file():
            made["profiles"] = str(index.profiles)
        versions = json.loads(index.catalogue.meta("versions") or "{}")
    if as_json:
        from webui.api import schemas

        tell_json({**schemas.stats(found), "settings": made, "versions": versions})
        return
    click.echo(
        f"{counted(found.stories, 'story', 'stories')} in {counted(found.articles, 'article')}, "
        f"{found.first or '?'} to {found.last or '?'}"
    )
    click.echo(", ".join(f"{found.distinct[name]} {name}" for name in FACET_IDS))
    click.echo(", ".join(f"{name} {value}" for name, value in made.items()))
    click.echo("read by " + ", ".join(f"{name} {value}" for name, value in versions.items()))


@click.command()
@index_option
def check(folder: Path | None) -> None:
    """Say whether the index is whole: checksums of all files, counts, versions, damage."""
    from indexer.integrity.verification import verify
    from indexer.upkeep.repair import complaints_of

    chosen = chosen_folder(folder)
    verdict = verify(chosen)
    _tell_unsummed(verdict)
    complaints = complaints_of(chosen, verdict)
    if verdict.bytes_are_sound:
        with suppress(EngineError):  # it is among the complaints
            _tell_contents(chosen)
    for complaint in complaints:
        click.echo(f"damaged: {complaint}", err=True)
    if complaints:
        click.echo("«rasad repair --dry-run» says what can be brought back.", err=True)
        sys.exit(1)
    click.echo("whole")


def _tell_unsummed(verdict: "Verdict") -> None:
    """Say which part of the index has no checksum to hold it against."""
    if verdict.unsummed:
        files = counted(len(verdict.unsummed), "file has", "files have")
        click.echo(
            f"{files} no checksum yet, such as {verdict.unsummed[0]}: a run is at work "
            "or was cut off, a served site read on while one ended, or an older Rasad wrote them; "
            "the next «rasad index» sums them up"
        )


def _tell_contents(folder: Path) -> None:
    """Say what is in an index."""
    with opened(folder) as index:
        made = index.settings
        articles = counted(len(index.engine.ids()), "article")
        click.echo(f"{articles}, engine {made.engine}, lemmas of {made.lemmas}")
        _tell_vectorless(index)
        if stale := _read_otherwise(index):
            click.echo(
                f"{counted(stale, 'page was', 'pages were')} read by another version; "
                "«rasad index» reads them anew"
            )


def _tell_vectorless(index: "Index") -> None:
    """Say how many articles are found by fewer ways than the others."""
    held = index.engine.vectors() or [0]
    without = set.intersection(*(set(index.engine.vectorless(one)) for one in held))
    if without:
        click.echo(
            f"{counted(len(without), 'article has', 'articles have')} no vector; "
            "search by meaning does not find them"
        )
    tell_waiting(index)


def _read_otherwise(index: "Index") -> int:
    """How many pages would be read otherwise now."""
    from indexer.indexing.versions import Versions
    from indexer.sources.formats import BY_NAME

    made = index.settings
    made.check("lexicon", "topics")
    versions = Versions(made)
    return index.catalogue.other_versions({versions.of(format) for format in BY_NAME})
