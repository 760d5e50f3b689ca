"""A page in English says nothing in Arabic letters that is not marked as Arabic, and conversely."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from html_pages import read
from indexer.model import Article, Mention, Record
from site_events import EVENT_RECORDS
from site_records import EGYPT, MINISTER, RECORDS, TALKS, mentioned
from spoken_html import Said, SpokenPage
from webui import language

ARABIC = re.compile("[\u0620-\u06ff]")
LATIN = re.compile("[A-Za-z]")
#: What readers of either language call things by, in attributes, where nothing can be marked.
BOTH = re.compile("Shift|Enter")
BODY = "استقبل الوزير سامح شكري السفير في القاهرة، وجرى بحث العلاقات بين البلدين."
REPRINT = replace(
    RECORDS[0],
    article=replace(RECORDS[0].article, id="reprint", title="شكري يلتقي السفير", source="عكاظ"),
)
PERSIAN = Record(
    Article(
        "persian",
        "دیدار وزیر خارجه با سفیر",
        "وزیر خارجه در این دیدار گفت که روابط دو کشور گسترش می‌یابد.",
        source="خبرگزاری",
        language="fa",
    ),
    {"people": (), "countries": (EGYPT,), "organisations": (), "topics": (TALKS,)},
)
FRENCH = Record(
    Article(
        "french",
        "Le ministre reçoit l’ambassadeur",
        "Le ministre a reçu l’ambassadeur.\n\nوكان اللقاء مثمرًا.",
        source="Le Monde",
        language="fr",
        author="Une journaliste",
    ),
    {"people": (MINISTER,), "countries": (EGYPT,), "organisations": (), "topics": ()},
)
KNOWN = Record(
    replace(RECORDS[0].article, id="known", title="لقاء في القاهرة", body=BODY, source="الرياض"),
    {
        "people": (
            replace(
                mentioned(MINISTER),
                mentions=tuple(
                    Mention("body", 14, 23, rule) for rule in ("title", "known-weak", "model")
                ),
            ),
        ),
        "countries": (replace(EGYPT, mentions=(Mention("body", 34, 41, "country-capital"),)),),
        "organisations": (),
        "topics": (TALKS,),
    },
)
PAGES = (
    "/",
    "/search",
    "/search?q=السفير",
    "/search?q=سفير",
    "/search?q=السفير زرافة",
    "/search?q=minister",
    "/search?q=hgstdv",
    '/search?q="السفير الفرنسي" OR =وزير -لبنان سفي* title:القاهرة ناس:وزير',
    "/search?q=لاشيءمنهذا",
    "/search?q=Egypt&page=-1&from=x&sort=y",
    "/search?countries=EG&people=-Q1&sources=عكاظ&from=2020-01-01&to=2022-01-01",
    "/search?countries=EG&countries=FR&any=countries",
    "/search?copies=1&full=1&q=السفير القاهرة",
    "/article/cairo-talks?q=السفير",
    "/article/known",
    "/article/persian",
    "/article/french",
    "/article/undated/notes",
    "/facets/people",
    "/facets/sources?contains=عكاظ",
    "/facets/countries?countries=EG&order=name",
    "/facets/dates",
    "/pictures",
    "/pictures/people",
    "/pictures/countries?q=السفير",
    "/pictures/topics",
    "/people/Q1",
    "/countries/EG",
    "/organisations/UN",
    "/topics/visits-meetings",
    "/sources/الرياض",
    "/events",
    "/events?q=شكري&type=visit&status=planned&party=people:Q3&country=FR&place=باريس&actor=IR",
    "/events?since=2021-06-01&until=x&target=EG&sort=sources",
    "/events?q=لاشيء&type=coup",
    "/quotations?q=شكري",
    "/quotations?speaker=people:Q1",
    "/quotations?q=لاشيء",
    "/day/2021-06-09",
    "/day/2021-06-11",
    "/day/1999-01-01",
    "/pictures/events?country=FR",
    "/pictures/visits",
    "/article/talks",
    "/people/Q2",
    "/nowhere",
    "/article/old-news",
)


@pytest.fixture(scope="module")
def site(client_of) -> FlaskClient:
    # The hostile record has names in neither language; what it holds is looked at elsewhere.
    return client_of([*RECORDS[:3], *EVENT_RECORDS[:2], REPRINT, PERSIAN, FRENCH, KNOWN])


def said(site: FlaskClient, address: str, lang: str) -> Sequence[Said]:
    together = "&" if "?" in address else "?"
    return SpokenPage(site.get(f"{address}{together}lang={lang}").text).said


def typed(address: str) -> str:
    """The query of an address, which the title of its page repeats."""
    return address.partition("q=")[2].partition("&")[0]


def strange(site: FlaskClient, address: str, lang: str, letters: re.Pattern[str]) -> Iterator[Said]:
    """What is said in the page's own language, but in other letters."""
    for one in said(site, address, lang):
        text = BOTH.sub("", one.text)
        if one.where in ("title", "og:title") and not one.inserted:
            text = text.replace(typed(address), "").removesuffix(" – Rasad")
        if one.lang == lang and letters.search(text):
            yield one


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_has_no_arabic_letters_but_in_what_is_marked(site, address):
    assert list(strange(site, address, "en", ARABIC)) == []


