"""Files of results are read by the programs that they are made for."""

import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import bibtexparser
import docx
import pandas
import pytest
import rispy
from flask.testing import FlaskClient

from html_pages import Page
from indexer.model import Article, Record
from site_records import RECORDS, SCRIPT
from webui.exporting import FORMATS

ASKED = "q=السفير&sort=oldest"
IDS = ["hostile " + SCRIPT, "cairo-talks", "paris", "undated/notes"]
#: What means something in one format or another.
HOSTILE = '=a \0\x0b{b} \\c & <d> "e" ]]> ف\u202eg\r\nER  - \n@misc{x,\n}'


@pytest.fixture
def file(client: FlaskClient) -> Callable[[str], bytes]:
    """A file of the results in a format."""
    return lambda name: client.get(f"/export.{name}?{ASKED}&lang=en").data


@pytest.fixture
def hostile(client_of: Callable[..., FlaskClient]) -> Callable[[str], bytes]:
    """The same of an article whose every field means something to somebody."""
    article = Article(
        HOSTILE,
        HOSTILE,
        f"نص {HOSTILE}",
        source=HOSTILE,
        author=HOSTILE,
        url=f"https://a/{HOSTILE}",
    )
    client = client_of([Record(article, {}), RECORDS[0]])
    return lambda name: client.get(f"/export.{name}?sort=oldest").data


def titles(paragraphs: Any) -> list[str]:
    return [one.text for one in paragraphs if one.style.name == "Heading 2"]


def test_a_table_is_read_by_pandas(file: Callable[[str], bytes]) -> None:
    table = pandas.read_csv(io.BytesIO(file("csv")), encoding="utf-8-sig", parse_dates=["date"])
    assert list(table["id"]) == IDS
    assert table["date"].max() == pandas.Timestamp(2021, 7, 1)
    first = table[table["id"] == "cairo-talks"].iloc[0]
    assert first["countries_ids"].split("; ") == ["EG", "FR"]


def test_lines_of_json_hold_the_text(file: Callable[[str], bytes]) -> None:
    lines = [json.loads(line) for line in file("jsonl").splitlines()]
    assert [line["id"] for line in lines] == IDS
    assert lines[1]["text"] == RECORDS[0].article.body
    assert lines[1]["rasad_url"] == "http://localhost/article/cairo-talks"


def test_references_are_read_by_rispy(file: Callable[[str], bytes]) -> None:
    found = rispy.loads(file("ris").decode())
    assert len(found) == len(IDS)
    assert found[1]["title"] == RECORDS[0].article.title
    assert found[1]["date"] == "2021/06/09"
    assert found[1]["access_date"] == f"{dt.date.today():%Y/%m/%d}"


def test_references_are_read_by_bibtexparser(file: Callable[[str], bytes]) -> None:
    library = bibtexparser.parse_string(file("bibtex").decode())
    assert not library.failed_blocks
    entry = library.entries_dict["rasad-cairo-talks"]
    assert entry["title"] == f"{{{RECORDS[0].article.title}}}"
    assert entry["urldate"] == dt.date.today().isoformat()
    assert len(library.entries) == len(IDS)


def test_references_are_items_of_csl(file: Callable[[str], bytes]) -> None:
    items = json.loads(file("csl"))
    assert len({item["id"] for item in items}) == len(IDS)
    assert items[1]["issued"] == {"date-parts": [[2021, 6, 9]]}


def test_a_document_is_read_by_its_library(file: Callable[[str], bytes]) -> None:
    document = docx.Document(io.BytesIO(file("docx")))
    shown = titles(document.paragraphs)
    assert [title.partition(". ")[0] for title in shown] == ["1", "2", "3", "4"]
    assert shown[1] == f"2. {RECORDS[0].article.title}"
    texts = [one.text for one in document.paragraphs]
    assert texts[:3] == ["السفير", "Search: السفير", "Found: 4 stories"]
    xml = document.element.xml.replace("&quot;", '"')
    assert 'HYPERLINK "https://example.org/cairo"' in xml
    assert "http://localhost/article/cairo-talks" in xml
    bold = [run.text for one in document.paragraphs for run in one.runs if run.bold]
    assert "السفير" in bold


def test_a_page_to_print_needs_nothing_else(file: Callable[[str], bytes]) -> None:
    text = file("html").decode()
    page = Page(text)
    assert page.unclosed == []
    assert len(page.texts("h2")) == len(IDS)
    said = page.texts("dd")
    assert {"السفير", "4 stories"} <= set(said)
    (address,) = (one for one in said if one.startswith("http://localhost/search?q="))
    assert "size" not in address and "page" not in address
    assert not page.all("script") and not page.all("link") and not page.all("img")
    assert "https://example.org/cairo" in page.texts("a")


@pytest.mark.parametrize("name", FORMATS)
def test_what_an_article_holds_ends_no_file(hostile: Callable[[str], bytes], name: str) -> None:
    data = hostile(name)
    match name:
        case "csv":
            table = pandas.read_csv(io.BytesIO(data), encoding="utf-8-sig")
            assert len(table) == 2
            assert table["title"].str.startswith("'=a").any()
        case "jsonl":
            assert {json.loads(line)["id"] for line in data.splitlines()} >= {HOSTILE}
        case "ris":
            assert len(rispy.loads(data.decode())) == 2
        case "bibtex":
            library = bibtexparser.parse_string(data.decode())
            assert not library.failed_blocks and len(library.entries) == 2
        case "csl":
            assert len(json.loads(data)) == 2
        case "html":
            page = Page(data.decode())
            assert page.unclosed == [] and len(page.texts("h2")) == 2
        case "docx":
            assert len(titles(docx.Document(io.BytesIO(data)).paragraphs)) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_nothing_is_a_file(client: FlaskClient, name: str) -> None:
    data = client.get(f"/export.{name}?q=زرافة").data
    match name:
        case "csv":
            assert pandas.read_csv(io.BytesIO(data), encoding="utf-8-sig").empty
        case "csl":
            assert json.loads(data) == []
        case "html":
            assert Page(data.decode()).unclosed == []
        case "docx":
            assert ZipFile(io.BytesIO(data)).testzip() is None
            assert not titles(docx.Document(io.BytesIO(data)).paragraphs)
        case _:
            assert data == b""
