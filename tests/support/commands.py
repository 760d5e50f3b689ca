"""Commands as a person types them, and a folder of pages for them."""

from pathlib import Path

from click.testing import CliRunner, Result

from indexer.commands import rasad


def run(*words: object) -> Result:
    """What a command does, its words as they are printed."""
    return CliRunner().invoke(rasad, [str(word) for word in words])


def folder_with(tmp_path: Path, page: str) -> Path:
    """A folder of one page of text."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(page, "utf-8")
    return folder
