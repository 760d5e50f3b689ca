"""How much a browser must fetch; bytes are the same everywhere, so they may be asserted."""

import gzip
from pathlib import Path

import pytest
from archive import RECORDS, Archive

from webui import create_app

STATIC = Path(__file__).parents[2] / "webui/static"
PAGES = ("/", "/search?q=السفير&size=10", "/article/cairo-talks", "/pictures", "/people/Q1")


def size(path: Path) -> int:
    return path.stat().st_size


def test_the_style_is_one_file_under_30_kilobytes():
    (sheet,) = STATIC.glob("*.css")
    assert size(sheet) < 30_000


def test_the_scripts_are_under_20_kilobytes():
    assert sum(map(size, STATIC.glob("*.js"))) < 20_000


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_light_cold_and_warm(address):
    client = create_app(Archive(RECORDS * 20)).test_client()
    page = len(client.get(address, headers={"Accept-Encoding": "gzip"}).data)
    assert page < 40_000
    fonts = sum(map(size, STATIC.glob("fonts/*.woff2")))
    files = [*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("*.svg")]
    assert page + fonts + sum(len(gzip.compress(path.read_bytes())) for path in files) < 250_000
