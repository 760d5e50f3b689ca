"""The pages in a real browser: looks that break, keys, what a screen reader is told, no strangers.

Needs Chromium and playwright; with RASAD_REQUIRE_BROWSER set their absence is a failure.
"""

import re
from collections.abc import Iterator

import pytest

from chromium import barriers, served, too_wide_for, visits
from indexer.model import Article, Record
from indexer.search.autocomplete import Suggestion
from indexer.search.service import SearchService
from site_records import RECORDS, SCRIPT, searched
from webui import create_app

LONG = Record(
    Article("long", "كلمة" * 60, "Unbroken" * 80 + "\n" + "http://example.org/" + "a" * 300), {}
)
PAGES = {
    "start": "/",
    "results": "/search?q=السفير",
    "narrowed": "/search?countries=EG&people=-Q1&from=2020-01-01",
    "any of two": "/search?countries=EG&countries=FR&any=countries&people=Q1",
    "any value of two": "/facets/countries?countries=EG&any=countries",
    "nothing": "/search?q=لاشيء",
    "relaxed": "/search?q=السفير زرافة&page=-1",
    "article": "/article/cairo-talks?q=السفير",
    "bare article": "/article/undated/notes",
    "facet": "/facets/countries?q=السفير",
    "map": "/pictures",
    "people together": "/pictures/people",
    "topics over time": "/pictures/topics?q=السفير",
    "person": "/people/Q1",
    "country": "/countries/FR",
    "missing": "/nowhere",
    "gone": "/article/old-news",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with (
        searched(tmp_path_factory.mktemp("archive"), (*RECORDS, LONG)) as service,
        served(create_app(service)) as address,
    ):
        yield address


@pytest.fixture
def visit(browser, site):
    # A page that is missing says so on the console as well.
    with visits(browser, site, expected=r"40[0-9] |410 ") as visit:
        yield visit


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("size", "lang", "scheme"),
    [("desktop", "ar", "light"), ("phone", "ar", "dark"), ("desktop", "en", "dark")],
)
def test_everybody_can_use_the_pages(visit, name, size, lang, scheme):
    page = visit(PAGES[name], size, lang, color_scheme=scheme)
    assert barriers(page) == []


@pytest.mark.parametrize("name", [*PAGES, "long"])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_sticks_out_of_the_page(visit, name, lang):
    page = visit(PAGES.get(name, "/article/long"), lang=lang)
    assert too_wide_for(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_searches_narrows_reads_and_comes_back(visit, scripts):
    page = visit("/", java_script_enabled=scripts)
    page.locator("#q:focus").wait_for()
    page.keyboard.type("السفير")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("h1").inner_text() == "4 أخبار"
    page.locator("aside").get_by_role("link", name="فرنسا", exact=True).click()
    assert page.locator("h1").inner_text() == "خبران"
    page.locator(".hit h2 a").first.click()
    assert page.locator("mark").first.inner_text() == "السفير"
    page.go_back()
    assert page.locator("h1").inner_text() == "خبران"
    page.locator(".chips").get_by_role("link", name="فرنسا").click()
    assert page.locator("h1").inner_text() == "4 أخبار"
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "4 stories"
    assert page.locator("html").get_attribute("dir") == "ltr"


@pytest.mark.parametrize(("scripts", "scheme"), [(True, "light"), (False, "dark")])
def test_a_reader_of_english_goes_from_results_to_a_country_and_its_pictures(
    visit, scripts, scheme
):
    page = visit("/", "phone", "en", java_script_enabled=scripts, color_scheme=scheme)
    page.locator("#q").fill("السفير")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Filter").click()
    page.locator("#filters").get_by_role("link", name="France", exact=True).click()
    assert page.locator("h1").inner_text() == "2 stories"
    page.locator(".hit .title a").first.click()
    page.locator("aside").get_by_role("link", name="France", exact=True).click()
    assert page.locator("h1").inner_text() == "France"
    page.locator(".formats").get_by_role("link", name="charts").click()
    assert page.locator("h1").inner_text() == "On the map"
    page.get_by_text("Map as a table").click()
    page.locator(".map table").get_by_role("link", name="Egypt").click()
    assert page.locator("h1").inner_text() == "1 story"
    assert page.locator(".chips").inner_text().split()[:2] == ["Countries", "Egypt"]


def test_any_of_the_chosen_values_is_asked_for_with_a_key_and_without_scripts(visit):
    page = visit("/search?countries=EG&countries=FR", lang="en", java_script_enabled=False)
    assert page.locator("h1").inner_text() == "1 story"
    switch = page.get_by_role("group", name="Countries: all or any of those chosen")
    assert switch.get_by_role("link").all_inner_texts() == ["all of these", "any of these"]
    switch.get_by_role("link", name="any of these").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**any=countries*")
    assert page.locator("h1").inner_text() == "3 stories"


def test_keys_alone_lead_to_the_results(visit):
    page = visit("/search?q=السفير")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.hit h2') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    assert page.locator("h1").count() == 1


def test_letters_step_through_results_and_matches(visit):
    page = visit("/search?q=السفير")
    focused = "document.activeElement.textContent"
    page.keyboard.press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    assert page.evaluate(focused) != first
    page.keyboard.press("k")
    assert page.evaluate(focused) == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.goto(page.url.replace("/search", "/article/cairo-talks"))
    page.keyboard.press("n")
    assert page.locator("mark.here").count() == 1
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_a_stretch_of_time_is_dragged_over_the_bars(visit):
    page = visit("/search?q=السفير")
    box = page.locator(".bars").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 2, middle)  # the first month, in Arabic
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=3)
    assert page.locator(".at").inner_text() == "يناير 2020 – يونيو 2021: 2 على الأكثر"
    page.mouse.up()
    page.wait_for_url("**from=2020-01&to=2021-06")
    assert page.locator("h1").inner_text() == "خبران"
    assert page.locator(".bars .chosen").count() == 2


