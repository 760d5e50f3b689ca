import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from html_pages import Page, query, read
from indexer.errors import EngineError, IndexMissing, RasadError
from indexer.model import Article, FacetValue, Record
from indexer.search.service import SearchService
from site_records import HOSTILE as HOSTILE_VALUE
from site_records import RECORDS, SCRIPT, exported, numbered
from webui import create_app
from webui.routes.pages import FACET_SIZE
from webui.rows import MORE, SHOWN

HOSTILE = "/article/" + quote(RECORDS[-1].article.id)
PAGES = (
    "/",
    "/search",
    "/search?q=السفير",
    "/search?q=السفير&countries=EG&people=-Q1&topics=none&from=2020&to=2022&sort=newest&size=25",
    "/search?q=السفير زرافة",
    "/search?q=لاشيء",
    "/search?page=-1&size=1000000000&from=x&sort=x",
    f"/search?q={SCRIPT}&people={SCRIPT}&topics=-{SCRIPT}",
    "/article/cairo-talks?q=السفير",
    "/article/undated/notes",
    HOSTILE + f"?q={SCRIPT}",
    "/facets/people",
    f"/facets/countries?q=السفير&contains={SCRIPT}&order=name",
    "/pictures",
    f"/pictures/people?q={SCRIPT}",
    "/pictures/people",
    "/pictures/countries?from=2020",
    "/pictures/topics",
    "/people/Q1",
    "/countries/FR",
    "/topics/" + quote(HOSTILE_VALUE.id),
    "/nowhere",
    "/article/old-news",
)


@pytest.fixture
def answers(monkeypatch):
    """Lets every page of results say what a small archive can hardly make it say."""
    page = SearchService.page

    def answers(**said):
        monkeypatch.setattr(
            SearchService, "page", lambda self, request: replace(page(self, request), **said)
        )
        monkeypatch.setattr(SearchService, "export", exported)

    return answers


