"""A folder with every format, encoding and kind of damage, indexed through the command."""

import gzip
import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.commands import rasad

TITLE = "وزير الخارجية يستقبل السفير البلجيكي في بغداد"
STORY = """
استقبل وزير الخارجية العراقي فؤاد حسين في بغداد السفير البلجيكي وبحث معه العلاقات بين البلدين.
وأكد الوزير خلال اللقاء أهمية استمرار الدعم الدولي لجهود إعادة الإعمار في المناطق المحررة.
""".strip()
OTHER = """
انطلقت في جنيف جولة جديدة من المحادثات حول الملف النووي بمشاركة وفود من الدول الكبرى وسط تفاؤل حذر.
وقال المبعوث إن الوفود تأمل في التوصل إلى اتفاق قبل نهاية الشهر الجاري بعد أشهر من الجمود والتصعيد.
""".strip()
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY.splitlines())
HTML = f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}</title>
<meta property="og:site_name" content="شفق نيوز"><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2021-06-09T10:00:00+03:00"></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>{TITLE}</h1>
{PARAGRAPHS}</article></body></html>"""
FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>الأناضول</title>
<item><title>{TITLE}</title><link>https://www.aa.com.tr/ar/1</link><guid>1</guid>
<pubDate>Wed, 09 Jun 2021 12:00:00 GMT</pubDate><description>{STORY}</description></item>
</channel></rss>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'


def archive() -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
    page = HTML.replace(STORY.splitlines()[0], OTHER.splitlines()[0]).encode()
    writer.write_record(
        writer.create_warc_record(
            "https://example.org/1", "response", payload=BytesIO(page), http_headers=headers
        )
    )
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    text = f"{TITLE}\n\n{STORY}\n"
    whole = archive()
    files = {
        "page.html": HTML.encode(),
        "feed.xml": FEED.encode(),
        "old.txt": f"{TITLE} (قديم)\n\n{OTHER}".encode("cp1256"),
        "wide.txt": text.encode("utf-16"),
        "archive.warc.gz": whole,
        "cut.warc.gz": whole[: len(whole) // 2],
        "cut.jsonl.gz": gzip.compress(os.urandom(3000).hex().encode() * 9)[:2000],
        "bomb.jsonl.gz": gzip.compress(bytes(200_000_000), 9),
        "entities.xml": BOMB.encode(),
        "nul.txt": b"\x7fELF\x00\x00\x01\x02" * 200,
        "garbled.txt": text.encode("utf-8").decode("cp1252", "ignore").encode("utf-8") * 3,
        "long.txt": ("كلمة " * 1_200_000).encode(),
        "name\nbroken.txt": b"",
        "picture.png": b"\x89PNG",
        "lines.jsonl": "\n".join(
            (
                json.dumps({"id": "good", "title": TITLE, "text": STORY, "source": "واس"}),
                "{broken",
                json.dumps({"id": "empty"}),
                json.dumps({"text": "ا" * 5_100_000}),
            )
        ).encode(),
    }
    for name, payload in files.items():
        (pages / name).write_bytes(payload)
    (pages / "again").symlink_to(pages)
    (pages / "lost.txt").symlink_to(pages / "nowhere")
    return pages


def index(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(rasad, ["index", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_the_report_names_what_was_read_and_what_was_not(folder: Path, tmp_path: Path) -> None:
    code, out, errors = index(folder, "--index", tmp_path / "index", "--jobs", 1, "--json")
    assert code == 0
    report = json.loads(out)
    assert report["indexed"] == report["articles"] == 6
    sources = {one["source"]: one for one in report["sources"]}
    assert {"الأناضول", "واس"} <= sources.keys()
    assert sum(one["articles"] for one in sources.values()) == 6
    assert sources["الأناضول"]["dates"] == {"metadata": 1}
    assert report["encodings"] == {"utf-8": 4, "cp1256": 1, "utf-16": 1}
    assert report["copies"] >= 3  # one story as a page, in a feed, as a text and as a record
    named = {Path(one["origin"].partition(".jsonl:")[0]).name for one in report["skipped"]}
    assert named == {
        "bomb.jsonl.gz",
        "cut.jsonl.gz",
        "cut.warc.gz",
        "entities.xml",
        "garbled.txt",
        "lines",
        "long.txt",
        "lost.txt",
        "name\\nbroken.txt",
        "nul.txt",
        "picture.png",
    }
    assert sum(report["reasons"].values()) == len(report["skipped"])
    assert len(errors.strip().splitlines()) == len(report["skipped"])


def test_each_page_is_counted_once(folder: Path, tmp_path: Path) -> None:
    (folder / "same").mkdir()
    (folder / "same" / "page.html").write_bytes(HTML.encode())
    read = []
    for _ in range(2):
        _, out, _ = index(folder, "--index", tmp_path / "index", "--jobs", 1, "--json")
        report = json.loads(out)
        assert report["read"] == (report["indexed"] + report["unchanged"] + len(report["skipped"]))
        read.append(report["read"])
    assert read[0] == read[1]
    assert report["warnings"] == []


def test_removed_lines_are_counted_by_rule(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"الرئيسية\n{TITLE}\n{STORY}\nاقرأ أيضا\nخبر آخر\n", "utf-8")
    _, out, _ = index(tmp_path / "a.txt", "--index", tmp_path / "index", "--json")
    report = json.loads(out)
    assert sum(report["removed_lines"].values()) >= 2


def test_people_get_tables(folder: Path, tmp_path: Path) -> None:
    _, out, _ = index(folder, "--index", tmp_path / "index", "--jobs", 1)
    assert "الأناضول" in out
    assert "cp1256" in out
    assert "The text is garbled" in out
