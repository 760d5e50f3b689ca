"""The tables that ship with Rasad: tab-separated text that says what it is, and its one reader.

A table begins with comments. They say what stands in it; the last three, who made it, under which
licence, and what its columns are called:

    # Titles that stand before people's names.
    # made: by hand for Rasad
    # licence: GPL-3.0-or-later
    # columns: forms<TAB>class<TAB>role

A column whose name ends in «?» may be left out at the end of a line. A list of words is a table of
one column. Below its head, empty lines and lines that begin with «#» are for the editor only.
"""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from indexer.errors import TableError

_MADE, _LICENCE, _COLUMNS = "# made: ", "# licence: ", "# columns: "
_OPTIONAL = "?"


class TableHead(NamedTuple):
    """What a table says of itself."""

    about: str
    made: str
    licence: str
    columns: tuple[str, ...]

    def text(self) -> str:
        """The comments that a table with this head begins with."""
        lines = [f"# {line}" for line in self.about.splitlines()]
        lines += [_MADE + self.made, _LICENCE + self.licence, _COLUMNS + "\t".join(self.columns)]
        return "".join(f"{line}\n" for line in lines)


def rows(package: str, name: str, columns: Sequence[str] = ()) -> Iterator[list[str]]:
    """Yield the fields of each line of a table that lies in a package, or in a folder of one.

    Raises ``TableError`` where the head or a line is not as it should be, or where the table has
    other columns than those that the caller gives.
    """
    lines, where = _lines(package, name)
    (_, _, _, own), start = _head(lines, where)
    if columns and own != tuple(columns):
        raise TableError(
            f"{where}, line {start}: the columns are «{_listed(own)}», not «{_listed(columns)}»"
        )
    most = len(own)
    least = most - sum(column.endswith(_OPTIONAL) for column in own)
    for line in lines[start:]:
        if line and line[0] != "#":
            fields = line.split("\t")
            if not least <= len(fields) <= most:
                number = lines.index(line, start) + 1
                raise TableError(
                    f"{where}, line {number}: {len(fields)} fields for «{_listed(own)}»"
                )
            yield fields


def lists(package: str, name: str) -> dict[str, frozenset[str]]:
    """The words of each list of a table; a list may have several lines."""
    found: dict[str, frozenset[str]] = {}
    for own, line in rows(package, name, ("list", "words")):
        found[own] = found.get(own, frozenset()) | set(line.split())
    return found


def head(package: str, name: str) -> TableHead:
    """What a table says of itself; raises ``TableError`` where something is missing."""
    return _head(*_lines(package, name))[0]


def _lines(package: str, name: str) -> tuple[list[str], str]:
    """The lines of a table, and where it lies, for messages."""
    where = f"{package.replace('.', '/')}/{name}"
    try:
        return files(package).joinpath(name).read_text("utf-8").splitlines(), where
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{where} can't be read: {error}") from error


def _head(lines: Sequence[str], where: str) -> tuple[TableHead, int]:
    """The head, and how many lines it takes."""
    size = next((n for n, line in enumerate(lines, 1) if line.startswith(_COLUMNS)), 0)
    above = lines[: max(size - 3, 0)]
    if not above or not all(line.startswith("# ") for line in above):
        raise TableError(
            f"{where}: does not begin with «# what it is», «{_MADE}…», «{_LICENCE}…», «{_COLUMNS}…»"
        )
    made, licence, columns = lines[size - 3 : size]
    for number, line, key in ((size - 2, made, _MADE), (size - 1, licence, _LICENCE)):
        if not line.startswith(key) or line == key:
            raise TableError(f"{where}, line {number}: «{key}…» should stand here")
    about = "\n".join(line.removeprefix("# ") for line in above)
    names = tuple(columns.removeprefix(_COLUMNS).split("\t"))
    return TableHead(about, made.removeprefix(_MADE), licence.removeprefix(_LICENCE), names), size


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(columns)