def count(page) -> str:
    return page.texts("h1")[0]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_pages_are_whole_and_speak_one_language(client, address, lang):
    answer = client.get(address, headers={"Accept-Language": lang})
    page = Page(answer.text)
    assert page.unclosed == []
    (html, _), *_rest = page.all("html")
    assert html == {"lang": lang, "dir": "rtl" if lang == "ar" else "ltr"}
    assert len(page.all("h1")) == len(page.all("main")) == 1
    names = [name for name, _attributes, _text in page.elements]
    assert names[: names.index("body")].count("title") == 1  # pictures have titles, too
    ids = [attributes["id"] for _name, attributes, _text in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_inline_code_or_style(client, address):
    page = Page(client.get(address).text)
    assert all("src" in attributes for attributes, _text in page.all("script"))
    assert not page.all("style")
    for _name, attributes, _text in page.elements:
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        assert not attributes.get("href", "").startswith("javascript:")


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label_and_every_link_a_name(client, address):
    page = Page(client.get(address).text)
    labelled = {attributes.get("for") for attributes, _text in page.all("label")}
    fields = [a for a, _text in page.all("input") if a.get("type") == "search"]
    assert all(attributes["id"] in labelled for attributes in fields)
    assert all(text for text in page.texts("a"))


def test_hostile_text_is_shown_and_never_run(client):
    page = read(client, f"/search?q=السفير {SCRIPT[:8]}".replace("<script", ""))
    assert any(SCRIPT in title for title in page.texts("h2"))
    assert any(SCRIPT in name for name in page.texts("bdi"))
    page = read(client, HOSTILE)
    assert SCRIPT in page.texts("h1")[0]
    assert SCRIPT in page.texts("dd")[0]
    assert not page.all("script", src="") and "alert(1)" not in page.texts("script")
    page = read(client, "/search?q=" + quote(f'"><b>{SCRIPT}'))
    (field, _), *_rest = page.all("input", name="q")
    assert field["value"] == f'"><b>{SCRIPT}'
    assert not page.all("b")


def test_an_original_page_with_a_script_for_address_is_not_linked(client):
    assert all(
        attributes["href"].startswith(("/", "#"))
        for attributes, _ in read(client, HOSTILE).all("a")
    )


def test_results_show_title_source_date_and_passage(client):
    page = read(client, "/search?q=السفير")
    assert count(page) == "4 أخبار"
    assert page.texts("h2")[0] == "وزير الخارجية يستقبل السفير الفرنسي في القاهرة"
    assert page.texts("p", class_="origin")[0] == "صحيفة الأهرام · 9 يونيو 2021"
    assert page.texts("p", class_="snippet")[0].startswith("استقبل وزير الخارجية")
    assert "السفير" in page.texts("mark")


def test_an_article_without_date_or_source_says_so(client):
    page = read(client, "/search?q=ملاحظات")
    assert page.texts("p", class_="origin") == ["المصدر غير معروف · بلا تاريخ"]


@pytest.mark.parametrize(
    ("articles", "heading"),
    [(0, "لا أخبار"), (1, "خبر واحد"), (2, "خبران"), (3, "3 أخبار"), (11, "11 خبرًا")],
)
def test_numbers_take_their_arabic_form(client_of, articles, heading):
    client = client_of(numbered(RECORDS, 3)[:articles])
    assert count(read(client, "/search")) == heading


def test_a_facet_value_is_chosen_and_let_go_by_the_same_link(client):
    page = read(client, "/search?q=السفير")
    chosen = page.link("فرنسا")
    assert query(chosen) == {("q", "السفير"), ("countries", "FR")}
    page = read(client, chosen)
    assert count(page) == "خبران"
    assert page.texts("a", aria_current="true")[:1] != []
    assert query(page.link("فرنسا")) == {("q", "السفير")}


def test_another_value_of_the_same_facet_narrows_the_results(client):
    page = read(client, "/search?countries=FR")
    assert query(page.link("مصر")) == {("countries", "FR"), ("countries", "EG")}
    assert "مصر 1 استبعاد مصر" in page.texts("li")
    assert count(read(client, page.link("مصر"))) == "خبر واحد"


def test_any_of_the_values_of_a_facet_will_do_once_that_is_chosen(client):
    page = read(client, "/search?countries=FR&countries=EG&lang=en")
    (group,) = page.all("p", role="group")
    assert group[1] == "all of these any of these"
    assert group[0]["aria-label"] == "Countries: all or any of those chosen"
    assert [text for _, text in page.all("a", aria_current="true") if "of these" in text] == [
        "all of these"
    ]
    assert "and Countries France ×remove" in page.texts("li")
    switched = read(client, page.link("any of these"))
    assert count(switched) == "3 stories"
    assert "or Countries France ×remove" in switched.texts("li")
    assert ("any", "countries") in query(switched.link("Newest first"))
    assert query(switched.link("all of these")) == query(page.link("all of these"))
    assert ("any", "countries") not in query(switched.link("Clear all"))


@pytest.mark.parametrize("address", ["/search", "/search?sources=وكالة", "/search?people=-Q1"])
def test_a_facet_without_a_choice_has_no_switch(client, address):
    assert not read(client, address).all("p", role="group")


def test_the_page_of_a_facet_has_the_switch(client):
    page = read(client, "/facets/countries?countries=FR&contains=a&order=name&lang=en")
    kept = {("countries", "FR"), ("contains", "a"), ("order", "name"), ("lang", "en")}
    assert query(page.link("any of these")) == {*kept, ("any", "countries")}
    assert page.link("any of these").startswith("/facets/countries?")


def test_sources_and_months_are_alternatives(client):
    page = read(client, "/search?sources=وكالة&sources=صحيفة الأهرام&dates=2021-06&dates=2021-07")
    assert count(page) == "خبران"
    assert len([text for text in page.texts("span", class_="joint") if text == "أو"]) == 2


def test_only_chosen_values_are_joined_and_excluded_ones_stand_behind(client):
    page = read(client, "/search?countries=-AA&countries=FR&countries=EG&lang=en")
    (chips,) = page.texts("ul", class_="chips")
    assert chips.startswith("Countries Egypt ×remove and Countries France ×remove Countries with")


def test_a_value_can_be_excluded_and_included_again(client):
    page = read(client, "/search?q=السفير")
    without_egypt = page.link("استبعاد مصر")
    assert query(without_egypt) == {("q", "السفير"), ("countries", "-EG")}
    page = read(client, without_egypt)
    assert count(page) == "خبران"
    assert query(page.link("إلغاء استبعاد مصر")) == {("q", "السفير")}


def test_chosen_filters_are_chips_that_take_themselves_away(client):
    address = "/search?q=السفير&countries=EG&people=-Q1&dates=2021-06&from=2021-01-01"
    page = read(client, address)
    chips = {text: attributes["href"] for attributes, text in page.all("a") if "×" in text}
    assert len(chips) == 4
    for text, without in chips.items():
        assert len(query(without)) == len(query(address)) - 1, text
    assert query(page.link("مسح الكل")) == {("q", "السفير")}


def test_an_unknown_value_is_a_chip_and_a_row_with_zero(client):
    page = read(client, "/search?topics=no-such-topic")
    assert count(page) == "لا أخبار"
    assert query(page.link("no-such-topic ×")) == set()
    assert any(text.startswith("no-such-topic 0") for text in page.texts("li", class_="chosen"))


def test_pages_are_turned_and_keep_the_request(client_of):
    client = client_of(numbered(RECORDS, 30))
    page = read(client, "/search?countries=FR&size=25&sort=oldest&page=2")
    assert "الصفحة 2 من 3" in page.texts("p", class_="place")[0]
    kept = {("countries", "FR"), ("size", "25"), ("sort", "oldest")}
    assert query(page.link("التالية")) == {*kept, ("page", "3")}
    assert query(page.link("السابقة")) == kept
    (_current, text), *_ = page.all("a", aria_current="page")
    assert text.endswith("2")
    assert query(page.link("الأحدث أولًا")) == {*kept, ("sort", "newest")} - {("sort", "oldest")}


def test_a_page_beyond_the_last_leads_to_the_last(client):
    answer = client.get("/search?q=السفير&page=99&size=3")
    assert answer.status_code == 302
    assert query(answer.location) == {("q", "السفير"), ("page", "2"), ("size", "3")}


def test_few_results_on_small_pages_can_be_turned(client):
    assert query(read(client, "/search?size=3").link("التالية")) == {("size", "3"), ("page", "2")}
    assert not read(client, "/search").all("nav", class_="paging")


def test_forms_keep_what_narrows_the_request(client):
    page = read(client, "/search?q=السفير&countries=EG&people=-Q1&sort=newest&page=1&lang=ar")
    hidden = [(a["name"], a["value"]) for a, _ in page.all("input", type="hidden")]
    kept = {("countries", "EG"), ("people", "-Q1"), ("sort", "newest"), ("lang", "ar")}
    assert set(hidden) == {*kept, ("q", "السفير")}
    assert all(hidden.count(pair) == 2 for pair in kept)


def test_a_list_says_where_it_stops_being_all_of_the_query(client):
    page = read(client, "/search?q=السفير القاهرة&lang=en")
    assert "1 of them contains the whole query" in page.texts("p", class_="completeness")[0]
    assert len(page.texts("p", class_="turn")) == 1
    lacking = page.texts("p", class_="missing")
    assert len(lacking) == 3
    assert all("Missing:" in text and "القاهرة" in text for text in lacking)
    assert ("full", "1") in query(page.link("Only full matches"))


def test_only_full_matches_can_be_listed(client):
    page = read(client, "/search?q=السفير القاهرة&full=1&lang=en")
    assert count(page) == "1 story"
    assert not page.texts("p", class_="missing")
    assert "full" not in dict(query(page.link("Include partial matches")))
    answer = client.get("/api/v1/search?q=السفير القاهرة").get_json()
    assert (answer["total"], answer["total_full"], answer["full"]) == (4, 1, False)
    assert [hit["full"] for hit in answer["hits"]] == [True, False, False, False]
    assert answer["hits"][1]["missing"] == ["القاهرة"]


def test_a_full_list_without_results_leads_back(client):
    page = read(client, "/search?q=السفير زرافة&full=1&lang=en")
    assert count(page) == "0 stories"
    assert "full" not in dict(query(page.link("include articles that contain most of the query")))


def test_relaxed_results_and_a_better_spelling_are_announced(client, answers):
    answers(suggestion=f"السفير {SCRIPT}")
    page = read(client, "/search?q=السفير زرافة")
    (status,) = page.texts("div", role="status")
    assert "لا خبر فيه كل هذه الكلمات" in status
    assert query(page.link(SCRIPT)) == {("q", f"السفير {SCRIPT}")}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("page=-1", "لا معنى لها (page)"),
        ("size=1000000000", "أكثر من 100"),
        ("from=31-31-31", "لم يُفهم"),
        ("from=2022&to=2021", "بعد اليوم الأخير"),
        ("q=" + "(" * 100_000, "أطول من اللازم"),
        ("planets=mars&=&&q=%00%ff", ""),
    ],
)
def test_a_broken_query_string_gives_a_page_with_a_note(client, parameters, said):
    page = read(client, f"/search?{parameters}")
    assert said in page.texts("div", role="status")[0]


