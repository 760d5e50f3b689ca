"""Leads, bylines, related links and titles of web pages, in the markup of several sites."""

import pytest

from indexer.model import Article
from indexer.sources import Raw, read

TITLE = "البرلمان يقر قانون الموازنة بعد جلسة طويلة"
LEAD = "صوت النواب بالأغلبية على قانون الموازنة العامة بعد نقاش استمر ثلاثة أيام متواصلة"
STORY = (
    "قال رئيس اللجنة المالية في مؤتمر صحفي إن القانون يخصص مبالغ أكبر للتعليم والصحة والنقل "
    "العام، وإن العجز المتوقع سيغطى من القروض الداخلية خلال السنة المقبلة.",
    "وأضاف أن النواب أدخلوا تعديلات كثيرة على المشروع الذي قدمته الوزارة في الخريف الماضي، منها "
    "رفع الحد الأدنى للأجور وخفض الضرائب على السلع الأساسية.",
    "ورحبت النقابات بالقانون لكنها طالبت بتطبيقه من دون تأخير، ودعت إلى رقابة مستقلة على الإنفاق "
    "وإلى نشر تقارير شهرية عن تنفيذ بنوده كلها.",
)
BODY = "".join(f"<p>{line}</p>" for line in STORY)


def article(main: str, head: str = f"<title>{TITLE}</title>") -> Article:
    page = f'<html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body>{main}</body>'
    return read(Raw("a.html", "/a.html", "html", page.encode(), "a"))


def lines(found: Article) -> list[str]:
    return found.body.split("\n")


def removed(found: Article) -> dict[str, str]:
    return {piece.text: piece.why for piece in found.removed}


H1 = f"<h1>{TITLE}</h1>"


@pytest.mark.parametrize(
    "main",
    [
        f'{H1}<div class="article-lead">{LEAD}</div><div class="content">{BODY}</div>',
        f'{H1}<p itemprop="description">{LEAD}</p><div itemprop="articleBody">{BODY}</div>',
        f"<article><header>{H1}<h3>{LEAD}</h3></header><section>{BODY}</section></article>",
        f'<h1>{TITLE}</h1><div class="field--name-field-subtitle field--label-hidden"><div>{LEAD}'
        f'</div></div><div class="field--name-body">{BODY}</div>',
        f'{H1}<div class="post-excerpt"><p>{LEAD}</p></div><div class="entry-content">{BODY}</div>',
        f'<main><h2>{TITLE}</h2><div class="articleSummary">{LEAD}</div><div>{BODY}</div></main>',
        f'{H1}<ul class="tools"><li>طباعة</li></ul><p>{LEAD}.</p><div class="text">{BODY}</div>',
    ],
)
def test_a_lead_outside_the_story_s_box_comes_before_its_first_paragraph(main: str):
    found = article(main)
    assert [line.rstrip(".") for line in lines(found)][:1] == [LEAD]
    assert lines(found)[1:] == list(STORY)
    assert found.title == TITLE
    assert not any(LEAD in text for text in removed(found))


@pytest.mark.parametrize(
    "main",
    [
        f'{H1}<div class="excerpt">{STORY[0][:90]}…</div><div class="content">{BODY}</div>',
        f'{H1}<div class="lead"><p>{STORY[0]}</p></div><div class="content">{BODY}</div>',
        f'{H1}<div class="subtitle">{TITLE}</div><div class="content">{BODY}</div>',
        f'<meta itemprop="description" content="{STORY[0]}">{H1}<div class="c">{BODY}</div>',
        f'{H1}<div class="lead" style="display: none">{LEAD}</div><div class="c">{BODY}</div>',
        f'{H1}<div class="teaser"><a href="/2">{LEAD}</a></div><div class="content">{BODY}</div>',
        f'{H1}<aside><p class="summary">{LEAD}</p></aside><div class="content">{BODY}</div>',
        f'<div class="slider"><p class="excerpt">{LEAD}</p></div>{H1}<div class="c">{BODY}</div>',
    ],
)
def test_what_is_no_lead_or_is_said_already_is_not_added(main: str):
    assert lines(article(main)) == list(STORY)


def inside(between: str) -> str:
    first, *rest = (f"<p>{line}</p>" for line in STORY)
    return f"<article>{H1}<div>{first}{between}{''.join(rest)}</div></article>"


