from urllib.parse import quote

import pytest

from commands import indexed
from html_pages import query, read
from site_records import HOSTILE, SCRIPT
from webui.wsgi import application


def test_a_profile_tells_names_roles_company_and_articles(client):
    page = read(client, "/people/Q1")
    assert page.texts("h1") == ["سامح شكري"]
    assert page.texts("p", class_="names") == ["Sameh Shoukry · خبر واحد · Wikidata"]
    assert page.link("Wikidata") == "https://www.wikidata.org/wiki/Q1"
    assert page.texts("ul", class_="variants") == ["السامح شكري 1"]
    assert page.texts("ul", class_="roles-held") == ["وزير الخارجية يونيو 2021 · مادة واحدة"]
    assert "/countries/EG" in [a["href"] for a, _ in page.all("a")]
    assert page.texts("h3", class_="title") == ["وزير الخارجية يستقبل السفير الفرنسي في القاهرة"]
    assert query(page.link("خبر واحد")) == {("people", "Q1")}


def test_roles_are_told_in_the_language_of_the_page(client):
    page = read(client, "/people/Q1?lang=en")
    assert page.texts("p", class_="held") == ["Foreign minister, Jun 2021"]
    assert page.texts("ul", class_="roles-held") == ["Foreign minister Jun 2021 · 1 article"]


def test_news_come_before_what_is_known_of_somebody(client):
    headings = read(client, "/people/Q1?lang=en").texts("h2")
    assert headings.index("Latest stories") < headings.index("Roles")


@pytest.mark.parametrize("address", ["people=Q1", "people=Q1&q=السفير&countries=-FR"])
def test_a_card_tells_of_whom_results_are_filtered_by(client, address):
    page = read(client, f"/search?lang=en&{address}")
    [card] = page.texts("section", class_="card")
    assert card.startswith("Sameh Shoukry سامح شكري Foreign minister, Jun 2021 1 article")
    assert page.link("Full profile") == "/people/Q1?lang=en"


def test_a_country_has_a_card_without_offices(client):
    page = read(client, "/search?lang=en&countries=EG")
    assert page.texts("section", class_="card") == [
        "Egypt مصر 2 articles · Jan 2020 – Jun 2021 · Full profile"
    ]


@pytest.mark.parametrize(
    "address",
    ["q=السفير", "people=Q1&countries=EG", "people=-Q1", "topics=visits-meetings", "people=nobody"],
)
def test_no_card_without_one_value_that_it_can_tell_of(client, address):
    assert not read(client, f"/search?{address}").texts("section", class_="card")


def test_the_company_leads_to_the_stories_with_both(client):
    page = read(client, "/countries/FR?lang=en")
    links = {text: a["href"] for a, text in page.all("a", class_="count")}
    assert query(links["Stories with both: 2"]) == {
        ("countries", "FR"),
        ("topics", "visits-meetings"),
        ("lang", "en"),
    }
    assert "/countries/EG?lang=en" in [a["href"] for a, _ in page.all("a")]
    companions = page.texts("ul", class_="values")
    assert companions and not any("France" in text for text in companions)


def test_the_address_of_a_profile_that_another_took_in_leads_there(tmp_path):
    text = "خبر\n\nصرح المتحدث الرسمي باسم وزارة النقل {} بذلك أمس."
    names = {"a": "سامي الحربي", "b": "سامي بن محمد الحربي", "c": "سامي بن محمد الحربي"}
    pages = {id: text.format(name) for id, name in names.items()}
    site = application(indexed(tmp_path, pages)).test_client()
    answer = site.get("/people/" + quote("سامي-الحربي") + "?lang=en")
    assert answer.status_code == 301
    assert answer.location == "/people/" + quote("سامي-بن-محمد-الحربي") + "?lang=en"
    assert read(site, answer.location).texts("h1") == ["Sami bin Mohamed al-Harbi"]
    assert site.get("/people/nobody").status_code == 404


def test_a_profile_is_there_as_json_and_as_a_feed(client):
    page = read(client, "/people/Q1")
    assert client.get(page.link("JSON")).get_json() == {
        "facet": "people",
        "id": "Q1",
        "name": "سامح شكري",
        "name_en": "Sameh Shoukry",
        "articles": 1,
        "stories": 1,
        "wikidata": "Q1",
        "partial": False,
        "variants": [{"text": "السامح شكري", "articles": 1}, {"text": "سامح شكري", "articles": 1}],
        "roles": [
            {"role": "وزير الخارجية", "first": "2021-06-09", "last": "2021-06-09", "articles": 1}
        ],
        "offices": [
            {
                "id": "foreign-minister",
                "country": None,
                "label_en": "Foreign minister",
                "label_ar": "وزير الخارجية",
                "first": "2021-06-09",
                "last": "2021-06-09",
                "articles": 1,
                "printed": ["وزير الخارجية"],
            }
        ],
    }
    assert "<entry>" in client.get(page.link("خلاصة")).text


@pytest.mark.parametrize("facet", ["people", "organisations", "topics"])
def test_hostile_names_are_shown_and_never_run(client, facet):
    page = read(client, f"/{facet}/{quote(HOSTILE.id)}")
    assert page.texts("h1") == [HOSTILE.name]
    assert SCRIPT in HOSTILE.name
    assert not page.all("b")
    assert all("src" in attributes for attributes, _text in page.all("script"))


@pytest.mark.parametrize("address", ["/people/none", "/people/", "/dates/2021-06", "/people/EG"])
def test_nobody_has_no_profile(client, address):
    read(client, address, 404)


def test_a_missing_profile_is_a_problem_in_json(client):
    answer = client.get("/api/v1/profiles/people/none")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_an_article_leads_to_the_profiles_of_whom_it_names(client):
    hrefs = [a["href"] for a, _ in read(client, "/article/cairo-talks?lang=en").all("a")]
    for address in ("/people/Q1", "/countries/EG", "/organisations/UN", "/topics/visits-meetings"):
        assert f"{address}?lang=en" in hrefs