def test_a_huge_query_makes_no_huge_page(client):
    assert len(client.get("/search?q=" + "ا" * 50_000).data) < 1_000_000


def test_a_search_leads_to_an_article_and_back(client):
    results = read(client, "/search?q=السفير&countries=EG")
    page = read(client, results.link("وزير الخارجية يستقبل"))
    assert page.texts("h1") == ["وزير الخارجية يستقبل السفير الفرنسي في القاهرة"]
    assert set(page.texts("mark")) == {"السفير"}
    assert query(page.link("العودة إلى النتائج")) == {("q", "السفير"), ("countries", "EG")}


def test_an_article_page_tells_all_that_is_known(client):
    page = read(client, "/article/cairo-talks")
    (origin,) = page.texts("p", class_="origin")
    assert origin == "صحيفة الأهرام · 9 يونيو 2021 (مقروء من النص) · محرر · الصفحة الأصلية"
    assert page.link("الصفحة الأصلية") == "https://example.org/cairo"
    assert page.link("سامح شكري") == "/search?people=Q1"
    assert "وزير الخارجية" in page.texts("span", class_="roles")
    assert page.texts("dd") == ["اقرأ أيضا"]
    assert [text for a, text in page.all("p") if a.get("id", "").startswith("p")] == [
        "استقبل وزير الخارجية سامح شكري اليوم السفير الفرنسي.",
        RECORDS[0].article.body.splitlines()[-1],
    ]


