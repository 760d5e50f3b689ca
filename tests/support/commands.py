"""Commands as a person types them, and folders of pages for them."""

from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from indexer.commands import rasad


def run(*words: object) -> Result:
    """What a command does, its words as they are printed."""
    return CliRunner().invoke(rasad, [str(word) for word in words])


def folder_with(tmp_path: Path, page: str) -> Path:
    """A folder of one page of text."""
    return pages_in(tmp_path / "pages", {"a": page})


def pages_in(folder: Path, pages: Mapping[str, str]) -> Path:
    """A folder with these pages of text, by their names; others that are in it stay."""
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def indexed(folder: Path, pages: Mapping[str, str]) -> Path:
    """An index of these pages of text, in ``folder`` beside them."""
    made = run("index", pages_in(folder / "pages", pages), "--index", folder / "index")
    assert made.exit_code == 0, made.output
    return folder / "index"
