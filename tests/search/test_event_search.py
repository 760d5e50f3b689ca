"""What is asked of events, and what is answered."""

import datetime as dt
from collections.abc import Iterator

import pytest

from event_records import EVENT_RECORDS
from indexer.model import Filter, SearchRequest
from indexer.search.event_search import EventFacetName, EventPage, EventRequest, PartyId
from indexer.search.service import SearchService
from site_records import searched

EVERYTHING = SearchRequest()
KERRY, SHOUKRY = PartyId("people", "kerry"), PartyId("people", "shoukry")


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    with searched(tmp_path_factory.mktemp("events"), EVENT_RECORDS) as service:
        yield service


def types(page: EventPage) -> list[str]:
    return [event.type for event in page.events]


def counts(page: EventPage, facet: EventFacetName) -> dict[str, int]:
    return {value.id: value.count for value in page.facets[facet].values}


def test_every_event_is_counted_by_all_that_can_be_asked_for(search: SearchService) -> None:
    page = search.events(EVERYTHING, EventRequest())
    assert (page.total, len(page.events)) == (3, 3)
    assert counts(page, "types") == {"condemnation": 1, "meeting": 1, "visit": 1}
    assert counts(page, "statuses") == {"fact": 3}
    assert counts(page, "parties") == {"kerry": 1, "shoukry": 1, "zarif": 1, "UN": 1}
    assert counts(page, "countries") == {"EG": 1, "FR": 1, "IL": 1, "IR": 1, "US": 1}
    assert counts(page, "places") == {"باريس": 1, "فيينا": 1}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (EventRequest(types=("visit", "meeting")), {"visit", "meeting"}),
        (EventRequest(types=("nonsense",)), set()),
        (EventRequest(statuses=("planned",)), set()),
        (EventRequest(parties=(KERRY,)), {"meeting"}),
        (EventRequest(parties=(KERRY, SHOUKRY)), set()),
        (EventRequest(countries=("US", "IR")), {"meeting"}),
        (EventRequest(countries=("FR",)), {"visit"}),
        (EventRequest(places=("فيينا",)), {"meeting"}),
        (EventRequest(since=dt.date(2015, 7, 10), until=dt.date(2015, 7, 31)), {"visit"}),
        (EventRequest(until=dt.date(2015, 7, 7)), {"meeting"}),
    ],
)
def test_only_what_is_asked_for_is_found(
    search: SearchService, asked: EventRequest, found: set[str]
) -> None:
    page = search.events(EVERYTHING, asked)
    assert set(types(page)) == found
    assert page.total == len(found)


@pytest.mark.parametrize(
    ("request_", "found"),
    [
        (SearchRequest("باريس"), {"visit", "condemnation"}),
        (SearchRequest(filters=frozenset({Filter("people", "kerry")})), {"meeting"}),
        (
            SearchRequest(filters=frozenset({Filter("events", "condemnation")})),
            {"visit", "condemnation"},
        ),
        (SearchRequest("event:meeting"), {"meeting"}),
        (SearchRequest("met:kerry"), {"meeting"}),
        (SearchRequest("met:FR"), {"visit", "condemnation"}),
        (SearchRequest("said:zarif -met:kerry"), {"visit", "condemnation"}),
        (SearchRequest("طقس"), set()),
        (SearchRequest(date_to=dt.date(2015, 7, 8)), {"meeting", "visit"}),
    ],
)
def test_the_events_are_those_of_the_articles_of_a_request(
    search: SearchService, request_: SearchRequest, found: set[str]
) -> None:
    assert set(types(search.events(request_, EventRequest()))) == found


def test_alternatives_are_counted_without_their_own_choice(search: SearchService) -> None:
    page = search.events(EVERYTHING, EventRequest(types=("visit",), countries=("US",)))
    assert page.total == 0
    assert counts(page, "types") == {"meeting": 1, "visit": 0}
    assert counts(page, "countries") == {"US": 0}
    assert [value.selected for value in page.facets["countries"].values] == [True]


def test_events_come_in_the_order_asked_for(search: SearchService) -> None:
    assert types(search.events(EVERYTHING, EventRequest(sort="newest"))) == [
        *("visit", "meeting", "condemnation")
    ]
    assert types(search.events(EVERYTHING, EventRequest(sort="oldest")))[1:] == ["meeting", "visit"]
    assert types(search.events(EVERYTHING, EventRequest(sort="sources")))[0] == "meeting"
    assert types(search.events(EVERYTHING, EventRequest()))[0] == "meeting"


