"""Web archives: which records are pages, whatever they say of themselves."""

import datetime as dt
import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources import Raw, Skipped, read, walk
from made_pages import BODY, META, TEXT, TITLE, URL, html

PAGE = html(META).encode()
OK = b"HTTP/1.1 200 OK\r\n"


def record(body, kind="", content_type="", url=URL):
    """One record, written by hand: a writer would add what is left out."""
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2021-07-02T10:00:00Z",
        "Content-Type": content_type,
        "Content-Length": len(body),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value != "")
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + body + b"\r\n\r\n"


def found(tmp_path, *archived):
    (tmp_path / "a.warc").write_bytes(b"".join(archived))
    return list(walk([tmp_path]))


@pytest.mark.parametrize(
    "archived",
    [
        record(PAGE, "resource", "text/html"),
        record(PAGE, "resource", "text/html; charset=windows-1256"),
        record(PAGE, "resource"),
        record(PAGE, "conversion", "application/xhtml+xml"),
        record(PAGE),
        record(b"\r\n" + PAGE, "resource", "application/octet-stream"),
        record(OK + b"Content-Type: text/html\r\n\r\n" + PAGE, "", "application/http"),
        record(OK + b"Content-Type: text/html\r\n\r\n" + PAGE),
        record(OK + b"\r\n" + PAGE, "response"),
        record(OK + b"Content-Type:\r\n\r\n" + PAGE, "response", "application/http"),
        record(b"HTTP/2 200\r\ncontent-type: text/html\r\n\r\n" + PAGE, "response"),
        record(html(META).encode("cp1256"), "resource", "text/html", "file:///a.html"),
        record(TEXT.encode(), "conversion", "text/plain"),
        record(TEXT.encode(), "conversion"),
        record(TEXT.encode("cp1256"), "conversion", "text/plain"),
        record(TEXT.encode(), "resource", "text/plain; charset=utf-8"),
        record(TEXT.encode()),
    ],
)  # fmt: skip
def test_records_of_many_kinds_are_pages(tmp_path, archived):
    [raw] = found(tmp_path, record(b"format: x", "warcinfo", "application/warc-fields"), archived)
    article = read(raw)
    assert (article.title, article.body) == (TITLE, BODY)


def test_a_converted_record_has_its_address_and_time(tmp_path):
    [raw] = found(tmp_path, record(TEXT.encode(), "conversion", "text/plain"))
    assert (read(raw).url, read(raw).source) == (URL, "شفق نيوز")
    assert read(raw).date == dt.date(2021, 6, 30)


@pytest.mark.parametrize(
    "archived",
    [
        record(PAGE, "metadata", "text/html"),
        record(PAGE, "request", "application/http"),
        record(OK + b"Content-Type: text/html\r\n\r\n" + PAGE, "revisit", "application/http"),
        record(b"HTTP/1.1 404 Not Found\r\n\r\n" + PAGE, "response"),
        record(OK + b"Content-Type: text/plain\r\n\r\n" + TEXT.encode(), "response"),
        record(OK + b"Content-Type: image/png\r\n\r\n" + PAGE, "response"),
        record(OK + b"\r\n\x89PNG\r\n\x1a\n\0\0", "response"),
        record(TEXT.encode(), "resource", "text/plain", "metadata://gnu.org/software/wget/wget.log"),
        record(b"User-agent: *", "resource", "text/plain", "https://n.example/robots.txt"),
        record("وزير".encode(), "response", "text/dns", "dns:n.example"),
        record(f'{{"a": "{TITLE}"}}'.encode(), "resource", "application/json"),
        record(f'{{"a": "{TITLE}"}}'.encode(), "resource"),
        record(b"%PDF-1.4 \xc7\xe1", "resource"),
    ],
)  # fmt: skip
def test_other_records_are_no_pages(tmp_path, archived):
    [skipped] = found(tmp_path, archived)
    assert isinstance(skipped, Skipped)
    assert "holds no web page" in skipped.why


def test_a_record_without_an_address_is_a_page_or_told(tmp_path):
    answer = record(b"HTTP/1.1", "response", "application/http", "")
    bare = record(TEXT.encode(), "conversion", "text/plain", "")
    page, text, *_ = found(tmp_path, record(PAGE, "resource", "text/html", ""), bare, answer)
    assert (read(page).title, read(page).url) == (TITLE, URL)
    assert (read(text).title, read(text).url) == (TITLE, None)


@given(
    st.binary(max_size=80),
    st.sampled_from(["", "response", "resource", "conversion", "x"]),
    st.sampled_from(["", "text/html", "text/plain", "application/http", "x/y", ";"]),
    st.sampled_from([b"", OK, OK + b"\r\n", b"HTTP/", b"<html>"]),
)
def test_any_record_is_a_page_or_told(tmp_path_factory, body, kind, content_type, head):
    archived = record(head + body, kind, content_type)
    for thing in found(tmp_path_factory.mktemp("warc"), archived):
        assert isinstance(thing, Raw | Skipped)


def test_damage_is_told_by_us_alone(tmp_path, capfd):
    too_short = record(PAGE + b"left over", "resource", "text/html").replace(
        b"Content-Length: %d" % (len(PAGE) + 9), b"Content-Length: %d" % len(PAGE)
    )
    noise = random.Random(1).randbytes(90_000).hex().encode()
    packed = gzip.compress(PAGE + b"<!--" + noise + b"-->", mtime=0)
    broken = packed[:50_000] + bytes(100) + packed[50_100:]
    head = OK + b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    short, whole, damaged, last = found(
        tmp_path,
        too_short,
        record(head + packed, "response", url=f"{URL}/whole"),
        record(head + broken, "response", url=f"{URL}/broken"),
        record(PAGE, "resource", "text/html"),
    )
    assert [read(raw).title for raw in (short, whole, last)] == [TITLE] * 3
    assert isinstance(damaged, Skipped)
    assert damaged.origin.endswith("/broken")
    assert damaged.why == "Its compressed text is damaged."
    assert capfd.readouterr() == ("", "")
