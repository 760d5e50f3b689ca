"""One raw page to an article, in every format."""

import datetime as dt
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SourceError
from indexer.sources import Raw, encoding, limits, read, walk
from made_pages import BODY, META, STORY, TEXT, TITLE, URL, feed, html, linked, packed, warc


def read_all(path):
    return [read(raw) for raw in walk([path])]


def from_record(**fields):
    payload = json.dumps(fields, ensure_ascii=False).encode()
    return read(Raw("a.jsonl:1", "/a.jsonl", "record", payload))


def from_html(text, **encoding):
    return read(Raw("a.html", "/a.html", "html", text.encode(**encoding), "a"))


def test_a_text_file_is_named_by_its_file(tmp_path):
    (tmp_path / "page-7.txt").write_text(TEXT, "utf-8")
    (tmp_path / "page-8.txt.gz").write_bytes(packed(TEXT))
    articles = read_all(tmp_path)
    assert [article.id for article in articles] == ["page-7", "page-8"]
    assert {(article.title, article.body) for article in articles} == {(TITLE, BODY)}


def test_pages_named_index_are_told_apart_by_their_folders(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text(TEXT, "utf-8")
    assert [article.id for article in read_all(tmp_path)] == ["a-index", "b-index"]


def test_a_text_file_may_name_its_fields(tmp_path):
    head = f"العنوان: {TITLE}\nالتاريخ: 30/06/2021\nالمصدر: شفق نيوز\nالرابط: {URL}\n\n"
    (tmp_path / "a.txt").write_text(head + BODY, "utf-8")
    [article] = read_all(tmp_path)
    assert (article.title, article.body, article.url) == (TITLE, BODY, URL)
    assert (article.date, article.date_origin) == (dt.date(2021, 6, 30), "metadata")
    assert article.source == "شفق نيوز"


def test_one_line_with_a_colon_is_no_field(tmp_path):
    (tmp_path / "a.txt").write_text(f"المصدر: رويترز\n{TEXT}", "utf-8")
    [article] = read_all(tmp_path)
    assert (article.title, article.source) == (TITLE, "رويترز")


def test_a_web_page_in_a_text_file_is_read_as_one(tmp_path):
    (tmp_path / "a.txt").write_text(html(META), "utf-8")
    [article] = read_all(tmp_path)
    assert (article.title, article.body) == (TITLE, BODY)


@pytest.mark.parametrize("mark", [" | ", " - "])
def test_an_outlet_behind_the_title_is_the_source(mark):
    article = from_record(title=f"{TITLE}{mark}شفق نيوز", text=BODY)
    assert (article.title, article.source) == (TITLE, "شفق نيوز")
    assert article.removed[0].why == "outlet in title"


def test_an_ordinary_word_behind_the_title_is_its_own():
    title = "أسعار النفط - اليوم"
    assert from_record(title=title, text=BODY).title == title


@pytest.mark.parametrize("name", ["utf-8", "cp1256", "utf-16"])
def test_the_encoding_of_a_page_is_told(name):
    assert encoding(Raw("a", "/a", "text", TEXT.encode(name))) == name


def test_a_record_s_fields_are_its_article_s():
    article = from_record(
        id=12,
        title=TITLE,
        text=BODY,
        date="2021-06-30 14:05",
        source="aawsat",
        url=URL,
        author="لندن: فهد حسن",
    )
    assert article.id == "12"
    assert (article.title, article.body, article.url) == (TITLE, BODY, URL)
    assert (article.date, article.date_origin) == (dt.date(2021, 6, 30), "metadata")
    assert (article.source, article.author) == ("الشرق الأوسط", "فهد حسن")


def test_an_unknown_source_is_kept_as_it_is_named():
    assert from_record(title=TITLE, text=BODY, source="صدى الجبل").source == "صدى الجبل"


def test_a_page_without_metadata_is_dated_and_named_by_its_address():
    article = from_record(title=TITLE, text=BODY, url="https://aa.com.tr/ar/2021/06/30/1")
    assert (article.date, article.date_origin) == (dt.date(2021, 6, 30), "url")
    assert article.source == "الأناضول"
    assert article.id == from_record(url="https://aa.com.tr/ar/2021/06/30/1", text=BODY).id


def test_today_is_resolved_by_the_time_of_fetching_only():
    assert from_record(title=TITLE, text=BODY).date is None
    article = from_record(title=TITLE, text=BODY, fetched="2021-07-02T10:00:00Z")
    assert (article.date, article.date_origin) == (dt.date(2021, 6, 30), "text")


def test_markup_and_entities_in_a_record_are_not_text():
    article = from_record(
        title="قال &quot;نعم&quot;", text="<p>أولاً &amp;amp; ثانياً</p><p>3 &lt; 5</p>"
    )
    assert article.title == 'قال "نعم"'
    assert article.body == "أولاً & ثانياً\n3 < 5"


def test_a_record_may_hold_html():
    article = from_record(id="a", html=html(META), source="مصدر آخر")
    assert (article.id, article.title, article.body) == ("a", TITLE, BODY)
    assert article.source == "مصدر آخر"


def test_a_record_with_nothing_but_a_title_is_an_article():
    assert from_record(title=TITLE).body == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "not JSON"),
        (b"[1, 2]", "not an object"),
        (b"null", "not an object"),
        (b"{}", "no text"),
        (b'{"text": "", "title": null}', "no text"),
        (b'{"text": "..."}', "no words"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"text": "' + b"a" * (limits.PAGE + 1) + b'"}', "over 5 MB"),
    ],
)
def test_a_line_that_is_no_record_says_why(line, why):
    with pytest.raises(SourceError, match=why):
        read(Raw("a.jsonl:1", "/a.jsonl", "record", line))


