"""Copies of Rasad that grow by a file and a line, as its users extend it."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOYS = ROOT / "tests/extending/toys"


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

    def add(self, toy: str, place: str) -> None:
        """Put a file of the toys into a folder of the copy: «indexer/sources/formats»."""
        shutil.copy(TOYS / toy, self.folder / place)

    def insert(self, module: str, name: str, line: str, imports: str = "") -> None:
        """Insert a line at the end of the list ``name`` of a module, given by its path.

        ``imports`` is a line among the module's imports that the new one needs.
        """
        path = self.folder / module
        text = path.read_text("utf-8")
        opened = re.search(rf"^{re.escape(name)}\b[^\n]*=[^\n]*[(\[{{]\n", text, re.MULTILINE)
        assert opened, f"{module} has no list {name}"
        closed = re.compile(r"^[)\]}]", re.MULTILINE).search(text, opened.end())
        assert closed, f"the list {name} of {module} has no end"
        text = f"{text[: closed.start()]}    {line}\n{text[closed.start() :]}"
        if imports:
            text = re.sub(r"^(?=from |import )", f"{imports}\n", text, count=1, flags=re.MULTILINE)
        path.write_text(text, "utf-8")

    def rasad(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run the copy's command, which must succeed, and return what it printed."""
        command = "from indexer.commands import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", command, *map(str, words)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done
