import csv
import io
from dataclasses import replace
from xml.etree import ElementTree

from indexer.model import Article, Record
from site_records import RECORDS, SCRIPT

ATOM = "{http://www.w3.org/2005/Atom}"


def table(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def entries(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    return ElementTree.fromstring(answer.data).findall(f"{ATOM}entry")


def test_a_table_holds_the_results(client):
    rows = table(client, "/search.csv?q=السفير&countries=EG&lang=en")
    assert [row["id"] for row in rows] == ["cairo-talks", f"hostile {SCRIPT}"]
    assert rows[0]["countries"] == "Egypt; France"
    assert rows[0]["date"] == "2021-06-09"


def test_a_table_goes_on_after_the_first_page_and_ends_at_a_thousand(client_of):
    many = [
        replace(RECORDS[0], article=replace(RECORDS[0].article, id=f"{n:04}")) for n in range(1100)
    ]
    client = client_of(many)
    assert len(table(client, "/search.csv?page=3&size=7")) == 1000
    client = client_of(many[:250])
    assert [row["id"] for row in table(client, "/search.csv")] == [f"{n:04}" for n in range(250)]


def test_no_cell_is_a_formula(client_of):
    article = Article("a", "=HYPERLINK(1)", "نص", source="@x", author="-1+2")
    client = client_of([Record(article, {})])
    (row,) = table(client, "/search.csv")
    assert (row["title"], row["source"], row["author"]) == ("'=HYPERLINK(1)", "'@x", "'-1+2")


def test_a_feed_holds_the_dated_results_newest_first(client):
    found = entries(client, "/search.atom?q=السفير&sort=oldest")
    assert [entry.findtext(f"{ATOM}title") for entry in found] == [
        "باريس تعلن موعد المؤتمر",
        "وزير الخارجية يستقبل السفير الفرنسي في القاهرة",
        f"عنوان {SCRIPT} السفير",
    ]
    assert found[0].findtext(f"{ATOM}updated") == "2021-07-01T00:00:00Z"
    assert found[0].findtext(f"{ATOM}id") == "http://localhost/article/paris"


def test_a_feed_is_xml_whatever_the_text_holds(client_of):
    article = replace(RECORDS[0].article, title="a\0b\x0b & <c>", body="\ufffe ]]>")
    client = client_of([replace(RECORDS[0], article=article)])
    (entry,) = entries(client, "/search.atom")
    assert entry.findtext(f"{ATOM}title") == "a b  & <c>"
    assert not entries(client, "/search.atom?q=nothing")


PARTIAL = "q=السفير زرافة"  # of which no article holds all


def test_what_matches_a_part_of_the_query_is_left_out_and_said(client):
    answer = client.get(f"/search.csv?{PARTIAL}")
    assert not table(client, f"/search.csv?{PARTIAL}")
    assert answer.headers.getlist("X-Rasad-Note") == ["full left-out"]
    assert not entries(client, f"/search.atom?{PARTIAL}&lang=en")
    feed = ElementTree.fromstring(client.get(f"/search.atom?{PARTIAL}&lang=en").data)
    assert "are left out here" in str(feed.findtext(f"{ATOM}subtitle"))


def test_what_matches_a_part_of_the_query_comes_when_asked_for_and_is_said(client):
    asked = f"{PARTIAL}&full=0&lang=en"
    answer = client.get(f"/search.csv?{asked}")
    assert len(table(client, f"/search.csv?{asked}")) == 4
    assert answer.headers.getlist("X-Rasad-Note") == ["full any-word"]
    feed = ElementTree.fromstring(client.get(f"/search.atom?{asked}").data)
    assert "contain some of them" in str(feed.findtext(f"{ATOM}subtitle"))
    assert feed.findall(f"{ATOM}entry")
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert "full=0" in str(own.get("href"))


def test_a_switch_that_makes_no_sense_is_off_and_noted(client):
    headers = client.get(f"/search.csv?{PARTIAL}&full=perhaps").headers
    assert headers.getlist("X-Rasad-Note") == ["full ignored", "full left-out"]