def test_names_in_an_article_lead_to_their_articles(client):
    page = read(client, "/article/cairo-talks?q=سامح&lang=en")
    ((link, text),) = page.all("a", class_="people")
    assert text == "سامح شكري"
    assert link["href"] == "/search?people=Q1&lang=en"
    assert link["title"] == "Sameh Shoukry: recognised in the text"
    assert page.texts("mark") == ["سامح"]


def test_an_article_id_may_hold_slashes_and_signs(client):
    for record in RECORDS:
        assert count(read(client, "/article/" + quote(record.article.id))) == record.article.title


def test_an_arabic_headline_that_begins_in_latin_runs_from_the_right(client_of):
    record = Record(Article("a", "NATO: السفير يزور مقر البعثة", "نص"), {})
    page = read(client_of([record]), "/search")
    ((heading, _),) = page.all("h2", dir="rtl")
    assert heading["dir"] == "rtl"


def test_titles_and_passages_carry_their_own_direction(client):
    page = read(client, "/search?q=السفير&lang=en")
    assert all("dir" in attributes for attributes, _ in page.all("p", class_="snippet"))
    assert [a["dir"] for a, _ in page.all("h2") if "dir" in a] == ["rtl"] * 4


def test_the_start_page_shows_numbers_and_ways_in(client):
    page = read(client, "/")
    (field, _), *_ = page.all("input", name="q")
    assert "autofocus" in field
    egypt = [attributes["href"] for attributes, text in page.all("a") if text == "مصر"]
    assert egypt == ["/search?countries=EG"]
    assert dict(zip(page.texts("dt"), page.texts("dd"), strict=True)) == {
        "الأخبار": "4",
        "المواد المنشورة": "4",
        "الأشخاص": "2",
        "الدول": "2",
        "المنظمات": "2",
        "الموضوعات": "2",
        "المصادر": "3",
        "المدة": "2 يناير 2020 – 1 يوليو 2021",
    }


