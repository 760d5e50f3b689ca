"""Copies of Rasad that grow by a file and a line, as its users extend it."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from steps import Line, steps

ROOT = Path(__file__).parents[2]


def copied(folder: Path) -> "Checkout":
    """A copy of this checkout's packages below ``folder``."""
    for package in ("indexer", "webui", "templates"):
        without = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(ROOT / package, folder / package, ignore=without)
    return Checkout(folder)


@dataclass(frozen=True)
class Checkout:
    """A copy of the packages below ``folder``; what is added to it is nowhere else."""

    folder: Path

    def follow(self, heading: str) -> "Checkout":
        """Do what docs/extending.md says under a heading; returns the copy."""
        files, imports, lines = steps(heading)
        assert files
        for place, content in files.items():
            assert not (self.folder / place).exists()
            (self.folder / place).write_text(content, "utf-8")
        for line in lines:
            self._insert(line)
        for module, text in imports.items():
            path = self.folder / module
            first = re.compile(r"^(?=from |import )", re.MULTILINE)
            path.write_text(first.sub(text, path.read_text("utf-8"), count=1), "utf-8")
        return self

    def _insert(self, line: Line) -> None:
        path = self.folder / line.module
        text = path.read_text("utf-8")
        opened = re.search(rf"^{line.name}\b[^\n]*=[^\n]*[(\[{{]\n", text, re.MULTILINE)
        assert opened, f"{line.module} has no list {line.name}"
        last = rf'^ .*"{line.behind}".*\n' if line.behind else r"^(?=[)\]}])"
        found = re.compile(last, re.MULTILINE).search(text, opened.end())
        assert found, f"{line.module} has no place for the line {line.text!r}"
        path.write_text(text[: found.end()] + line.text + text[found.end() :], "utf-8")

    def rasad(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run the copy's command, which must succeed, and return what it printed."""
        return self.python("from indexer.commands import main; main()", *words)

    def python(self, code: str, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a program over the copy, which must succeed, and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return done
