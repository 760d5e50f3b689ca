"""Runs that end in the midst of a commit, by a kill or because the disk is full."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import folder_with, run
from indexer.errors import EngineError
from indexer.index import Index, IndexSettings, writable
from indexer.indexing.run import index_pages

PAGE = "وصول السفير\n\nوصل السفير إلى بغداد أمس وبحث مع الوزير التعاون رقم {}.\n"


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    opened = Index.create(tmp_path / "index", IndexSettings(engine=request.param))
    yield opened
    opened.close()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = folder_with(tmp_path, PAGE.format(1))
    (folder / "b.txt").write_text(PAGE.format(2), "utf-8")
    return folder


def removal_broken_off(
    index: Index, pages: Path, monkeypatch: pytest.MonkeyPatch, *, before: bool
) -> None:
    """Remove a page, and end before or after the engine's part of the commit."""
    index_pages([pages], index, jobs=1)
    (pages / "b.txt").unlink()
    writer = type(index.engine.writer())
    commit = writer.commit

    def killed(self: object) -> None:
        if not before:
            commit(self)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(writer, "commit", killed)
        with pytest.raises(Killed):
            index_pages([pages], index, prune=True, jobs=1)


@pytest.mark.parametrize("before", [True, False])
def test_a_removal_that_is_broken_off_is_ended_by_the_next_writer(
    index: Index, pages: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    removal_broken_off(index, pages, monkeypatch, before=before)
    assert index.complaints() == []
    index_pages([pages], index, jobs=1)  # without «--prune»
    assert index.engine.ids() == {"a"}
    assert index.catalogue.gone("b")
    assert index.complaints() == []


def test_a_page_that_comes_back_after_a_broken_removal_is_read(
    index: Index, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    removal_broken_off(index, pages, monkeypatch, before=False)
    (pages / "b.txt").write_text(PAGE.format(2), "utf-8")
    assert index_pages([pages], index, jobs=1).indexed == 1
    assert index.engine.ids() == {"a", "b"}
    assert index.catalogue.gone("b") is None


def test_a_full_disk_is_named_by_the_catalogue(index: Index, pages: Path) -> None:
    (size,) = index.catalogue._db.execute("PRAGMA page_count").fetchone()
    index.catalogue._db.execute(f"PRAGMA max_page_count = {size}")
    with pytest.raises(EngineError, match="disk is full") as error:
        index.catalogue.remember("large", "x" * 100_000)
    assert "--rebuild" not in str(error.value)


def test_a_correction_that_finds_no_room_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "وقال الدكتور ثامر بن ناصر الجبوري إن العمل يسير بصورة جيدة."
    indexed = tmp_path / "index"
    run("index", folder_with(tmp_path, PAGE.format(name)), "--index", indexed)
    ((id, _, _),) = Index.open(indexed).catalogue.people()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = run("people", "hide", id, "--index", indexed)
    assert isinstance(done.exception, EngineError)
    assert "The disk is full" in str(done.exception)
    assert not list(indexed.glob("profiles*"))


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_first_run_on_a_full_disk_names_it_and_leaves_nothing(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    with writable(tmp_path / "other", {"engine": engine}) as other:
        writer = type(other.engine.writer())
        add = writer._add

    def full(self: object, *of: object) -> None:
        if of[-1].record.article.id == "b":  # type: ignore[attr-defined]
            raise OSError(errno.ENOSPC, "No space left on device")
        add(self, *of)

    monkeypatch.setattr(writer, "_add", full)
    done = run("index", pages, "--index", tmp_path / "index", "--engine", engine)
    assert isinstance(done.exception, EngineError)
    assert "The disk is full" in str(done.exception)
    assert "--rebuild" not in str(done.exception)
    assert not (tmp_path / "index").exists()
    monkeypatch.undo()
    again = run("index", pages, "--index", tmp_path / "index", "--engine", engine)
    assert again.exit_code == 0
