"""The steps of docs/extending.md: the files and lines that it says to add."""

import re
from pathlib import Path
from typing import NamedTuple

PAGE = (Path(__file__).parents[2] / "docs" / "extending.md").read_text("utf-8")
_BLOCK = r"[^\n]*:\n\n```\w+\n(.*?)^```$"
_FILE = re.compile(rf"^The file `([^`]+)`{_BLOCK}", re.MULTILINE | re.DOTALL)
_IMPORT = re.compile(rf"^The import in `([^`]+)`{_BLOCK}", re.MULTILINE | re.DOTALL)
_LINE = re.compile(
    rf"^The line in `(\w+)` of `([^`]+)`(?:, behind `(\w+)`)?{_BLOCK}", re.MULTILINE | re.DOTALL
)


class Line(NamedTuple):
    """A line to insert into a module's list, behind that of an entry or at the end."""

    name: str
    module: str
    behind: str
    text: str


class Steps(NamedTuple):
    """What a section says to add: files with their content, imports by module, lines of lists."""

    files: dict[str, str]
    imports: dict[str, str]
    lines: list[Line]


def section(heading: str) -> str:
    """What the page says under a heading."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/extending.md has no section «{heading}»"
    return found[1]


def steps(heading: str) -> Steps:
    """The steps under a heading."""
    text = section(heading)
    lines = [Line(*found) for found in _LINE.findall(text)]
    return Steps(dict(_FILE.findall(text)), dict(_IMPORT.findall(text)), lines)


def blocks(heading: str, language: str) -> list[str]:
    """The blocks of code in a language under a heading."""
    return re.findall(rf"^```{language}\n(.*?)^```$", section(heading), re.MULTILINE | re.DOTALL)