def behind(after: str) -> str:
    return f"<article>{H1}<div>{BODY}{after}</div></article>"


LINKED = "محكمة باريس تنظر في قضية جديدة"
CUED = (
    f'<p>اقرأ أيضا: <a href="/n/1">{LINKED}</a></p>',
    f'<p><a href="/n/1">{LINKED}</a></p>',
    f'<div><strong>اقرأ أيضا</strong></div><p><a href="/n/1">{LINKED}</a></p>',
    f'<ul><li><a href="/n/1">{LINKED}</a></li><li><a href="/n/2">قمة في أثينا غدا</a></li></ul>',
    f'<div class="related-box"><p>{LINKED}</p></div>',
    f'<section class="read-more"><h4>من الأرشيف</h4><p>{LINKED}.</p></section>',
    f"<p>موضوعات متعلقة: {LINKED}</p>",
    f"<p>شاهد بالصور.. {LINKED}</p>",
    f"<p>لقراءة الخبر: {LINKED}</p>",
)


@pytest.mark.parametrize("links", CUED)
@pytest.mark.parametrize("page", [inside, behind])
def test_links_to_other_stories_go_and_are_among_the_removed(page, links: str):
    found = article(page(links))
    assert lines(found) == list(STORY)
    assert any(LINKED in text and why == "related" for text, why in removed(found).items())


@pytest.mark.parametrize(
    ("bar", "why"),
    [
        ('<div class="cookie-notice"><p>موقعنا يحفظ بعض البيانات في جهازك.</p></div>', "cookies"),
        ('<div class="share-bar"><p>أرسل هذه القصة إلى من تحب</p></div>', "page tools"),
        ('<div class="podcast-promo"><p>برنامجنا الأسبوعي عن السياسة</p></div>', "follow us"),
        ('<div class="comment-policy"><p>لا نقبل الشتائم في هذا المكان.</p></div>', "comments"),
        ("<p>شروط التعليق: عدم الإساءة للكاتب أو للأشخاص</p>", "comments"),
        ("<p>باستمرارك في تصفح الموقع توافق على ملفات تعريف الارتباط</p>", "copyright"),
    ],
)
@pytest.mark.parametrize("page", [inside, behind])
def test_bars_and_promotion_go_and_are_among_the_removed(page, bar: str, why: str):
    found = article(page(bar))
    assert lines(found) == list(STORY)
    assert why in removed(found).values()


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li>تعليم مجاني للجميع</li><li>صحة أفضل في القرى</li></ul>",
        '<p>ونص البيان على موقع الوزارة: <a href="/n/1">بيان الوزارة عن الموازنة العامة</a></p>',
        f'<blockquote><p><a href="/n/1">{LINKED}</a> كما كتب النائب</p></blockquote>',
        f'<p><a href="/n/1">{LINKED}</a> وتصدر حكمها الشهر المقبل</p>',
        "<p>«اقرأ أيضا ما كتبه الآخرون قبل أن تحكم»، قال النائب لزميله.</p>",
        "<p>وقال النائب: «شروط التعليق على القانون كثيرة، وقد اقرأ أيضا مواده مرة ثانية».</p>",
    ],
)
@pytest.mark.parametrize("page", [inside, behind])
def test_what_a_story_lists_quotes_and_links_to_stays(page, part: str):
    found = article(page(part))
    words = " ".join(part.replace("<", " <").replace(">", "> ").split())
    told = [
        word for word in words.split() if "<" not in word and "=" not in word and ">" not in word
    ]
    assert [word for word in told if word not in found.body] == []
    assert all(line in found.body for line in STORY)


def test_a_paragraph_that_is_not_taken_for_the_story_is_among_the_removed():
    poll = f"شارك في استطلاع القراء عن الموازنة: {LEAD}؟ نعم أو لا أو لا أدري حتى الآن."
    found = article(f'{behind("")}<div class="sidebar"><p>{poll}</p></div>')
    assert lines(found) == list(STORY)
    assert removed(found)[poll]
    assert not any(line in removed(found) for line in STORY)


@pytest.mark.parametrize("address", ["https://example.org/law", "/files/law.pdf", "#law"])
def test_a_link_alone_that_leads_to_no_other_story_stays(address: str):
    assert LINKED in article(inside(f'<p><a href="{address}">{LINKED}</a></p>')).body


