"""A topic more is one file: among Rasad's own, or in a folder of one's own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checkout import Checkout
from steps import steps

PAGE = (
    "توقف حركة الملاحة في قناة السويس\n\n"
    "توقفت حركة الملاحة البحرية في قناة السويس بعد جنوح سفينة شحن، "
    "وانتظرت كل ناقلة نفط في الميناء.\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def topics(checkout: Checkout) -> dict[str, str]:
    """The topics by which the only article can be found, and their names."""
    found = json.loads(checkout.rasad("search", "الملاحة", "--json").stdout)
    return {row["id"]: row["name_en"] for row in found["facets"]["topics"]}


def test_a_topic_among_rasads_own(grown: Callable[[], Checkout], page: Path) -> None:
    checkout = grown().follow("A topic")
    checkout.rasad("index", page)
    assert "shipping" in topics(checkout)
    found = json.loads(checkout.rasad("search", "topic:shipping", "--json").stdout)
    assert found["total"] == 1


def test_a_topic_in_a_folder_of_ones_own(
    grown: Callable[[], Checkout], page: Path, tmp_path: Path
) -> None:
    checkout = grown()
    checkout.rasad("index", page)
    assert "shipping" not in topics(checkout)
    own = tmp_path / "own"
    own.mkdir()
    for place, content in steps("A topic").files.items():
        (own / Path(place).name).write_text(content, "utf-8")
    checkout.rasad("index", page, "--topics", own)
    assert "shipping" in topics(checkout)
    (file,) = own.iterdir()
    file.write_text(file.read_text("utf-8").replace('"Shipping"', '"Ships"'), "utf-8")
    checkout.rasad("index", page)
    assert topics(checkout)["shipping"] == "Ships"
