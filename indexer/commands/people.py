"""``rasad people``: who is in the index, and corrections of who is who."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.options import index_option, json_option, limit_option, opened, writing
from indexer.commands.printing import counted, tell_json

if TYPE_CHECKING:
    from indexer.catalogue import Name
    from indexer.entities.corrections import Corrections
    from indexer.index import Index

note_option = click.option("--note", help="Why; kept beside the correction.")


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
        click.echo(f"No person is called {text!r}.", err=True)
        sys.exit(1)


@people.command()
@click.argument("kept", metavar="KEPT-ID")
@click.argument("other", metavar="OTHER-ID")
@note_option
@index_option
def merge(kept: str, other: str, note: str | None, folder: Path | None) -> None:
    """OTHER-ID is the same person as KEPT-ID."""
    _correct(folder, note, "merge", kept, other, people=(kept, other))


@people.command()
@click.argument("id", metavar="ID")
@click.argument("other", metavar="NEW-ID")
@click.argument("what", metavar="WHAT")
@note_option
@index_option
def split(id: str, other: str, what: str, note: str | None, folder: Path | None) -> None:
    """Where WHAT holds, ID is another person, NEW-ID.

    WHAT: article=ID, role=TEXT, country=XX or name=TEXT.
    """
    _correct(folder, note, "split", id, other, what, people=(id,))


@people.command()
@click.argument("id", metavar="ID")
@click.argument("name", metavar="NAME")
@click.argument("latin", metavar="[LATIN]", required=False)
@note_option
@index_option
def rename(id: str, name: str, latin: str | None, note: str | None, folder: Path | None) -> None:
    """Call the person ID by another name."""
    _correct(folder, note, "rename", id, name, *([latin] if latin else []), people=(id,))


@people.command()
@click.argument("id", metavar="ID")
@note_option
@index_option
def hide(id: str, note: str | None, folder: Path | None) -> None:
    """ID is nobody: leave it out of all articles."""
    _correct(folder, note, "hide", id, people=(id,))


@people.command("corrections")
@index_option
def list_corrections(folder: Path | None) -> None:
    """The corrections made so far: key, day, what, note."""
    from indexer.entities.profiles_file import read_corrections

    with opened(folder) as index:
        for entry in read_corrections(index.profiles).entries:
            day = entry.date.isoformat() if entry.date else "-"
            click.echo("\t".join((entry.key, day, " ".join(entry.fields), entry.note)).rstrip())


@people.command()
@click.argument("keys", metavar="KEY…", nargs=-1, required=True)
@index_option
def undo(keys: tuple[str, ...], folder: Path | None) -> None:
    """Take corrections back, by their keys in «rasad people corrections»."""
    from indexer.entities.profiles_file import take_back

    _change(folder, (), lambda index: take_back(index.profiles, keys))


def _correct(folder: Path | None, note: str | None, *fields: str, people: tuple[str, ...]) -> None:
    """Write a correction into the file, and read anew the articles that it concerns."""
    from indexer.entities.corrections import ProfileCorrection
    from indexer.entities.profiles_file import add_corrections

    new = ProfileCorrection(fields, dt.date.today(), note or "")
    _change(folder, people, lambda index: add_corrections(index.profiles, [new]))


def _change(
    folder: Path | None, people: tuple[str, ...], change: Callable[["Index"], "Corrections"]
) -> None:
    from indexer.indexing.run import correct_profiles
    from indexer.search.entity_lookup import known

    with writing(folder, existing=True) as target:
        for id in people:
            known(target.index.catalogue, id)
        report = correct_profiles(target.index, lambda: change(target.index))
        path = target.index.profiles
    click.echo(f"{counted(report.corrected, 'article')} read anew; the corrections are in {path}")


def _tell(names: Iterable["Name"], as_json: bool) -> None:
    for name in names:
        if as_json:
            from webui.api import schemas

            tell_json(schemas.frequent(name))
        else:
            click.echo(f"{name.id}\t{name.articles}\t{name.name}\t{name.name_en}")
