"""Benchmarks can be found and started; what they measure needs data that is not of the project."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BENCHMARKS = ROOT / "benchmarks"
FILES = sorted(path.relative_to(BENCHMARKS) for path in BENCHMARKS.rglob("*.py"))
OURS = {"indexer", "webui", *(path.stem for path in FILES)}


def names(paths):
    return [path.as_posix() for path in paths]


@pytest.fixture
def run(monkeypatch, capsys):
    """What a script prints on «--help»; a file without options is imported and prints nothing.

    The scripts of a folder import each other by name: so that names of theirs stay with them, the
    modules go again.
    """

    def run(path):
        monkeypatch.syspath_prepend(str(BENCHMARKS / path.parent))
        monkeypatch.setattr(sys, "argv", [str(path), "--help"])
        before = set(sys.modules)
        try:
            runpy.run_path(str(BENCHMARKS / path), run_name="__main__")
        except SystemExit as end:
            assert end.code == 0
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] in OURS:
                raise
            pytest.skip(f"{error.name} is not installed")
        finally:
            for name in set(sys.modules) - before:
                file = getattr(sys.modules[name], "__file__", None)
                if file and Path(file).is_relative_to(BENCHMARKS):
                    del sys.modules[name]
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("path", FILES, ids=names(FILES))
def test_every_script_starts_without_data(run, path):
    out = run(path)
    if "__main__" in (BENCHMARKS / path).read_text("utf-8"):
        assert out.startswith("usage:")


@pytest.mark.parametrize("path", FILES, ids=names(FILES))
def test_every_script_stands_in_the_readme_of_benchmarks(path):
    text = (BENCHMARKS / "README.md").read_text("utf-8")
    if "__main__" in (BENCHMARKS / path).read_text("utf-8"):
        assert f"benchmarks/{path.as_posix()}" in text
    else:
        assert f"`{path.as_posix()}`" in text


def test_every_measure_on_the_page_of_quality_is_a_script():
    text = (ROOT / "docs" / "quality.md").read_text("utf-8")
    commands = [line.split()[1] for line in text.splitlines() if line.startswith("    python ")]
    assert commands
    assert [path for path in commands if not (ROOT / path).is_file()] == []


TABLES = sorted([*BENCHMARKS.rglob("*.tsv"), *BENCHMARKS.rglob("*.txt")])


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_every_table_is_read_by_a_script_beside_it(table):
    own = table.with_suffix(".py")
    scripts = [path.read_text("utf-8") for path in table.parent.glob("*.py")]
    assert own.is_file() or any(table.name in script for script in scripts)
