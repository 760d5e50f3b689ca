"""Where web pages, feeds and records state their date, and which dates are of something else."""

import datetime as dt
import json

import pytest

from indexer.sources import Raw, read, walk
from source_tables import read_rows

TITLE = "افتتاح جسر جديد فوق النهر"
STORY = (
    "افتتح المحافظ صباحا جسرا جديدا يربط ضفتي النهر، بعد أعمال استمرت ثلاث سنوات كاملة من العمل.",
    "وقال المهندس المشرف إن الجسر يختصر الطريق بين الحيين كثيرا، وإن رصيفه مهيأ للمشاة والدراجات.",
    "وأضاف أن البلدية تعتزم إنارة الجسر بالطاقة الشمسية، وأن زيارة الموقع متاحة للجمهور مساء.",
)
DAY = dt.date(2022, 3, 14)
NEAR = read_rows("near_title.tsv")


def page(head="", above="", below="", story=STORY, after=""):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    text = (
        f'<html lang="ar"><head><meta charset="utf-8"><title>{TITLE}</title>{head}</head>'
        f"<body>{above}<h1>{TITLE}</h1>{below}<div>{paragraphs}</div>{after}</body></html>"
    )
    return read(Raw("a.html", "/a.html", "html", text.encode(), "a"))


def linked(text):
    return page(f'<script type="application/ld+json">{text}</script>')


