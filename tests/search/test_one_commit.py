"""One request is answered from one commit, whatever a writer does meanwhile."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from factories import make_article, make_value
from indexer.catalogue import CommitMark, EntityNames, Page
from indexer.engines import ENGINES
from indexer.errors import EngineError
from indexer.index import Asked, Index, IndexWriter, writable
from indexer.integrity.verification import verify
from indexer.model import Document, Record, SearchRequest
from indexer.search import commits
from indexer.search.results import SearchPage
from indexer.search.service import SearchService
from indexer.storage.exclusive import exclusive
from indexer.text import default_analyzer
from webui import create_app

#: In every article.
COMMON = "سفارة"
ASKED = SearchRequest(q=COMMON, size=100)


def document(id: str, number: int) -> Document:
    """An article that says everywhere by which commit it was written."""
    analyzer = default_analyzer()
    article = make_article(
        id, f"{COMMON} g{number}", f"{COMMON} g{number} {id}", source=f"S g{number}"
    )
    person = make_value("Q1", name=f"سفير g{number}", name_en=f"Envoy g{number}")
    title, body = (
        tuple(token.word for token in analyzer.analyze(text))
        for text in (article.title, article.body)
    )
    return Document(Record(article, {"people": (person,)}), title, body)


class Archive:
    """An index in which each commit changes every article, adds one and removes one."""

    def __init__(self, folder: Path, engine: str, many: int = 3) -> None:
        self.folder = folder
        self.number = 0
        self.many = many
        with writable(folder, Asked(engine=engine)) as index, index.writer() as writer:
            self.write(writer)

    def ids(self) -> set[str]:
        """The articles of the newest commit."""
        return {f"a{n}" for n in range(self.number, self.number + self.many)}

    def write(self, writer: IndexWriter) -> None:
        self.number += 1
        ids = sorted(self.ids())
        writer.add([document(id, self.number) for id in ids], [Page(id, id, "f") for id in ids])
        if self.number > 1:
            person = EntityNames("Q1", f"سفير g{self.number}", f"Envoy g{self.number}", "", "", "")
            writer._catalogue.rename("people", [person], [])
            writer.remove({f"a{self.number - 1}": f"{COMMON} g{self.number - 1}"})
        writer.commit()

    def commit(self, way: Callable[[Callable[[], None]], None] = lambda commit: commit()) -> None:
        """One more commit, by a writer of its own; ``way`` is given the engine's part of it."""
        with closing(Index.open(self.folder)) as index, index.writer() as writer:
            writer._engine.commit = partial(way, writer._engine.commit)  # type: ignore[method-assign]
            self.write(writer)

    def check(self, page: SearchPage, number: int) -> None:
        """The page is wholly of this commit."""
        ids = {f"a{n}" for n in range(number, number + self.many)}
        assert {one.record.article.id for one in page.results} == ids
        assert {one.record.article.title for one in page.results} == {f"{COMMON} g{number}"}
        assert {one.record.facets["people"][0].name for one in page.results} == {f"سفير g{number}"}
        assert [one.name for one in page.facets["people"].values] == [f"سفير g{number}"]
        assert page.total == self.many


