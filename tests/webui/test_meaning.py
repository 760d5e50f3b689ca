"""What the web and the shell say where articles are found by meaning; it needs no vectors."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from html_pages import query, read
from indexer.commands.printing import tell_page
from indexer.model import SearchRequest
from indexer.search.results import NearWords, SearchedNear, SearchPage
from indexer.search.service import SearchService
from site_records import SCRIPT, exported

ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = (NearWords("nuclear", ("نووي", "ذري")), NearWords(f"x{SCRIPT}", ("س",)))
AMBASSADOR = "/search?q=السفير القاهرة"  # one article of four has both words


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[SearchRequest]]:
    """Lets the last results be found by meaning where that is asked for; the requests made."""
    page = SearchService.page

    def asked(by_meaning: int, words: tuple[NearWords, ...] = (), **said: object) -> list:
        requests: list[SearchRequest] = []

        def found(self: SearchService, request: SearchRequest) -> SearchPage:
            requests.append(request)
            by_words = page(self, request)
            if not request.meaning or not request.q:
                return by_words
            kept = len(by_words.results) - by_meaning
            others = (
                replace(one, by="meaning", full=False, missing=())
                for one in by_words.results[kept:]
            )
            near = SearchedNear(by_meaning, 0.25, words)
            results = (*by_words.results[:kept], *others)
            known = {"results": results, "near": near, "notes": ()}  # the index here has no vectors
            return replace(by_words, **{**known, **said})

        monkeypatch.setattr(SearchService, "page", found)
        monkeypatch.setattr(SearchService, "export", exported)
        return requests

    return asked


def completeness(page) -> str:
    return page.texts("p", class_="completeness")[0]


@pytest.mark.parametrize(
    ("by_meaning", "lang", "full", "near"),
    [
        (1, "en", "1 of them contains the whole query, others most of it.", "1 of them was found"),
        (3, "en", "1 of them contains the whole query. ", "3 of them were found by meaning: they"),
        (0, "en", "1 of them contains the whole query, the others most of it.", "Search the words"),
        (1, "ar", "الطلب كله في واحد منها، ومعظمه في غيره.", "واحد منها وُجد بالمعنى"),
        (2, "ar", "الطلب كله في واحد منها، ومعظمه في غيره.", "اثنان منها وُجدا بالمعنى"),
        (3, "ar", "الطلب كله في واحد منها. ", "3 منها وُجدت بالمعنى"),
    ],
)
def test_a_page_says_how_many_were_found_by_meaning(client, asked, by_meaning, lang, full, near):
    asked(by_meaning)
    page = read(client, f"{AMBASSADOR}&lang={lang}")
    assert page.unclosed == []
    assert completeness(page).startswith(full)
    (said,) = page.texts("p", class_="near")
    assert said.startswith(near)
    assert ("0.25" in said) == (by_meaning > 0)
    labels = page.texts("bdi", class_="by")
    assert labels == ["found by meaning" if lang == "en" else "وُجد بالمعنى"] * by_meaning
    assert len(page.texts("p", class_="missing")) == 3 - by_meaning


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "No article contains these words"), ("ar", "لم يوجد خبر بهذه الكلمات")],
)
def test_where_the_words_find_nothing_no_article_is_said_to_hold_some(client, asked, lang, said):
    asked(4, total_full=0, relaxed=None)
    page = read(client, f"{AMBASSADOR}&lang={lang}")
    assert page.texts("p", class_="near")[0].startswith(said)
    assert page.texts("div", role="status") == [""]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "These contain some of them. Others were found by meaning."),
        ("ar", "ووُجدت أخبار أخرى بالمعنى."),
    ],
)
def test_what_was_found_by_meaning_is_not_said_to_hold_some_words(client, asked, lang, said):
    asked(1, total_full=0, relaxed="any-word")
    assert read(client, f"{AMBASSADOR}&lang={lang}").texts("div", role="status")[0].endswith(said)


@pytest.mark.parametrize(
    ("lang", "said", "arrow", "comma"),
    [("en", "Related words:", "→", ", "), ("ar", "بُحث أيضًا بمعانٍ قريبة:", "←", "، ")],
)
def test_a_page_says_near_what_was_searched(client, asked, lang, said, arrow, comma):
    asked(0, WORDS)
    page = read(client, f"{AMBASSADOR}&lang={lang}")
    (near,) = page.texts("p", class_="near")
    assert near.startswith(said)
    assert page.texts("span", class_="pair") == [
        f"nuclear {arrow} نووي{comma}ذري",
        f"x{SCRIPT} {arrow} س",
    ]
    assert "nuclear" in page.texts("bdi", lang="en")
    assert {"نووي", "ذري"} <= set(page.texts("bdi", lang="ar"))


def test_links_lead_to_the_words_alone_and_back(client, asked):
    asked(1)
    alone = read(client, f"{AMBASSADOR}&lang=en&page=1").link("Search the words only")
    assert query(alone) == {("q", "السفير القاهرة"), ("meaning", "0"), ("lang", "en")}
    page = read(client, alone)
    assert not page.texts("bdi", class_="by")
    assert ("meaning", "0") in {
        (field["name"], field["value"]) for field, _ in page.all("input", type="hidden")
    }
    assert query(page.link("Search by meaning too")) == {("q", "السفير القاهرة"), ("lang", "en")}


def test_without_words_there_is_no_meaning_to_search_by(client):
    assert not read(client, "/search?countries=FR&meaning=0&lang=en").texts("p", class_="near")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "this index cannot search by meaning yet"), ("ar", "هذا الفهرس لا يعرف المعاني بعد")],
)
def test_an_index_without_vectors_is_told(client, asked, lang, said):
    asked(0, notes=("no-vectors",))
    (status,) = read(client, f"{AMBASSADOR}&lang={lang}").texts("div", role="status")
    assert said in status


def test_json_says_what_found_each_hit_and_what_was_near(client, asked):
    asked(1, WORDS[:1])
    found = client.get(f"/api/v1{AMBASSADOR}").get_json()
    assert found["meaning"] is True
    assert found["near"] == {
        "total": 1,
        "floor": 0.25,
        "words": [{"text": "nuclear", "words": ["نووي", "ذري"]}],
    }
    assert [hit["by"] for hit in found["hits"]] == ["words", "words", "words", "meaning"]
    found = client.get(f"/api/v1{AMBASSADOR}&meaning=0").get_json()
    assert (found["meaning"], found["near"]) == (False, None)


def listed(client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("written", "on"), [("", False), ("&meaning=0", False), ("&meaning=1", True)]
)
def test_lists_to_take_along_hold_meanings_only_where_asked(client, asked, written, on):
    requests = asked(2)  # one of which has a date, as feeds demand
    where = f"q=السفير القاهرة&full=0{written}"
    rows = listed(client, f"/search.csv?{where}")
    assert [row["by"] for row in rows] == ["words"] * 2 + ["meaning" if on else "words"] * 2
    feed = ElementTree.fromstring(client.get(f"/search.atom?{where}").data)
    terms = [one.get("term") for one in feed.iter(f"{ATOM}category")]
    assert ("meaning" in terms) is on
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert ("meaning=1" in str(own.get("href"))) is on
    assert {request.meaning for request in requests} == {on}


@pytest.mark.parametrize("meaning", ["", "&meaning=0"])
def test_a_page_leads_to_lists_by_words(client, asked, meaning):
    asked(0)
    page = read(client, f"{AMBASSADOR}{meaning}&lang=en")
    assert query(page.link("feed")) == {("q", "السفير القاهرة"), ("lang", "en")}


@pytest.mark.parametrize(("meaning", "on"), [("", "1"), ("&meaning=0", "0")])
def test_a_table_holds_what_its_page_found(client, asked, meaning, on):
    asked(1)
    page = read(client, f"{AMBASSADOR}{meaning}&lang=en")
    table = next(a["href"] for a, text in page.all("a") if text == "CSV")
    assert {("meaning", on), ("full", "0")} <= query(table)
    assert ("meaning", "1") not in query(page.link("feed"))


@pytest.mark.parametrize(
    ("switches", "full"),
    [("", True), ("&meaning=1", False), ("&meaning=1&full=1", True), ("&full=0", False)],
)
def test_a_table_by_meaning_needs_no_other_switch(client, asked, switches, full):
    requests = asked(1)
    client.get(f"/search.csv?q=زرافة{switches}")
    assert requests[0].full == full


def test_an_empty_list_says_that_meanings_are_left_out(client, asked):
    asked(0, total=2)
    answer = client.get("/search.csv?q=زرافة")
    assert answer.headers.getlist("X-Rasad-Note") == ["meaning left-out"]
    feed = ElementTree.fromstring(client.get("/search.atom?q=زرافة&lang=en").data)
    assert "found only by meaning are left out" in str(feed.findtext(f"{ATOM}subtitle"))


def test_the_shell_marks_what_was_found_by_meaning(search, asked, capsys):
    asked(1, WORDS[:1], notes=("no-vectors",))
    tell_page(search.page(SearchRequest(q="السفير القاهرة")))
    said = capsys.readouterr().out
    assert "1 of them contains the whole query, others most of it\n" in said
    assert "found by meaning: 1 of them (similarity 0.25 or more)\n" in said
    assert "nuclear was also searched near نووي، ذري.\n" in said
    assert "cannot search by meaning yet" in said
    assert said.count("(by meaning)") == 1
    tell_page(search.page(SearchRequest(q="السفير القاهرة", meaning=False)))
    said = capsys.readouterr().out
    assert "the others most of it\n" in said
    assert "meaning" not in said
