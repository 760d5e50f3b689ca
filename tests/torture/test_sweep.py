"""Every tenth writing call of small runs fails, in four ways; «make torture» takes them all."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def sweeps() -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """A sweep over each engine, side by side."""
    root = str(Path(indexer.__file__).parents[1])
    begun = {
        engine: subprocess.Popen(
            [sys.executable, str(HERE / "sweep.py"), "--every", "10", "--json", "--engine", engine],
            env={**os.environ, "PYTHONPATH": root},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for engine in ("whoosh", "tantivy")
    }
    yield begun
    for process in begun.values():
        process.terminate()
        process.communicate()


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_no_fault_takes_an_article(sweeps: dict[str, "subprocess.Popen[str]"], engine: str) -> None:
    said, wrong = sweeps[engine].communicate()
    if not said and wrong.count("\n") == 1 and "RASAD_REQUIRE_FAULTS" not in os.environ:
        pytest.skip(wrong.strip())
    assert sweeps[engine].returncode == 0, wrong
    *rows, whole = map(json.loads, said.splitlines())
    assert len(rows) == 5 * 4  # runs and kinds of fault
    assert all(counted["tries"] for *_, counted in rows)
    assert whole[-1].keys() <= {"tries", "damage named"}
