"""``rasad people``: who is in the index, and corrections of who is who."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import index_option, json_option, limit_option, opened, writing
from indexer.commands.printing import counted, tell_json

if TYPE_CHECKING:
    from indexer.catalogue import Name


@click.group()
def people() -> None:
    """The people in the index; put right who is who."""


@people.command("list")
@index_option
@limit_option(50)
@json_option("One JSON object a line.")
def list_people(folder: Path | None, limit: int, as_json: bool) -> None:
    """The people of most articles: id, articles, name, Latin name."""
    with opened(folder) as index:
        _tell(index.catalogue.frequent("people", limit), as_json)


@people.command()
@click.argument("text")
@index_option
@limit_option(20)
@json_option("One JSON object a line.")
def find(text: str, folder: Path | None, limit: int, as_json: bool) -> None:
    """People by a name in either script, in any usual spelling, or by id."""
    from indexer.search.entity_lookup import matching

    with opened(folder) as index:
        names = matching(index.catalogue, text, limit)
    _tell(names, as_json)
    if not names:
        sys.exit(1)


@people.command()
@click.argument("kept", metavar="KEPT-ID")
@click.argument("other", metavar="OTHER-ID")
@index_option
def merge(kept: str, other: str, folder: Path | None) -> None:
    """OTHER-ID is the same person as KEPT-ID."""
    _correct(folder, "merge", kept, other, people=(kept, other))


@people.command()
@click.argument("id", metavar="ID")
@click.argument("other", metavar="NEW-ID")
@click.argument("what", metavar="WHAT")
@index_option
def split(id: str, other: str, what: str, folder: Path | None) -> None:
    """Where WHAT holds, ID is another person, NEW-ID.

    WHAT: article=ID, role=TEXT, country=XX or name=TEXT.
    """
    _correct(folder, "split", id, other, what, people=(id,))


@people.command()
@click.argument("id", metavar="ID")
@click.argument("name", metavar="NAME")
@click.argument("latin", metavar="[LATIN]", required=False)
@index_option
def rename(id: str, name: str, latin: str | None, folder: Path | None) -> None:
    """Call the person ID by another name."""
    _correct(folder, "rename", id, name, *([latin] if latin else []), people=(id,))


@people.command()
@click.argument("id", metavar="ID")
@index_option
def hide(id: str, folder: Path | None) -> None:
    """ID is nobody: leave it out of all articles."""
    _correct(folder, "hide", id, people=(id,))


def _correct(folder: Path | None, *fields: str, people: tuple[str, ...]) -> None:
    """Write a correction into the file, and read anew the articles that it concerns."""
    from indexer.entities.corrections import add_correction
    from indexer.indexing.run import correct_profiles
    from indexer.search.entity_lookup import known

    with writing(folder, existing=True) as target:
        for id in people:
            known(target.index.catalogue, id)
        path = target.index.profiles
        report = correct_profiles(target.index, lambda: add_correction(path, *fields))
    click.echo(f"{counted(report.corrected, 'article')} read anew; the correction is in {path}")


def _tell(names: Iterable["Name"], as_json: bool) -> None:
    for name in names:
        if as_json:
            from webui.api import schemas

            tell_json(schemas.frequent(name))
        else:
            click.echo(f"{name.id}\t{name.articles}\t{name.name}\t{name.name_en}")
