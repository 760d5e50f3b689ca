"""A backup is of one commit, whole or not there, and comes back as it was."""

import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from commands import run
from damage import flip, read_only
from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.integrity.verification import verify
from indexer.upkeep.backup import BackupError, back_up, restore

TEXT = "قال السفير إن المباحثات رقم {} جرت في أجواء طيبة وإن الجانبين اتفقا على موعد آخر."


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def page(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{number}.txt"
    path.write_text(f"خبر {number}\n\n{TEXT.format(number)}\n", "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, engine: str) -> Path:
    for number in range(5):
        page(tmp_path / "pages", number)
    with writable(tmp_path / "index", {"engine": engine}) as index:
        index_pages([tmp_path / "pages"], index, jobs=1)
    (tmp_path / "index" / "profiles.tsv").write_text("# mine\n", "utf-8")
    return tmp_path / "index"


def ids(folder: Path) -> frozenset[str]:
    with closing(Index.open(folder)) as index:
        assert index.complaints() == []
        return index.engine.ids()


@pytest.mark.parametrize("ending", ["tar", "tar.gz"])
def test_a_backup_comes_back_as_it_was(folder: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"backup.{ending}"
    assert "5 articles" in run("backup", file, "--index", folder).output
    other = tmp_path / "other"
    assert "5 articles" in run("restore", file, "--index", other).output
    assert run("check", "--index", other).output.endswith("\nwhole\n")
    assert ids(other) == ids(folder)
    assert (other / "profiles.tsv").read_text("utf-8") == "# mine\n"
    assert [path.name for path in tmp_path.glob(".*")] == []
    again = run("index", tmp_path / "pages", "--index", other)
    assert "5 unchanged" in again.output


def test_a_backup_while_a_run_commits_is_of_one_commit(folder: Path, tmp_path: Path) -> None:
    stop, failed = threading.Event(), []

    def write() -> None:
        number = 100
        try:
            with closing(Index.open(folder)) as index:
                while not stop.is_set():
                    index_pages([page(tmp_path / "more", number)], index, jobs=1)
                    number += 1
        except Exception as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    try:
        for number in range(4):
            counts.append(back_up(folder, tmp_path / f"{number}.tar"))
    finally:
        stop.set()
        writer.join()
    assert not failed
    assert counts == sorted(counts)
    for number, count in enumerate(counts):
        restored = tmp_path / f"restored-{number}"
        assert restore(tmp_path / f"{number}.tar", restored) == count
        assert len(ids(restored)) == count
        assert not verify(restored).damaged


def test_a_backup_that_is_cut_off_is_refused(folder: Path, tmp_path: Path) -> None:
    for name in ("whole.tar", "whole.tar.gz"):
        file = tmp_path / name
        back_up(folder, file)
        content = file.read_bytes()
        for share in (0.0, 0.2, 0.6, 0.95):
            cut = tmp_path / f"cut-{name}"
            cut.write_bytes(content[: int(share * len(content) * 0.9)])
            with pytest.raises(BackupError):
                restore(cut, tmp_path / "other")
            assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x" * 5000,
        b"\x1f\x8b\x08\x00" + b"x" * 5000,
        b"BZh9" + b"x" * 5000,
        b"\xfd7zXZ\x00" + b"x" * 5000,
        b"backup.txt".ljust(257, b"\0") + b"ustar\x0000" + b"x" * 5000,
    ],
)
def test_what_is_no_backup_is_refused_in_a_line_of_ours(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.tar"
    file.write_bytes(content)
    done = run("restore", file, "--index", tmp_path / "index")
    assert isinstance(done.exception, BackupError)
    said = str(done.exception)
    assert said.startswith(f"{file} can't be restored: ")
    assert said.endswith("Take another backup, or index the pages again.")
    assert "\n" not in said
    assert not (tmp_path / "index").exists()


def test_a_backup_in_which_a_bit_turned_is_refused(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    back_up(folder, file)
    with tarfile.open(file) as tar:
        places = [(one.offset_data, one.size) for one in tar if one.name != "profiles.tsv"]
    for start, size in places:
        flip(file, (start + size // 2) * 8)
        with pytest.raises(BackupError):
            restore(file, tmp_path / "other")
        flip(file, (start + size // 2) * 8)
    assert restore(file, tmp_path / "other") == 5


def test_a_damaged_index_makes_no_backup(folder: Path, tmp_path: Path) -> None:
    largest = max((folder / "engine").iterdir(), key=lambda path: path.stat().st_size)
    flip(largest, 8 * 100)
    with pytest.raises(Exception, match="damaged"):
        back_up(folder, tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar").exists()


def test_a_backup_holds_nothing_but_files_below_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "evil.tar"
    with tarfile.open(file, "w") as tar:
        tar.add(Path(__file__), "../outside.py")
    with pytest.raises(BackupError):
        restore(file, tmp_path / "deep" / "other")
    assert not list(tmp_path.rglob("outside.py"))


def test_a_folder_that_holds_something_is_not_restored_into(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "backup.tar")
    with pytest.raises(BackupError, match="not empty"):
        restore(tmp_path / "backup.tar", folder)
    with pytest.raises(BackupError, match=r"\.tar"):
        back_up(folder, tmp_path / "backup.zip")


def test_where_nothing_may_be_written_a_backup_is_made(folder: Path, tmp_path: Path) -> None:
    with read_only(folder) as place:
        assert back_up(place, tmp_path / "backup.tar") == 5