@pytest.mark.parametrize(("printed", "expected"), NEAR)
@pytest.mark.parametrize(
    "around",
    [
        "<div>{}</div>",
        "<p>{}</p>",
        "<span>{}</span>",
        "<div><div><b>{}</b></div></div>",
        '<ul class="info"><li>{}</li></ul>',
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_a_line_below_the_title_states_the_date_or_does_not(printed, expected, around):
    date = page(below=around.format(printed)).date
    assert (date.isoformat() if date else "-") == expected


@pytest.mark.parametrize(("printed", "expected"), NEAR)
def test_nothing_of_a_line_with_the_date_is_left_in_the_story(printed, expected):
    article = page(story=(printed, *STORY))
    assert (article.date.isoformat() if article.date else "-") == expected
    assert (printed in article.body) is (expected == "-")


@pytest.mark.parametrize(
    "below",
    [
        "<div>تاريخ النشر</div><div>14 مارس 2022</div>",
        "<div><span>تم نشره في</span> <span>14</span> <span>مارس</span> <span>2022</span></div>",
        "<div><i></i> 14/03/2022<br>1,530 مشاهدة</div>",
        "<!-- x --><div><!-- y -->14 مارس 2022</div>",
        "<dl><dt>التاريخ</dt><dd>14 مارس 2022</dd><dt>المشاهدات</dt><dd>44</dd></dl>",
        f"<p>{STORY[2]}</p><div>14 مارس 2022</div>",
        "<header><h2>جسر طال انتظاره</h2></header><div>14 مارس 2022</div>",
    ],
)
def test_a_date_below_the_title_is_read_in_any_elements(below):
    article = page(below=below)
    assert (article.date, article.date_origin) == (DAY, "text")


def test_a_date_right_above_the_title_is_read():
    assert page(above="<div>أخبار</div><div>14 مارس 2022</div>").date == DAY


def test_a_date_behind_the_story_is_read_where_it_says_what_it_is():
    assert page(after="<div>نشر في 14 مارس 2022</div>").date == DAY


@pytest.mark.parametrize(
    "above",
    [
        "<div>اليوم: الاثنين 14 مارس 2022</div>",
        "<header><div class='date'>الاثنين 14 مارس 2022</div></header>",
        "<div class='topbar'><span class='date'>14 مارس 2022</span></div>",
        "<div>14 مارس 2022</div><a>الرئيسية</a><div>سياسة</div><div>اقتصاد</div>",
    ],
)
def test_the_day_in_the_masthead_is_not_the_article_s(above):
    assert page(above=above).date is None


CARD = "<a href='/2'>المحافظ يزور مدارس الحي القديم</a>"


@pytest.mark.parametrize(
    "others",
    [
        f"<ul><li>{CARD}<span>14 مارس 2022</span></li></ul>",
        f"<ul><li>{CARD}<div>14 مارس 2022</div></li></ul>",
        f"<div>{CARD}</div><div>14 مارس 2022</div>",
        f"<div>14 مارس 2022</div><div>{CARD}</div>",
        f"<div class='related-posts'><div>{CARD}</div><span class='date'>14 مارس 2022</span></div>",
        f"<aside><time datetime='2022-03-14'>14 مارس 2022</time>{CARD}</aside>",
        f"<div>اقرأ أيضا</div><div>{CARD}</div><p>14 مارس 2022</p>",
        "<section><h2><a href='/2'>وزير الري يتفقد السد</a></h2><div>14 مارس 2022</div></section>",
        f"<div><div>{CARD}<span class='date'>14 مارس 2022</span></div></div>",
        f"<div><div>{CARD}<time datetime='2022-03-14'>14 مارس 2022</time></div></div>",
        "<p>موعد المباراة</p><p>الاثنين 14 مارس 2032</p>",
        "<div>تاريخ الفعالية:</div><div>14 مارس 2032</div>",
        "<div class='event-date'>14 مارس 2032</div>",
        "<footer><p class='date'>14 مارس 2022</p></footer>",
        "<footer>جميع الحقوق محفوظة © 2022</footer>",
        "<div>حقوق النشر © 2022</div>",
    ],
)
def test_dates_of_other_articles_are_not_the_article_s(others):
    assert page(below=others).date is None
    assert page(after=others).date is None


@pytest.mark.parametrize(
    "sentence",
    [
        "وكان الجسر القديم قد انهار في 14 مارس 2022.",
        "يقام الاحتفال يوم 14 مارس 2032 في الساحة الكبرى",
        "القاهرة، 14 مارس 2022 – قال المحافظ إن الجسر يفتح للسير مساء اليوم بعد تجارب طويلة عليه.",
        "نُشر القرار في الجريدة الرسمية في 14 مارس 2022",
        "آخر موعد للتقديم: 14 مارس 2032",
    ],
)
def test_a_date_in_a_sentence_of_the_story_is_not_the_article_s(sentence):
    assert page(story=(sentence, *STORY)).date is None
    assert page(story=(*STORY, sentence, STORY[0] + " ")).date is None


UPDATED, PUBLISHED = "2022-04-02T09:00:00Z", "2022-03-14T09:00:00Z"


@pytest.mark.parametrize(
    "below",
    [
        "<div>تم التحديث: 2 أبريل 2022</div><div>14 مارس 2022</div>",
        "<div>14 مارس 2022</div><div>تم التحديث: 2 أبريل 2022</div>",
        "<p>آخر تحديث 02/04/2022 - 10:00 | نُشر في 14/03/2022 - 08:15</p>",
        "<p>نشر: 14/03/2022 - آخر تعديل: 02/04/2022</p>",
        "<div>تاريخ آخر تحديث</div><div>2 أبريل 2022</div>"
        "<div>تاريخ النشر</div><div>14 مارس 2022</div>",
        "<div>Last updated: April 2, 2022</div><div>Published: March 14, 2022</div>",
        "<div>آخر تحديث: 2 أبريل 2022</div><div>كتب: سامي حداد | 14 مارس 2022</div>",
        f"<article><time class='updated' datetime='{UPDATED}'>x</time>"
        f"<time class='entry-date' datetime='{PUBLISHED}'>x</time></article>",
        f"<article>آخر تحديث: <time datetime='{UPDATED}'>2 أبريل 2022</time> "
        f"نشر: <time datetime='{PUBLISHED}'>14 مارس 2022</time></article>",
        f"<time itemprop='dateModified' datetime='{UPDATED}'>x</time>"
        f"<time itemprop='datePublished' datetime='{PUBLISHED}'>x</time>",
    ],
)
def test_of_publication_and_update_the_date_is_publication(below):
    assert page(below=below).date == DAY


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="article:modified_time" content="{UPDATED}">'
        f'<meta property="article:published_time" content="{PUBLISHED}">',
        f'<meta property="og:updated_time" content="{UPDATED}">'
        f'<meta name="pubdate" content="{PUBLISHED}">',
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"dateModified": "{UPDATED}", "datePublished": "{PUBLISHED}"}}</script>',
    ],
)
def test_metadata_of_an_update_is_not_the_date(head):
    assert page(head).date == DAY


def test_an_update_in_metadata_leaves_the_printed_date():
    head = f'<meta property="article:modified_time" content="{UPDATED}">'
    assert page(head, below="<div>نشر في 14 مارس 2022</div>").date == DAY


def test_a_page_that_only_tells_its_update_has_that_date():
    assert page(below="<div>آخر تحديث: 14 مارس 2022</div>").date == DAY


DATED = f'"datePublished": "{PUBLISHED}"'