def test_examples_on_the_start_page_find_something(client):
    page = read(client, "/")
    examples = [text for attributes, text in page.all("a") if "/search?q=" in attributes["href"]]
    assert examples
    for example in examples:
        assert count(read(client, page.link(example))) != "لا أخبار"


def test_an_empty_archive_says_what_to_run(client_of):
    page = read(client_of([]), "/")
    assert "rasad index --sample" in page.texts("pre")[0]


def test_a_facet_has_a_page_of_its_own_to_search_in(client):
    page = read(client, "/facets/countries?q=السفير&contains=fra")
    assert page.texts("ul", class_="values wide") == ["فرنسا France 2 استبعاد فرنسا"]
    assert query(page.link("فرنسا")) == {("q", "السفير"), ("countries", "FR")}
    assert query(page.link("حسب الاسم")) == {
        ("q", "السفير"),
        ("contains", "fra"),
        ("order", "name"),
    }


def test_a_facet_can_be_ordered_by_name(client):
    page = read(client, "/facets/countries?lang=en&order=name")
    names = [text for text in page.texts("bdi") if text.isascii()]
    assert list(dict.fromkeys(names)) == ["Egypt", "France"]


@pytest.fixture(scope="module")
def crowd(client_of):
    """A site with more people than a page of them holds."""
    names = [f"{n:03}" for n in range(FACET_SIZE + 20)]
    people = tuple(FacetValue(f"Q{n}", f"اسم {n}", f"Name {n}", 1) for n in names)
    return client_of([Record(Article("a", "عنوان", "نص"), {"people": people})])


def test_a_long_facet_has_pages(crowd):
    page = read(crowd, "/facets/people?lang=en")
    assert page.texts("p", class_="place") == ["500 of 520"]
    last = read(crowd, page.link("Page 2"))
    assert last.texts("p", class_="place") == ["20 of 520"]
    assert query(last.link("Name 519")) == {("people", "Q519"), ("lang", "en")}
    by_name = read(crowd, "/facets/people?lang=en&order=name&page=2")
    assert query(by_name.link("Page 1")) == {("lang", "en"), ("order", "name")}
    assert not read(crowd, "/facets/people?lang=en&page=9").all("ul", class_="values wide")


def test_beside_the_results_a_facet_unfolds_and_is_searched(crowd):
    page = read(crowd, "/search?lang=en&q=نص")
    assert page.texts("summary")[-1] == "Show more People (8 of 520)"
    names = [text for text in page.texts("bdi") if text.startswith("Name")]
    assert len(dict.fromkeys(names)) == SHOWN + MORE
    (form,) = [a for a, _ in page.all("form", class_="contains")]
    assert form["action"] == "/facets/people"
    assert query(page.link("Show all")) == {("q", "نص"), ("lang", "en")}
    assert ("order", "name") in query(page.link("By name"))


def test_an_unknown_field_of_the_query_is_named_everywhere(client, answers):
    answers(unknown=("autor", "lang"))
    for address in ("/search?q=السفير", "/pictures?q=السفير"):
        (said,) = read(client, address).texts("div", role="status")
        assert "«autor:»" in said
        assert "«lang:»" in said
    assert client.get("/api/v1/search?q=السفير").get_json()["notes"] == [
        {"parameter": "q", "problem": "unknown", "value": "autor"},
        {"parameter": "q", "problem": "unknown", "value": "lang"},
    ]
    headers = client.get("/search.csv?q=السفير").headers
    assert headers.getlist("X-Rasad-Note") == ["q unknown autor", "q unknown lang"]


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (("too-long",), "64"),
        (("too-deep",), "الأقواس"),
        (("too-many-patterns",), "أول 4"),
        (("hosts-only",), "inurl:"),
        (("too-many-signs",), "عبارات"),
    ],
)
def test_what_of_a_query_was_left_out_is_said_everywhere(client, answers, notes, said):
    answers(notes=notes)
    for address in ("/search?q=السفير", "/pictures?q=السفير"):
        assert said in read(client, address).texts("div", role="status")[0]
    note = {"parameter": "q", "problem": notes[0]}
    assert client.get("/api/v1/search?q=السفير&page=x").get_json()["notes"] == [
        {"parameter": "page", "problem": "ignored"},
        note,
    ]
    assert said in client.get("/search.atom?q=السفير").text
    headers = client.get("/search.csv?q=السفير&page=x").headers
    assert headers.getlist("X-Rasad-Note") == ["page ignored", f"q {notes[0]}"]


