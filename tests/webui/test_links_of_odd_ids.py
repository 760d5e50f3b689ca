"""The links that a page prints lead to its article, whatever letters stand in the id."""

import re
from collections.abc import Callable, Sequence
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.model import Article, Record
from indexer.sources import limits
from indexer.sources.formats.field_limits import identity

ODD = (
    *(
        "100%",
        "%41",
        "%2F",
        "%00",
        "%",
        "a%zz",
        "a+b",
        "a b",
        "a&b=c",
        "a;b",
        "a=b",
        "a\\b",
        "~",
        "*",
    ),
    *("what?", "?q=x", "#top", "a#b?c", "/", "//", "//host/a", "/a", "a/", "a//b", "a///b/", "://"),
    *("http://example.org/a?b=c#d", "https:/x", "javascript:alert(1)", "C:\\a", "@", "user@host"),
    *("'", '"', "`", "<b>", "&amp;", "&lt;", '"><script>', "{{ 1 }}", "{% x %}", "<article:id>"),
    *("trailing.", "dots..", "trailing ", " leading", ".a", "a.", "...", "a/...", "a\u00a0"),
    *("\u200f", "a\u200fb", "\u202eabc", "\u2066a\u2069", "\u200b", "a\u200d", "\u061c", "\ufe0f"),
    *(
        "two\nlines",
        "a\r\nb",
        "tab\there",
        "\x00",
        "\x7f",
        "\u2028",
        "\ufeffa",
        "\ud800",
        "é",
        "e\u0301",
    ),
    *(
        "خبر عن القمّة",
        "١٢٣",
        "😀",
        "𝕏",
        "\U0010ffff",
        "\uffff",
        "ﷺ",
        "search",
        "static",
        "api/v1/search",
    ),
    *("a" * limits.ID, "ب" * limits.ID, "😀" * limits.ID, "%" * limits.ID, "a" * (limits.ID + 1)),
    *(".", "..", "a/../b", "./a", "a/.", "a/..", "../../etc/passwd", "json", ".json", "a.json"),
)
IDS = tuple(dict.fromkeys(id for odd in ODD if (id := identity(odd))))


@pytest.fixture(scope="module")
def site(client_of: Callable[[Sequence[Record]], FlaskClient]) -> FlaskClient:
    return client_of([Record(Article(id, f"title {at}", "text"), {}) for at, id in enumerate(IDS)])


def as_browsers_send(href: str) -> str:
    """The address that a browser makes of a link; it takes steps like «..» out itself."""
    parts = urlsplit(href)
    assert not parts.scheme
    assert not parts.netloc
    assert not parts.fragment
    assert not {".", ".."} & {*unquote(parts.path).replace("\\", "/").split("/")}
    assert re.fullmatch(r"[!-~]+", parts.path), "a browser would write it otherwise"
    return parts.path


@pytest.mark.parametrize("at", range(len(IDS)), ids=[ascii(id[:20]) for id in IDS])
def test_the_links_of_an_article_are_its_own(site: FlaskClient, at: int) -> None:
    found = site.get(f"/search?q=%22title+{at}%22&lang=en&copies=1&size=100").text
    [link] = re.findall(rf'<a href="([^"]*)">title <mark>{at}</mark></a>', marked_whole(found))
    page = site.get(as_browsers_send(unescape(link)))
    assert (page.status_code, f"title {at}</h1>" in page.text) == (200, True)
    [json] = re.findall(r'<a href="([^"]*/api/v1/articles/[^"]*)"', page.text)
    assert site.get(as_browsers_send(unescape(json))).get_json()["id"] == IDS[at]


def marked_whole(page: str) -> str:
    return page.replace("<mark>title</mark>", "title").replace("<mark>title ", "title <mark>")
