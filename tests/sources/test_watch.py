"""Folders under watch: new and changed files, once they are whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from indexer.index import Index
from indexer.sources.watch import Watch

ROOT = Path(__file__).parents[2]
PAGE = "وصول الوزير إلى {}\n\nوصل وزير الخارجية إلى {} في زيارة رسمية تستمر يومين."


def test_what_is_there_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    watch = Watch([tmp_path])
    assert watch.changes() == []


def test_a_new_file_is_given_once_it_stays_the_same(tmp_path: Path) -> None:
    watch = Watch([tmp_path])
    new = tmp_path / "inside" / "a.txt"
    new.parent.mkdir()
    new.write_text("half")
    assert watch.changes() == []
    new.write_text("half and the rest")
    assert watch.changes() == []
    assert watch.changes() == [new]
    assert watch.changes() == []


def test_a_changed_file_is_given_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a")
    watch = Watch([file])
    file.write_text("b, changed")
    assert [watch.changes(), watch.changes(), watch.changes()] == [[], [file], []]


def test_a_file_that_goes_and_comes_back_is_given(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a")
    watch = Watch([tmp_path])
    file.unlink()
    assert watch.changes() == []
    file.write_text("a, again")
    assert [watch.changes(), watch.changes()] == [[], [file]]


def test_links_in_circles_and_hidden_files_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path)
    watch = Watch([tmp_path, tmp_path / "nowhere"])
    (tmp_path / ".hidden.txt").write_text("a")
    assert [watch.changes(), watch.changes()] == [[], []]


def test_the_command_takes_up_files_and_stops_cleanly(tmp_path: Path) -> None:
    pages, index = tmp_path / "pages", tmp_path / "index"
    pages.mkdir()
    (pages / "a.txt").write_text(PAGE.format("بغداد", "بغداد"), "utf-8")
    command = "from indexer.commands import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "watch", pages, "--index", index, "--every", "0.2"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout and process.stderr
        assert "1 indexed" in process.stdout.readline()
        time.sleep(0.3)
        (pages / "b.txt").write_text(PAGE.format("أربيل", "أربيل"), "utf-8")
        assert "1 indexed" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert "stopped" in process.stderr.read()
    assert process.returncode == 0
    opened = Index.open(index)
    assert opened.engine.ids() == {"a", "b"}
    opened.close()
