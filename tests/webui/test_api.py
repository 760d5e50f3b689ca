import json
from urllib.parse import quote

import pytest

from html_pages import read
from indexer.schema import FACET_IDS
from site_records import RECORDS, SCRIPT

SEARCH = "/api/v1/search"


def get(client, address, **parameters):
    answer = client.get(address, query_string=parameters)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    return json.loads(answer.text)


def test_a_search_has_the_promised_shape(client):
    found = get(client, SEARCH, q="السفير", countries="FR")
    assert {"query", "parsed", "total", "page", "size", "relaxed", "suggestion", "took_ms"} <= set(
        found
    )
    assert (found["query"], found["total"], found["page"], found["size"]) == ("السفير", 2, 1, 10)
    assert found["relaxed"] is False
    hit = found["hits"][0]
    assert hit["id"] == "cairo-talks"
    assert hit["title_html"] == "وزير الخارجية يستقبل <mark>السفير</mark> الفرنسي في القاهرة"
    assert hit["snippet_html"].endswith("…")
    assert (hit["date"], hit["source"]) == ("2021-06-09", "صحيفة الأهرام")
    assert hit["url"] == "https://example.org/cairo"
    assert hit["people"] == [{"id": "Q1", "name": "سامح شكري", "name_en": "Sameh Shoukry"}]
    assert [value["id"] for value in hit["countries"]] == ["EG", "FR"]
    assert set(found["facets"]) == set(FACET_IDS)
    france = next(v for v in found["facets"]["countries"] if v["id"] == "FR")
    assert france == {
        "id": "FR",
        "name": "فرنسا",
        "name_en": "France",
        "count": 2,
        "selected": True,
        "excluded": False,
    }
    assert {"id": "2021-06", "count": 1, "selected": False, "excluded": False} in found["facets"][
        "dates"
    ]


@pytest.mark.parametrize("parameters", ["q=السفير", "countries=EG", "q=السفير&people=-Q1", "q=x"])
def test_the_numbers_equal_the_pages(client, parameters):
    found = json.loads(client.get(f"{SEARCH}?{parameters}").text)
    page = read(client, f"/search?{parameters}&lang=en")
    assert page.texts("h1")[0].split()[0] == str(found["total"])
    shown = {
        text.split(" ")[0]: int(text.split(" ")[1])
        for text in page.texts("li")
        if text.endswith(("Exclude Egypt", "Exclude France"))
    }
    assert shown == {v["name_en"]: v["count"] for v in found["facets"]["countries"]}


def test_marked_text_holds_mark_and_nothing_else(client):
    found = get(client, SEARCH, q=f"السفير {SCRIPT}"[:6])
    hostile = next(hit for hit in found["hits"] if hit["id"] == RECORDS[-1].article.id)
    assert SCRIPT in hostile["title"]
    for name in ("title_html", "snippet_html"):
        assert "<" not in hostile[name].replace("<mark>", "").replace("</mark>", "")


def test_arabic_is_written_as_it_is(client):
    assert "السفير" in client.get(f"{SEARCH}?q=السفير").text


def test_parameters_out_of_range_are_noted(client):
    found = get(client, SEARCH, page="-1", size="1000000000")
    assert (found["page"], found["size"]) == (1, 100)
    assert {(note["parameter"], note["problem"]) for note in found["notes"]} == {
        ("page", "ignored"),
        ("size", "cut"),
    }


def test_a_page_beyond_the_last_is_empty(client):
    found = get(client, SEARCH, page="99")
    assert (found["total"], found["hits"]) == (4, [])


def test_an_article_has_all_that_is_known(client):
    found = get(client, "/api/v1/articles/cairo-talks", q="السفير")
    article = RECORDS[0].article
    assert (found["title"], found["text"]) == (article.title, article.body)
    assert found["text_html"].count("<mark>السفير</mark>") == 1
    assert (found["date"], found["date_origin"]) == ("2021-06-09", "text")
    assert found["people"] == [
        {
            "id": "Q1",
            "name": "سامح شكري",
            "name_en": "Sameh Shoukry",
            "mentions": 3,
            "roles": ["وزير الخارجية"],
        }
    ]
    assert found["topics"][0]["score"] == 0.8
    assert found["removed"] == [{"text": "اقرأ أيضا", "why": "related"}]


def test_every_article_is_reached_by_its_id(client):
    for record in RECORDS:
        found = get(client, "/api/v1/articles/" + quote(record.article.id))
        assert found["id"] == record.article.id


def test_a_facet_is_searched_in_either_script(client):
    for contains in ("fran", "فرن"):
        found = get(client, "/api/v1/facets/countries", contains=contains)
        assert [value["id"] for value in found["values"]] == ["FR"]
        assert found["distinct"] == 1


def test_suggestions_are_asked_for_with_words_only(client):
    offered = get(client, "/api/v1/suggest", q="egy")["suggestions"]
    assert offered == [
        {
            "text": "مصر",
            "kind": "name",
            "query": "country:EG",
            "facet": "countries",
            "id": "EG",
            "name_en": "Egypt",
        },
    ]
    offered = get(client, "/api/v1/suggest", q="السف")["suggestions"]
    assert offered == [{"text": "السفير", "kind": "word", "query": "السفير"}]
    assert get(client, "/api/v1/suggest", q="\0 ")["suggestions"] == []


def test_health(client):
    assert get(client, "/healthz") == {
        "status": "ok",
        "articles": 4,
        "stories": 4,
        "engine": "whoosh",
    }


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/api/v1/articles/none", "get", 404),
        ("/api/v1/facets/planets", "get", 404),
        ("/api/v2/search", "get", 404),
        ("/api/v1/search", "post", 405),
    ],
)
def test_errors_are_problem_documents(client, address, method, status):
    answer = getattr(client, method)(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = json.loads(answer.text)
    assert problem["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(problem)
