"""A new format is one file and its line in FORMATS: subtitles are indexed and found."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checkout import Checkout

TITLE = "وزير الخارجية يصل إلى أنقرة"
SUBTITLES = f"""title
00:00:00,000 --> 00:00:02,000
{TITLE}

1
00:00:02,000 --> 00:00:07,500
وصل وزير الخارجية العراقي إلى العاصمة التركية أنقرة في زيارة رسمية تستمر يومين.

2
00:00:07,500 --> 00:00:12,000
ومن المقرر أن يبحث الوزير ملف المياه مع نظيره التركي في اجتماع مغلق.
"""
PAGE = "افتتاح معرض الكتاب\n\nافتتح وزير الثقافة معرض الكتاب الدولي في بغداد بحضور دور نشر عربية."


@pytest.fixture
def extended(grown: Callable[[], Checkout]) -> Checkout:
    checkout = grown()
    checkout.add("subtitles.py", "indexer/sources/formats")
    checkout.insert(
        "indexer/sources/formats/__init__.py",
        "FORMATS",
        "subtitles.FORMAT,",
        imports="from indexer.sources.formats import subtitles",
    )
    return checkout


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "news.srt").write_text(SUBTITLES, "utf-8")
    (folder / "other.txt").write_text(PAGE, "utf-8")
    return folder


def test_a_format_that_is_not_in_the_list_is_not_read(
    grown: Callable[[], Checkout], pages: Path
) -> None:
    done = grown().rasad("index", pages, "--engine", "whoosh")
    assert "Files ending in «.srt» are not read" in done.stderr


def test_a_format_in_the_list_is_indexed_and_found(extended: Checkout, pages: Path) -> None:
    report = json.loads(extended.rasad("index", pages, "--engine", "whoosh", "--json").stdout)
    assert (report["indexed"], report["skipped"]) == (2, [])
    found = json.loads(extended.rasad("search", "المياه", "--json").stdout)
    assert [hit["title"] for hit in found["hits"]] == [TITLE]


def test_such_a_file_is_inspected_also_packed(extended: Checkout, pages: Path) -> None:
    (pages / "news.srt.gz").write_bytes(gzip.compress(SUBTITLES.encode()))
    plain, packed = (
        json.loads(extended.rasad("inspect", "--json", pages / name).stdout)
        for name in ("news.srt", "news.srt.gz")
    )
    assert plain["title"] == packed["title"] == TITLE
    assert plain["text"] == packed["text"]
    assert "-->" not in plain["text"]


def test_such_a_file_may_be_refused_and_is_named_where_others_are(
    extended: Checkout, pages: Path
) -> None:
    (pages / "empty.srt").write_text("no cues", "utf-8")
    (pages / "image.png").write_bytes(b"x")
    done = extended.rasad("index", pages, "--engine", "whoosh")
    assert "The subtitles hold no cues." in done.stderr
    assert ".warc .srt." in done.stderr