def test_pages_join_without_a_gap(search: SearchService) -> None:
    whole = search.events(EVERYTHING, EventRequest(size=10))
    one_by_one = [search.events(EVERYTHING, EventRequest(size=1, page=n)) for n in (1, 2, 3, 4)]
    assert [page.events for page in one_by_one] == [(event,) for event in whole.events] + [()]
    assert {page.pages for page in one_by_one} == {3}


def test_an_event_has_its_sentences_and_names_in_both_scripts(search: SearchService) -> None:
    (found,) = search.events(EVERYTHING, EventRequest(types=("meeting",))).events
    event = search.event(found.id)
    assert event is not None
    assert (event.first, event.last, event.status) == ("2015-07-07", "2015-07-07", "fact")
    assert (event.place, event.place_en) == ("فيينا", "Vienna")
    assert (event.articles, event.sources) == (2, 2)
    assert [(p.side, p.id, p.country) for p in event.parties] == [
        ("a", "kerry", "US"),
        ("b", "zarif", "IR"),
    ]
    assert event.parties[0].role_en == "Secretary of state of the United States"
    assert {report.article for report in event.reports} == {"vienna", "talks"}
    assert all(report.text == "التقى" for report in event.reports)
    assert search.event("nonsense") is None


def test_the_matrix_counts_each_pair_of_countries_once(search: SearchService) -> None:
    matrix = search.event_matrix(EVERYTHING, EventRequest())
    assert matrix.count("US", "IR") == matrix.count("IR", "US") == 1
    assert matrix.count("US", "FR") == 0
    assert {(value.id, value.count) for value in matrix.countries} == {
        *(("US", 1), ("IR", 1), ("EG", 1), ("FR", 1))
    }
    assert search.event_matrix(SearchRequest("باريس"), EventRequest()).count("US", "IR") == 0


def test_visits_lead_from_home_to_who_is_visited(search: SearchService) -> None:
    (flow,) = search.visits(EVERYTHING, EventRequest())
    assert (flow.home.id, flow.visited.id, flow.count) == ("EG", "FR", 1)


def test_quotations_are_those_of_a_speaker(search: SearchService) -> None:
    every = search.quotations(EVERYTHING)
    assert (every.total, every.pages) == (3, 1)
    page = search.quotations(EVERYTHING, PartyId("people", "zarif"))
    assert [one.article for one in page.quotations] == ["paris", "vienna"]
    assert [one.text for one in page.quotations][1] == "الوزيران"
    assert search.quotations(EVERYTHING, PartyId("people", "nobody")).total == 0
    assert search.quotations(SearchRequest("باريس"), PartyId("people", "zarif")).total == 1


def test_an_article_has_its_own_events_and_what_it_lets_people_say(search: SearchService) -> None:
    page = search.article("paris")
    assert page is not None
    assert [event.type for event in page.events] == ["visit", "condemnation"]
    assert [report.article for event in page.events for report in event.reports] == ["paris"] * 2
    assert [one.speaker.id for one in page.quotations] == ["shoukry", "zarif"]


def test_types_of_events_are_a_facet_of_articles(search: SearchService) -> None:
    page = search.page(SearchRequest())
    assert [(v.id, v.name, v.count) for v in page.facets["events"].values] == [
        ("meeting", "لقاء", 2),
        ("visit", "زيارة", 2),
        ("condemnation", "إدانة", 1),
    ]
    assert search.labels("events", "visit") == ("زيارة", "Visit")
    assert {"met", "said"}.isdisjoint(page.facets)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("event:visit", {"visit", "paris"}),
        ("حدث:زيارة", {"visit", "paris"}),
        ("met:shoukry", {"visit", "paris"}),
        ("التقى:shoukry", {"visit", "paris"}),
        ("met:UN", set()),
        ("said:zarif", {"vienna", "paris"}),
        ("قال:zarif", {"vienna", "paris"}),
        ("said:kerry", set()),
    ],
)
def test_queries_ask_for_events_whom_somebody_met_and_who_said_something(
    search: SearchService, q: str, found: set[str]
) -> None:
    page = search.page(SearchRequest(q, full=True, copies=True))
    assert {result.record.article.id for result in page.results} == found


def test_an_unknown_type_is_said_as_other_unknown_values_are(search: SearchService) -> None:
    for q in ("event:nonsense", "topic:nonsense"):
        page = search.page(SearchRequest(f"{q} الوزير"))
        assert page.relaxed == "no-fields"
