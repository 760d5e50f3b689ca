"""Made pages with the structures of real Arabic news sites; the stories are invented."""

import json

TITLE = "وزير الخارجية العراقي يبحث مع نظيره البلجيكي دعم إعادة الإعمار"
STORY = (
    "بحث وزير الخارجية العراقي، الأربعاء، مع نظيره البلجيكي في بروكسل دعم جهود إعادة الإعمار.",
    "وقال الوزير في مؤتمر صحفي مشترك إن بلاده تقدر الدعم البلجيكي في مجال تدريب القوات الأمنية.",
    "من جانبه أكد الوزير البلجيكي أن بروكسل ستواصل العمل مع بغداد ضمن التحالف الدولي.",
    "وأضاف أن المرحلة المقبلة ستشهد فتح خط جوي مباشر بين البلدين وتبادل البعثات الدراسية.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
BREAK = "<br><br>"
#: What stands around the stories, and must be in none of the articles.
FURNITURE = (
    "مقالات ذات صلة",
    "اشترك في النشرة البريدية",
    "لن يتم نشر عنوان بريدك الإلكتروني",
    "جميع الحقوق محفوظة",
    "مانع الإعلانات",
    "شارك هذا الموضوع",
    "Photo by AFP",
    "الأكثر قراءة",
    "aGVsbG8gd29ybGQgZnJvbSBhIHRyYWNrZXI",
)


def linked(**fields: object) -> str:
    """A page's linked data."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


AROUND = """
<div class="sidebar"><h3>الأكثر قراءة</h3><ul><li><a href="/1">قمة عربية في القاهرة</a></li>
<li><a href="/2">ارتفاع أسعار النفط</a></li></ul></div>
<div class="newsletter">اشترك في النشرة البريدية <input></div>
<div id="comments"><h3>اترك تعليقاً</h3>
<p>لن يتم نشر عنوان بريدك الإلكتروني.</p><textarea></textarea></div>
<footer><p>جميع الحقوق محفوظة © 2021</p></footer>
"""

#: A blog's software with a theme for magazines: crumbs, shares, tags, related posts inside.
WORDPRESS = f"""<!doctype html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">
<title>{TITLE} - شفق نيوز</title><meta property="og:title" content="{TITLE} - شفق نيوز">
<meta property="og:site_name" content="شفق نيوز"><meta property="og:type" content="article">
<meta property="article:published_time" content="2021-06-30T11:05:00+00:00">
{linked(headline=TITLE, datePublished="2021-06-30T14:05:00+03:00", author={"name": "أحمد علي"})}
</head><body class="rtl single">
<div class="adblock-notice"><p>يبدو أنك تستخدم مانع الإعلانات، نرجو تعطيله لدعم الموقع.</p></div>
<nav class="menu"><a>الرئيسية</a><a>سياسة</a><a>عربي ودولي</a></nav>
<div class="breadcrumb"><a>الرئيسية</a> / <a>سياسة</a></div>
<article class="post"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta"><span class="author">أحمد علي</span>
<time datetime="2021-06-30">30 يونيو</time></div>
<figure><img src="a.jpg"><figcaption>The ministers in Brussels (Photo by AFP)</figcaption></figure>
<div class="entry-content">{PARAGRAPHS}
<div class="jp-relatedposts"><h3>مقالات ذات صلة</h3><a href="/3">وصول وفد إلى بغداد</a></div>
<div class="sharedaddy"><h3>شارك هذا الموضوع:</h3><ul><li>فيسبوك</li><li>تويتر</li></ul></div></div>
</article>{AROUND}</body></html>"""

#: A newspaper's own software: tables, the story in one cell with line breaks and no paragraphs.
OLD_TABLES = f"""<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">
<title>{TITLE}</title></head><body dir="rtl">
<table><tr><td><a>الرئيسية</a> | <a>محليات</a></td></tr>
<tr><td><h1>{TITLE}</h1><span class="date">الأربعاء 30 حزيران 2021</span><br>
<div class="story">{BREAK.join(STORY)}</div></td>
<td><b>الأكثر قراءة</b><br><a href="1">خبر قصير</a></td></tr>
<tr><td>جميع الحقوق محفوظة</td></tr></table></body></html>"""

#: An agency: the dateline within the text, microdata, a tracker's crumb.
AGENCY = f"""<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{TITLE}</title>
<meta property="og:site_name" content="وكالة الأناضول"><meta property="og:title" content="{TITLE}">
</head><body><header><a>الرئيسية</a><a>أخبار</a></header>
<main itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{TITLE}</h1>
<time itemprop="datePublished" datetime="2021-06-30T09:00:00Z">30.06.2021</time>
<div itemprop="articleBody"><p>بروكسل / الأناضول</p>{PARAGRAPHS}
<p>aGVsbG8gd29ybGQgZnJvbSBhIHRyYWNrZXI=</p></div>
<div class="share">شارك هذا الموضوع</div><section class="related"><h2>مقالات ذات صلة</h2>
<ul><li><a href="/4">قمة عربية في القاهرة</a></li></ul></section></main>{AROUND}</body></html>"""

#: A framework that draws its pages by script: all fields in linked data, divs without meaning.
DRAWN = f"""<!doctype html><html><head><meta charset="utf-8"><title>شفق نيوز | {TITLE}</title>
{linked(headline=TITLE, dateCreated="2021-06-30", publisher={"name": "شفق نيوز"}, author=[])}
</head><body><div id="__next"><div><div>الرئيسية</div><div>سياسة</div></div>
<div><h1>{TITLE}</h1><div class="css-1">{PARAGRAPHS}</div></div>
<div><div>الأكثر قراءة</div><a href="/5">ارتفاع أسعار النفط</a></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props": {{}}}}</script></body></html>"""

PAGES = {
    "wordpress": (WORDPRESS, "utf-8", "شفق نيوز", "أحمد علي"),
    "tables": (OLD_TABLES, "cp1256", None, None),
    "agency": (AGENCY, "utf-8", "الأناضول", None),
    "drawn": (DRAWN, "utf-8", "شفق نيوز", None),
}