def test_half_a_character_in_json_is_left_out():
    from_record(title=TITLE, text=BODY)
    raw = Raw("a:1", "/a", "record", b'{"title": "a\\ud800b", "text": "\\udfff c"}')
    article = read(raw)
    assert article.title == "ab"
    article.body.encode("utf-8")


@pytest.mark.parametrize("head", [META, linked(), META + linked()], ids=["meta", "linked", "both"])
def test_a_web_page_tells_of_itself(head):
    article = from_html(html(head))
    assert (article.title, article.body) == (TITLE, BODY)
    assert (article.date, article.date_origin) == (dt.date(2021, 6, 30), "metadata")
    assert (article.source, article.author) == ("شفق نيوز", "أحمد علي")


def test_a_web_page_s_address_is_the_one_it_states():
    assert from_html(html(META)).url == URL


def test_a_web_page_without_metadata_is_read_as_print():
    around = (
        '<span class="date">30 يونيو 2021</span><span class="author">بغداد/سعد كامل/الأناضول</span>'
    )
    article = from_html(html(around=around))
    assert (article.title, article.body) == (TITLE, BODY)
    assert (article.date, article.date_origin) == (dt.date(2021, 6, 30), "text")
    assert (article.source, article.author) == ("الأناضول", "سعد كامل")


def test_a_date_in_three_elements_on_end_is_read():
    badge = '<div class="date"><b>يونيو</b><i>30</i><span>2021</span></div>'
    assert from_html(html(around=badge)).date == dt.date(2021, 6, 30)


def test_no_date_is_guessed_for_a_web_page():
    assert (
        from_html(html(story=(*STORY, "وكان قد زار بروكسل في 5 مايو 2019 مع وفد كبير."))).date
        is None
    )


def test_a_web_page_in_another_encoding(tmp_path):
    (tmp_path / "a.html").write_bytes(html(META, charset="windows-1256").encode("cp1256"))
    [article] = read_all(tmp_path)
    assert (article.title, article.body) == (TITLE, BODY)


@pytest.mark.parametrize(
    "text",
    ["<html><body></body></html>", "<html><script>x</script></html>", "<p>", "\0" * 10, "<" * 1000],
)
def test_a_web_page_without_a_story_says_so(text):
    with pytest.raises(SourceError):
        from_html(text)


def test_broken_linked_data_hides_nothing_else():
    broken = '<script type="application/ld+json">{"@type": </script>'
    assert from_html(html(META + broken)).date == dt.date(2021, 6, 30)


