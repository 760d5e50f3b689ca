import gzip
import re
from pathlib import Path

import pytest

import webui

STATIC = Path(webui.__file__).parent / "static"
ADDRESSES = ("/", "/search?q=x", "/nowhere", "/api/v1/search", "/api/nowhere", "/opensearch.xml")


@pytest.mark.parametrize("address", [*ADDRESSES, "/static/rasad.css"])
def test_every_answer_forbids_foreign_and_inline_code(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    sources = re.findall(r"(?:-src|-action|-uri|-ancestors) ([^;]+)", policy)
    assert set(sources) == {"'none'", "'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_is_for_robots(client, address):
    assert "noindex" in client.get(address).headers["X-Robots-Tag"]


def test_text_is_sent_compressed_to_whoever_takes_it(client):
    plain = client.get("/search?q=السفير")
    packed = client.get("/search?q=السفير", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]
    refused = client.get("/search?q=السفير", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_static_files_are_kept_for_long_under_a_name_of_their_version(client):
    sheet = re.search(r'href="(/static/rasad.css\?v=\w+)"', client.get("/").text)
    assert sheet
    answer = client.get(sheet[1])
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_the_style_sheet_is_small_and_asks_no_other_host(client):
    sheet = (STATIC / "rasad.css").read_text("utf-8")
    assert len(sheet.encode()) < 30_000
    assert "//" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for name in re.findall(r'url\("([^"]+)"\)', sheet):
        assert client.get(f"/static/{name}").status_code == 200


def test_fonts_come_with_their_licences():
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == 2


def test_a_cold_page_is_light(client):
    page = client.get("/search?q=السفير", headers={"Accept-Encoding": "gzip"})
    files = [STATIC / "rasad.css", *(STATIC / "fonts").glob("*.woff2")]
    assert len(page.data) + sum(file.stat().st_size for file in files) < 250_000
