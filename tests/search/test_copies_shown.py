"""Copies of a story on every way out: shell, page, JSON, table."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.commands import rasad
from indexer.index import Index
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from webui import create_app

STORY = """
استقبل وزير الخارجية العراقي في بغداد سفير مملكة بلجيكا وبحث معه العلاقات الثنائية بين البلدين
وسبل تعزيزها في مختلف المجالات ولا سيما الاقتصادية منها وأكد أهمية استمرار الدعم الدولي
"""
RECORDS = (
    {"id": "first", "source": "واس", "date": "2021-06-09", "title": "لقاء", "text": STORY},
    {
        "id": "second",
        "source": "قنا",
        "date": "2021-06-10",
        "title": "لقاء في بغداد",
        "text": STORY.replace("الاقتصادية", "<b>الأمنية</b>"),
    },
    {"id": "third", "source": "واس", "date": "2021-06-10", "title": "لقاء آخر", "text": STORY},
    {"id": "other", "source": "بترا", "date": "2021-06-10", "title": "سفر", "text": "سافر الوزير."},
)


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("copies")
    pages = base / "news.jsonl"
    pages.write_text("\n".join(json.dumps(record) for record in RECORDS), "utf-8")
    arguments = ["index", str(pages), "--index", str(base / "index"), "--engine", request.param]
    assert CliRunner().invoke(rasad, arguments).exit_code == 0
    return base / "index"


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    opened = Index.open(folder)
    yield create_app(SearchService(opened, default_analyzer())).test_client()
    opened.close()


def found(folder: Path, *options: str) -> dict[str, object]:
    arguments = ["search", "بغداد", "--index", str(folder), "--json", *options]
    answer: dict[str, object] = json.loads(CliRunner().invoke(rasad, arguments).stdout)
    return answer


def test_the_shell_shows_a_story_once(folder: Path) -> None:
    answer = found(folder)
    assert (answer["total"], answer["copies"]) == (1, False)
    (hit,) = answer["hits"]
    assert (hit["id"], hit["copies"], hit["copy_sources"]) == ("first", 2, 1)
    assert {one["id"]: one["count"] for one in answer["facets"]["sources"]} == {"واس": 1, "قنا": 1}


def test_the_shell_shows_all_when_asked(folder: Path) -> None:
    answer = found(folder, "--copies")
    assert (answer["total"], answer["copies"]) == (3, True)
    assert {hit["copies"] for hit in answer["hits"]} == {0}


def test_the_page_says_how_many_others_there_are(client: FlaskClient) -> None:
    page = client.get("/search?q=بغداد").text
    assert "ومصدر آخر" in page
    assert "/article/first?q=" in page
    assert "copies=1" in page
    every = client.get("/search?q=بغداد&copies=1").text
    assert "ومصدر آخر" not in every
    assert every.count('<li class="hit">') == 3


def test_copies_that_do_not_match_hide_nothing(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=بغداد&sources=قنا").json
    assert [hit["id"] for hit in answer["hits"]] == ["second"]
    assert answer["hits"][0]["copies"] == 0


def test_the_article_lists_its_copies_with_what_differs(client: FlaskClient) -> None:
    page = client.get("/article/first").text
    copies = page[page.index('id="copies"') :]
    assert copies.index("قنا") < copies.index("واس")
    assert "<del>الاقتصادية</del> <ins>الأمنية</ins>" in copies
    assert "مطابق كلمةً بكلمة" in copies
    listed = client.get("/api/v1/articles/first").json["copies"]
    assert [one["id"] for one in listed] == ["second", "third"]
    assert listed[1]["difference_html"] == ""


def test_an_article_by_itself_lists_none(client: FlaskClient) -> None:
    assert 'id="copies"' not in client.get("/article/other").text
    assert client.get("/api/v1/articles/other").json["copies"] == []


def test_table_and_feed_follow_the_switch(client: FlaskClient) -> None:
    for path, mark in (("/search.csv", "\n"), ("/search.atom", "<entry>")):
        once = client.get(f"{path}?q=بغداد").text.count(mark)
        every = client.get(f"{path}?q=بغداد&copies=1").text.count(mark)
        assert every - once == 2
