"""Every file of an index is held against its checksum: whatever is damaged is named."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from commands import run
from damage import cut, files_of, flip, flips, read_only
from indexer import engines
from indexer.errors import LibraryMissing
from indexer.index import Index
from indexer.indexing.run import index_pages
from indexer.integrity import checksums
from indexer.integrity.checksums import CATALOGUE, CHECKSUMS, Sums
from indexer.integrity.verification import verify

ROOT = Path(__file__).parents[2]
both_engines = pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
TEXT = "وصل الوزير إلى العاصمة صباح اليوم وبحث مع نظيره ملفات التعاون، وكان اللقاء رقم {}."


@pytest.fixture(params=["whoosh", "tantivy"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An index that two runs wrote."""
    index, pages = tmp_path / "index", tmp_path / "pages"
    pages.mkdir()
    for number in range(8):
        (pages / f"{number}.txt").write_text(f"عنوان {number}\n\n{TEXT.format(number)}\n", "utf-8")
        if number in (3, 7):
            done = run("index", pages, "--index", index, "--engine", request.param, "--jobs", 1)
            assert done.exit_code == 0
    return index


def name_of(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def test_a_finished_index_is_whole_and_wholly_summed(folder: Path) -> None:
    verdict = verify(folder)
    assert verdict.finished
    assert not verdict.damaged
    assert not verdict.unsummed
    assert run("check", "--index", folder).output.endswith("\nwhole\n")


def test_one_bit_that_turned_is_found_in_whatever_file(folder: Path) -> None:
    files = files_of(folder)
    met = set()
    for path in flips(files, 200):
        met.add(path)
        assert verify(folder).names == {name_of(path, folder)}
    assert met == set(files)
    assert not verify(folder).damaged


def test_check_names_each_damaged_file_and_never_fails(folder: Path) -> None:
    for path in files_of(folder):
        whole = path.read_bytes()
        for damage in (flip, cut, Path.unlink):
            damage(path)
            checked = run("check", "--index", folder)
            name = name_of(path, folder)
            if path.suffix == ".columns" and damage is Path.unlink:
                assert checked.exit_code == 0  # it is made anew by whoever needs it
            else:
                assert checked.exit_code == 1, name
                assert f"damaged: {name} " in checked.output
            assert checked.exception is None or isinstance(checked.exception, SystemExit)
            path.write_bytes(whole)
    assert run("check", "--index", folder).exit_code == 0


def test_a_file_that_is_nobodys_is_named(folder: Path) -> None:
    for name in ("engine/left.seg", "notes.txt", "engine/columns/x.bin"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
        assert verify(folder).names == {name}
        path.unlink()


def test_corrections_of_people_may_be_edited(folder: Path) -> None:
    (folder / "profiles.tsv").write_text("# mine\n", "utf-8")
    assert not verify(folder).damaged


@both_engines
def test_a_run_that_is_killed_damages_nothing(engine: str, tmp_path: Path) -> None:
    """What it left is not summed yet, and the next run does that."""
    kill = (
        "import os, signal\n"
        "from indexer.integrity.checksums import SumKeeper\n"
        "SumKeeper.{} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from indexer.commands import main; main()"
    )
    folder = tmp_path / "index"
    words = ["index", "--sample", "--index", folder, "--engine", engine, "--jobs", "1"]
    for place in ("committed", "finish"):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        killed = subprocess.run(
            [sys.executable, "-c", kill.format(place), *map(str, words)], env=environment
        )
        assert killed.returncode == -signal.SIGKILL
        verdict = verify(folder)
        assert not verdict.damaged
        assert CATALOGUE in verdict.unsummed
        checked = run("check", "--index", folder)
        assert checked.exit_code == 0
        assert "have no checksum yet" in checked.output
    assert run(*words).exit_code == 0
    assert verify(folder).finished


def test_damage_of_what_was_committed_before_is_found_in_a_killed_run(folder: Path) -> None:
    sums = Sums.read(folder)
    assert sums
    Sums("somebody", sums.files, sums.kept, sums.facts).write(folder)
    path = max((folder / "engine").glob("*.s*"), key=lambda path: path.stat().st_size)
    flip(path)
    assert name_of(path, folder) in verify(folder).names


def test_files_are_hashed_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    read = checksums.Sum.of
    monkeypatch.setattr(checksums.Sum, "of", lambda path: hashed.append(path.name) or read(path))
    before = Sums.read(folder)
    assert before
    page = tmp_path / "pages" / "new.txt"
    page.write_text(f"خبر آخر\n\n{TEXT.format(99)}\n", "utf-8")
    assert run("index", page, "--index", folder).exit_code == 0
    known = {Path(name).name for name in before.files} - {CATALOGUE, "meta.json", ".managed.json"}
    assert hashed
    assert known.isdisjoint(hashed)
    assert verify(folder).finished


def test_an_index_without_checksums_is_no_damage_but_lost_ones_are(folder: Path) -> None:
    (folder / CHECKSUMS).unlink()
    assert not verify(folder).damaged
    checked = run("check", "--index", folder)
    assert "damaged: checksums is missing" in checked.output
    assert checked.exit_code == 1


def test_where_nothing_may_be_written_an_index_is_searched_and_checked(folder: Path) -> None:
    with read_only(folder) as place:
        assert "8 articles" in run("search", "الوزير", "--copies", "--index", place).output
        assert run("check", "--index", place).output.endswith("\nwhole\n")
        assert run("stats", "--index", place).exit_code == 0
        page = folder.parent / "later.txt"
        page.write_text(f"خبر\n\n{TEXT.format(77)}\n", "utf-8")
        refused = run("index", page, "--index", place)
        assert refused.exception
        assert "Nothing may be written in" in str(refused.exception)


@pytest.mark.parametrize("command", ["check", "stats", "repair", "people list"])
def test_an_index_that_is_a_file_is_named_so(command: str, tmp_path: Path) -> None:
    file = tmp_path / "index"
    file.write_text("x", "utf-8")
    failed = run(*command.split(), "--index", file)
    assert "is a file" in str(failed.exception)


def test_a_lost_engine_is_told_with_its_cure(folder: Path) -> None:
    for path in sorted((folder / "engine").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "engine").rmdir()
    with pytest.raises(Exception, match="«rasad repair»"):
        Index.open(folder)
    checked = run("check", "--index", folder)
    assert checked.exit_code == 1
    assert "is missing" in checked.output


def test_an_engine_that_is_not_installed_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = dict.fromkeys(engines.ENGINES, ("indexer.engines.nowhere", "Engine"))
    monkeypatch.setattr(engines, "ENGINES", missing)
    checked = run("check", "--index", folder)
    assert isinstance(checked.exception, LibraryMissing)
    assert "damaged" not in checked.output


def test_checksums_from_elsewhere_name_no_file_outside(folder: Path) -> None:
    sums = Sums.read(folder)
    assert sums
    for name in ("engine/../../outside", "/outside", "profiles.tsv"):
        Sums(files=sums.files, kept={**sums.kept, name: b"x"}).write(folder)
        assert CHECKSUMS in verify(folder).names


def test_what_may_not_be_read_is_named_in_a_line(folder: Path) -> None:
    """Root may read all, so a child gives that up, after it has loaded what it needs."""
    assert run("check", "--index", folder).exit_code == 0
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        index = shutil.copytree(folder, Path(place) / "index")
        for path in (index / CATALOGUE, index / CHECKSUMS, index / "engine"):
            mode = path.stat().st_mode
            path.chmod(0)
            assert in_a_child(lambda: "can't be read" in told_by_check(index)) == 0, path
            path.chmod(mode)


def told_by_check(index: Path) -> str:
    checked = run("check", "--index", index)
    assert isinstance(checked.exception, SystemExit)
    return checked.output


def in_a_child(holds: Callable[[], bool]) -> int:
    """0 where something holds for a user without rights, 1 where it doesn't, 2 where it fails."""
    child = os.fork()
    if not child:
        code = 2
        try:
            if not os.geteuid():
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            code = 0 if holds() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_run_that_is_at_work_raises_no_alarm(folder: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 100
        while not stop.is_set():
            page = tmp_path / "pages" / f"{number}.txt"
            page.write_text(f"خبر {number}\n\n{TEXT.format(number)}\n", "utf-8")
            with closing(Index.open(folder)) as index:
                index_pages([page], index, jobs=1)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        alarms = [verify(folder).damaged for _ in range(100)]
    finally:
        stop.set()
        writer.join()
    assert not any(alarms)
    assert verify(folder).finished
