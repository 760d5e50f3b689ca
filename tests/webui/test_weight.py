"""How much a browser must fetch; bytes are the same everywhere, so they may be asserted."""

import gzip
import re
from pathlib import Path

import pytest

from site_records import RECORDS, numbered

STATIC = Path(__file__).parents[2] / "webui/static"
PAGES = ("/", "/search?q=السفير&size=10", "/article/cairo-talks", "/pictures", "/people/Q1")


def size(path: Path) -> int:
    return path.stat().st_size


def test_the_style_is_one_file_under_32_kilobytes():
    (sheet,) = STATIC.glob("*.css")
    assert size(sheet) < 32_000


def test_the_scripts_are_under_20_kilobytes():
    assert sum(map(size, STATIC.glob("*.js"))) < 20_000


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_light_cold_and_warm(client_of, address):
    client = client_of([*RECORDS, *numbered(RECORDS, 19)])
    page = len(client.get(address, headers={"Accept-Encoding": "gzip"}).data)
    assert page < 40_000
    fonts = sum(map(size, STATIC.glob("fonts/*.woff2")))
    files = [*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("*.svg")]
    assert page + fonts + sum(len(gzip.compress(path.read_bytes())) for path in files) < 250_000


def test_static_files_are_kept_for_long_under_a_name_of_their_version(client):
    sheet = re.search(r'href="(/static/rasad.css\?v=\w+)"', client.get("/").text)
    assert sheet
    answer = client.get(sheet[1])
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_the_style_sheet_is_small_and_asks_no_other_host(client):
    sheet = (STATIC / "rasad.css").read_text("utf-8")
    assert len(sheet.encode()) < 32_000
    assert "//" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for name in re.findall(r'url\("([^"]+)"\)', sheet):
        assert client.get(f"/static/{name}").status_code == 200


def test_fonts_come_with_their_licences():
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == 2


def test_a_cold_page_is_light(client):
    page = client.get("/search?q=السفير", headers={"Accept-Encoding": "gzip"})
    files = [STATIC / "rasad.css", *(STATIC / "fonts").glob("*.woff2")]
    assert len(page.data) + sum(file.stat().st_size for file in files) < 250_000
