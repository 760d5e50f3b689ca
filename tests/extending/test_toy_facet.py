"""A facet more is a line in the schema and a file in ``indexer/facets``, and nothing else.

The toy is added to a copy of the package, as docs/extending.md says, and used from outside.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOY = Path(__file__).parent / "toys" / "weekdays.py"
LINE = '    FacetField("weekdays", "weekday", ("يوم",), N_("Weekdays")),\n'
PAGES = {
    "one.txt": "اجتماع يوم الاثنين\n\nيجتمع الوزراء يوم الاثنين في بغداد ويعودون الخميس.\n",
    "two.txt": "زيارة يوم الخميس\n\nيصل الوزراء إلى عمان يوم الخميس للقاء نظرائهم.\n",
    "three.txt": "بيان الوزراء\n\nأصدر الوزراء بيانا عن التعاون بين البلدين في التجارة.\n",
}
COMMAND = "import sys; from indexer.commands import main; sys.argv[0] = 'rasad'; main()"
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
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the toy in it."""
    folder = tmp_path_factory.mktemp("grown")
    for name in ("indexer", "webui", "templates"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    shutil.copy(TOY, folder / "indexer" / "facets")
    schema = folder / "indexer" / "schema.py"
    text = schema.read_text("utf-8")
    (topics,) = re.findall(r'^    FacetField\("topics".*\),\n', text, re.MULTILINE)
    schema.write_text(text.replace(topics, topics + LINE), "utf-8")
    pages = folder / "pages"
    pages.mkdir()
    for name, page in PAGES.items():
        (pages / name).write_text(page, "utf-8")
    return folder


def run(grown: Path, code: str, *words: str) -> str:
    """What a program of the grown package prints."""
    environment = os.environ | {"PYTHONPATH": str(grown)}
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=grown,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, grown: Path) -> Path:
    """An index of the three pages, by each engine."""
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    folder = grown / f"index-{request.param}"
    words = ("pages", "--index", str(folder), "--engine", request.param, "--jobs", "1")
    run(grown, COMMAND, "index", *words)
    return folder


def test_its_values_are_counted_and_told_of_each_article(grown: Path, index: Path) -> None:
    answer = run(grown, COMMAND, "search", "الوزراء", "--json", "--index", str(index))
    found = json.loads(answer)
    counts = {row["id"]: row["count"] for row in found["facets"]["weekdays"]}
    assert counts == {"THU": 2, "MON": 1}
    told = {hit["title"]: [day["id"] for day in hit["weekdays"]] for hit in found["hits"]}
    assert told == {
        "اجتماع يوم الاثنين": ["MON", "THU"],
        "زيارة يوم الخميس": ["THU"],
        "بيان الوزراء": [],
    }


def test_the_query_language_and_the_address_filter_by_it(grown: Path, index: Path) -> None:
    asked = ["q=weekday:MON", "q=يوم:MON", "q=الوزراء weekday:MON", "q=الوزراء&weekdays=MON"]
    answers = run(grown, WEB, str(index), *(f"/api/v1/search?{words}" for words in asked))
    titles = [[hit["title"] for hit in json.loads(one)["hits"]] for one in answers.splitlines()]
    assert titles == [["اجتماع يوم الاثنين"]] * len(asked)


def test_the_page_shows_it(grown: Path, index: Path) -> None:
    html = run(grown, WEB, str(index), "/search?q=الوزراء&weekdays=MON")
    assert "weekdays=THU" in html
    assert "الاثنين" in html


def test_what_was_read_is_inspected(grown: Path) -> None:
    lines = run(grown, COMMAND, "inspect", "--json", "pages/one.txt").splitlines()
    (days,) = [json.loads(line)["weekdays"] for line in lines]
    assert [(day["id"], day["mentions"]) for day in days] == [("MON", 2), ("THU", 1)]
