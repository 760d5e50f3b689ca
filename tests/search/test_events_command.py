"""``rasad events``: events as lines, tables and JSON."""

import csv
import io
import json
from pathlib import Path

import pytest

from commands import indexed, run

MEETING = """لقاء في القاهرة

القاهرة – 7 يوليو 2015

التقى وزير الخارجية المصري سامح شكري اليوم الثلاثاء نظيره الفرنسي لوران فابيوس في القاهرة.
"""
CALL = """اتصال هاتفي

عمان – 15 يوليو 2015

تلقى وزير الخارجية الأردني ناصر جودة اليوم اتصالا هاتفيا من نظيره المصري سامح شكري.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("events"), {"a": MEETING, "b": CALL})


def told(index: Path, *words: str) -> str:
    found = run("events", *words, "--index", index)
    assert found.exit_code == 0, found.output
    return found.output


def test_events_are_told_in_english_with_their_sentence(index: Path) -> None:
    text = told(index, "--sort", "oldest")
    assert text.startswith("2 events found")
    assert "Meeting: Sameh Shoukry (EG) – Laurent Fabius (FR), Cairo, 2015-07-07" in text
    assert "1 article, 1 source" in text
    assert "نظيره الفرنسي لوران فابيوس" in text


@pytest.mark.parametrize(
    ("words", "types"),
    [
        (("فابيوس",), {"meeting"}),
        (("--type", "call"), {"call"}),
        (("--country", "EG"), {"meeting", "call"}),
        (("--country", "EG", "--country", "JO"), {"call"}),
        (("--party", "people:laurent-fabius"), {"meeting"}),
        (("--people", "laurent-fabius"), {"meeting"}),
        (("--since", "2015-07-10"), {"call"}),
        (("--until", "2015-07-10"), {"meeting"}),
        (("--status", "denied"), set()),
        (("--to", "2015-07-10"), {"meeting"}),
    ],
)
def test_events_are_asked_for(index: Path, words: tuple[str, ...], types: set[str]) -> None:
    found = json.loads(told(index, *words, "--json"))
    assert {event["type"] for event in found["events"]} == types
    assert found["total"] == len(types)


def test_every_event_is_a_line_of_json_or_a_row(index: Path) -> None:
    lines = [json.loads(line) for line in told(index, "--format", "jsonl").splitlines()]
    rows = list(csv.DictReader(io.StringIO(told(index, "--format", "csv"))))
    gdelt = list(csv.DictReader(io.StringIO(told(index, "--format", "gdelt")), delimiter="\t"))
    assert len(lines) == len(rows) == len(gdelt) == 2
    assert {row["id"] for row in rows} == {line["id"] for line in lines}
    assert {row["Actor1CountryCode"] for row in gdelt} <= {"EGY", "JOR", "FRA"}


def test_an_unknown_type_is_named_with_those_there_are(index: Path) -> None:
    from indexer.errors import RasadError

    found = run("events", "--type", "nonsense", "--index", index)
    assert isinstance(found.exception, RasadError)
    assert "'nonsense'" in str(found.exception)
    assert "meeting" in str(found.exception)
