"""All results of a request: whole, in order, of one commit, or said to be none of that."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from factories import make_document
from indexer import deadline
from indexer.engines import ENGINES
from indexer.errors import ExportBroken
from indexer.index import Asked, Index, writable
from indexer.model import Document, Filter, SearchRequest
from indexer.search import service as searching
from indexer.search.service import SearchService
from indexer.text import default_analyzer

MANY = 37


def document(n: int, said: str) -> Document:
    """An article that says by which commit it was written; every third has a word more."""
    word = "وزير" if n % 3 else "وزير الخارجية"
    return make_document(
        f"a{n:02}",
        title=f"{word} {said}",
        body=f"{word} " * (n % 5),
        date=f"2021-06-{1 + n % 28:02}",
        countries={"EG"} if n % 2 else {"FR"},
        source=f"S {said}",
        story=f"s{n % 20}" if n % 4 == 0 else "",
    )


def write(folder: Path, engine: str, said: str, first: int = 0) -> None:
    with writable(folder, Asked(engine=engine)) as index, index.writer() as writer:
        writer.add([document(n, said) for n in range(first, first + MANY)])
        writer.commit()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(engine: str, tmp_path: Path) -> Path:
    write(tmp_path / "index", engine, "one")
    return tmp_path / "index"


@pytest.fixture
def service(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SearchService]:
    monkeypatch.setattr(searching, "SLICE", 10)
    monkeypatch.setattr(searching, "BATCH", 4)
    with closing(Index.open(folder)) as index:
        yield SearchService(index, default_analyzer())


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(),
        SearchRequest(q="وزير"),
        SearchRequest(q="وزير الخارجية"),
        SearchRequest(q="وزير الخارجية", full=True),
        SearchRequest(q="وزير", copies=True, sort="oldest"),
        SearchRequest(q="وزير", filters=frozenset({Filter("countries", "EG")}), page=3, size=2),
        SearchRequest(q="زرافة"),
    ],
)
def test_it_holds_what_all_pages_hold(service: SearchService, request_: SearchRequest) -> None:
    asked = replace(request_, page=1, size=7)
    page = service.page(asked)
    pages = [service.page(replace(asked, page=n)) for n in range(1, 1 + page.pages)]
    shown = [one for each in pages for one in each.results]
    with closing(service.export(request_)) as found:
        assert found.page.total == page.total == len(shown)
        assert found.page.facets == page.facets
        assert list(found) == shown


def test_a_commit_while_it_is_taken_changes_nothing(
    service: SearchService, folder: Path, engine: str
) -> None:
    with closing(service.export(SearchRequest(copies=True))) as found:
        results = iter(found)
        taken = [next(results)]
        write(folder, engine, "two", first=20)
        # Who searches meanwhile, in this thread too, finds what is new.
        assert service.page(SearchRequest(copies=True)).total == 20 + MANY
        taken += results
    assert sorted(one.record.article.id for one in taken) == [f"a{n:02}" for n in range(MANY)]
    assert {one.record.article.source for one in taken} == {"S one"}


def test_who_reads_from_one_commit_exports_that_one(
    service: SearchService, folder: Path, engine: str
) -> None:
    with service.reading():
        service.page(SearchRequest())
        write(folder, engine, "two")
        with closing(service.export(SearchRequest())) as found:
            assert {one.record.article.source for one in found} == {"S one"}


def test_what_it_holds_is_let_go_when_it_is_closed(
    service: SearchService, folder: Path, engine: str
) -> None:
    def is_in_use() -> bool:
        with closing(sqlite3.connect(folder / "catalogue.db", timeout=0)) as other:
            ((busy, *_),) = other.execute("PRAGMA wal_checkpoint(RESTART)")
            return bool(busy)

    found = service.export(SearchRequest())
    next(iter(found))
    write(folder, engine, "two")
    service._commits._clear_up()  # as it is done each minute
    assert is_in_use()
    found.close()
    found.close()
    service._commits._clear_up()
    assert not is_in_use()


def test_it_never_ends_early_without_a_word(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExportBroken):
        service.export(SearchRequest(), seconds=1e-9)
    monkeypatch.setattr(deadline, "clock", count().__next__)  # each look takes a second
    with closing(service.export(SearchRequest(), seconds=15)) as found:
        taken = []
        with pytest.raises(ExportBroken):
            taken += found
        assert len(taken) < MANY


def test_a_limit_around_it_is_not_its_own(service: SearchService) -> None:
    with deadline.within(1e-9), closing(service.export(SearchRequest(copies=True))) as found:
        assert len(list(found)) == MANY
    with deadline.within(1e-9):
        assert service.page(SearchRequest()).partial
