"""A facet more is a line in the schema and a file in ``indexer/facets``, and nothing else.

The toy is added to a copy of the package, as docs/extending.md says, and used from outside.
"""

import json
from pathlib import Path

import pytest

from checkout import Checkout, copied

PAGES = {
    "one.txt": "اجتماع يوم الاثنين\n\nيجتمع الوزراء يوم الاثنين في بغداد ويعودون الخميس.\n",
    "two.txt": "زيارة يوم الخميس\n\nيصل الوزراء إلى عمان يوم الخميس للقاء نظرائهم.\n",
    "three.txt": "بيان الوزراء\n\nأصدر الوزراء بيانا عن التعاون بين البلدين في التجارة.\n",
}
WEB = """
import sys
from pathlib import Path
from webui.wsgi import application
client = application(Path(sys.argv[1])).test_client()
for address in sys.argv[2:]:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    print(answer.get_data(as_text=True).strip())
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy of the package with the toy in it, and pages beside it."""
    checkout = copied(tmp_path_factory.mktemp("grown")).follow("A facet")
    pages = checkout.folder / "pages"
    pages.mkdir()
    for name, page in PAGES.items():
        (pages / name).write_text(page, "utf-8")
    return checkout


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, extended: Checkout) -> Path:
    """An index of the three pages, by each engine."""
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    folder = extended.folder / f"index-{request.param}"
    engine = ("--engine", request.param)
    extended.rasad("index", "pages", "--index", folder, *engine, "--jobs", "1")
    return folder


def test_its_values_are_counted_and_told_of_each_article(extended: Checkout, index: Path) -> None:
    answer = extended.rasad("search", "الوزراء", "--json", "--index", index).stdout
    found = json.loads(answer)
    counts = {row["id"]: row["count"] for row in found["facets"]["weekdays"]}
    assert counts == {"THU": 2, "MON": 1}
    told = {hit["title"]: [day["id"] for day in hit["weekdays"]] for hit in found["hits"]}
    assert told == {
        "اجتماع يوم الاثنين": ["MON", "THU"],
        "زيارة يوم الخميس": ["THU"],
        "بيان الوزراء": [],
    }


def test_the_query_language_and_the_address_filter_by_it(extended: Checkout, index: Path) -> None:
    asked = ["q=weekday:MON", "q=يوم:MON", "q=الوزراء weekday:MON", "q=الوزراء&weekdays=MON"]
    answers = extended.python(WEB, index, *(f"/api/v1/search?{words}" for words in asked)).stdout
    titles = [[hit["title"] for hit in json.loads(one)["hits"]] for one in answers.splitlines()]
    assert titles == [["اجتماع يوم الاثنين"]] * len(asked)


def test_the_page_shows_it(extended: Checkout, index: Path) -> None:
    html = extended.python(WEB, index, "/search?q=الوزراء&weekdays=MON").stdout
    assert "weekdays=THU" in html
    assert "الاثنين" in html


def test_what_was_read_is_inspected(extended: Checkout) -> None:
    lines = extended.rasad("inspect", "--json", "pages/one.txt").stdout.splitlines()
    (days,) = [json.loads(line)["weekdays"] for line in lines]
    assert [(day["id"], day["mentions"]) for day in days] == [("MON", 2), ("THU", 1)]
