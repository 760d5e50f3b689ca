"""Pages, queries and requests that grow by one unit, and how the time to read them grows.

Twice as much is to take twice the time. What is unlike anything that people write is here on
purpose: one unit again and again, in every place that a page comes from.
"""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.index import IndexSettings
from indexer.indexing.documents import document_builder
from indexer.sources import Skipped, walk
from made_pages import TEXT, TITLE

#: What a page may hold again and again.
UNITS = {
    "letter": "ب",
    "alef": "ا",
    "letters of one form": "لا",
    "ligature": "ﷺ",
    "mark": "بَ",
    "marks alone": "\u064b",
    "accent": "\u0301",
    "tatweel": "ـ",
    "Latin letter": "x",
    "wide letter": "𝕏",
    "digit": "1",
    "Arabic digit": "٣",
    "joiner": "\u200d",
    "direction": "\u200f",
    "space": " ",
    "no-break space": "\u00a0",
    "tab": "\t",
    "line": "\n",
    "letter a line": "ب\n",
    "word": "كتاب ",
    "Latin word": "word ",
    "capital word": "Word ",
    "new word": "بغكشط ",
    "stop word": "من ",
    "«and»": "و ",
    "comma": "، ",
    "dot": ".",
    "dots between letters": "أ.",
    "sentence": "قال. ",
    "question": "؟",
    "dash": "-",
    "dash between words": "كتاب - ",
    "slash": "/",
    "colon": ":",
    "colon behind a word": "كتاب: ",
    "bar": "كتاب | ",
    "star": "*",
    "underscore": "_",
    "quote": '"',
    "quoted": '"كتاب" ',
    "opening quote": "«",
    "closing quote": "»",
    "bracket": "(",
    "brackets": "()",
    "bracket around a word": "(كتاب) ",
    "square bracket": "[",
    "curly bracket": "{",
    "at": "@",
    "address of mail": "a@b.example ",
    "hash": "#",
    "tag word": "#كتاب ",
    "percent": "%41",
    "ampersand": "&",
    "entity": "&amp;",
    "number entity": "&#1576;",
    "open entity": "&#",
    "less": "<",
    "tag": "<p>",
    "closing tag": "</p>",
    "nested tag": "<div>",
    "bold": "<b>كتاب</b>",
    "comment": "<!--",
    "link": '<a href="/x">كتاب</a> ',
    "open attribute": "<a b='",
    "script": "<script>",
    "table": "<table><tr><td>",
    "list": "<ul><li>كتاب",
    "CDATA": "<![CDATA[",
    "address": "http://x.example/a ",
    "addresses in one": "http://",
    "hosts": "x.example.",
    "date": "2021-06-01 ",
    "Arabic date": "1 يونيو 2021 ",
    "time": "12:30 ",
    "month": "يونيو ",
    "day": "الأربعاء ",
    "hijri date": "1442/10/20 ",
    "number": "1000 ",
    "given name": "محمد ",
    "name in a chain": "محمد بن ",
    "sons": "بن ",
    "names of God": "عبد الله ",
    "chain": "بن عبد الله ",
    "father": "أبو ",
    "house": "آل ",
    "known name": "محمد بن سلمان ",
    "name after name": "سعيد الحارثي، ",
    "foreign names": "كريستوف شنايدر ",
    "title": "وزير ",
    "title of an office": "وزير خارجية ",
    "honour": "الدكتور ",
    "abbreviated title": "د. ",
    "titled name": "الرئيس محمود عباس ",
    "single name": "ماكرون ",
    "saying": "قال محمد ",
    "office joined": "رئيس ورئيس ",
    "office of a place": "سفير العراق في الأردن ",
    "country": "العراق ",
    "demonym": "العراقي ",
    "joined countries": "والعراق ",
    "capital": "بغداد ",
    "organisation": "الأمم المتحدة ",
    "beginning of an organisation": "منظمة ",
    "ministry": "وزارة ",
    "abbreviation in brackets": "منظمة (ن) ",
    "topic": "محادثات السلام ",
    "dateline": "بغداد (رويترز) - ",
    "agency": "رويترز ",
    "agencies": "أ ف ب ",
    "written by": "كتب: ",
    "by": "By ",
    "source": "المصدر: ",
    "read also": "اقرأ أيضا: ",
    "share": "شارك\n",
    "tags": "كلمات دلالية: ",
    "photograph": "تصوير: ",
    "«علي»": "علي ",
    "«على»": "على ",
    "«ابن»": "ابن ",
}
#: Places of a page that are as long as they like; the short ones of a record are cut.
PLACES = ("text", "title", "author", "HTML", "head", "feed")
#: What lies in each unit's way in the most places; of the rest each is tried in one or two.
SIZE = 6_000


class Pattern(NamedTuple):
    """One unit in one place."""

    place: str
    name: str

    def __str__(self) -> str:
        return f"{self.place}: {self.name}"


def patterns() -> Iterator[Pattern]:
    """Every unit as text and as HTML, and in one more place in turn."""
    others = ("title", "author", "head", "feed", "lines")
    for number, name in enumerate(UNITS):
        yield Pattern("text", name)
        yield Pattern("HTML", name)
        yield Pattern(others[number % len(others)], name)


def page(place: str, grown: str) -> tuple[str, bytes]:
    """A file's name and bytes: a page with ``grown`` in one place."""
    record = {"id": "a", "title": TITLE, "text": TEXT}
    match place:
        case "text":
            return "a.txt", f"{TEXT}\n{grown}".encode()
        case "lines":
            return "a.txt", (f"{TEXT}\n" + "\n".join(grown[i : i + 40] for i in range(0, len(grown), 40))).encode()
        case "title" | "author" | "source" | "url" | "date":
            return "a.jsonl", json.dumps(record | {place: grown}).encode()
        case "HTML":
            return "a.html", _html("", grown)
        case "head":
            return "a.html", _html(grown, "")
    item = f"<title>{TITLE}</title><description><![CDATA[{grown}]]></description>"
    return "a.xml", f'<rss version="2.0"><channel><item>{item}</item></channel></rss>'.encode()


def _html(head: str, body: str) -> bytes:
    return (
        f"<html><head>{head}</head><body><h1>{TITLE}</h1><p>{TEXT}</p>{body}</body></html>".encode()
    )


def grown(name: str, size: int) -> str:
    """So many letters of one unit."""
    unit = UNITS[name]
    return unit * (size // len(unit))


def reader(pattern: Pattern, size: int, folder: Path) -> Callable[[], object]:
    """What reads a page of the pattern that is so long."""
    file, data = page(pattern.place, grown(pattern.name, size))
    path = folder / file
    path.write_bytes(data)
    builder = document_builder(IndexSettings())

    def read() -> object:
        return [one if isinstance(one, Skipped) else builder.outcome(one) for one in walk([path])]

    return read


def seconds(work: Callable[[], object], repeated: int = 3) -> float:
    """The processor's time that work takes, the least of some runs: others only add to it."""
    least = float("inf")
    for _ in range(repeated):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return least
