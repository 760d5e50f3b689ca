"""docs/data.md lists every table and every made file, with the columns that it has."""

import re
from pathlib import Path

import pytest

from indexer.generate.manifest import ROOT, Manifest
from indexer.text.tables import head

PAGE = (ROOT / "docs" / "data.md").read_text("utf-8")
ENDINGS = (".tsv", ".txt", ".bin", ".npz", ".toml")
FILES = sorted(path for path in (ROOT / "indexer").rglob("*") if path.suffix in ENDINGS)
FILES.append(ROOT / "webui" / "pictures" / "world.tsv")


def section(folder: Path) -> str:
    """What the page says of a folder."""
    name = re.escape(folder.relative_to(ROOT).as_posix())
    found = re.search(rf"^###? {name}/\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found[1] if found else PAGE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_page_names_each_file(path: Path) -> None:
    told = section(path.parent)
    assert f"`{path.name}`" in told or f"`{path.relative_to(ROOT).as_posix()}`" in told
    if path.suffix in (".tsv", ".txt"):
        top, _, name = path.relative_to(ROOT).as_posix().partition("/")
        row = next(line for line in told.splitlines() if line.startswith(f"| `{path.name}` |"))
        assert ", ".join(f"`{column}`" for column in head(top, name).columns) in row


def test_the_page_says_how_each_made_file_is_made_again() -> None:
    for name, entry in Manifest().entries.items():
        for path in entry.outputs:
            told = section((ROOT / path).parent)
            row = next(
                line for line in told.splitlines() if line.startswith(f"| `{Path(path).name}`")
            )
            assert "`make " in row, name
