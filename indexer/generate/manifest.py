"""What is made, of what: the manifest read, compared with the files, and written after a making.

A file is stale where something that it is derived from is not what it was; it was changed by hand
where it is itself not what was made.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError

ROOT = Path(__file__).parents[2]
MANIFEST = Path(__file__).with_name("manifest.toml")
_TABLES = (".tsv", ".txt")
_HASH = re.compile(r'(?P<key>"[^"]+"|sha256) = "(?P<hash>\w*)"')


@dataclass(frozen=True, slots=True)
class Input:
    """A file or a package that something is made of; ``file`` may begin with «{data}», «{work}»."""

    name: str
    of: str
    address: str
    licence: str
    version: str = ""
    file: str = ""
    sha256: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How files are made: the script's module and arguments, and what it needs."""

    module: str
    arguments: tuple[str, ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """An entry: files of the repository by their hash as last made, and what they were made of.

    ``short`` makes them anew from what is there; None where nothing shorter than ``recipe`` does.
    """

    name: str
    licence: str
    recipe: Recipe
    short: Recipe | None
    outputs: Mapping[str, str]
    reads: Mapping[str, str]

    def faults(self, root: Path = ROOT) -> Iterator[str]:
        """Yield a line for each file that is not as it was made, or not of what is there now."""
        changed = [path for path, known in self.reads.items() if content(root / path) != known]
        for output, known in self.outputs.items():
            if (own := sha256(root / output)) is None:
                yield f"{output} is not there"
            elif own != known:
                yield f"{output} is not as it was made: changed by hand?"
            for path in changed:
                yield f"{output} is stale: {path} has changed since it was made"


class Manifest:
    """The entries of a manifest by name, in the order in which they need each other."""

    def __init__(self, path: Path = MANIFEST, root: Path = ROOT) -> None:
        self._path, self._root = path, root
        told = tomllib.loads(path.read_text("utf-8"))
        inputs = {name: Input(name, **fields) for name, fields in told["input"].items()}
        self.entries = {name: _entry(name, one, inputs) for name, one in told["made"].items()}

    def chosen(self, names: tuple[str, ...]) -> list[Generated]:
        """The entries of these names, or all, in the manifest's order."""
        unknown = [name for name in names if name not in self.entries]
        if unknown:
            raise ConfigError(
                f"nothing is made by the name «{unknown[0]}»; there are {', '.join(self.entries)}"
            )
        return [entry for name, entry in self.entries.items() if not names or name in names]

    def record(self, entry: Generated, files: Mapping[str, Path]) -> None:
        """Write down the files of an entry as they are now; ``files`` gives its inputs by name."""
        found: dict[tuple[str, str], str | None] = {}
        for path in entry.outputs:
            found[f"made.{entry.name}.outputs", path] = sha256(self._root / path)
        for path in entry.reads:
            found[f"made.{entry.name}.reads", path] = content(self._root / path)
        for name, file in files.items():
            found[f"input.{name}", "sha256"] = sha256(file)
        lines = []
        section = ""
        for line in self._path.read_text("utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            told = _HASH.fullmatch(line)
            new = found.get((section, told["key"].strip('"'))) if told else None
            lines.append(f'{told["key"]} = "{new}"' if told and new else line)
        self._path.write_text("\n".join(lines) + "\n", "utf-8")


def _entry(name: str, told: dict[str, Any], inputs: Mapping[str, Input]) -> Generated:
    def recipe(of: dict[str, Any]) -> Recipe:
        needs = tuple(inputs[one] for one in of["inputs"])
        return Recipe(told["module"], tuple(of["arguments"]), needs)

    short = recipe(told["short"]) if "short" in told else None
    outputs, reads = told["outputs"], told.get("reads", {})
    return Generated(name, told["licence"], recipe(told), short, outputs, reads)


def sha256(path: Path) -> str | None:
    """The hash of a file, None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def content(path: Path) -> str | None:
    """The hash of what a file says: of a table its rows, without comments."""
    if path.suffix not in _TABLES or not path.is_file():
        return sha256(path)
    lines = path.read_text("utf-8").splitlines()
    rows = "\n".join(line for line in lines if line and not line.startswith("#"))
    return hashlib.sha256(rows.encode()).hexdigest()
