"""``rasad backup`` and ``rasad restore``: an index in one file, and back."""

from pathlib import Path

import click

from indexer.commands.options import FILE, chosen_folder, index_option

_NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_NEW_FILE, metavar="FILE")
@index_option
def backup(file: Path, folder: Path | None) -> None:
    """Write the index into FILE (.tar or .tar.gz), while others search and write to it.

    It is of one commit, and read back before it takes its name.
    """
    from indexer.upkeep.backup import back_up

    articles = back_up(chosen_folder(folder), file)
    click.echo(f"{articles} articles in {file} ({file.stat().st_size / 1e6:.1f} MB)")


@click.command()
@click.argument("file", type=FILE, metavar="FILE")
@index_option
def restore(file: Path, folder: Path | None) -> None:
    """Make an index out of the backup FILE, in a folder that is new or empty.

    It is there once every file of it was held against its hash.
    """
    from indexer.upkeep.backup import restore as restored

    target = chosen_folder(folder)
    click.echo(f"{restored(file, target)} articles in {target}")
