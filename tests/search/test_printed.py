"""What the shell says of a search is said in words: no codes, and numbers with their nouns."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from factories import learn, make_article, write
from indexer.commands import rasad
from indexer.index import IndexSettings, writable
from indexer.indexing.documents import document_builder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "index"
    article = make_article("a", title="السفير في القاهرة", body="زار السفير القاهرة ثم باريس.")
    with writable(folder) as index:
        documents = [document_builder(IndexSettings()).of(article)]
        learn(index.catalogue, *documents)
        write(index.engine, documents)
    return folder


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("السفير", "1 story in 1 article found for"),
        ("hgstdv", "Read as if typed with another keyboard layout: السفير"),
        ("السفير زرافة", "No article matches the whole query; these contain some of its words."),
        ('"السفير باريس"', "these match it without its quotation marks and ="),
        ("السفير " * 70, "The query has more than 64 words; the rest were ignored."),
        ("Paris", "Paris was also searched as باريس, a place."),
    ],
)
def test_what_was_done_with_a_query_is_said_in_words(folder: Path, query: str, said: str) -> None:
    told = CliRunner().invoke(rasad, ["search", query, "--index", str(folder)]).output
    assert said in told
