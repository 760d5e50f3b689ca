"""The five sample pages through the command and through the web, as a user meets them."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from indexer.commands import rasad
from indexer.schema import FACET_IDS
from webui.wsgi import application

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


def run(*words: str, index: Path) -> Result:
    return CliRunner().invoke(rasad, [*words, "--index", str(index)], catch_exceptions=False)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "index"
    report = run("index", str(SEEDS), "--json", index=folder)
    assert json.loads(report.stdout)["indexed"] == 5
    return folder


@pytest.fixture(scope="module")
def client(index: Path) -> FlaskClient:
    return application(index).test_client()


def asked(index: Path, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("search", *words, "--json", index=index).stdout)
    return answer


def test_a_word_finds_its_forms_and_marks_them_whole(index: Path) -> None:
    found = asked(index, "محاربة")
    marked = {hit["id"][:3]: hit["snippet_html"] for hit in found["hits"]}
    assert set(marked) == {"000", "001", "002", "003"}
    assert "<mark>مُحارَبة</mark>" in marked["003"]


def test_a_person_filter_finds_what_its_count_says(index: Path) -> None:
    everything = asked(index, "")
    for facet in FACET_IDS[:5]:
        for value in everything["facets"][facet]:
            found = asked(index, "", f"--{facet}", value["id"])
            assert found["total"] == value["count"], (facet, value)


def test_values_narrow_within_a_facet_and_across(index: Path) -> None:
    chosen = ("--countries", "CA", "--countries", "DE")
    assert asked(index, "", *chosen)["total"] == 0
    either = asked(index, "", *chosen, "--any", "countries")
    assert {hit["id"][:3] for hit in either["hits"]} == {"003", "004"}
    assert either["modes"]["countries"] == "or"
    both = asked(index, "", "--countries", "CA", "--topics", "bilateral-relations")
    assert {hit["id"][:3] for hit in both["hits"]} == {"004"}
    neither = asked(index, "", "--countries", "-BE")
    assert {hit["id"][:3] for hit in neither["hits"]} == {"003", "004"}


def test_latin_names_find_arabic(index: Path) -> None:
    assert {hit["id"][:3] for hit in asked(index, "Putin")["hits"]} == {"004"}
    assert {hit["id"][:3] for hit in asked(index, "Belgium")["hits"]} == {"000", "001", "002"}
    assert asked(index, "=Putin")["total"] == 0


def test_page_and_json_and_shell_give_the_same_numbers(index: Path, client: FlaskClient) -> None:
    for q in ("العراق", '"رئيس الوزراء"', "سفير -كندا", "nothinglikethis"):
        shell = asked(index, q)
        api = client.get("/api/v1/search", query_string={"q": q}).get_json()
        page = client.get("/search", query_string={"q": q}).get_data(as_text=True)
        assert shell["total"] == api["total"]
        assert shell["facets"] == api["facets"]
        assert page.count('class="hit"') == len(api["hits"])


def test_every_article_has_a_page(index: Path, client: FlaskClient) -> None:
    for hit in asked(index, "")["hits"]:
        assert client.get(f"/article/{hit['id']}").status_code == 200
        assert client.get(f"/api/v1/articles/{hit['id']}").get_json()["id"] == hit["id"]
    assert client.get("/api/v1/articles/none").status_code == 404
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"page": "-1"},
        {"size": "1000000000"},
        {"countries": "NOWHERE", "people": ["", "-"]},
        {"nofacet": "x"},
        {"q": "(" * 100_000},
        {"q": '"' * 999 + "\x00"},
        {"from": "yesterday", "to": "9999-99-99"},
        {"sort": "best"},
        {"q": "*~=-:"},
    ],
    ids=str,
)
def test_absurd_parameters_give_a_sensible_page(client: FlaskClient, query: dict[str, Any]) -> None:
    for path in ("/search", "/api/v1/search"):
        assert client.get(path, query_string=query).status_code in {200, 414, 431}


def test_inspect_prints_one_object_a_page() -> None:
    printed = CliRunner().invoke(rasad, ["inspect", str(SEEDS), "--json"], catch_exceptions=False)
    pages = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [page["id"][:3] for page in pages] == ["000", "001", "002", "003", "004"]
    for page in pages:
        for facet in ("people", "countries", "organisations"):
            for value in page[facet]:
                for found in value["found"]:
                    text = page["title"] if found["part"] == "title" else page["text"]
                    printed_word = text[found["start"] : found["end"]]
                    assert printed_word.strip() == printed_word != ""


def test_batch_answers_in_order(index: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    lines = [{"id": "q1", "text": "سفير كندا في بغداد"}, {"id": "q2", "text": "حلف الناتو"}]
    queries.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    answers = [
        json.loads(line)
        for line in run("batch", str(queries), "--top", "2", index=index).stdout.splitlines()
    ]
    assert [(answer["id"], answer["hits"][0][:3]) for answer in answers] == [
        ("q1", "004"),
        ("q2", "001"),
    ]
    assert all(len(answer["hits"]) <= 2 for answer in answers)


def test_analyze_prints_three_layers_a_line() -> None:
    words = "والوزير\nلبغداد\n\nمُحارَبة\n"
    printed = CliRunner().invoke(rasad, ["analyze", "-"], input=words).stdout
    lines = [line.split("\t") for line in printed.splitlines()]
    assert [len(line) for line in lines] == [3] * 4
    assert lines[3][0] == "محاربه"


def test_users_mistakes_are_one_line_and_exit_code_1_or_2(index: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for code, words in (
            (1, ["search", "x", "--index", str(tmp_path / "none")]),
            (1, ["serve", "--index", str(tmp_path / "none")]),
            (1, ["serve", "--index", str(index), "--port", port]),
            (1, ["index", str(tmp_path / "empty"), "--index", str(tmp_path / "new")]),
            (1, ["index", str(SEEDS), "--index", str(tmp_path / "new2"), "--engine", "lucene"]),
            (1, ["batch", str(broken), "--index", str(index)]),
            (2, ["search"]),
            (2, ["search", "x", "--from", "yesterday"]),
        ):
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            done = subprocess.run(
                [sys.executable, "-c", "from indexer.commands import main; main()", *words],
                capture_output=True,
                text=True,
                env=environment,
                timeout=60,
                check=False,
            )
            assert done.returncode == code, (words, done.stderr)
            assert done.stderr.strip()
            assert "Traceback" not in done.stderr


def test_a_running_site_follows_an_index_that_is_made_anew(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "one.txt").write_text("وزير الخارجية في بغداد\nنص الخبر هنا.", "utf-8")
    index = tmp_path / "index"
    run("index", str(pages), index=index)
    client = application(index).test_client()
    assert client.get("/api/v1/search?q=بغداد").json["total"] == 1
    (pages / "two.txt").write_text("السفير يصل إلى بغداد\nنص آخر هنا.", "utf-8")
    run("index", str(pages), "--rebuild", index=index)
    assert client.get("/api/v1/search?q=بغداد").json["total"] == 2
    shutil.rmtree(index)
    assert client.get("/api/v1/search?q=بغداد").json["total"] == 2


def test_a_run_that_finds_no_page_leaves_no_index(tmp_path: Path) -> None:
    pages, target = tmp_path / "pages", tmp_path / "new"
    pages.mkdir()
    result = CliRunner().invoke(rasad, ["index", str(pages), "--index", str(target)])
    assert result.exit_code == 1
    assert not target.exists()
    target.mkdir()
    (target / "profiles.tsv").write_text("# mine\n", "utf-8")
    assert CliRunner().invoke(rasad, ["index", str(pages), "--index", str(target)]).exit_code == 1
    assert [path.name for path in target.iterdir()] == ["profiles.tsv"]
