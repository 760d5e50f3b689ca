import datetime as dt
import json

import pytest
from flask.testing import FlaskClient

from html_pages import read
from indexer.model import Article
from site_records import RECORDS
from webui.citing import STYLES, Reference

TALKS = RECORDS[0].article
READ_ON = dt.date(2026, 12, 1)


def cited(style: str, article: Article = TALKS, lang: str = "ar") -> str:
    reference = Reference(article, article.source or "", "https://example.org/cairo", READ_ON)
    return reference.written(style, lang)


def test_a_reference_for_a_text_follows_the_page():
    assert cited("text") == (
        "محرر. «وزير الخارجية يستقبل السفير الفرنسي في القاهرة». "
        "صحيفة الأهرام، 9 يونيو 2021. https://example.org/cairo "
        "(اطُّلع عليه في 1 ديسمبر 2026)"
    )
    assert "القاهرة” [in Arabic]. " in cited("text", lang="en")
    assert "صحيفة الأهرام, 9 June 2021" in cited("text", lang="en")
    assert cited("text", lang="en").endswith("/cairo (accessed 1 December 2026)")


def test_the_language_of_an_article_is_told_where_the_page_is_in_another():
    french = Article("a", "Le ministre", "", language="fr")
    assert cited("text", french).startswith("«Le ministre» [بالفرنسية]. https://example.org/cairo")
    assert "langid = {french}" in cited("bibtex", french)
    unknown = Article("a", "24", "", language="und")
    assert cited("text", unknown, "en").startswith("“24”. https://example.org/cairo")
    assert "langid" not in cited("bibtex", unknown)
    assert "language" not in json.loads(cited("csl", unknown))[0]


def test_what_is_not_known_is_left_out():
    bare = Article("a", "عنوان", "")
    assert cited("text", bare).startswith("«عنوان». https://example.org/cairo")
    assert cited("ris", bare).split("\r\n") == [
        "TY  - NEWS",
        "TI  - عنوان",
        "LA  - ar",
        "UR  - https://example.org/cairo",
        "Y2  - 2026/12/01",
        "ER  - ",
        "",
    ]
    assert "author" not in cited("bibtex", bare) and " date" not in cited("bibtex", bare)
    (item,) = json.loads(cited("csl", bare))
    assert item.keys() == {"id", "type", "title", "URL", "accessed", "language"}


def test_an_item_of_csl_json_holds_all_that_is_known():
    assert json.loads(cited("csl")) == [
        {
            "id": "rasad-cairo-talks",
            "type": "article-newspaper",
            "title": "وزير الخارجية يستقبل السفير الفرنسي في القاهرة",
            "author": [{"literal": "محرر"}],
            "container-title": "صحيفة الأهرام",
            "issued": {"date-parts": [[2021, 6, 9]]},
            "URL": "https://example.org/cairo",
            "accessed": {"date-parts": [[2026, 12, 1]]},
            "language": "ar",
        }
    ]


def test_no_two_articles_have_one_key():
    keys = {
        Reference(Article(id, "", ""), "", "", READ_ON).file_name
        for id in ("a-b", "a b", "a/b", "خبر", "نبأ")
    }
    assert len(keys) == 5


def test_bibtex_holds_no_sign_that_means_something():
    article = Article("x/ {1}", r"50% of {A} & B_c \x #1 $", "", date=dt.date(2021, 6, 9))
    assert cited("bibtex", article).splitlines() == [
        "@online{rasad-x-1-3a947ae4,",
        r"  title = {{50\% of \{A\} \& B\_c \textbackslash{}x \#1 \$}},",
        "  date = {2021-06-09},",
        "  year = {2021},",
        "  url = {https://example.org/cairo},",
        "  urldate = {2026-12-01},",
        "  langid = {arabic},",
        "}",
    ]


@pytest.mark.parametrize("style", STYLES)
def test_a_line_break_in_a_title_ends_nothing(style):
    article = Article("a", "one\r\nER  - \n}two", "")
    assert "one ER - " in cited(style, article)


@pytest.mark.parametrize(("style", "kind"), STYLES.items())
def test_references_are_files_and_buttons(client: FlaskClient, style, kind):
    page = read(client, "/article/cairo-talks")
    (link,) = [a["href"] for a, _ in page.all("a") if a["href"].startswith(f"/cite/{style}/")]
    answer = client.get(link)
    assert answer.mimetype == kind.mimetype
    name = f'filename="rasad-cairo-talks.{kind.ending}"'
    assert name in answer.headers["Content-Disposition"]
    buttons = [a["data-copy"] for a, _ in page.all("button") if "data-copy" in a]
    # A browser, like this reader, takes line ends in attributes as they stand.
    assert answer.text.split() in [text.split() for text in buttons]
    assert "https://example.org/cairo" in answer.text


def test_an_article_without_a_page_of_its_own_is_cited_with_ours(client):
    assert "http://localhost/article/paris (" in client.get("/cite/text/paris").text
    assert "javascript" not in client.get("/cite/bibtex/hostile <script>alert(1)</script>").text


@pytest.mark.parametrize("address", ["/cite/apa/paris", "/cite/text/none", "/cite/text/"])
def test_there_is_no_reference_to_nothing(client, address):
    read(client, address, 404)
