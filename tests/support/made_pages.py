"""One story in every format that pages come in, made for the tests."""

import gzip
import io
import json

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TITLE = "الكاظمي يلتقي ستولتنبرغ في بروكسل ويبحث معه توسعة بعثة الناتو"
STORY = (
    "التقى رئيس مجلس الوزراء، اليوم الأربعاء، الأمين العام لحلف شمال الأطلسي في مقر الحلف.",
    "وبحث اللقاء علاقات التعاون والشراكة بين العراق ودول الحلف في المجالات السياسية والأمنية.",
    "وأكد الأمين العام أن دول الحلف ستستمر في دعم العراق في محاربة الإرهاب وتدريب قواته.",
)
BODY = "\n".join(STORY)
TEXT = f"{TITLE}\n\n{BODY}\n"
URL = "https://www.shafaq.com/ar/politics/visit"
LINKED_DATA = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "موقع"},
        {
            "@type": "NewsArticle",
            "headline": TITLE,
            "datePublished": "2021-06-30T14:05:00+03:00",
            "author": [{"@type": "Person", "name": "أحمد علي"}],
            "publisher": {"@type": "Organization", "name": "شفق نيوز"},
        },
    ],
}
META = (
    f'<meta property="og:title" content="{TITLE} - شفق نيوز">'
    '<meta property="og:site_name" content="شفق نيوز">'
    '<meta property="article:published_time" content="2021-06-30T14:05:00+03:00">'
    '<meta name="author" content="أحمد علي">'
    f'<link rel="canonical" href="{URL}">'
)


def html(head="", charset="utf-8", around="", story=STORY):
    """A web page with menus, a caption, related articles, a comment form and a footer."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">
<title>{TITLE} | شفق نيوز</title>{head}</head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سياسة</a></li></ul></nav>
<main><article><h1>{TITLE}</h1>{around}
<figure><img src="a.jpg"><figcaption>A handout image (Photo by AFP)</figcaption></figure>
<div class="content">{paragraphs}</div></article></main>
<section><h3>مقالات ذات صلة</h3><ul><li><a href="/1">قمة عربية في القاهرة</a></li></ul></section>
<div><h3>اترك تعليقاً</h3><form>لن يتم نشر عنوان بريدك الإلكتروني.<textarea></textarea></form></div>
<footer>جميع الحقوق محفوظة © 2021</footer></body></html>"""


def linked(data=LINKED_DATA):
    """Linked data as a page's head holds it."""
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def feed(items):
    """An RSS feed; ``items`` are the elements inside its channel."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>وكالة شفق نيوز</title>{items}</channel></rss>"""


def warc(*answers, packed=True):
    """A web archive of (url, content type, body)."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for url, content_type, body in answers:
        headers = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2021-07-02T10:00:00Z"},
        )
        writer.write_record(record)
    return stream.getvalue()


def packed(text):
    """Text as a gzip file."""
    return gzip.compress(text.encode())
