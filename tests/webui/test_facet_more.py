"""A facet more is a line in the schema: the web shows it with no line of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from html_pages import Page, query

ROOT = Path(__file__).parents[2]
SUPPORT = ROOT / "tests/support"
START = "/?lang=en"
RESULTS = "/search?q=السفير&treaties=camp-david&lang=en"
ARTICLE = "/article/cairo-talks?lang=en"
VALUES = "/facets/treaties?contains=camp&lang=en"
PROFILE = "/treaties/camp-david?lang=en"
JSON = "/api/v1/search?treaties=camp-david&any=treaties"
ARTICLE_JSON = "/api/v1/articles/cairo-talks"
PROFILE_JSON = "/api/v1/profiles/treaties/camp-david"
TABLE = "/search.csv?q=treaty:camp-david&lang=en"
FEED = "/search.atom?q=treaty:camp-david&lang=en"


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    addresses = [
        *(START, RESULTS, ARTICLE, VALUES, PROFILE),
        *(JSON, ARTICLE_JSON, PROFILE_JSON, TABLE, FEED),
    ]
    folders = (ROOT, SUPPORT)
    ran = subprocess.run(
        [sys.executable, SUPPORT / "site_with_treaties.py", *addresses],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(ran.stdout)
    return found


def test_it_is_a_list_beside_the_results_and_a_chip(answers):
    page = Page(answers[RESULTS])
    assert page.texts("h1") == ["2 stories"]
    assert "Treaties" in page.texts("h3", id="facet-treaties")
    assert "Treaties Camp David ×remove" in page.texts("li")
    assert query(page.link("any of these")) >= {("any", "treaties")}


def test_it_stands_under_results_and_beside_the_article(answers):
    assert Page(answers[RESULTS]).texts("li", class_="treaties") == ["Camp David"] * 2
    page = Page(answers[ARTICLE])
    assert page.texts("h2", id="facet-treaties") == ["Treaties"]
    assert "/treaties/camp-david?lang=en" in [a["href"] for a, _ in page.all("a")]
    assert [text for _, text in page.all("a", class_="treaties")] == ["استقبل"]


def test_it_is_a_way_in_and_has_a_page_of_values_and_profiles(answers):
    start = Page(answers[START])
    assert "Treaties" in start.texts("dt")
    assert start.texts("h2", id="most-treaties") == ["Treaties"]
    assert Page(answers[VALUES]).texts("h1") == ["Treaties"]
    assert "Camp David" in " ".join(Page(answers[VALUES]).texts("li"))
    profile = Page(answers[PROFILE])
    assert profile.texts("h1") == ["Camp David"]
    assert "2 stories" in profile.texts("p", class_="names")[0]


def test_it_is_in_the_json_and_the_exports(answers):
    found = json.loads(answers[JSON])
    assert (found["total"], found["modes"]["treaties"]) == (2, "or")
    assert [v["id"] for v in found["facets"]["treaties"]] == ["camp-david"]
    named = {"id": "camp-david", "name": "كامب ديفيد", "name_en": "Camp David"}
    assert found["hits"][0]["treaties"] == [named]
    article = json.loads(answers[ARTICLE_JSON])
    assert article["treaties"] == [{**named, "mentions": 2}]
    assert json.loads(answers[PROFILE_JSON])["articles"] == 2
    head, *lines = answers[TABLE].splitlines()
    assert "treaties" in head.split(",")
    assert len(lines) == 2 and all("Camp David" in line for line in lines)
    assert 'term="camp-david"' in answers[FEED]