def test_a_heading_of_the_story_behind_related_links_stays():
    links = (
        f'<p>اقرأ أيضا:</p><ul><li><a href="/1">{LINKED}</a></li><li><a href="/2">قمة في أثينا</a>'
    )
    found = article(inside(f"{links}</li></ul><h3>موقف النقابات من القانون</h3>"))
    assert lines(found) == [STORY[0], "موقف النقابات من القانون", *STORY[1:]]


def test_a_story_all_in_links_stays_whole():
    linked = "".join(f'<p><a href="/n/{n}">{line[:-1]}</a></p>' for n, line in enumerate(STORY))
    assert all(line[:-1] in article(f"<article>{H1}{linked}</article>").body for line in STORY)


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/w/1">نهلة الشامي</a>',
        '<div class="post-meta-author"><a href="/w/1">نهلة الشامي</a></div>',
        '<p class="byline">نهلة الشامي</p>',
        '<span class="byline"><b>بقلم</b> <a>نهلة الشامي</a></span>',
        '<div class="entry-meta">كتبت: نهلة الشامي</div>',
        '<span class="writer">كتبت نهلة الشامي</span>',
        '<div itemprop="author"><span itemprop="name">نهلة الشامي</span></div>',
        '<div class="articleWriter">كتبت - نهلة الشامي</div>',
    ],
)
@pytest.mark.parametrize("box", ["content", "story"])
def test_a_byline_before_the_story_gives_the_author(byline: str, box: str):
    found = article(f'{H1}{byline}<div class="{box}">{BODY}</div>')
    assert found.author == "نهلة الشامي"
    assert lines(found) == list(STORY)


def test_a_stated_site_yields_to_the_printed_person():
    head = f'<title>{TITLE}</title><meta name="author" content="شفق نيوز">'
    found = article(f'{H1}<p class="byline">نهلة الشامي</p><div>{BODY}</div>', head)
    assert found.author == "نهلة الشامي"


@pytest.mark.parametrize(
    "others",
    [
        '<div class="comment"><span class="comment-author">نهلة الشامي</span></div>',
        '<div class="sidebar"><a rel="author">نهلة الشامي</a></div>',
        '<ul><li class="author">نهلة الشامي</li><li class="author">وليد الجندي</li></ul>',
        '<div class="related"><p class="byline">نهلة الشامي</p></div>',
    ],
)
def test_who_wrote_something_else_is_not_the_author(others: str):
    assert article(f"{H1}<div>{BODY}</div>{others}").author is None


NAMED = '<meta property="og:site_name" content="مرصد الضفة">'


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        (f"<title>{TITLE} | مرصد الضفة</title>{NAMED}", ""),
        (f"<title>موقع مرصد الضفة - {TITLE}</title>{NAMED}", ""),
        (f'<meta property="og:title" content="مرصد الضفة: أخبار - {TITLE}">', H1),
        (f'<title>{TITLE} - الضفة</title><meta property="og:title" content="الضفة - {TITLE}">', H1),
        (f"<title>{TITLE} - سياسة - مرصد الضفة</title>{NAMED}", ""),
        (f'<title>x</title>{NAMED}<meta property="og:title" content="{TITLE} – مرصد الضفة">', H1),
    ],
)
def test_a_title_loses_the_site_s_name_on_either_side(head: str, heading: str):
    found = article(f"{heading}<div>{BODY}</div>", head)
    assert found.title == TITLE
    assert "outlet in title" in removed(found).values()


@pytest.mark.parametrize(
    "title",
    [
        "قمة بغداد - ملفات ساخنة على الطاولة",
        "الموازنة العامة | ما الذي تغير هذا العام",
        "صحيفة عبرية - الحكومة تدرس الانسحاب",
        "مباريات اليوم - الأهلي يواجه الزمالك",
    ],
)
@pytest.mark.parametrize("heading", [True, False])
def test_a_title_with_a_dash_alone_keeps_all_of_it(title: str, heading: bool):
    h1 = f"<h1>{title}</h1>" if heading else ""
    head = f'<title>{title}</title><meta property="og:title" content="{title}">{NAMED}'
    assert article(f"{h1}<div>{BODY}</div>", head).title == title