def test_a_stretch_of_time_is_chosen_with_keys(visit):
    page = visit("/search?q=السفير&lang=en")
    page.locator(".handle").focus()
    for key in ("End", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    assert page.locator(".at").inner_text() == "June 2021 – July 2021: 2 at most"
    page.keyboard.press("Escape")
    assert page.locator(".picked").count() == 0
    for key in ("Home", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**from=2020-01&to=2020-01&lang=en")


def test_a_bar_leads_to_its_month_without_scripts(visit):
    page = visit("/search?q=السفير", java_script_enabled=False)
    page.locator(".bars a").last.click()
    assert page.locator("h1").inner_text() == "خبر واحد"


def test_matches_are_stepped_through_and_counted(visit):
    page = visit("/article/cairo-talks?q=السفير")
    page.get_by_role("button", name="الموضع التالي").click()
    assert page.locator(".matches output").inner_text() == "1 / 2"
    page.keyboard.press("n")
    assert page.locator(".matches output").inner_text() == "2 / 2"
    page.get_by_role("button", name="الموضع السابق").click()
    assert page.locator("mark.here").count() == 1


def test_a_reference_is_copied_with_one_click(visit):
    page = visit("/article/cairo-talks?lang=en", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="BibTeX").click()
    page.get_by_text("copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@online{rasad-cairo-talks,")


def test_a_reference_is_downloaded_without_scripts(visit):
    page = visit("/article/cairo-talks", java_script_enabled=False)
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    assert download.value.suggested_filename == "rasad-cairo-talks.ris"
    assert page.locator("[data-copying]").is_hidden()


def test_queries_are_offered_while_typing(visit):
    page = visit("/")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("egy")
    offered = page.locator("#offers option[value='مصر']")
    offered.wait_for(state="attached")
    assert offered.get_attribute("label") == "Egypt"


def test_a_name_that_is_chosen_is_searched_as_the_person(visit):
    page = visit("/")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("egy")
    page.locator("#offers option[value='مصر']").wait_for(state="attached")
    # No test can click into the browser's own list; this is the event that a click there makes.
    choose = """() => {
        const options = {inputType: 'insertReplacementText', bubbles: true};
        q.value = 'مصر';
        q.dispatchEvent(new InputEvent('input', options));
    }"""
    page.evaluate(choose)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator("#q").input_value() == "country:EG"
    page.locator("#q").fill("مصر")  # typed, not chosen
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search?q=%D9%85*")
    assert page.locator("#q").input_value() == "مصر"


def test_offers_show_what_was_typed_so_that_browsers_keep_them(visit, monkeypatch):
    monkeypatch.setattr(SearchService, "suggest", lambda self, q: [Suggestion(f"{q} …", "word")])
    page = visit("/")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("EGY")
    offered = page.locator("#offers option[value='EGY …']")
    offered.wait_for(state="attached")
    assert offered.get_attribute("label") is None


def test_light_or_dark_is_chosen_and_remembered(visit):
    page = visit("/", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("#scheme").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark
    page.locator("#scheme").click()
    assert page.evaluate(paper) == light


def test_names_of_a_kind_can_be_left_unmarked(visit):
    page = visit("/article/cairo-talks", java_script_enabled=False)
    line = "getComputedStyle(document.querySelector('.text a.people')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.locator("#show-people").uncheck()
    assert page.evaluate(line) == "none"


def test_on_a_phone_filters_open_over_the_results_and_close(visit):
    page = visit("/search?q=السفير", "phone", java_script_enabled=False)
    filters = page.locator("#filters")
    assert not filters.is_visible()
    page.get_by_role("link", name="تصفية").click()
    assert filters.is_visible()
    page.get_by_role("link", name="العودة إلى النتائج").click()
    assert not filters.is_visible()


def test_hostile_text_runs_nothing(visit):
    page = visit("/")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for address in (f"/search?q={SCRIPT}&people={SCRIPT}", "/search?q=السفير", "/facets/people"):
        page.goto(re.sub(r"(//[^/]*).*", r"\1", page.url) + address)
        assert page.locator("script:not([src])").count() == 0
    assert SCRIPT in page.locator("main").inner_text()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_filters_stand_at_the_side_where_reading_begins(visit, lang):
    page = visit("/search?q=السفير", lang=lang)
    filters = page.locator("#filters").bounding_box()
    results = page.locator(".results").bounding_box()
    assert (filters["x"] > results["x"]) == (lang == "ar")


def test_own_typefaces_are_used(visit):
    page = visit("/article/cairo-talks")
    page.evaluate("document.fonts.ready")
    loaded = "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    families = {family.strip('"') for family in page.evaluate(loaded)}
    assert families == {"Plex Sans Arabic", "Noto Naskh Arabic"}
