"""Make what Rasad ships that a script makes: one table, all, or say which are stale.

    python -m indexer.generate [NAME…] --data FOLDER
    python -m indexer.generate --check

Names stand in ``manifest.toml``, with what each is made of. After a making the manifest's hashes
are written anew.
"""

import argparse
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer.errors import ConfigError
from indexer.generate.manifest import ROOT, Generated, Input, Manifest, Recipe, sha256


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked; 1 where something is stale or can't be made, 2 for a wrong request."""
    options = _parser().parse_args(arguments)
    manifest = Manifest()
    try:
        entries = manifest.chosen(tuple(options.names))
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    if options.check:
        return _check(entries)
    folders = {"data": options.data.resolve(), "work": options.work.resolve()}
    for entry in entries:
        recipe = entry.short if options.short and entry.short else entry.recipe
        files = {one.name: _file(one, folders) for one in recipe.inputs if one.file}
        try:
            if not options.record:
                _make(entry, recipe, files, folders)
        except ConfigError as error:
            print(error, file=sys.stderr)
            return 1
        manifest.record(entry, files)
        print(f"{entry.name}: {', '.join(entry.outputs)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indexer.generate", description="Make the tables that scripts make."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to make [all]")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="only say what is stale; then exit 1")
    what.add_argument("--record", action="store_true", help="only note the files as they are now")
    what.add_argument("--short", action="store_true", help="correct what is there, where possible")
    parser.add_argument(
        "--data", type=Path, default=Path("var/data"), help="what is read from elsewhere [var/data]"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("var"), help="what takes hours is kept there [var]"
    )
    return parser


def _check(entries: list[Generated]) -> int:
    faults = [(entry.name, line) for entry in entries for line in entry.faults()]
    for name, line in faults:
        print(f"{line} (python -m indexer.generate {name})")
    if not faults:
        print(f"{sum(len(entry.outputs) for entry in entries)} files are as they were made")
    return 1 if faults else 0


def _make(
    entry: Generated, recipe: Recipe, files: dict[str, Path], folders: dict[str, Path]
) -> None:
    """Run the script of an entry; raises ``ConfigError`` where it lacks something or fails."""
    for one in recipe.inputs:
        if one.package:
            _require(entry.name, one)
        elif not files[one.name].is_file():
            raise ConfigError(
                f"{entry.name} needs {files[one.name]}, which is not there: {one.of}, {one.address}"
            )
        elif sha256(files[one.name]) != one.sha256:
            print(f"{files[one.name]} is another than {entry.name} was last made of")
    folders["work"].mkdir(parents=True, exist_ok=True)
    command = [one.format(**folders) for one in recipe.arguments]
    done = subprocess.run([sys.executable, "-m", recipe.module, *command], cwd=ROOT, check=False)
    if done.returncode:
        raise ConfigError(f"{entry.name} could not be made: {recipe.module} failed")


def _require(name: str, package: Input) -> None:
    try:
        found = version(package.package)
    except PackageNotFoundError:
        found = "none"
    if found != package.version:
        raise ConfigError(
            f"{name} needs {package.package} {package.version}, and there is {found}:"
            " pip install '.[lexicon,training,meaning]'"
        )


def _file(one: Input, folders: dict[str, Path]) -> Path:
    return Path(one.file.format(**folders))


if __name__ == "__main__":
    sys.exit(main())