@pytest.mark.parametrize("address", PAGES)
def test_an_arabic_page_has_no_latin_letters_but_in_what_is_marked(site, address):
    # An Arabic story may hold Latin letters; the page may not.
    assert [one for one in strange(site, address, "ar", LATIN) if not one.inserted] == []


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("address", PAGES)
def test_what_is_marked_is_in_the_letters_of_its_language(site, address, lang):
    for one in said(site, address, lang):
        if one.where == "mark":  # a piece of a text, which is marked as a whole
            continue
        if one.inserted and one.lang in ("ar", "fa"):
            assert ARABIC.search(one.text) or not LATIN.search(one.text), one
        if one.inserted and one.lang in ("en", "fr"):
            assert LATIN.search(one.text) or not ARABIC.search(one.text), one


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(("id", "own"), [("persian", "fa"), ("french", "fr")])
def test_articles_in_other_languages_are_marked_as_such(site, lang, id, own):
    page = read(site, f"/article/{id}?lang={lang}")
    ((heading, _),) = page.all("h1")
    assert heading["lang"] == own
    first, *others = [attributes["lang"] for attributes, _ in page.all("p") if "id" in attributes]
    assert first == own
    assert others == (["ar"] if id == "french" else [])
    listed = read(site, f"/search?sources={FRENCH.article.source}&lang={lang}")
    ((title, _),) = listed.all("h2", class_="title")
    assert (title["lang"], title["dir"]) == ("fr", "ltr")


def test_sources_have_their_english_names_everywhere(site):
    for address in ("/search", "/facets/sources", "/article/known", "/sources/الرياض"):
        text = " ".join(one.text for one in said(site, address, "en"))
        assert "Al Riyadh" in text, address
    assert "Okaz" in [one.text for one in said(site, "/article/reprint", "en")]
    assert "Al Riyadh" in site.get("/cite/text/known?lang=en").text
    assert "Al Riyadh" in site.get("/cite/bibtex/known?lang=en").text
    assert "Al Riyadh" in site.get("/search.csv?lang=en").text
    facets = site.get("/api/v1/search").json["facets"]["sources"]
    assert {"الرياض": "Al Riyadh", "عكاظ": "Okaz"}.items() <= {
        value["id"]: value["name_en"] for value in facets
    }.items()
    hits = site.get("/api/v1/search?sources=عكاظ").json["hits"]
    assert [hit["source_en"] for hit in hits] == ["Okaz"]


def test_below_an_arabic_title_stand_who_and_where_in_latin_letters(site):
    page = read(site, "/search?sources=الرياض&lang=en")
    assert page.texts("ul", class_="about who") == ["Sameh Shoukry Egypt"]
    assert page.texts("ul", class_="about") == ["Visits and meetings"]
    page = read(site, "/search?sources=الرياض&lang=ar")
    assert page.texts("ul", class_="about who") == []
    assert page.texts("ul", class_="about") == ["سامح شكري مصر زيارات ولقاءات"]


def test_a_person_has_one_name_from_hit_to_hit(client_of):
    surname = replace(MINISTER, name="شكري", name_en="Shoukry")
    second = Record(Article("second", "شكري في باريس", BODY), {"people": (surname,)})
    client = client_of([RECORDS[0], second])
    page = read(client, "/search?people=Q1&lang=en")
    assert len(page.texts("h2", class_="title")) == 2
    assert page.texts("li", class_="people") == ["Sameh Shoukry", "Sameh Shoukry"]
    hits = client.get("/api/v1/search?people=Q1").json["hits"]
    assert {one["name"] for hit in hits for one in hit["people"]} == {"سامح شكري"}


def test_tooltips_are_sentences_in_the_language_of_the_page(site):
    english = {a["title"] for a, _ in read(site, "/article/known?lang=en").all("a") if "title" in a}
    assert english == {
        "Sameh Shoukry: recognised by the title before the name",
        "Egypt: identified by its capital",
    }
    arabic = {a["title"] for a, _ in read(site, "/article/known?lang=ar").all("a") if "title" in a}
    assert arabic == {"سامح شكري: عُرف باللقب قبل الاسم", "مصر: تدل عليها عاصمتها"}
    left_out = read(site, "/article/cairo-talks?lang=en").texts("dt")
    assert left_out == ["links to other stories"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "spelling guessed from Arabic letters"),
        ("ar", "كتابة تقديرية بالحروف اللاتينية"),
    ],
)
def test_a_guessed_spelling_has_a_quiet_sign(site, monkeypatch, lang, said):
    assert read(site, f"/facets/people?lang={lang}").all("span", class_="guess") == []
    monkeypatch.setattr(language, "guessed", lambda value, facet, lang: value.id == "Q1")
    for address in ("/facets/people", "/search?people=Q1&copies=1"):
        page = read(site, f"{address}{'&' if '?' in address else '?'}lang={lang}")
        signs = page.all("span", class_="guess")
        assert signs
        assert {(sign["title"], sign["aria-label"]) for sign, _ in signs} == {(said, said)}
