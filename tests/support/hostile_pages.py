"""Pages made to break readers: what feeds, archives and dumps hold by accident or by intent.

Each is a file's name and its bytes. One that a reader can make nothing of is skipped with a reason;
none ends a run.
"""

import gzip
import json
import random
from collections.abc import Iterator

from made_pages import STORY, TITLE

TEXT = " ".join(STORY)
DEEP = 100_000


def _record(**fields: object) -> bytes:
    return json.dumps({"title": TITLE, "text": TEXT, **fields}).encode()


def _html(head: str = "", body: str = "") -> bytes:
    return (
        f"<html><head>{head}</head><body><h1>{TITLE}</h1><p>{TEXT}</p>{body}</body></html>".encode(
            errors="surrogatepass"
        )
    )


def _feed(item: str) -> bytes:
    rss = f'<rss version="2.0"><channel><item>{item}</item></channel></rss>'
    return rss.encode(errors="surrogatepass")


def _warc(headers: bytes, body: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/a\r\n"
        b"WARC-Date: 2021-06-01T00:00:00Z\r\nContent-Type: application/http\r\n"
        + headers
        + b"Content-Length: %d\r\n\r\n" % size
        + body
        + b"\r\n\r\n"
    )


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ANSWER = OK + b"\r\n" + _html()
HALF = "\ud800"