@pytest.mark.parametrize(
    "text",
    [
        f'{{"@type": "Article", "description": "سأل: "متى؟", ثم "أين؟"", {DATED}}}',
        f'{{"@type": "Article", {DATED}, "keywords": ["جسر", "نهر",],}}',
        f'//<![CDATA[\n{{"@type": "Article", {DATED}}}\n//]]>',
        f'/* <![CDATA[ */{{"@type": "Article", {DATED}}}/* ]]> */',
        f'<!--\n{{"@type": "Article", {DATED}}}\n-->',
        f'{{"@type": "Article", /* عن الخبر */ {DATED} // انتهى\n}}',
        f'{{"@type": "Article", {DATED}}};',
        f'{{"@type": "Article", "name": "it\\\'s", {DATED}}}',
        f'{{"@type": "Article" {DATED}}}',
        f'{{"@type": "Article", {DATED}, "author": {{"name": "سامي',
        '{"@type": "Article", "datePublished": 1647248400000}',
        '{"@type": "Article", "datePublished": "1647248400000"}',
        '{"@type": "Article", "datePublished": 1647248400}',
        f'{{"@graph": {{"@type": "Article", {DATED},}}}}',
    ],
)
def test_linked_data_that_is_slightly_broken_is_read(text):
    article = linked(text)
    assert (article.date, article.date_origin) == (DAY, "metadata")


def test_the_title_in_broken_linked_data_keeps_its_quotes():
    title = 'المحافظ: "الجسر" لكم'
    assert linked(f'{{"@type": "Article", "headline": "{title}", {DATED}}}').title == title


@pytest.mark.parametrize(
    "text",
    [
        f'{{"@type": "Article" {DATED}}} {{"@type": "Article" "datePublished": "{UPDATED}"}}',
        f'{{"@type": "Event" {DATED}}}',
        '{"@type": "Article", "datePublished": 0}',
        '{"@type": "Article", "datePublished": true}',
        f'{{"@type": "Article", "dateModified": "{UPDATED}",}}',
        '{"' * 40_000,
        "/*" * 40_000,
        " " * 400_000 + "x",
    ],
)
def test_linked_data_that_tells_no_date_of_the_article_gives_none(text):
    assert linked(text).date is None


ZEROS = [
    "0001-01-01T00:00:00Z",
    "0001-01-01",
    "1970-01-01T00:00:00+00:00",
    "1970-01-01T03:00:00+03:00",
    "1969-12-31T19:00:00-05:00",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Mon, 01 Jan 0001 00:00:00 +0000",
    "-0001-11-30T00:00:00+00:00",
    "0000-00-00 00:00:00",
    "0",
    "1 يناير 1970",
]


@pytest.mark.parametrize("zero", ZEROS)
def test_the_zero_of_a_program_is_no_date(zero, tmp_path):
    assert page(f'<meta property="article:published_time" content="{zero}">').date is None
    assert page(below=f"<time datetime='{zero}'></time><div>{zero}</div>").date is None
    assert linked(json.dumps({"@type": "Article", "datePublished": zero})).date is None
    record = json.dumps({"title": TITLE, "text": STORY[0], "date": zero}).encode()
    assert read(Raw("a:1", "/a.jsonl", "record", record)).date is None
    (tmp_path / "a.xml").write_text(
        f"<rss version='2.0'><channel><title>x</title><item><title>{TITLE}</title>"
        f"<pubDate>{zero}</pubDate><description>{STORY[0]}</description></item></channel></rss>"
    )
    assert [read(raw).date for raw in walk([tmp_path])] == [None]


@pytest.mark.parametrize("zero", [0, 0.0, "0001-01-01", -62135596800])
def test_a_record_whose_first_date_is_zero_may_state_another(zero):
    record = {"title": TITLE, "text": STORY[0], "date": zero, "published": PUBLISHED}
    assert read(Raw("a:1", "/a.jsonl", "record", json.dumps(record).encode())).date == DAY


def test_a_zero_in_metadata_leaves_the_date_that_is_printed():
    head = '<meta property="article:published_time" content="0001-01-01T00:00:00Z">'
    assert page(head, below="<p>الاثنين 14 مارس 2022</p>").date == DAY


@pytest.mark.parametrize("value", ["Thu, 10 Jun 2021 00:01:00 +0300", "2021-06-10T00:01:00.0001Z"])
def test_a_minute_past_midnight_is_no_year_one(value):
    assert page(f'<meta name="date" content="{value}">').date == dt.date(2021, 6, 10)
