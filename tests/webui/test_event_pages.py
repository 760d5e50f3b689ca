"""The pages of events: each says in both languages who did what, with the sentence that says so."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

from html_pages import Page, query, read
from site_events import CONDEMNED, EVENT_RECORDS, PLANNED, SAID, TOLD, WORDS
from site_records import SCRIPT
from spoken_html import SpokenPage

PAGES = (
    "/events",
    "/events?q=السفير&type=visit&status=planned&party=people:Q3&country=FR&place=باريس",
    "/events?actor=IR&target=EG&since=2021-06-01&until=2021-06-30&sort=sources&size=1",
    f"/events?type={SCRIPT}&party=people:{SCRIPT}&place={SCRIPT}&country={SCRIPT}&since=x",
    "/events?q=لاشيء",
    "/quotations",
    f"/quotations?speaker=people:{SCRIPT}&q={SCRIPT}",
    "/quotations?speaker=people:Q1",
    "/day/2021-06-09",
    "/day/1999-01-01",
    "/pictures/events",
    "/pictures/events?type=visit",
    "/pictures/visits",
    "/pictures/visits?q=لاشيء",
    "/article/talks",
    "/article/forged",
    "/people/Q1",
    "/countries/EG",
)


@pytest.fixture(scope="module")
def site(client_of) -> FlaskClient:
    return client_of(EVENT_RECORDS)


def event_ids(site: FlaskClient) -> Iterator[str]:
    for attributes, _ in read(site, "/events").all("a"):
        if found := re.fullmatch(r"/events/([^?/]+)", attributes.get("href", "")):
            yield found[1]


def titles(page: Page) -> list[str]:
    return page.texts("h2", class_="title")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_pages_of_events_are_whole_and_speak_one_language(site, address, lang):
    answer = site.get(address, headers={"Accept-Language": lang})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.unclosed == []
    (html, _), *_rest = page.all("html")
    assert html == {"lang": lang, "dir": "rtl" if lang == "ar" else "ltr"}
    assert len(page.all("h1")) == len(page.all("main")) == 1
    ids = [attributes["id"] for _name, attributes, _text in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all("src" in attributes for attributes, _text in page.all("script"))
    assert not any("style" in attributes for _name, attributes, _text in page.elements)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_what_articles_and_readers_write_stays_text(site, lang):
    for address in (*PAGES, *(f"/events/{id}" for id in event_ids(site)), "/day/2021-08-01"):
        answer = site.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert "<script>alert" not in answer.text, address
        assert '"><b>' not in answer.text, address


@pytest.mark.parametrize(
    ("lang", "line", "planned"),
    [
        (
            "en",
            "Sameh Shoukry (Egypt) met Laurent Fabius (France), Cairo, 9 June 2021",
            "Visit (planned): Mohammad Javad Zarif (Iran) – France, Paris, July 2021",
        ),
        (
            "ar",
            "لقاء بين سامح شكري (مصر) ولوران فابيوس (فرنسا)، القاهرة، 9 يونيو 2021",
            "زيارة (مزمع): محمد جواد ظريف (إيران) – فرنسا، باريس، يوليو 2021",
        ),
    ],
)
def test_an_event_is_told_in_a_line_of_the_page(site, lang, line, planned):
    shown = titles(read(site, f"/events?lang={lang}"))
    assert line in shown
    assert planned in shown


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_sentence_stays_arabic_and_leads_to_its_place(site, lang):
    page = read(site, f"/events?country=EG&lang={lang}")
    quoted = page.all("blockquote", class_="evidence")
    assert {text for _, text in quoted} == {TOLD, CONDEMNED}
    assert {(a["lang"], a["dir"]) for a, _ in quoted} == {("ar", "rtl")}
    places = [a["href"] for a, _ in page.all("a") if "#body-" in a.get("href", "")]
    assert len(places) == len(quoted)
    for place in places:
        path, fragment = place.split("#")
        article = read(site, path)
        (one,) = [a for a, _ in article.all("span") if a.get("id") == fragment]
        pointed = [text for _, text in article.all("span", class_="told")]
        assert set(pointed) & {TOLD, CONDEMNED, f"{TOLD} {SAID}"}, one


def test_an_event_that_two_papers_tell_is_one_with_both(site):
    page = read(site, "/events?type=meeting&country=FR&lang=en")
    assert page.texts("h1") == ["1 event"]
    assert "1 further report" in page.texts("summary")
    own = read(site, page.link("Shoukry"))
    assert own.texts("blockquote") == [TOLD]  # both print it
    assert "2 sources" in " ".join(own.texts("p"))
    assert re.fullmatch(r"/article/echo\?lang=en#body-\d+", own.link("Al Watan"))


def test_facets_and_their_counts_lead_to_so_many_events(site):
    page = read(site, "/events?lang=en")
    rows = [
        (a["href"], int(count))
        for section in re.findall(r"<li[^>]*>(.*?)</li>", page.html, re.S)
        if 'class="count"' in section
        for (a, _), *_ in [Page(section).all("a")]
        for count in Page(section).texts("span", class_="count")
    ]
    assert len(rows) > 8
    for address, count in rows:
        assert read(site, address).texts("h1")[0].split()[0] == str(count), address


def test_the_search_and_its_filters_stay_when_events_are_narrowed(site):
    page = read(site, "/events?q=الوزير OR شكري&countries=FR&lang=en")
    kept = {("q", "الوزير OR شكري"), ("countries", "FR")}
    chosen = [query(a["href"]) for a, _ in page.all("a", rel="nofollow")]
    for condition in (("party", "people:Q1"), ("type", "meeting"), ("sort", "newest")):
        assert any(kept | {condition} <= one for one in chosen), condition
    assert kept <= query(page.link("Stories"))
    assert urlsplit(page.link("Stories")).path == "/search"
    assert kept <= query(read(site, page.link("Stories")).link("Events"))


def test_events_have_an_order_and_pages(site):
    oldest = titles(read(site, "/events?sort=oldest&lang=en"))
    newest = titles(read(site, "/events?sort=newest&lang=en"))
    assert "9 June" in oldest[0]
    assert "1 August" in newest[0]
    most = titles(read(site, "/events?sort=sources&size=1&lang=en"))
    assert most == [title for title in oldest if "Shoukry" in title]
    seen = [titles(read(site, f"/events?size=1&page={n}&sort=oldest"))[0] for n in (1, 2, 3, 4)]
    assert seen == titles(read(site, "/events?sort=oldest"))
    beyond = site.get("/events?size=1&page=9")
    assert beyond.status_code == 302
    assert ("page", "4") in query(beyond.location)


@pytest.mark.parametrize("parameter", ["type=coup", "status=maybe", "party=Q1", "country=Egypt"])
def test_what_no_event_can_have_is_ignored_and_said(site, parameter):
    page = read(site, f"/events?{parameter}&lang=en")
    assert page.texts("h1") == ["4 events"]
    assert parameter.partition("=")[0] in " ".join(page.texts("div", class_="notes"))


@pytest.mark.parametrize("path", ["/events", "/quotations", "/pictures/events"])
def test_it_is_said_how_the_query_was_read(site, path):
    page = read(site, f"{path}?q=hgstdv&lang=en")  # «السفير» on the other keyboard
    (said,) = page.texts("div", class_="notes")
    assert "another keyboard layout. السفير" in said
    own = page.link("Search for what was typed")
    assert urlsplit(own).path == path
    assert ("q", '"hgstdv"') in query(own)
    (said,) = read(site, f"{path}?q=colour:red شكري&lang=en").texts("div", class_="notes")
    assert "“colour:” was not understood" in said


def test_no_events_are_explained_with_ways_out(site):
    page = read(site, "/events?q=السفير&countries=EG&type=vote&lang=en")
    assert page.texts("h1") == ["0 events"]
    (said,) = page.texts("div", class_="nothing")
    assert "An event is an act that one sentence tells" in said
    assert read(site, page.link("show all events")).html
    assert ("type", "vote") in query(page.link("search without the filters"))


def test_an_article_lists_its_events_and_who_is_quoted(site):
    page = read(site, "/article/talks?lang=en")
    (events,) = page.texts("section", aria_labelledby="tells")
    assert "Sameh Shoukry (Egypt) met Laurent Fabius" in events
    assert "planned" in events
    assert page.link("Visit (planned)") == f"#body-{EVENT_RECORDS[0].article.body.index(PLANNED)}"
    (quoted,) = page.texts("section", aria_labelledby="says")
    assert "Sameh Shoukry" in quoted
    assert "1 quotation" in quoted
    ids = {attributes.get("id") for attributes, _ in page.all("span")}
    assert {a["href"][1:] for a, _ in page.all("a") if a["href"].startswith("#body-")} <= ids


def test_a_profile_says_whom_somebody_met_and_what_they_said(site):
    page = read(site, "/people/Q1?lang=en")
    (met,) = page.texts("section", aria_labelledby="met")
    assert met == "Most often with Laurent Fabius Events with both: 1"
    assert read(site, page.link("Events with both")).texts("h1") == ["1 event"]
    (said,) = page.texts("section", aria_labelledby="said")
    assert WORDS in said
    country = read(site, "/countries/EG?lang=en")
    assert "France" in country.texts("section", aria_labelledby="met")[0]
    assert "Iran condemned Egypt" in country.texts("section", aria_labelledby="events")[0]


def test_quotations_are_listed_with_their_speaker_under_the_same_query(site):
    page = read(site, "/quotations?q=شكري&lang=en")
    assert page.texts("h1") == ["1 quotation"]
    assert page.texts("blockquote") == [WORDS]
    assert page.link("Sameh Shoukry").startswith("/people/Q1")
    (said,) = read(site, "/quotations?speaker=Q1&lang=en").texts("div", class_="notes")
    assert "speaker" in said
    own = read(site, "/quotations?speaker=people:Q1&lang=en")
    assert own.texts("h1") == ["1 quotation"]
    assert query(own.link("Speaker")) == {("lang", "en")}


def test_a_day_tells_what_happened_and_leads_to_its_neighbours(site):
    page = read(site, "/day/2021-06-11?lang=en")
    assert page.texts("h1") == ["What happened on 11 June 2021"]
    assert page.texts("h3", class_="title") == ["Iran condemned Egypt, 11 June 2021"]
    assert page.texts("h2") == ["Condemnation 1", "Keyboard shortcuts"]
    assert urlsplit(page.link("9 June")).path == "/day/2021-06-09"
    assert urlsplit(page.link("1 August")).path == "/day/2021-08-01"
    assert query(page.link("Stories of this day")) >= {("from", "2021-06-11")}
    assert read(site, page.link("1 event")).texts("h1") == ["1 event"]


@pytest.mark.parametrize("day", ["2021-13-01", "yesterday", "2021-6-9", "20210609", "2021-W23-3"])
def test_what_is_no_day_has_no_page(site, day):
    assert site.get(f"/day/{day}").status_code == 404


def test_an_event_that_is_not_there_is_missing(site):
    assert site.get("/events/nothing").status_code == 404
    assert site.get(f"/events/{quote(SCRIPT)}").status_code == 404


@pytest.mark.parametrize("address", ["/pictures/events", "/pictures/visits"])
def test_every_link_of_a_picture_of_events_finds_as_many_as_it_says(site, address):
    page = read(site, f"{address}?lang=en")
    drawn = {a["href"] for a, _ in page.all("a", tabindex="-1")}
    written = [
        (a["href"], int(text)) for a, text in page.all("a", rel="nofollow") if text.isdigit()
    ]
    assert written
    for link, count in written:
        assert read(site, link).texts("h1")[0].split()[0] == str(count), link
    if address == "/pictures/events":
        assert drawn == {link for link, _ in written}


@pytest.mark.parametrize("address", ["/events?lang=en", "/countries/FR?lang=en"])
def test_every_month_of_a_timeline_of_events_finds_as_many_as_it_says(site, address):
    bars = [a for a, _ in read(site, address).all("a", tabindex="-1") if "/events?" in a["href"]]
    assert bars
    for bar in bars:
        found = read(site, bar["href"]).texts("h1")[0]
        assert found.split()[0] == bar["data-count"], bar["href"]


def test_a_picture_of_one_type_of_events_shows_that_type(site):
    page = read(site, "/pictures/events?type=condemnation&lang=en")
    assert set(page.texts("th", scope="row")) == {"Egypt", "Iran"}
    assert read(site, "/pictures/visits?lang=en").texts("th", scope="row") == ["Iran"]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_each_name_is_marked_with_its_language(site, lang):
    page = SpokenPage(site.get(f"/events?country=EG&lang={lang}").text)
    letters = re.compile("[A-Za-z]" if lang == "ar" else "[\u0620-\u06ff]")
    assert [one for one in page.said if one.lang == lang and letters.search(one.text)] == []