#: Every way that has broken a reader, or could.
PAGES: dict[str, tuple[str, bytes]] = {
    "number of 5,000 digits": ("a.jsonl", b'{"n":' + b"9" * 5000 + b"," + _record()[1:]),
    "id of 5,000 digits": ("a.jsonl", b'{"id":' + b"9" * 5000 + b"," + _record()[1:]),
    "number without an end": ("a.jsonl", b'{"n":1e999999,' + _record()[1:]),
    "no number": ("a.jsonl", b'{"id":NaN,"date":Infinity,' + _record()[1:]),
    "nested lists": ("a.jsonl", b'{"n":' + b"[" * DEEP + b"]" * DEEP + b"," + _record()[1:]),
    "nested authors": (
        "a.jsonl",
        b'{"author":' + b"[" * 500 + b'"x"' + b"]" * 500 + b"," + _record()[1:],
    ),
    "nested file": ("a.json", b"[" * DEEP + b"]" * DEEP),
    "nested objects": ("a.json", b'{"a":' * 900 + b"1" + b"}" * 900),
    "half characters everywhere": (
        "a.jsonl",
        _record(id=HALF, title=HALF + TITLE, source=HALF, author=HALF, url=HALF, date=HALF),
    ),
    "a source of half a character": ("a.jsonl", _record(source="صدى" + HALF)),
    "half characters in a file": (
        "a.json",
        json.dumps([{"title": HALF, "text": TEXT + HALF}]).encode(),
    ),
    "NUL everywhere": (
        "a.jsonl",
        _record(id="a\0b", source="a\0b", author="a\0b", url="http://x/\0"),
    ),
    "NUL in text": ("a.txt", f"{TITLE}\0\n\n{TEXT}\0".encode()),
    "id of 70,000 letters": ("a.jsonl", _record(id="ب" * 70_000)),
    "id of two lines": ("a.jsonl", _record(id="one\ntwo\u2028three")),
    "id of steps": ("a.jsonl", _record(id="../../etc/passwd")),
    "id of a dot": ("a.jsonl", _record(id=".")),
    "id of an object": ("a.jsonl", _record(id={"$oid": "5f"})),
    "every field of 100,000 letters": (
        "a.jsonl",
        _record(**dict.fromkeys(("id", "title", "source", "author", "url", "date"), "ب" * 100_000)),
    ),
    "every field a list": (
        "a.jsonl",
        _record(**{key: [[], {}, 1] for key in ("id", "title", "text", "source", "author", "url")}),
    ),
    "a word of 500,000 letters": ("a.jsonl", _record(text="ب" * 500_000)),
    "a mark 100,000 times": ("a.jsonl", _record(text=TEXT + "\u064b" * 100_000)),
    "letters that unfold": ("a.jsonl", _record(text=TEXT + "ﷺ" * 20_000)),
    "half an address": ("a.jsonl", _record(url="http://[::1")),
    "an address of no port": ("a.jsonl", _record(url="http://x.example:99999999/a")),
    "an address of letters": ("a.jsonl", _record(url="http://مثال.إختبار/خبر\ud800")),
    "an address of a script": ("a.jsonl", _record(url="javascript:alert(1)")),
    "an unknown charset": ("a.html", b"<meta charset=undefined>" + _html()),
    "a charset that is none": ("a.html", b"<meta charset='\0;'>" + _html()),
    "a charset that is no text": ("a.html", b"<meta charset=base64>" + _html()),
    "a charset of compression": ("a.html", b"<meta charset=zlib_codec>" + _html()),
    "idna": ("a.html", b"<meta charset=idna>" + _html()),
    "a graph that is a number": (
        "a.html",
        _html('<script type="application/ld+json">{"@graph":5}</script>'),
    ),
    "a graph of nothing": (
        "a.html",
        _html('<script type="application/ld+json">{"@graph":[null,[[]],{"@type":[[]]}]}</script>'),
    ),
    "linked data of every type": (
        "a.html",
        _html(
            '<script type="application/ld+json">{"@type":{"a":1},"author":[[{"name":{}}]],'
            '"datePublished":[1],"publisher":5,"headline":{"x":[]},"isPartOf":[5]}</script>'
        ),
    ),
    "nested linked data": (
        "a.html",
        _html(
            '<script type="application/ld+json">'
            + '{"author":' * 5000
            + "1"
            + "}" * 5000
            + "</script>"
        ),
    ),
    "100,000 attributes": (
        "a.html",
        _html(body="<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">"),
    ),
    "60,000 attributes without blanks": (
        "a.html",
        _html(body="<p " + "".join(f'a{n}="b"' for n in range(60_000)) + ">"),
    ),
    "attributes behind a bracket in quotes": (
        "a.html",
        _html(body="<div z='>' " + " ".join(f'a{n}=""' for n in range(60_000)) + ">"),
    ),
    "nested tags": ("a.html", _html(body="<div>" * 20_000)),
    "nested quotations": ("a.html", _html(body="<blockquote><ul><li>" * 3000)),
    "tags that never end": ("a.html", _html(body="<a href='" * 20_000)),
    "comments that never end": ("a.html", _html(body="<!--" * 20_000)),
    "references to no character": ("a.html", _html(body="&#xD800;&#x110000;&#0;&#99999999999999;")),
    "half a character in a feed": (
        "a.xml",
        _feed(f"<title>{TITLE} &#xD800;</title><description>{TEXT}</description>"),
    ),
    "a feed of no characters": (
        "a.xml",
        _feed(f"<title>&#0;&#x110000;&#{'9' * 5000};</title><description>{TEXT}</description>"),
    ),
    "a feed with half an address": (
        "a.xml",
        _feed(f"<title>{TITLE}</title><link>http://[::1</link><description>{TEXT}</description>"),
    ),
    "a feed with every date": (
        "a.xml",
        _feed(
            f"<title>{TITLE}</title><pubDate>99999-99-99</pubDate><description>{TEXT}</description>"
        ),
    ),
    "a feed nested deep": ("a.xml", _feed("<a>" * 20_000)),
    "a feed of namespaces": ("a.xml", _feed(f'<x:y xmlns:x="{HALF}">{TEXT}</x:y>')),
    "a feed of broken base64": (
        "a.atom",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="image/png" '
        b'mode="base64">%%%</content></entry></feed>',
    ),
    "NUL in the head of an answer": (
        "a.warc",
        _warc(b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=a\0b\r\n\r\n" + _html()),
    ),
    "NUL in the head of a record": ("a.warc", _warc(b"X-\0: \0\r\n", ANSWER)),
    "a record of no length": ("a.warc", _warc(b"Content-Length: -5\r\n", ANSWER, 10**15)),
    "a record of a word's length": (
        "a.warc",
        _warc(b"", ANSWER).replace(b"Content-Length: ", b"Content-Length: x"),
    ),
    "an answer of broken chunks": (
        "a.warc",
        _warc(
            b"",
            OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n" + _html(),
        ),
    ),
    "an answer of broken compression": (
        "a.warc",
        _warc(
            b"",
            OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b" + b"\0" * 50,
        ),
    ),
    "an answer of no status": ("a.warc", _warc(b"", b"HTTP/\r\n\r\n" + _html())),
    "compression that breaks off": ("a.jsonl.gz", gzip.compress(_record() * 50)[:-40]),
    "compression of another kind": ("a.jsonl.gz", b"\x1f\x8b\x08\xff" + b"\xff" * 100),
    "bytes of every value": ("a.html", bytes(range(256)) * 40),
    "bytes of every value as text": ("a.txt", bytes(range(256)) * 40),
    "UTF-32": ("a.txt", f"{TITLE}\n\n{TEXT}".encode("utf-32")),
    "half of UTF-16": ("a.html", _html().decode().encode("utf-16")[:-1]),
    "30,000 lines that are no records": ("a.jsonl", b"x\n" * 30_000 + _record()),
    "brothers in a chain": ("a.txt", f"{TITLE}\n\n{'قال محمد ' + 'بن علي ' * 2000}".encode()),
    "a name in a chain": ("a.txt", f"{TITLE}\n\n{'قال محمد ' + 'بن عبد الله ' * 1000}".encode()),
    "quotes in an author": ("a.jsonl", _record(author='"' * 5000 + "أحمد" + "«" * 5000)),
}


def mutated(seed: int, many: int) -> Iterator[tuple[str, bytes]]:
    """``many`` of these pages with bytes changed, cut, doubled, or joined to another's."""
    rng = random.Random(seed)
    pages = [(name, data) for name, data in PAGES.values() if len(data) < 50_000]
    for _ in range(many):
        name, data = rng.choice(pages)
        page = bytearray(data)
        for _ in range(rng.randint(1, 12)):
            at = rng.randrange(max(1, len(page)))
            match rng.randrange(5):
                case 0:
                    page[at : at + 1] = bytes([rng.randrange(256)])
                case 1:
                    del page[at : at + rng.randint(1, 40)]
                case 2:
                    page[at:at] = page[at : at + rng.randint(1, 60)]
                case 3:
                    other = rng.choice(pages)[1]
                    start = rng.randrange(max(1, len(other)))
                    page[at:at] = other[start : start + rng.randint(1, 200)]
                case _:
                    page[at:at] = rng.choice(_BITS)
        yield name, bytes(page)


_BITS = (
    b"\xed\xa0\x80",
    b"\0",
    b"\xff\xfe",
    b"&#xD800;",
    b"\\ud800",
    b"<![CDATA[",
    b"]]>",
    b'"',
    b"<script>",
    b"]" * 50,
    b"[" * 50,
    b"9" * 4400,
    b"\xe2\x80\xae",
    b"\r\n\r\n",
)
