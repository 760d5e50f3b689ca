"""Finding pages: what is read, in which order, and what is said of the rest."""

import gzip
import os
import tracemalloc
from pathlib import Path

import pytest

from indexer.sources import Raw, Skipped, limits, read, walk
from made_pages import TEXT, TITLE, feed, packed, warc


def found(*paths):
    """What walking gives, as (name, why it is skipped or None)."""
    return [
        (thing.origin.rpartition("/")[2], getattr(thing, "why", None))
        for thing in walk(list(paths))
    ]


def test_folders_are_walked_in_order_without_hidden_files(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/c.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert found(tmp_path) == [("z.txt", None), ("b.txt", None), ("c.txt", None)]


@pytest.mark.parametrize(
    "content",
    [
        '[{"title": "a"}, {"title": "b"}]',
        '{"status": "ok", "articles": [{"title": "a"}, {"title": "b"}], "page": 1}',
        '{"title": "a"}\n{"title": "b"}\n',
    ],
)
def test_json_files_hold_records_in_several_ways(tmp_path, content):
    (tmp_path / "a.json").write_text(content, "utf-8")
    assert found(tmp_path) == [("a.json:1", None), ("a.json:2", None)]
    assert [read(raw).title for raw in walk([tmp_path])] == ["a", "b"]


def test_a_json_file_may_be_one_record(tmp_path):
    (tmp_path / "a.json").write_text('{"headline": "a", "tags": [{"name": "b"}]}', "utf-8")
    assert found(tmp_path) == [("a.json:1", None)]


def test_a_link_to_its_own_folder_ends(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert found(tmp_path) == [("a.txt", None)]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"%PDF", "Files ending in «.pdf» are not read"),
        ("a", b"x", "Files ending in «» are not read"),
        ("empty.txt", b"", "The file is empty."),
        ("blank.txt", b" \n\n ", "The file is empty."),
        ("empty.jsonl", b"", "The file is empty."),
        ("broken.json", b'{"title": "a"', "The file is not JSON"),
        ("settings.json", b'{"colour": "red"}', "The JSON file holds no record"),
        ("deep.json", b"[" * 100_000, "The file is not JSON"),
        ("large.json", b" " * (limits.JSON + 1), "The JSON file is over 20 MB"),
        ("large.txt", b"a" * (limits.PAGE + 1), "The page is over 5 MB."),
        ("cut.txt.gz", packed(TEXT)[:-20], "The compressed file is damaged"),
        ("not.txt.gz", b"plain", "The compressed file is damaged"),
        ("not.xml", b"<a><b/></a>", "The XML file is no feed"),
        ("broken.xml", b"<rss><channel>", "The feed holds no entries"),
        ("tricks.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><rss>&b;</rss>', "The XML defines entities"),
        ("empty.rss", feed("").encode(), "The feed holds no entries"),
        ("not.warc", b"plain text\r\n\r\n", "The archive is damaged"),
        (
            "images.warc.gz",
            warc(("http://a/1", "image/png", b"x")),
            "The archive holds no web page",
        ),
    ],
)
def test_what_is_no_page_is_named_with_its_reason(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    [(origin, reason)] = found(tmp_path)
    assert origin == name
    assert reason.startswith(why)


def test_a_path_that_leads_nowhere_is_named(tmp_path):
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    assert found(tmp_path / "missing", tmp_path) == [
        ("missing", "There is no such file or folder."),
        ("gone.txt", "The link leads nowhere."),
    ]


def test_a_folder_that_must_not_be_read_is_named(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    assert found(tmp_path) == [(tmp_path.name, "Reading it is not permitted.")]


def test_names_are_told_on_one_line(tmp_path):
    (tmp_path / "a\nb.txt").write_text(TEXT, "utf-8")
    [raw] = walk([tmp_path])
    assert raw.origin.endswith("a\\nb.txt")
    assert raw.container.isprintable()


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_name_that_is_no_text_is_told_in_escapes(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text(TEXT, "utf-8")
    [raw] = walk([tmp_path])
    raw.origin.encode("utf-8")
    assert raw.hint == "\\xff"


def test_each_line_of_records_is_a_page(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n\n{"a": 2}\n', "utf-8")
    assert found(tmp_path) == [("a.jsonl:1", None), ("a.jsonl:3", None)]


def test_what_stands_before_the_damage_is_kept(tmp_path):
    lines = "\n".join(f'{{"title": "{TITLE} {number}"}}' for number in range(5000))
    (tmp_path / "a.jsonl.gz").write_bytes(packed(lines)[:-2000])
    things = list(walk([tmp_path]))
    assert len(things) > 10
    assert all(isinstance(thing, Raw) for thing in things[:-1])
    assert things[-1].why.startswith("The compressed file is damaged")


def test_a_line_without_end_is_skipped_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LINE", 1000)
    (tmp_path / "a.jsonl").write_bytes(b"x" * 5000 + b'\n{"title": "a"}\n')
    assert [why for _, why in found(tmp_path)] == ["The line is over 0 MB.", None]


def test_a_compression_bomb_is_named_and_left(tmp_path):
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b"\0" * 3 * limits.BOMB_FROM))
    tracemalloc.start()
    [(_, why)] = found(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert why == "The compressed file unfolds without end; the rest is left."
    assert peak < 1.5 * limits.BOMB_FROM


def test_a_long_file_needs_no_more_memory_than_a_short_one(tmp_path):
    line = b'{"title": "' + b"a" * 10_000 + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(line * 3000)
    tracemalloc.start()
    count = sum(isinstance(thing, Raw) for thing in walk([tmp_path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3000
    assert peak < 1_000_000


def test_equal_pages_have_equal_digests_wherever_they_are_found(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b" / "other.txt").write_text(TEXT, "utf-8")
    one, other_name, same = walk([tmp_path])
    assert not any(isinstance(thing, Skipped) for thing in (one, other_name, same))
    assert one.digest == same.digest != other_name.digest
