"""One writer at a time, from the first run on; an index takes another's place in one step."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from commands import folder_with, run
from indexer.catalogue import Catalogue
from indexer.errors import EngineError, IndexLocked, IndexMissing
from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.storage import replacement
from indexer.storage.exclusive import exclusive, is_held

PAGE = "وصول السفير\n\nوصل السفير إلى بغداد أمس وبحث مع الوزير التعاون بين البلدين.\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return folder_with(tmp_path, PAGE)


@pytest.fixture
def folder(tmp_path: Path, pages: Path) -> Path:
    """An index of one article."""
    indexed = tmp_path / "index"
    assert run("index", pages, "--index", indexed).exit_code == 0
    return indexed


def ended() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_one_process_writes_to_a_folder(tmp_path: Path) -> None:
    with exclusive(tmp_path / "index"):
        assert is_held(tmp_path / "index")
        with pytest.raises(IndexLocked, match="try again later"), exclusive(tmp_path / "index"):
            pass
    assert not (tmp_path / "index").exists()  # it stayed empty
    assert not is_held(tmp_path)


def test_of_two_first_runs_the_second_is_told_in_a_line(tmp_path: Path, pages: Path) -> None:
    with writable(tmp_path / "index") as index:
        other = run("index", pages, "--index", tmp_path / "index")
        assert isinstance(other.exception, IndexLocked)
        assert "\n" not in str(other.exception)
        assert index_pages([pages], index, jobs=1).indexed == 1
    with writable(tmp_path / "index") as index:
        assert index.engine.ids() == {"a"}


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    held = (
        "import sys, time, pathlib; from indexer.storage.exclusive import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", held, str(tmp_path / "index")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        assert is_held(tmp_path / "index")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not is_held(tmp_path / "index")


@pytest.mark.parametrize("at_once", [True, False])
def test_readers_find_an_index_at_any_time(
    folder: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    if not at_once:  # as on another system
        monkeypatch.setattr(replacement, "_exchanged", lambda one, other: False)
    ending, seen = threading.Event(), set[object]()

    def look() -> None:
        while not ending.is_set():
            seen.add((folder / "catalogue.db").exists())

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(3):
        assert run("index", pages, "--rebuild", "--index", folder).exit_code == 0
    ending.set()
    looking.join()
    if at_once:
        assert seen == {True}
    assert [one.name for one in folder.parent.iterdir() if "index" in one.name] == ["index"]


def test_an_index_that_was_moved_away_comes_back(folder: Path) -> None:
    away = folder.with_name(f"index.old-{ended()}")
    for opened in (Index.open, None):
        folder.rename(away)
        if opened:
            opened(folder).close()
        with writable(folder) as index:
            assert index.engine.ids() == {"a"}
        assert not away.exists()


def test_what_dead_processes_left_goes_with_the_next_writer(folder: Path, pages: Path) -> None:
    dead = ended()
    left = [folder.with_name(f"index.{kind}-{dead}") for kind in ("new", "old")]
    backup = folder.with_name("index.old-backup")
    for one in (*left, backup):
        one.mkdir()
    assert run("index", pages, "--index", folder).exit_code == 0
    assert not any(one.exists() for one in left)
    assert backup.exists()


def test_an_index_that_is_made_by_an_unseen_process_is_left(folder: Path, pages: Path) -> None:
    other = folder.with_name(f"index.new-{ended()}")  # its number means nothing here
    with exclusive(other):
        assert run("index", pages, "--index", folder).exit_code == 0
        assert other.exists()


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize("catalogue", ["", "CREATE TABLE meta (key TEXT, value TEXT)", None])
def test_a_first_run_goes_on_with_a_half_made_index(
    tmp_path: Path, pages: Path, engine: str, catalogue: str | None
) -> None:
    folder = tmp_path / "index"
    Index.create(folder).close()
    for path in folder.glob("catalogue.db*"):
        path.unlink()
    if catalogue is not None:
        import sqlite3

        made = sqlite3.connect(folder / "catalogue.db")
        made.execute(catalogue)
        made.commit()
        made.close()
    done = run("index", pages, "--index", folder, "--engine", engine)
    assert done.exit_code == 0, done.exception
    with writable(folder) as index:
        assert index.engine.ids() == {"a"}
        assert index.engine.name == engine


def test_a_lost_catalogue_takes_no_article_with_it(folder: Path, pages: Path) -> None:
    for path in folder.glob("catalogue.db*"):
        path.unlink()
    with pytest.raises(IndexMissing):
        Index.open(folder)
    with pytest.raises(RuntimeError), writable(folder):
        raise RuntimeError
    with writable(folder) as index:
        assert index.engine.ids() == {"a"}


def test_a_catalogue_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalogue.db"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", _killed)
        with pytest.raises(KeyboardInterrupt):
            Catalogue.create(path)
    assert not path.exists()
    Catalogue.create(path, fact="there").close()
    assert Catalogue.facts(path)["fact"] == "there"
    assert [one.name for one in tmp_path.iterdir()] == ["catalogue.db"]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError, match="can't be"), writable(tmp_path / "file" / "index"):
        pass
