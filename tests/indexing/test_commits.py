"""Commits on the way: what readers see meanwhile, what a killed run keeps, what is never done."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.commands import rasad
from indexer.entities.corrections import Corrections
from indexer.errors import EngineError, IndexLocked, RasadError
from indexer.index import Index, IndexSettings
from indexer.indexing.documents import DocumentBuilder
from indexer.indexing.report import Report
from indexer.indexing.run import correct_profiles, index_pages
from indexer.indexing.workers import Workers
from indexer.model import Article, Document

ROOT = Path(__file__).parents[2]
#: Ctrl-C reaches it also where the suite runs in the background.
BEGIN = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from indexer.commands import main; main()"
)
SLOGAN = "صوت من لا صوت له | هاتف 12345"
TEXT = "استقبل وزير الخارجية السفير رقم {0} في بغداد وبحث معه العلاقات والتعاون رقم {0}."


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    opened = Index.create(tmp_path / "index", IndexSettings(engine=request.param))
    yield opened
    opened.close()


def records(path: Path, count: int, *, source: str = "س", more: str = "") -> Path:
    """A file of articles with ids from 0."""
    lines = [
        {"id": f"{n}", "title": f"خبر {n}", "text": TEXT.format(n) + more, "source": source}
        for n in range(count)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


def test_readers_see_whole_commits_while_a_run_goes_on(index: Index, tmp_path: Path) -> None:
    seen: set[int] = set()
    reader = Index.open(index.folder)
    report = index_pages(
        [records(tmp_path / "a.jsonl", 320)],
        index,
        jobs=1,
        commit_every=64,
        progress=lambda report: seen.add(len(reader.engine.ids())),
    )
    assert report.indexed == 320
    assert seen == {0, 64, 128, 192, 256, 320}
    assert reader.catalogue.names("sources", ["س"])["س"].articles == 320
    reader.close()


def test_a_run_that_fails_keeps_what_was_committed(index: Index, tmp_path: Path) -> None:
    def fail(report: Report) -> None:
        if report.indexed >= 200:
            raise KeyboardInterrupt

    pages = records(tmp_path / "a.jsonl", 320)
    with pytest.raises(KeyboardInterrupt):
        index_pages([pages], index, jobs=1, commit_every=64, progress=fail)
    kept = len(index.engine.ids())
    assert 128 <= kept < 320
    report = index_pages([pages], index, jobs=1)
    assert (report.unchanged, report.indexed) == (kept, 320 - kept)
    assert index.complaints() == []


def test_a_run_without_changes_writes_nothing(index: Index, tmp_path: Path) -> None:
    pages = records(tmp_path / "a.jsonl", 10)
    index_pages([pages], index, jobs=1)
    assert len(index.engine.ids()) == 10  # what an engine keeps for readers is made for the first

    def state() -> tuple[object, ...]:
        files = [path for path in sorted((index.folder / "engine").rglob("*")) if path.is_file()]
        written = {path.name: path.stat().st_mtime_ns for path in files if path.stat().st_size}
        return written, index.catalogue.state()[0]  # what is empty are locks

    other = Index.open(index.folder)
    before = (*state(), other.catalogue.state()[0])
    assert index_pages([pages], index, jobs=1).unchanged == 10
    assert (*state(), other.catalogue.state()[0]) == before
    other.close()


def test_what_is_left_to_be_made_anew_outlives_the_run(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = records(tmp_path / "a.jsonl", 150, more=f"\n{SLOGAN}")
    made, real = [], DocumentBuilder.of

    def fail_later(self: DocumentBuilder, article: Article) -> Document:
        if article.removed:
            made.append(article.id)
        if len(made) > 70:
            raise KeyboardInterrupt
        return real(self, article)

    with monkeypatch.context() as patched:
        patched.setattr(DocumentBuilder, "of", fail_later)
        # No page is read without the line, so that all are to be made anew.
        patched.setattr(Workers, "build", _never_knowing(Workers.build))
        with pytest.raises(KeyboardInterrupt):
            index_pages([pages], index, jobs=1, commit_every=32)
    still = [record for record in _all(index) if SLOGAN in record.article.body]
    assert 0 < len(still) < 150
    assert index_pages([pages], index, jobs=1).unchanged == 150
    assert not [record for record in _all(index) if SLOGAN in record.article.body]


def _never_knowing(build):  # type: ignore[no-untyped-def]
    return lambda self, batches, lines: build(self, batches, set())


def _all(index: Index) -> list[object]:
    return list(index.engine.records(sorted(index.engine.ids())))


def test_a_page_that_is_read_once_more_is_learnt_from_once(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "وقال الدكتور ثامر بن ناصر الجبوري إن العمل يسير بصورة جيدة."
    pages = records(tmp_path / "a.jsonl", 5, more=f"\n{name}\n{SLOGAN}")
    writer = type(index.engine.writer())
    index_writers_commit = writer.commit

    def fail(self: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writer, "commit", fail)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                index_pages([pages], index, jobs=1)
    assert writer.commit is index_writers_commit
    index_pages([pages], index, jobs=1)
    assert all(SLOGAN in record.article.body for record in _all(index))  # on 5 pages, not 15
    evidence = {id: json.loads(text)[0] for id, _, text in index.catalogue.people()}
    assert set(evidence.values()) == {5}


def test_what_is_made_anew_is_not_learnt_from_again(index: Index, tmp_path: Path) -> None:
    name = "وقال الدكتور ثامر بن ناصر الجبوري إن العمل يسير بصورة جيدة."
    index_pages([records(tmp_path / "a.jsonl", 3, more=f"\n{name}")], index, jobs=1)
    ((id, _, before),) = index.catalogue.people()
    for line in (f"hide\t{id}", "", f"hide\t{id}", ""):
        correct_profiles(index, lambda line=line: Corrections.parse(line, "test"))
    assert index.catalogue.people() == [(id, "", before)]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_killed_run_is_gone_on_with(tmp_path: Path, engine: str) -> None:
    folder, count = tmp_path / "index", 1500
    pages = records(tmp_path / "a.jsonl", count)
    words = ["index", str(pages), "--index", str(folder), "--engine", engine, "--jobs", "2"]
    with _begun(words) as process:
        _wait_for(folder, count // 2)
        process.send_signal(signal.SIGKILL)
    kept = _count(folder)
    report = json.loads(_unlocked([*words, "--json"]))
    assert kept >= count // 2
    assert (report["unchanged"], report["indexed"]) == (kept, count - kept)
    assert report["articles"] == count
    assert CliRunner().invoke(rasad, ["check", "--index", str(folder)]).exit_code == 0


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_end_says_what_is_kept(
    tmp_path: Path, ending: signal.Signals
) -> None:
    folder, count = tmp_path / "index", 1500
    pages = records(tmp_path / "a.jsonl", count)
    words = ["index", str(pages), "--index", str(folder), "--jobs", "2", "--commit-every", "64"]
    with _begun(words) as process:
        _wait_for(folder, 64)
        process.send_signal(ending)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Ended early; {_count(folder)} articles are in the index" in said
    assert json.loads(_unlocked([*words, "--json"]))["articles"] == count


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("indexer.indexing.run.index_pages", "nothing is in the index"),
        ("indexer.indexing.documents.document_builder", "the same command goes on"),
    ],
)
def test_a_run_that_is_ended_before_its_first_commit_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, said: str
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(moment, ended)
    pages, folder = records(tmp_path / "a.jsonl", 3), tmp_path / "index"
    words = ["index", str(pages), "--index", str(folder)]
    done = CliRunner().invoke(rasad, words)
    assert isinstance(done.exception, RasadError)
    assert str(done.exception).startswith("Ended early")
    assert said in str(done.exception)
    assert "0 articles" not in str(done.exception)
    assert not (folder / "catalogue.db").exists()
    monkeypatch.undo()
    assert CliRunner().invoke(rasad, words).exit_code == 0
    monkeypatch.setattr("indexer.indexing.run.index_pages", ended)
    again = str(CliRunner().invoke(rasad, words).exception)
    assert again.startswith("Ended early; 3 articles are in the index")


def test_a_worker_that_is_killed_ends_the_run_in_a_line(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    pages = records(tmp_path / "a.jsonl", 3000)
    words = ["index", str(pages), "--index", str(folder), "--jobs", "2", "--commit-every", "64"]
    with _begun(words) as process:
        _wait_for(folder, 64)
        os.kill(_children(process.pid)[0], signal.SIGKILL)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "was killed, as happens when memory runs out" in said
    assert "Traceback" not in said


def _begun(words: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wait_for(folder: Path, pages: int) -> None:
    until = time.monotonic() + 120
    while _count(folder) < pages and time.monotonic() < until:
        time.sleep(0.05)


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def _unlocked(words: list[str]) -> str:
    """What the command prints; its workers let go of the lock a moment after a killed run."""
    until = time.monotonic() + 10
    while True:
        done = CliRunner().invoke(rasad, words)
        if not isinstance(done.exception, IndexLocked) or time.monotonic() > until:
            assert done.exit_code == 0, done.exception
            return done.output
        time.sleep(0.05)


def _count(folder: Path) -> int:
    """How many pages are noted as read; none while there is no whole index yet."""
    try:
        index = Index.open(folder)
    except EngineError:
        return 0
    try:
        return len(index.catalogue.digests())
    finally:
        index.close()
