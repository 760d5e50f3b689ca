"""JSON-LD as pages hold it: in comments and CDATA, with bare quotes, trailing commas and comments.

What is no JSON is mended by what can follow a string: the quote that ends a name stands before a
colon, the one that ends a value before a bracket or a comma and the next name. What can't be mended
is left out: other tags of the page may state the same.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from lxml.html import HtmlElement

#: A longer text is read as it stands: mending goes letter by letter.
LONGEST_MENDED = 100_000
_BEFORE = ("<!--", "//<![CDATA[", "// <![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */")
_BEHIND = ("-->", "//]]>", "// ]]>", "//", "/*]]>*/", "/* ]]> */", "]]>", ";")
_COMMENT = re.compile(r"/\*.{0,1000}?\*/|//[^\n]{0,1000}|<!--.{0,1000}?-->", re.S)
_TRAILING = re.compile(r",(?=\s*[}\]])")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
#: The next name where a comma is missing before it.
_NEXT_NAME = re.compile(r'\s+"[\w@]{1,40}"\s*:', re.ASCII)
#: What stands behind the quote that ends a string.
_GAP = r"(?:\s|/\*[^*]{0,200}\*/|//[^\n]{0,200}\n)*"
_AFTER_NAME = re.compile(rf"{_GAP}:")
_AFTER_VALUE = re.compile(
    rf'{_GAP}(?:[}}\]]|$|,{_GAP}(?:[}}\]]|"[^"\n]{{1,40}}"\s*:))|{_NEXT_NAME.pattern}'
)
_AFTER_ITEM = re.compile(rf'{_GAP}(?:[}}\]]|$|,{_GAP}(?:[}}\]{{["\d-]|true|false|null))')
_TYPE = re.compile(r"""["']@type["']\s*:\s*\[?\s*["'](\w+)""")
_PUBLISHED = re.compile(
    r"""["']datePublished["']\s*:\s*(?:"([^"\n]{8,40})"|'([^'\n]{8,40})'|(\d{10,13})\b)"""
)


def things(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The objects in the page's JSON-LD, those inside «@graph» too."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        pending = [parsed(text) or _only_date(text)]
        while pending:
            thing = pending.pop(0)
            if isinstance(thing, list):
                pending += thing
            elif isinstance(thing, dict):
                yield thing
                graph = thing.get("@graph") or []
                pending += graph if isinstance(graph, list) else [graph]


def parsed(text: str) -> Any:
    """The value of a JSON text, mended where it has to be; None where it can't be.

    >>> parsed('{"headline": "قال "نعم" اليوم",}')
    {'headline': 'قال "نعم" اليوم'}
    """
    bare = _unwrapped(text)
    if '"' not in bare:
        bare = unescape(bare)
    value = _loaded(bare)
    if value is None and len(bare) <= LONGEST_MENDED:
        value = _loaded(_mended(bare))
    return value


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _unwrapped(text: str) -> str:
    """The text without the comments and CDATA marks that stand around the whole of it."""
    bare, before = text.strip(), None
    while bare != before:
        before = bare
        for mark in _BEFORE:
            bare = bare.removeprefix(mark).lstrip()
        for mark in _BEHIND:
            bare = bare.removesuffix(mark).rstrip()
    return bare


def _only_date(text: str) -> dict[str, str] | None:
    """What a text beyond mending tells of its article: its date, unless it tells several."""
    told = {"".join(groups) for groups in _PUBLISHED.findall(text)}
    if len(told) != 1:
        return None
    return {"@type": " ".join(_TYPE.findall(text)), "datePublished": told.pop()}


def _mended(text: str) -> str:
    """The text with quotes inside strings escaped, and no comments or trailing commas."""
    pieces: list[str] = []
    inside: list[str] = []  # the brackets that are open
    at, names = 0, False
    while at < len(text):
        letter = text[at]
        if comment := _COMMENT.match(text, at):
            at = comment.end()
            continue
        if letter == '"':
            after = _AFTER_NAME if names else _AFTER_VALUE
            if inside[-1:] == ["["]:
                after = _AFTER_ITEM
            string, at = _string(text, at + 1, after)
            pieces.append(string)
            if not names and inside[-1:] == ["{"] and _NEXT_NAME.match(text, at):
                pieces.append(",")
                names = True
            continue
        if letter in "{[":
            inside.append(letter)
        elif letter in "}]" and inside:
            inside.pop()
        if letter in "{,:}]":
            names = letter in "{," and inside[-1:] == ["{"]
        if not (letter == "," and _TRAILING.match(text, at)):
            pieces.append(letter)
        at += 1
    return "".join(pieces)


def _string(text: str, at: int, after: re.Pattern[str]) -> tuple[str, int]:
    """The string that begins at a place, as JSON, and where it ends."""
    letters = ['"']
    while at < len(text):
        if escape := _ESCAPE.match(text, at):
            letters.append(escape[0])
            at = escape.end()
            continue
        if text[at] == '"' and after.match(text, at + 1):
            return "".join((*letters, '"')), at + 1
        letters.append({'"': r"\"", "\\": ""}.get(text[at], text[at]))
        at += 1
    return "".join((*letters, '"')), at
