"""The pages of events in a real browser: for everybody, at every width, without scripts, too."""

from collections.abc import Iterator

import pytest

from chromium import barriers, served, too_wide_for, visits
from site_events import EVENT_RECORDS, TOLD
from site_records import searched
from webui import create_app

PAGES = {
    "events": "/events",
    "narrowed": "/events?q=شكري&type=meeting&party=people:Q1&since=2021-06-01",
    "no events": "/events?q=لاشيء&type=vote",
    "quotations": "/quotations?speaker=people:Q1",
    "day": "/day/2021-06-09",
    "no day": "/day/1999-01-01",
    "countries": "/pictures/events",
    "visits": "/pictures/visits",
    "article": "/article/talks",
    "person": "/people/Q1",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with (
        searched(tmp_path_factory.mktemp("archive"), EVENT_RECORDS) as service,
        served(create_app(service)) as address,
    ):
        yield address


@pytest.fixture
def visit(browser, site):
    with visits(browser, site) as visit:
        yield visit


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("size", "lang", "scheme"),
    [("desktop", "ar", "light"), ("phone", "ar", "dark"), ("desktop", "en", "dark")],
)
def test_everybody_can_use_the_pages_of_events(visit, name, size, lang, scheme):
    page = visit(PAGES[name], size, lang, color_scheme=scheme)
    assert barriers(page) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_event_sticks_out_of_the_page(visit, name, lang):
    assert too_wide_for(visit(PAGES[name], lang=lang)) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_a_search_to_the_sentence_and_back_to_the_event(visit, scripts):
    page = visit("/search?q=شكري", lang="en", java_script_enabled=scripts)
    page.get_by_role("link", name="Events", exact=True).click()
    page.locator("#filters").get_by_role("link", name="Meeting").click()
    assert page.locator("h1").inner_text() == "1 event"
    page.locator(".event .origin a").first.click()
    told = page.locator(".told:has(> :target)")
    assert TOLD in told.inner_text()
    ground = "element => getComputedStyle(element).backgroundColor"
    assert told.evaluate(ground) != page.locator("body").evaluate(ground)
    page.locator(".tells").get_by_role("link", name="2 sources").click()
    assert page.locator("h1").inner_text().startswith("Sameh Shoukry (Egypt) met")
    page.locator(".parties").get_by_role("link", name="Laurent Fabius").first.click()
    assert page.locator("h1").inner_text() == "Laurent Fabius"


def test_keys_step_through_events(visit):
    page = visit("/events?sort=oldest", lang="en")
    page.keyboard.press("j")
    assert "Shoukry" in page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")


def test_a_stretch_of_the_timeline_asks_for_the_days_of_events(visit):
    page = visit("/events", lang="en")
    page.locator(".timeline .handle").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**since=2021-06*")
    assert page.locator("h1").inner_text() == "2 events"
