"""The load of «make load» in short: answers stay right while somebody writes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.engines import ENGINES

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_answer_is_of_one_commit(engine: str) -> None:
    options = ["--engine", engine, "--clients", "4", "--minutes", "0.15", "--every", "2"]
    run = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/speed/load.py"), *options],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "wrong answers: 0" in run.stdout, run.stdout + run.stderr
    assert run.returncode == 0
