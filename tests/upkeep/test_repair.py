"""A damaged index comes back: from its records, else from its pages; what is lost is named."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from commands import run
from damage import files_of, flip
from indexer.commands.repair import _tell_ids
from indexer.errors import IndexLocked
from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.integrity.checksums import CATALOGUE, CHECKSUMS
from indexer.storage.exclusive import exclusive
from indexer.upkeep.repair import repair

TEXT = "أعلنت الوزارة أن الاجتماع رقم {} سيعقد في الأسبوع المقبل بحضور سفراء الدول الصديقة."
#: The ends of the names of files that hold records.
RECORDS = (".seg", ".store")


@pytest.fixture(params=["whoosh", "tantivy"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An index of six articles in two segments, of which one was replaced and one removed."""
    pages = tmp_path / "pages"
    pages.mkdir()
    with writable(tmp_path / "index", {"engine": request.param}) as index:
        for numbers in (range(4), (1, 4, 5, 6)):
            for number in numbers:
                text = f"إعلان {number}\n\n{TEXT.format(number + len(numbers))}\n"
                (pages / f"{number}.txt").write_text(text, "utf-8")
            if 4 in numbers:
                (pages / "2.txt").unlink()
            index_pages([pages], index, jobs=1, prune=True)
    return tmp_path / "index"


IDS = {"0", "1", "3", "4", "5", "6"}


def ids(folder: Path) -> set[str]:
    with closing(Index.open(folder)) as index:
        return {one.partition("_")[0] for one in index.engine.ids()}


def test_a_whole_index_needs_no_repair(folder: Path) -> None:
    assert "nothing to repair" in run("repair", "--index", folder).output


def test_every_file_that_is_damaged_or_lost_is_made_good(folder: Path, tmp_path: Path) -> None:
    whole = shutil.copytree(folder, tmp_path / "whole")
    met: set[str] = set()
    for name in [path.relative_to(folder) for path in files_of(folder)]:
        damage = Path.unlink if name.suffix in met else flip  # of a kind there are two
        met.add(name.suffix)
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        damage(folder / name)
        done = run("repair", "--index", folder, "--jobs", 1)
        assert done.exit_code == 0, (name, done.exception)
        assert ids(folder) == IDS, name
        assert run("check", "--index", folder).output.endswith("\nwhole\n"), name
        assert [path.name for path in tmp_path.glob("index.*")] == []


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    for name in (CATALOGUE, CHECKSUMS, "engine"):
        paths = [path for path in files_of(folder) if path.relative_to(folder).parts[0] == name]
        whole = paths[0].read_bytes()
        flip(paths[0])
        before = {path: path.read_bytes() for path in files_of(folder)}
        looked = run("repair", "--dry-run", "--index", folder)
        assert looked.exit_code == 0
        assert looked.output.endswith("nothing was changed\n")
        assert {path: path.read_bytes() for path in files_of(folder)} == before
        assert list(folder.parent.glob("index.*")) == []
        paths[0].write_bytes(whole)


def test_while_somebody_writes_nothing_is_repaired(folder: Path) -> None:
    path = files_of(folder)[0]
    flip(path)
    damaged = path.read_bytes()
    with exclusive(folder), pytest.raises(IndexLocked):
        repair(folder)
    assert path.read_bytes() == damaged
    assert [one.name for one in folder.parent.glob("index.*")] == []


def test_postings_come_back_without_the_pages(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "pages")
    others = [path for path in files_of(folder / "engine") if path.suffix not in RECORDS]
    for path in others:
        if path.suffix not in (".toc", ".json", ".del", ".columns"):
            flip(path)
    done = repair(folder, jobs=1)
    assert done.plan
    assert len(done.plan.records) == 6
    assert not done.plan.lost
    assert done.kept is None
    assert ids(folder) == IDS
    with closing(Index.open(folder)) as index:
        assert index.complaints() == []


def test_records_come_back_from_the_pages_that_are_left(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pages" / "3.txt").unlink()
    for path in files_of(folder / "engine"):
        if path.suffix in RECORDS:
            path.write_bytes(b"")
    done = run("repair", "--index", folder, "--jobs", 1)
    assert "from records: 0 articles\n" in done.output
    assert "from pages: 5 articles\n  0\n  1\n" in done.output
    assert "lost: 1 article\n  3\n" in done.output
    assert ids(folder) == IDS - {"3"}
    (kept,) = tmp_path.glob("index.damaged-*")
    assert str(kept) in done.output
    assert (kept / CATALOGUE).is_file()


def test_of_many_articles_some_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    _tell_ids("lost", [f"a{number:04}" for number in range(1300)] + ["a\nb"])
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == ["lost: 1,301 articles", "  a b", "  a0000"]
    assert told[-1] == "  and 1,281 more"
    assert len(told) == 22


def test_records_of_damaged_files_are_told_apart(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "pages")
    for path in files_of(folder / "engine"):
        if path.suffix in RECORDS:
            flip(path, 8 * (path.stat().st_size - 1))  # in what ends the file
    plan = repair(folder, dry=True).plan
    assert plan
    assert not plan.records
    assert len(plan.unsure) + len(plan.lost) == 6


def test_a_lost_catalogue_is_made_out_of_the_articles(folder: Path, tmp_path: Path) -> None:
    (folder / CATALOGUE).unlink()
    done = repair(folder, jobs=1)
    assert done.catalogue_anew
    assert done.plan
    assert len(done.plan.records) == 6
    assert ids(folder) == IDS
    again = run("index", tmp_path / "pages", "--index", folder)
    assert "6 articles in" in again.output


def test_an_index_that_is_written_to_is_left_alone(folder: Path) -> None:
    with closing(Index.open(folder)) as index, index.writer():
        (folder / "engine" / "stray.seg").write_bytes(b"x")
        refused = run("repair", "--index", folder)
    assert "Another process is writing" in str(refused.exception)
