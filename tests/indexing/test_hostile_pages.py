"""Pages that are made to break readers: each is read or skipped with a reason, the rest goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fuzzed import TIMES
from hostile_pages import PAGES, mutated
from indexer.engines import ENGINES
from indexer.index import Index, IndexSettings
from indexer.indexing.documents import document_builder
from indexer.indexing.run import index_pages
from indexer.model import Article, Document
from indexer.sources import Skipped, limits, walk
from made_pages import TEXT


def articles(path: Path) -> Iterator[Article]:
    builder = document_builder(IndexSettings())
    for found in walk([path]):
        outcome = found if isinstance(found, Skipped) else builder.outcome(found)
        if isinstance(outcome, Document):
            yield outcome.record.article
        else:
            assert outcome.why
            assert outcome.why.isprintable()


def is_whole(article: Article) -> bool:
    """Whether every field can be kept in a file, on one line, and be part of an address."""
    fields = (article.id, article.source or "", article.author or "", article.url or "")
    assert all(field.encode() is not None for field in (*fields, article.title, article.body))
    assert len(article.id) <= limits.ID
    assert not {".", ".."} & set(article.id.split("/"))
    return all(field.isprintable() for field in fields)


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_read_or_skipped(name: str, tmp_path: Path) -> None:
    file, data = PAGES[name]
    (tmp_path / file).write_bytes(data)
    assert all(map(is_whole, articles(tmp_path)))


def test_pages_with_changed_bytes_are_read_or_skipped(tmp_path: Path) -> None:
    for number, (file, data) in enumerate(mutated(seed=1, many=40 * TIMES)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / file).write_bytes(data)
    assert all(map(is_whole, articles(tmp_path)))


@pytest.mark.parametrize("engine", ENGINES)
def test_hostile_pages_end_no_run(engine: str, tmp_path: Path) -> None:
    for number, (file, data) in enumerate(PAGES.values()):
        folder = tmp_path / "pages" / str(number)
        folder.mkdir(parents=True)
        (folder / file).write_bytes(data)
    (tmp_path / "pages" / "zz.txt").write_text(TEXT, "utf-8")
    index = Index.create(tmp_path / "index", IndexSettings(engine=engine))
    try:
        report = index_pages([tmp_path / "pages"], index, jobs=1)
        assert "zz" in index.engine.ids()
        assert report.indexed > len(PAGES) / 2
        assert not index.complaints()
    finally:
        index.close()
