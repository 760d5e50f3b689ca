"""Events and quotations for programs: JSON, tables, columns like GDELT's, a feed."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from event_records import EVENT_RECORDS
from webui.event_tables import EVENT_COLUMNS, GDELT_COLUMNS

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client(client_of: Callable[..., FlaskClient]) -> FlaskClient:
    return client_of(EVENT_RECORDS)


def answer(client: FlaskClient, address: str, status: int = 200) -> Any:
    found = client.get(address)
    assert found.status_code == status
    return found.get_json()


def table(client: FlaskClient, address: str, delimiter: str = ",") -> list[dict[str, str]]:
    found = client.get(address)
    assert found.status_code == 200
    return list(csv.DictReader(io.StringIO(found.data.decode("utf-8-sig")), delimiter=delimiter))


def test_events_are_answered_with_their_facets(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/events?type=meeting&country=US")
    assert (found["total"], found["page"], found["pages"], found["sort"]) == (1, 1, 1, "relevance")
    (event,) = found["events"]
    assert (event["type"], event["type_name_en"], event["first"]) == (
        *("meeting", "Meeting", "2015-07-07"),
    )
    assert [(party["side"], party["id"]) for party in event["parties"]] == [
        *(("a", "kerry"), ("b", "zarif"))
    ]
    assert {(v["id"], v["count"]) for v in found["facets"]["types"]} == {("meeting", 1)}
    assert found["facets"]["parties"][0].keys() >= {"facet", "id", "name", "name_en", "count"}
    assert found["notes"] == []


def test_an_event_is_answered_with_its_reports(client: FlaskClient) -> None:
    (listed,) = answer(client, "/api/v1/events?type=meeting")["events"]
    event = answer(client, f"/api/v1/events/{listed['id']}")
    assert {report["article"] for report in event["reports"]} == {"vienna", "talks"}
    for report in event["reports"]:
        text = answer(client, f"/api/v1/articles/{report['article']}")["text"]
        assert report["text"] == text[report["start"] : report["end"]]
    assert answer(client, "/api/v1/events/nonsense", 404)["status"] == 404


@pytest.mark.parametrize(
    ("parameters", "noted"),
    [
        ("type=nonsense", "type"),
        ("status=perhaps", "status"),
        ("party=kerry", "party"),
        ("country=Egypt", "country"),
        ("since=yesterday", "since"),
        ("sort=size", "sort"),
        ("page=0", "page"),
    ],
)
def test_what_makes_no_sense_is_named(client: FlaskClient, parameters: str, noted: str) -> None:
    notes = answer(client, f"/api/v1/events?{parameters}")["notes"]
    assert notes == [{"parameter": noted, "problem": "ignored"}]


def test_the_events_are_those_of_a_search(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/events?q=باريس&to=2015-07-31")
    assert {event["type"] for event in found["events"]} == {"visit", "condemnation"}
    assert answer(client, "/api/v1/events?events=meeting")["total"] == 1


def test_quotations_are_answered(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/quotations?speaker=people:zarif")
    assert (found["total"], [one["article"] for one in found["quotations"]]) == (
        *(2, ["paris", "vienna"]),
    )
    assert found["quotations"][0]["speaker"]["id"] == "zarif"
    notes = answer(client, "/api/v1/quotations?speaker=planets:mars")["notes"]
    assert notes == [{"parameter": "speaker", "problem": "ignored"}]


def test_an_article_names_its_events_and_what_it_lets_people_say(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/articles/paris")
    assert [event["type"] for event in found["events"]] == ["visit", "condemnation"]
    assert [one["id"] for one in found["quotations"]] == ["shoukry", "zarif"]
    for one in (*found["events"], *found["quotations"]):
        assert one["text"] == found["text"][one["start"] : one["end"]]


def test_a_table_holds_the_events(client: FlaskClient) -> None:
    rows = table(client, "/events.csv?sort=oldest&type=meeting&type=visit")
    assert tuple(rows[0]) == EVENT_COLUMNS
    assert [(row["type"], row["countries_a"], row["countries_b"]) for row in rows] == [
        *(("meeting", "US", "IR"), ("visit", "EG", "FR"))
    ]
    assert (rows[0]["place_en"], rows[0]["sources"], rows[0]["evidence"]) == (
        "Vienna",
        "2",
        "التقى",
    )


def test_columns_like_those_of_gdelt(client: FlaskClient) -> None:
    rows = table(client, "/events.gdelt.tsv?sort=oldest", "\t")
    assert tuple(rows[0]) == GDELT_COLUMNS
    meeting = next(row for row in rows if row["EventCode"] == "036")
    assert (meeting["SQLDATE"], meeting["MonthYear"], meeting["Year"]) == (
        *("20150707", "201507", "2015"),
    )
    assert (meeting["Actor1Name"], meeting["Actor1CountryCode"]) == ("KERRY", "USA")
    assert (meeting["Actor2Name"], meeting["Actor2CountryCode"]) == ("ZARIF", "IRN")
    assert (meeting["EventBaseCode"], meeting["EventRootCode"]) == ("036", "03")
    assert (meeting["NumSources"], meeting["NumArticles"], meeting["ActionGeo_FullName"]) == (
        *("2", "2", "Vienna"),
    )
    condemned = next(row for row in rows if row["EventCode"].startswith("11"))
    assert condemned["SQLDATE"] == "20150701"


def test_lines_are_the_events_of_the_api(client: FlaskClient) -> None:
    found = client.get("/events.jsonl?sort=oldest")
    assert found.mimetype == "application/x-ndjson"
    lines = [json.loads(line) for line in found.get_data(as_text=True).splitlines()]
    assert lines == answer(client, "/api/v1/events?sort=oldest")["events"]


def test_a_feed_holds_the_latest_events_first(client: FlaskClient) -> None:
    found = client.get("/events.atom")
    assert found.mimetype == "application/atom+xml"
    entries = ElementTree.fromstring(found.data).findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}category").attrib["term"] for entry in entries] == [
        *("visit", "meeting", "condemnation")
    ]
    assert entries[0].findtext(f"{ATOM}updated") == "2015-07-12T00:00:00Z"
    assert "/events/visit-" in entries[0].findtext(f"{ATOM}id")


def test_notes_on_a_table_are_headers(client: FlaskClient) -> None:
    for name in ("csv", "gdelt.tsv", "jsonl"):
        found = client.get(f"/events.{name}?type=nonsense")
        assert found.headers.getlist("X-Rasad-Note") == ["type ignored"]
