"""Tables say what they are, and a table that is not as it should be is named."""

import re
from pathlib import Path

import pytest

from indexer.errors import TableError
from indexer.text import tables

ROOT = Path(__file__).parents[2]
HEAD = "# What stands here.\n# made: by hand\n# licence: CC0-1.0\n# columns: one\tother?\n"
SHIPPED = [
    path.relative_to(ROOT).as_posix()
    for top in ("indexer", "webui")
    for path in sorted((ROOT / top).rglob("*"))
    if path.suffix in (".tsv", ".txt") and "fonts" not in path.parts
]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package for a table, by a name that no other test imported."""
    (tmp_path / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path.parent))
    return tmp_path


def rows(package: Path, text: str, columns: tuple[str, ...] = ()) -> list[list[str]]:
    (package / "table.tsv").write_text(text, "utf-8")
    return list(tables.rows(package.name, "table.tsv", columns))


@pytest.mark.parametrize("path", SHIPPED)
def test_each_table_says_what_it_is_and_its_rows_fit(path: str) -> None:
    top, _, name = path.partition("/")
    head = tables.head(top, name)
    assert all((head.about, head.made, head.licence, *head.columns))
    assert list(tables.rows(top, name))
    assert (ROOT / path).read_text("utf-8").startswith(head.text())


def test_comments_and_empty_lines_are_passed_over_and_a_last_field_may_lack(package: Path) -> None:
    text = HEAD + "a\tb\n\n# More.\nc\n"
    assert rows(package, text, ("one", "other?")) == [["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "a\tb\na\tb\tc\n", "line 6: 3 fields for «one, other?»"),
        ("a\tb\n", "does not begin with"),
        ("# made: by hand\n# licence: CC0-1.0\n# columns: one\n", "does not begin with"),
        (HEAD.replace("# made: by hand", "# by hand"), "line 2: «# made: …»"),
        (HEAD.replace("CC0-1.0", ""), "line 3: «# licence: …»"),
    ],
)
def test_a_broken_table_is_named_with_its_line(package: Path, text: str, said: str) -> None:
    with pytest.raises(TableError, match=f"{package.name}/table.tsv.*{re.escape(said)}"):
        rows(package, text)


def test_other_columns_than_those_that_are_read_are_an_error(package: Path) -> None:
    with pytest.raises(TableError, match="the columns are «one, other\\?», not «other, one»"):
        rows(package, HEAD, ("other", "one"))


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(TableError, match=r"indexer/text/nothing\.tsv"):
        next(tables.rows("indexer.text", "nothing.tsv"))
