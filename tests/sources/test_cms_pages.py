"""Pages built as the software of news sites builds them give their stories and nothing else."""

import datetime as dt

import pytest

from cms_pages import FURNITURE, PAGES, STORY, TITLE
from indexer.model import Article
from indexer.sources import Raw, read

KINDS = pytest.mark.parametrize("kind", PAGES)


def article(kind: str) -> Article:
    page, encoding, _, _ = PAGES[kind]
    return read(Raw("a.html", "/a.html", "html", page.encode(encoding, "xmlcharrefreplace"), "a"))


@KINDS
def test_the_whole_story_is_read(kind: str) -> None:
    body = " ".join(article(kind).body.split())
    assert [line for line in STORY if line not in body] == []


@KINDS
def test_nothing_around_the_story_is(kind: str) -> None:
    read_page = article(kind)
    assert [words for words in FURNITURE if words in read_page.body] == []
    assert TITLE not in read_page.body


@KINDS
def test_title_date_source_and_author_are_the_page_s(kind: str) -> None:
    _, _, source, author = PAGES[kind]
    found = article(kind)
    assert found.title == TITLE
    assert found.date == dt.date(2021, 6, 30)
    assert (found.source, found.author) == (source, author)
