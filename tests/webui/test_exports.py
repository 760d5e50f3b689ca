import csv
import datetime as dt
import io
import itertools
import socket
import threading
from dataclasses import replace
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from html_pages import read
from indexer.errors import ExportBroken
from indexer.model import Article, Record
from indexer.search.service import SearchService
from site_records import RECORDS, SCRIPT, Exported
from webui import limits
from webui.exporting import FORMATS
from webui.serving.server import Serving, listening

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


def test_a_table_goes_on_to_the_last_result(client_of):
    many = [
        replace(RECORDS[0], article=replace(RECORDS[0].article, id=f"{n:04}")) for n in range(1100)
    ]
    client = client_of(many)
    rows = table(client, "/search.csv?page=3&size=7")
    assert [row["id"] for row in rows] == [f"{n:04}" for n in range(1100)]
    assert client.head("/search.csv").headers["X-Rasad-Total"] == "1100"


def test_a_row_has_ids_and_names_in_both_letters(client):
    row = table(client, "/search.csv?q=السفير&countries=EG&lang=en")[0]
    assert row["countries_ids"] == "EG; FR"
    assert row["countries_ar"] == "مصر; فرنسا"
    assert row["countries_en"] == row["countries"] == "Egypt; France"
    assert row["rasad_url"] == "http://localhost/article/cairo-talks"
    assert "السفير" in row["snippet"] and "\n" not in row["snippet"]
    row = table(client, "/search.csv?q=السفير&countries=EG&lang=ar")[0]
    assert row["countries"] == "مصر; فرنسا"


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


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_tells_its_query_and_its_day(client, name):
    answer = client.get(f"/export.{name}?q=السفير&countries=EG")
    kind = FORMATS[name]
    assert (answer.status_code, answer.mimetype) == (200, kind.mimetype)
    day = dt.date.today()
    plain, full = f"rasad-EG-{day}.{kind.ending}", f"rasad-السفير-EG-{day}.{kind.ending}"
    said = answer.headers["Content-Disposition"]
    assert said == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full)}"
    assert answer.headers["X-Rasad-Total"] == "2"


@pytest.mark.parametrize("name", FORMATS)
def test_the_head_of_a_file_holds_nothing(app, client, name):
    for _ in range(limits.EXPORTS + 1):
        head = client.head(f"/export.{name}?q=السفير")
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["X-Rasad-Total"] == "4"


def test_no_more_files_at_once_than_leave_threads_for_pages(client):
    waiting = [client.get("/export.csv") for _ in range(limits.EXPORTS)]
    refused = client.get("/export.csv?lang=en")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "Others are downloading" in refused.text
    assert client.get("/search?q=السفير").status_code == 200
    waiting[0].close()  # a reader who goes away
    assert len(table(client, "/export.csv")) == len(waiting[1].text.splitlines()) - 1


def test_a_reader_who_goes_away_in_the_middle_leaves_nothing_behind(app, monkeypatch):
    closed = threading.Event()

    class Endless(Exported):
        def __iter__(self):
            return itertools.cycle(self.page.results)

        def close(self):
            closed.set()

    monkeypatch.setattr(
        SearchService, "export", lambda search, request, _: Endless(search.page(request))
    )
    (listener,) = listening("127.0.0.1", 0)
    serving = Serving(app, [listener])
    thread = threading.Thread(target=serving.run, args=[lambda: None])
    thread.start()
    try:
        with socket.create_connection(listener.getsockname()) as reader:
            reader.sendall(b"GET /export.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reader.recv(1024).startswith(b"HTTP/1.1 200")
            assert not closed.wait(0.2)
        assert closed.wait(20)
    finally:
        serving.end()
        thread.join()


def test_a_file_that_is_not_whole_ends_as_no_whole_one_does(app, client, monkeypatch):
    class Broken(Exported):
        def __iter__(self):
            yield from self.page.results
            raise ExportBroken("The time was up.")

    monkeypatch.setattr(
        SearchService, "export", lambda search, request, _: Broken(search.page(request))
    )
    with pytest.raises(ExportBroken):
        client.get("/export.csv")


def test_an_export_that_takes_too_long_at_once_is_refused(client, search, monkeypatch):
    monkeypatch.setattr(search, "export_time_limit", 1e-9)
    answer = client.get("/export.csv?lang=en")
    assert answer.status_code == 503
    assert "too many results" in answer.text


def test_there_is_no_format_that_nobody_knows(client):
    assert client.get("/export.xls").status_code == 404


@pytest.mark.parametrize(("lang", "said"), [("en", "Download all 4 results"), ("ar", "(4)")])
def test_a_page_leads_to_all_its_results(client, lang, said):
    page = read(client, f"/search?q=السفير القاهرة&size=1&lang={lang}")
    assert any(said in summary for summary in page.texts("summary"))
    address = next(a["href"] for a, _ in page.all("a") if a["href"].startswith("/export.csv"))
    assert len(table(client, address)) == 4
    full = [a["href"] for a, _ in page.all("a") if a["href"].startswith("/export.csv")][1]
    assert len(table(client, full)) == 1


def test_paper_tells_what_was_asked_for_when_and_where(client):
    page = read(client, "/search?q=السفير&countries=EG&countries=-FR&from=2021-06-09&lang=en")
    ((_, said),) = page.all("dl", class_="printed")
    today = f"{dt.date.today():%-d %B %Y}"
    for told in ("السفير", "Egypt", "without: France", "from9 June 2021", today):
        assert told in said
    assert "http://localhost/search?q=" in said
    page = read(client, "/search?q=السفير&countries=EG&lang=en")
    assert "http://localhost/article/cairo-talks?lang=en" in [
        a.get("data-at") for a, _ in page.all("p", class_="origin")
    ]
    (cited,) = read(client, "/article/cairo-talks?lang=en").texts("p", class_="printed")
    assert cited.endswith(f"https://example.org/cairo (accessed {today})")


def test_the_numbers_of_a_facet_are_a_table(client):
    rows = table(client, "/facets/countries.csv?q=السفير")
    page = client.get("/api/v1/facets/countries?q=السفير").json["values"]
    assert [(row["id"], row["name"], row["name_en"], int(row["count"])) for row in rows] == [
        (one["id"], one["name"], one["name_en"], one["count"]) for one in page
    ]
    assert table(client, "/facets/countries.csv?contains=egy") == [
        row for row in rows if row["id"] == "EG"
    ]
    assert client.get("/facets/nothing.csv").status_code == 404


def test_the_numbers_of_pictures_are_tables(client):
    months = table(client, "/pictures/timeline.csv")
    assert [row["id"] for row in months] == sorted(row["id"] for row in months)
    assert table(client, "/pictures/map.csv") == table(client, "/facets/countries.csv")
    (pair,) = table(client, "/pictures/countries.csv?q=القاهرة&countries=EG&countries=FR")
    assert {pair["id"], pair["with_id"]} == {"EG", "FR"}
    topics = table(client, "/pictures/topics.csv")
    assert {row["with_id"] for row in topics} <= {row["id"] for row in months}
    assert client.get("/pictures/nothing.csv").status_code == 404


@pytest.mark.parametrize("address", ["/facets/countries", "/pictures", "/pictures/countries"])
def test_numbers_are_led_to(client, address):
    page = read(client, f"{address}?lang=en")
    for a, text in page.all("a"):
        if text == "Numbers as CSV":
            assert table(client, a["href"])
    assert "Numbers as CSV" in page.texts("a")