def test_markup_nested_without_end_is_survived():
    deep = "<div>" * 50_000 + f"<p>{STORY[0]}</p>"
    with pytest.raises(SourceError):
        from_html(f"<html><body>{deep}")


def test_each_entry_of_a_feed_is_a_page(tmp_path):
    content = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    items = (
        f"<item><title>{TITLE}</title><link>{URL}</link><guid>7</guid>"
        "<pubDate>Wed, 30 Jun 2021 11:05:00 GMT</pubDate><description>موجز</description>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item>"
        "<item><title>خبر ثان</title><guid>8</guid>"
        "<description>نص الخبر الثاني.</description></item>"
    )
    (tmp_path / "a.rss").write_text(feed(items), "utf-8")
    full, short = read_all(tmp_path)
    assert (full.title, full.body, full.url) == (TITLE, BODY, URL)
    assert (full.date, full.source) == (dt.date(2021, 6, 30), "شفق نيوز")
    assert (short.id, short.body, short.date) == ("8", "نص الخبر الثاني.", None)


def test_an_atom_feed_is_a_feed_too(tmp_path):
    (tmp_path / "a.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة</title><entry>'
        f'<title>{TITLE}</title><id>urn:1</id><link href="{URL}"/>'
        f'<published>2021-06-30T11:05:00Z</published><content type="html">{STORY[0]}</content>'
        "</entry></feed>",
        "utf-8",
    )
    [article] = read_all(tmp_path)
    assert (article.title, article.body, article.date) == (TITLE, STORY[0], dt.date(2021, 6, 30))


@pytest.mark.parametrize("packed", [True, False])
def test_each_web_page_of_an_archive_is_a_page(tmp_path, packed):
    answers = (
        (URL, "text/html; charset=windows-1256", html(META, charset="").encode("cp1256")),
        ("https://example.org/a.png", "image/png", b"x"),
        ("https://example.org/b", "text/html", html(charset="utf-8").encode()),
    )
    name = "a.warc.gz" if packed else "a.warc"
    (tmp_path / name).write_bytes(warc(*answers, packed=packed))
    first, second = read_all(tmp_path)
    assert (first.title, first.body, first.url) == (TITLE, BODY, URL)
    assert second.url == "https://example.org/b"
    # «اليوم الأربعاء», archived on Friday the second of July
    assert (second.date, second.date_origin) == (dt.date(2021, 6, 30), "text")
    assert first.id != second.id


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_archive_gives_what_is_whole_and_says_so(tmp_path, packed):
    page = html(META).encode()
    content = warc((URL, "text/html", page), (URL + "/2", "text/html", page), packed=packed)
    (tmp_path / ("a.warc.gz" if packed else "a.warc")).write_bytes(content[:-300])
    whole, damage = walk([tmp_path])
    assert read(whole).title == TITLE
    assert "damaged" in damage.why or "ends in the middle" in damage.why


def test_a_raw_page_crosses_to_another_process():
    raw = Raw("a.txt", "/a.txt", "text", TEXT.encode(), "a")
    assert read(pickle.loads(pickle.dumps(raw))) == read(raw)


def test_the_language_of_a_page_is_told():
    assert (
        from_record(title="Minister visits Brussels", text="The minister is in the city.").language
        == "en"
    )
    assert from_record(title=TITLE, text=BODY).language == "ar"
    assert (
        from_record(title="گفتگو", text="رئیس جمهور ایران گفت که این گفتگو پیش می‌رود").language
        == "fa"
    )


@given(st.binary(max_size=300))
def test_no_bytes_break_a_reader(payload):
    for format in ("text", "record", "html"):
        try:
            article = read(Raw("a", "/a", format, payload, "a"))
        except SourceError as error:
            assert str(error).endswith(".")
        else:
            article.body.encode("utf-8")
            assert article.title


def test_a_page_of_one_line_is_a_headline_whatever_it_looks_like(tmp_path):
    path = tmp_path / "headlines.jsonl"
    path.write_text(json.dumps({"id": "h", "text": "المغرب.. انخفاض طفيف بمعدل البطالة"}), "utf-8")
    (raw,) = walk([path])
    article = read(raw)
    assert (article.title, article.body) == ("المغرب.. انخفاض طفيف بمعدل البطالة", "")