@pytest.fixture(params=ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return Archive(tmp_path / "index", request.param)


@pytest.fixture
def service(archive: Archive) -> Iterator[SearchService]:
    index = Index.open(archive.folder)
    yield SearchService(index, default_analyzer())
    index.close()


def before(
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    happens: Callable[[], None],
    nth: int = 1,
) -> None:
    """Let something happen before the ``nth`` call of a method."""
    method = getattr(owner, name)
    left = [nth]

    def called(*args: object, **kwargs: object) -> object:
        left[0] -= 1
        if not left[0]:
            happens()
        return method(*args, **kwargs)

    monkeypatch.setattr(owner, name, called)


@pytest.mark.parametrize("part", ["records", "find"])
def test_a_commit_between_two_questions_is_not_seen(
    archive: Archive, service: SearchService, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    before(monkeypatch, service._engine, part, archive.commit)
    archive.check(service.page(ASKED), 1)
    archive.check(service.page(ASKED), 2)


def test_an_article_that_was_found_can_be_read_to_the_end(
    archive: Archive, service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def several() -> None:
        for _ in range(3):
            archive.commit()

    before(monkeypatch, service._engine, "matches", several)
    page = service.article("a1", COMMON)
    assert page
    assert page.article.title == f"{COMMON} g1"
    assert service.article("a1", COMMON) is None
    assert service.gone("a1") == f"{COMMON} g1"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_nothing_of_a_commit_is_seen_until_all_of_it_is_written(
    archive: Archive, service: SearchService, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    pages: list[SearchPage] = []
    archive.check(service.page(ASKED), 1)
    monkeypatch.setattr(commits, "_GAP", 0.0)

    def paused(commit: Callable[[], None]) -> None:
        if moment == "after":
            commit()
        pages.append(service.page(ASKED))
        if moment == "before":
            commit()

    archive.commit(paused)
    (page,) = pages
    archive.check(page, 1)
    archive.check(service.page(ASKED), 2)


def test_a_writer_that_was_killed_does_not_keep_readers_from_what_is_there(
    archive: Archive, service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.check(service.page(ASKED), 1)
    monkeypatch.setattr(commits, "_GAP", 0.05)

    def killed(commit: Callable[[], None]) -> None:
        commit()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.commit(killed)
    fresh = Index.open(archive.folder)
    assert fresh.catalogue.commit_mark() == CommitMark(2, whole=False)
    archive.check(SearchService(fresh, default_analyzer()).page(ASKED), 2)
    fresh.close()
    titles = set()
    while f"{COMMON} g2" not in titles:  # it waits a moment, whether somebody is there
        titles = {one.record.article.title for one in service.page(ASKED).results}
    archive.commit()
    archive.check(service.page(ASKED), 3)


def test_a_table_of_several_pages_is_of_one_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(tmp_path / "index", "tantivy", many=150)
    index = Index.open(archive.folder)
    service = SearchService(index, default_analyzer())
    client = create_app(service).test_client()

    def ids() -> Sequence[str]:
        rows = client.get(f"/search.csv?q={COMMON}").get_data(as_text=True).splitlines()[1:]
        return [row.partition(",")[0] for row in rows]

    before(monkeypatch, service._engine, "find", archive.commit, nth=2)
    assert sorted(ids()) == sorted(f"a{n}" for n in range(1, 151))
    assert sorted(ids()) == sorted(f"a{n}" for n in range(2, 152))
    index.close()


def test_what_was_written_beside_readers_is_summed_up_behind_them(
    archive: Archive, service: SearchService
) -> None:
    archive.check(service.page(ASKED), 1)
    archive.commit()
    assert not verify(archive.folder).finished
    with exclusive(archive.folder):
        service._commits._clear_up()
    assert not verify(archive.folder).finished  # somebody else writes
    service._commits._clear_up()
    verdict = verify(archive.folder)
    assert (verdict.finished, verdict.damaged, verdict.unsummed) == (True, (), ())
    archive.check(service.page(ASKED), 2)


def test_what_a_reader_still_reads_is_summed_up_later(
    archive: Archive, service: SearchService
) -> None:
    with service.reading():
        archive.check(service.page(ASKED), 1)
        archive.commit()
        service._commits._clear_up()
        assert not verify(archive.folder).finished
        archive.check(service.page(ASKED), 1)
    service._commits._clear_up()
    assert verify(archive.folder).finished


def test_a_clear_up_that_fails_is_tried_again(
    archive: Archive, service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise EngineError("It can't be read.")

    archive.check(service.page(ASKED), 1)
    archive.commit()
    with monkeypatch.context() as failing:
        failing.setattr(type(service._catalogue), "hold", fails)
        service._commits._clear_up()
    assert service._commits._upkeep is not None
    archive.check(service.page(ASKED), 2)


def test_what_readers_hold_is_let_go_while_nobody_asks(
    archive: Archive, service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_in_use() -> bool:
        with closing(sqlite3.connect(archive.folder / "catalogue.db", timeout=0)) as other:
            ((busy, *_),) = other.execute("PRAGMA wal_checkpoint(RESTART)")
            return bool(busy)

    archive.check(service.page(ASKED), 1)
    archive.commit()
    assert is_in_use()
    service._commits._clear_up()  # as it is done each minute
    assert not is_in_use()
    archive.check(service.page(ASKED), 2)
    archive.commit()
    monkeypatch.setattr(commits, "_UPKEEP", -1.0)
    service._commits._clear_up()
    assert service._commits._latest is None
    archive.check(service.page(ASKED), 3)
