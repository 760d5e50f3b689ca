"""The indexing run: what it reads, passes over, replaces, removes, and survives."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from factories import write
from indexer.catalogue import Catalogue
from indexer.commands import rasad
from indexer.errors import EngineError, IndexLocked, IndexMissing, RasadError
from indexer.index import Index, writable
from indexer.indexing import versions
from indexer.indexing.run import Report, index_pages

PAGE = "عنوان الخبر رقم {0}\n\nاستقبل وزير الخارجية السفير رقم {0} في بغداد وبحث معه العلاقات.\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(PAGE.format(name), "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = Index.create(tmp_path / "index")
    yield opened
    opened.close()


def run(index: Index, *paths: Path, prune: bool = False) -> Report:
    return index_pages(paths, index, prune=prune, jobs=1)


def test_every_page_becomes_an_article(index: Index, pages: Path) -> None:
    report = run(index, pages)
    assert (report.read, report.indexed, report.unchanged) == (3, 3, 0)
    assert index.engine.ids() == {"a", "b", "c"}


def test_unchanged_pages_are_passed_over(index: Index, pages: Path) -> None:
    run(index, pages)
    report = run(index, pages)
    assert (report.read, report.indexed, report.unchanged) == (3, 0, 3)
    assert index.engine.ids() == {"a", "b", "c"}


def test_a_changed_page_replaces_its_article(index: Index, pages: Path) -> None:
    run(index, pages)
    (pages / "b.txt").write_text(PAGE.format("جديد"), "utf-8")
    assert run(index, pages).indexed == 1
    assert index.engine.ids() == {"a", "b", "c"}
    assert "جديد" in index.engine.records(["b"])[0].article.title


def test_another_version_reads_every_page_anew(
    index: Index, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(index, pages)
    monkeypatch.setitem(versions.STATIONS, "facets", 0)
    assert run(index, pages).indexed == 3
    assert run(index, pages).unchanged == 3


def test_removed_pages_go_only_when_pruned(index: Index, pages: Path) -> None:
    run(index, pages)
    (pages / "c.txt").unlink()
    assert run(index, pages).removed == 0
    assert "c" in index.engine.ids()
    assert run(index, pages, prune=True).removed == 1
    assert index.engine.ids() == {"a", "b"}


def test_a_removed_article_leaves_its_title_until_it_is_back(index: Index, pages: Path) -> None:
    run(index, pages)
    text = (pages / "c.txt").read_text("utf-8")
    title = index.engine.records(["c"])[0].article.title
    (pages / "c.txt").unlink()
    run(index, pages, prune=True)
    assert index.catalogue.gone("c") == title
    assert index.catalogue.gone("a") is index.catalogue.gone("never") is None
    (pages / "c.txt").write_text(text, "utf-8")
    run(index, pages)
    assert index.catalogue.gone("c") is None


def test_pruning_leaves_articles_of_other_folders(
    index: Index, pages: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "d.txt").write_text(PAGE.format("d"), "utf-8")
    run(index, pages, other)
    (pages / "a.txt").unlink()
    run(index, pages, prune=True)
    assert index.engine.ids() == {"b", "c", "d"}


def test_bad_pages_are_named_and_the_run_goes_on(index: Index, pages: Path) -> None:
    (pages / "empty.txt").write_bytes(b"")
    records = [json.dumps({"id": "r1", "text": "وصل الوزير إلى بغداد في زيارة رسمية."}), "{broken"]
    (pages / "news.jsonl").write_text("\n".join(records), "utf-8")
    report = run(index, pages)
    assert report.indexed == 4
    assert sorted(Path(skipped.origin).name for skipped in report.skipped) == [
        "empty.txt",
        "news.jsonl:2",
    ]
    assert all(skipped.why for skipped in report.skipped)


def test_the_same_id_twice_leaves_one_article(index: Index, tmp_path: Path) -> None:
    lines = [
        {"id": "x", "title": "خبر", "text": f"النص {n} عن الوزير"} for n in ("الأول", "الثاني")
    ]
    path = tmp_path / "twice.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    run(index, path)
    assert index.engine.ids() == {"x"}
    assert "الثاني" in index.engine.records(["x"])[0].article.body


def test_workers_give_what_one_process_gives(tmp_path: Path, pages: Path) -> None:
    for n in range(40):
        (pages / f"more{n}.txt").write_text(PAGE.format(n), "utf-8")
    records = []
    for jobs in (1, 2):
        with writable(tmp_path / f"index{jobs}") as index:
            assert index_pages([pages], index, jobs=jobs).indexed == 43
            records.append(index.engine.records(sorted(index.engine.ids())))
    assert records[0] == records[1]


def test_a_failing_run_changes_nothing(
    index: Index, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(index, pages)
    (pages / "a.txt").write_text(PAGE.format("آخر"), "utf-8")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Catalogue, "learn", fail)
        with pytest.raises(KeyboardInterrupt):
            run(index, pages)
    assert "آخر" not in index.engine.records(["a"])[0].article.title
    assert run(index, pages).indexed == 1


def test_a_rebuild_takes_the_old_indexs_place_only_when_done(tmp_path: Path, pages: Path) -> None:
    folder = tmp_path / "index"
    with writable(folder) as index:
        run(index, pages)
    with pytest.raises(RuntimeError), writable(folder, rebuild=True) as index:
        raise RuntimeError
    (pages / "c.txt").unlink()
    for rebuild, ids in ((False, {"a", "b", "c"}), (True, {"a", "b"})):
        with writable(folder, rebuild=rebuild) as index:
            run(index, pages)
            assert index.engine.ids() == ids
    assert [path.name for path in tmp_path.iterdir() if "index" in path.name] == ["index"]


def test_what_a_killed_rebuild_left_goes_with_the_next(tmp_path: Path, pages: Path) -> None:
    folder = tmp_path / "index"
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = tmp_path / f"index.new-{ended.pid}"
    own, alive = tmp_path / "index.new-backup", tmp_path / f"index.new-{os.getppid()}"
    Index.create(left).close()
    for other in (own, alive):
        other.mkdir()
    with writable(folder, rebuild=True) as index:
        run(index, pages)
    assert not left.exists()
    assert own.exists()
    assert alive.exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    for rebuild in (False, True):
        with pytest.raises(EngineError), writable(tmp_path, rebuild=rebuild):
            pass
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_a_missing_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="rasad index"):
        Index.open(tmp_path / "none")


def test_an_index_of_another_format_is_refused(index: Index) -> None:
    index.catalogue.remember("format", "0")
    with pytest.raises(EngineError, match="--rebuild"):
        Index.open(index.folder)


def test_a_damaged_catalogue_is_said(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(EngineError, match="damaged"):
        Index.open(tmp_path)


def test_an_index_keeps_its_engine(index: Index) -> None:
    with pytest.raises(EngineError, match="whoosh"), writable(index.folder, {"engine": "tantivy"}):
        pass


def test_two_writers_at_once_are_refused(index: Index, pages: Path) -> None:
    other = Index.open(index.folder)

    def intrude(report: Report) -> None:
        if report.indexed == 1:
            with pytest.raises(IndexLocked):
                write(other.engine, [])

    assert index_pages([pages], index, jobs=1, progress=intrude).indexed == 3
    other.close()


def test_check_finds_lost_articles(index: Index, pages: Path) -> None:
    run(index, pages)
    assert index.complaints() == []
    write(index.engine, [], remove={"a"})
    assert index.complaints() == ["1 pages were indexed but have no article: a"]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_check_tells_damage_of_any_file(
    tmp_path: Path, pages: Path, engine: str, kept: float
) -> None:
    folder = tmp_path / "index"
    with writable(folder, {"engine": engine}) as index:
        run(index, pages)
    check = ["check", "--index", str(folder)]
    assert CliRunner().invoke(rasad, check).output.endswith("whole\n")
    # Columns are made anew where they are damaged, locks and settings of the engine hold nothing.
    suffixes = (".db", ".seg", ".shelf", ".store")
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in suffixes]
    files += sorted(folder.rglob("*.term")) + sorted(folder.rglob("*.idx"))
    assert len(files) >= 2
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(whole[: int(kept * len(whole))])
        checked = CliRunner().invoke(rasad, check)
        assert checked.exit_code == 1, path
        assert "damaged: " in checked.output
        assert "Traceback" not in checked.output
        path.write_bytes(whole)
    assert CliRunner().invoke(rasad, check).exit_code == 0


def test_a_rebuild_that_finds_nothing_leaves_the_old_index(tmp_path: Path, pages: Path) -> None:
    folder = tmp_path / "index"
    run_command = CliRunner().invoke
    assert run_command(rasad, ["index", str(pages), "--index", str(folder)]).exit_code == 0
    nowhere = str(tmp_path / "typo")
    failed = run_command(rasad, ["index", nowhere, "--index", str(folder), "--rebuild"])
    assert isinstance(failed.exception, RasadError)
    with writable(folder) as index:
        assert index.engine.ids() == {"a", "b", "c"}


def test_a_rebuild_keeps_the_engine(tmp_path: Path, pages: Path) -> None:
    for rebuild, engine in ((False, "tantivy"), (True, None)):
        with writable(
            tmp_path / "index", {"engine": engine} if engine else {}, rebuild=rebuild
        ) as index:
            run(index, pages)
            assert index.engine.name == "tantivy"


def test_pruning_knows_a_folder_by_any_of_its_names(
    index: Index, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    run(index, Path("../pages"))
    run(index, Path(), prune=True)
    assert index.engine.ids() == {"a", "b", "c"}
    (pages / "a.txt").unlink()
    run(index, pages, prune=True)
    assert index.engine.ids() == {"b", "c"}


def test_pruning_leaves_pages_that_cannot_be_read_now(index: Index, pages: Path) -> None:
    run(index, pages)
    (pages / "a.txt").write_bytes(b"")
    assert run(index, pages, prune=True).removed == 0
    assert run(index, pages.with_name("unmounted"), prune=True).removed == 0
    assert index.engine.ids() == {"a", "b", "c"}


def test_two_files_with_one_id_are_told(index: Index, pages: Path) -> None:
    (pages / "more").mkdir()
    (pages / "more" / "a.txt").write_text(PAGE.format("آخر"), "utf-8")
    report = run(index, pages)
    assert len(index.engine.ids()) == 3
    assert ["same id" in warning.why for warning in report.warnings] == [True]
    assert (report.read, report.indexed, report.skipped) == (4, 4, [])


def test_two_records_of_a_file_with_one_id_are_told(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    lines = [{"id": "a", "title": f"خبر {n}", "text": PAGE.format(n)} for n in range(2)]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    report = run(index, path)
    assert index.engine.ids() == {"a"}
    assert ["same id" in warning.why for warning in report.warnings] == [True]
    assert (report.read, report.indexed) == (2, 2)


def test_lines_that_a_source_repeats_are_taken_out_of_all_its_pages(
    index: Index, tmp_path: Path
) -> None:
    slogan = "صوت من لا صوت له | هاتف 12345"
    records = [
        {"id": f"{n}", "title": f"خبر {n}", "text": f"{PAGE.format(n)}\n{slogan}", "source": "س"}
        for n in range(20)
    ]
    path = tmp_path / "site.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    report = run(index, path)
    assert report.whole.removed_lines["repeated on many pages"] == 20
    found = index.engine.records([f"{n}" for n in range(20)])
    assert not [record for record in found if slogan in record.article.body]
    assert {record.article.removed[-1].text for record in found} == {slogan}
    more = {**records[0], "id": "later", "text": records[0]["text"].replace("بغداد", "أربيل")}
    path.write_text(json.dumps(more), "utf-8")
    assert run(index, path).whole.removed_lines["repeated on many pages"] == 1
