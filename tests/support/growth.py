"""Pages, queries and requests that grow by one unit, and how the time to read them grows.

Twice as much is to take twice the time. What is unlike anything that people write is here on
purpose: one unit again and again, in every place that a page comes from.
"""

import gc
import json
import time
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from typing import NamedTuple

from indexer.index import IndexSettings
from indexer.indexing.documents import document_builder
from indexer.sources import Skipped, walk
from made_pages import TEXT, TITLE

_LINE = 40
#: What takes less is not measured.
_QUICK = 0.02
#: Twice the time, with what a busy machine may add; four times is the square.
_TWICE = 3.2
_DOUBLED = 3  # sizes of a measure

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
    "saying that": "وأضاف أن ",
    "quoted saying": "وقال: «كتاب من الكتب» ",
    "saying of a minister": "قال الوزير سامي العبيدي إن الكتاب جديد. وأكد الوزير أن ",
    "saying of a ministry": "قالت وزارة الخارجية إن الكتاب جديد. وأكدت الوزارة أن ",
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
_TURNS = ("title", "author", "head", "feed", "lines")


class Pattern(NamedTuple):
    """One unit in one place."""

    place: str
    name: str

    def __str__(self) -> str:
        return f"{self.place}: {self.name}"

    def grown(self, size: int) -> str:
        """So many letters of the unit."""
        unit = UNITS[self.name]
        return unit * (size // len(unit))


def patterns() -> Iterator[Pattern]:
    """Every unit as text and as HTML, and in one more place in turn."""
    for number, name in enumerate(UNITS):
        yield Pattern("text", name)
        yield Pattern("HTML", name)
        yield Pattern(_TURNS[number % len(_TURNS)], name)


def page(pattern: Pattern, size: int) -> tuple[str, bytes]:
    """A file's name and bytes: a page with a pattern so long."""
    grown = pattern.grown(size)
    match pattern.place:
        case "text":
            return "a.txt", f"{TEXT}\n{grown}".encode()
        case "lines":
            lines = "\n".join(grown[at : at + _LINE] for at in range(0, len(grown), _LINE))
            return "a.txt", f"{TEXT}\n{lines}".encode()
        case "title" | "author":
            record = {"id": "a", "title": TITLE, "text": TEXT, pattern.place: grown}
            return "a.jsonl", json.dumps(record).encode()
        case "HTML":
            return "a.html", _html("", grown)
        case "head":
            return "a.html", _html(grown, "")
    item = f"<title>{TITLE}</title><description><![CDATA[{grown}]]></description>"
    return "a.xml", f'<rss version="2.0"><channel><item>{item}</item></channel></rss>'.encode()


def _html(head: str, body: str) -> bytes:
    story = f"<h1>{TITLE}</h1><p>{TEXT}</p>"
    return f"<html><head>{head}</head><body>{story}{body}</body></html>".encode()


def reader(pattern: Pattern, size: int, folder: Path) -> Callable[[], object]:
    """What reads a page of the pattern that is so long."""
    file, data = page(pattern, size)
    path = folder / file
    path.write_bytes(data)
    builder = document_builder(IndexSettings())
    return lambda: [
        one if isinstance(one, Skipped) else builder.outcome(one) for one in walk([path])
    ]


def grows_faster(work: Callable[[int], Callable[[], object]], size: int) -> str:
    """How much longer twice as much takes, where that is far more than twice as long; else «».

    ``work`` prepares so much of it. What seems slow is measured anew and larger: a busy machine
    makes any one measure long, but not those of three sizes in the same way.
    """
    ratios = []
    once = seconds(work(size))
    for _ in range(_DOUBLED):
        size *= 2
        before, once = once, seconds(work(size))
        if once < _QUICK or once < _TWICE * before:
            return ""
        once = min(once, seconds(work(size), 2))
        if once < _TWICE * before:
            return ""
        ratios.append(f"{size} letters: {once:.2f} s, {once / before:.1f} times")
    return "; ".join(ratios)


def seconds(work: Callable[[], object], repeated: int = 1) -> float:
    """The processor's time that work takes, the least of some runs: others only add to it."""
    least = inf
    gc.disable()  # it looks at everything that there is, now and then
    try:
        for _ in range(repeated):
            started = time.process_time()
            work()
            least = min(least, time.process_time() - started)
    finally:
        gc.enable()
    return least