def test_a_query_read_in_other_letters_is_said_and_can_be_taken_back(client):
    page = read(client, "/search?q=hgstdv&lang=en")
    said = page.texts("div", role="status")[0]
    assert "another keyboard" in said
    assert "السفير" in said
    assert ("q", '"hgstdv"') in query(page.link("Search for what was typed"))
    answer = client.get("/api/v1/search?q=hgstdv").get_json()
    assert answer["repaired"] == {"q": "السفير", "kind": "keyboard"}
    assert client.get("/search.csv?q=hgstdv").headers.getlist("X-Rasad-Note") == ["q keyboard"]


def test_english_is_kept_in_every_link_once_chosen(client):
    page = read(client, "/search?q=السفير&lang=en")
    assert count(page) == "4 stories"
    inside = [
        a["href"]
        for a, text in page.all("a")
        if a["href"].startswith(("/search", "/article", "/facets")) and "العربية" not in text
    ]
    assert len(inside) > 20
    assert all(("lang", "en") in query(address) for address in inside)
    assert ("lang", "ar") in query(page.link("العربية"))


def test_an_unknown_language_is_arabic(client):
    assert count(read(client, "/search?lang=tlh")) == "4 أخبار"
    answer = client.get("/search", headers={"Accept-Language": "fr, de;q=0.5"})
    assert 'lang="ar"' in answer.text


@pytest.mark.parametrize(
    "address", ["/nowhere", "/article/none", "/facets/planets", "/x//y", "/%00"]
)
def test_what_is_not_there_is_a_friendly_404(client, address):
    page = read(client, address, 404)
    assert "لا توجد صفحة" in count(page)
    assert page.all("input", name="q")


def test_an_article_that_was_removed_is_gone_and_its_title_is_searched_for(client):
    page = read(client, "/article/old-news", 410)
    assert "لم يعد" in count(page)
    assert query(page.link("خبر قديم")) == {("q", f"خبر قديم {SCRIPT}")}
    assert client.get("/api/v1/articles/old-news").status_code == 410


def test_similar_articles_are_a_link_away(client):
    page = read(client, "/article/cairo-talks?lang=en")
    assert page.link("باريس تعلن موعد المؤتمر") == "/article/paris?lang=en"
    assert not read(client, "/article/undated/notes").all("h2", id="none")


def test_matches_in_an_article_are_counted_and_the_first_is_a_link_away(client):
    page = read(client, "/article/cairo-talks?q=السفير الفرنسي")
    assert page.link("4 مواضع") == "#match"
    assert "id" in page.all("h1")[0][0]
    page = read(client, "/article/cairo-talks?q=التعاون&lang=en")
    assert page.link("1 match") == "#p1"
    assert not read(client, "/article/cairo-talks").all("div", class_="matches")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_for_reading(client, method):
    answer = getattr(client, method)("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (IndexMissing("none in var/index"), 503, "rasad index"),
        (EngineError("torn"), 503, "rasad check"),
        (RasadError("other"), 500, "حدث خطأ"),
        (ZeroDivisionError("secret"), 500, "حدث خطأ"),
    ],
)
def test_a_failure_is_a_page_that_says_what_to_do(search, monkeypatch, error, status, said):
    def broken(self, request):
        raise error

    monkeypatch.setattr(SearchService, "page", broken)
    app = create_app(search)
    answer = app.test_client().get("/search?q=x")
    assert answer.status_code == status
    assert said in answer.text
    assert "Traceback" not in answer.text and "secret" not in answer.text
    answer = app.test_client().get("/api/v1/search?q=x")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert json.loads(answer.text)["status"] == status
