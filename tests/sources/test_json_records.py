"""JSON records: where a file keeps them, and texts that come in pieces."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.sources import Skipped, limits, walk
from indexer.sources.formats.json_records import parse, records
from indexer.sources.formats.rich_text import flat
from made_pages import STORY, TITLE

RECORDS = [{"title": f"{TITLE} {n}", "text": text} for n, text in enumerate(STORY)]
TITLES = [record["title"] for record in RECORDS]
BARE = [{"title": title} for title in TITLES]


def pages(data):
    return [parse(record) for record in records(json.dumps(data, ensure_ascii=False).encode())]


def page(**fields):
    return parse(json.dumps(fields, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "data",
    [
        {"title": "نشرة", "articles": RECORDS},
        {"headline": "نشرة", "description": "أخبار", "entries": BARE},
        {"title": "نشرة", "text": "", "تقارير": RECORDS},
        {"rss": {"channel": {"title": "نشرة", "link": "https://n.example", "item": RECORDS}}},
        {"meta": {"title": "نشرة"}, "data": {"title": "صفحة", "items": BARE}},
        [{"title": "أولى", "items": RECORDS[:1]}, {"title": "ثانية", "items": RECORDS[1:]}],
        {"chats": {"list": [{"name": "قناة", "messages": RECORDS}]}},
        {
            "title": "نشرة",
            "items": RECORDS,
            "authors": [{"name": "أحمد"}],
            "tags": [{"title": "ت"}],
        },
        {RECORDS[0]["title"]: RECORDS[0], "b": RECORDS[1], "c": RECORDS[2]},
    ],
)
def test_the_records_of_a_titled_list_are_its_items(data):
    assert [page.title for page in pages(data)] == TITLES


@pytest.mark.parametrize(
    "lists",
    [
        {"tags": [{"title": "سياسة"}]},
        {"comments": [{"text": "تعليق", "author": "زائر"}]},
        {"images": [{"title": "صورة", "url": "https://n.example/a.jpg"}]},
        {"items": []},
        {"items": [{"price": 5}]},
    ],
)
def test_a_record_with_lists_of_other_things_stays_one(lists):
    assert [
        page.title for page in pages({"title": TITLE, "url": "https://n.example/", **lists})
    ] == [TITLE]
    [whole] = pages({"title": TITLE, "text": STORY[0], **lists, "related": RECORDS})
    assert (whole.title, whole.text) == (TITLE, STORY[0])


def test_a_json_feed_gives_its_title_as_source():
    items = [
        {"id": "1", "title": TITLE, "content_html": f"<p>{STORY[0]}</p>"},
        {"id": "2", "content_text": STORY[1], "source": "رويترز"},
    ]
    version = "https://jsonfeed.org/version/1"
    first, second = pages({"version": version, "title": "شفق نيوز", "items": items})
    assert (first.id, first.text, first.source) == ("1", f"<p>{STORY[0]}</p>", "شفق نيوز")
    assert (second.text, second.source) == (STORY[1], "رويترز")
    with pytest.raises(SourceError, match="holds no record"):
        pages({"version": version, "title": "شفق نيوز", "items": []})


BOLD = {"type": "bold", "text": "عاجل"}
SPANS = [{"_type": "span", "text": "قال "}, {"_type": "span", "text": "الوزير"}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (list(STORY), "\n".join(STORY)),
        ([BOLD, ": قال الوزير ", {"type": "link", "text": "هنا"}, "."], "عاجل: قال الوزير هنا."),
        ([BOLD, {"type": "plain", "text": ": قال"}], "عاجل: قال"),
        ([{"type": "paragraph", "text": "أولى"}, {"type": "p", "text": "ثانية"}], "أولى\nثانية"),
        ([{"para": "فقرة أولى"}, {"para": "فقرة ثانية"}], "فقرة أولى\nفقرة ثانية"),
        (["أولى", {"type": "image", "caption": "صورة من الأرشيف"}, "ثانية"], "أولى\nثانية"),
        ([{"_type": "block", "children": SPANS}, {"_type": "block", "children": SPANS}],
         "قال الوزير\nقال الوزير"),
        ([{"type": "p", "children": [{"text": "قال "}, {"text": "هو", "bold": True}]}], "قال هو"),
        ({"blocks": [{"type": "header", "data": {"text": "أ", "level": 2}},
                     {"type": "list", "data": {"items": ["ب", "ج"]}}]}, "أ\nب\nج"),
        ({"type": "doc", "content": [{"type": "p", "content": [{"type": "text", "text": "أ"}]}]},
         "أ"),
        ({"rendered": "<p>نص</p>", "protected": False}, "<p>نص</p>"),
        ({"en": "English", "ar": "عربي"}, "عربي"),
        ({"fr-FR": "Français", "ar-EG": ["أولى", "ثانية"]}, "أولى\nثانية"),
        ({"ar": "", "en": "English"}, "English"),
        ({"arabic": "عربي", "english": "English"}, "عربي"),
        ({"src": "https://n.example/a.jpg", "width": 5}, ""),
        ([1, None, [], {}], ""),
    ],
)  # fmt: skip
def test_a_text_in_pieces_is_put_together(value, text):
    assert flat(value) == text
    assert page(title=TITLE, text=value).text == text


def test_titles_and_names_come_by_language_too():
    read = page(title={"ar": TITLE, "en": "x"}, text=STORY[0], source={"name": {"en": "Shafaq"}})
    assert (read.title, read.source) == (TITLE, "Shafaq")
    assert page(title={"rendered": TITLE}, text="x", author={"id": "77"}).title == TITLE


@pytest.mark.parametrize("text", [[], {}, [{"type": "image", "url": "a b"}], {"fa": ""}, [[[]]]])
def test_a_record_of_empty_pieces_is_named(text):
    with pytest.raises(SourceError, match="has no text"):
        page(text=text)


def test_pieces_without_end_are_no_text():
    deep = "x"
    for _ in range(200):
        deep = {"items": [deep]}
    assert flat(deep) == ""
    with pytest.raises(SourceError):
        pages(deep)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "text", "items", "html", "type", "ar", "en", "name", "version"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@given(values)
def test_any_json_gives_pages_or_reasons(data):
    try:
        found = list(records(json.dumps(data).encode()))
    except SourceError:
        return
    for record in found:
        try:
            assert isinstance(parse(record).text, str)
        except SourceError as error:
            assert str(error)


def test_a_file_of_something_else_is_left_with_one_reason(tmp_path: Path) -> None:
    record = json.dumps(RECORDS[0], ensure_ascii=False)
    noise = "x\n" * limits.STRANGE_LINES
    (tmp_path / "a.jsonl").write_text(f"{record}\n{noise * 3}{record}\n", "utf-8")
    found = list(walk([tmp_path]))
    assert len(found) == limits.STRANGE_LINES + 1
    assert "10000 lines on end are no records; the rest is left" in found[-1].why


def test_records_behind_some_strange_lines_are_read(tmp_path: Path) -> None:
    record = json.dumps(RECORDS[0], ensure_ascii=False)
    noise = "x\n" * (limits.STRANGE_LINES - 1)
    (tmp_path / "a.jsonl").write_text(f"{noise}{record}\n{noise}{record}\n", "utf-8")
    assert not any(isinstance(one, Skipped) for one in walk([tmp_path]))
