"""The language of a page, and of what it quotes."""

import pytest

from indexer.sources import quoted
from indexer.sources.cleaning.language import language

ENGLISH = "We remain committed to the security of the region and to our partners."
FRENCH = "Nous sommes prêts à reprendre les négociations dans les prochains jours."
PERSIAN = "ما همیشه گفته‌ایم که پیمان باید برای همه یکسان باشد"
ARABIC = "نحن ملتزمون بأمن المنطقة وبشركائنا فيها كما كنا دائما"


@pytest.mark.parametrize(
    ("text", "tag"),
    [(ENGLISH, "en"), (FRENCH, "fr"), (PERSIAN, "fa"), (ARABIC, "ar"), ("12:30", "und")],
)
def test_a_language_is_told(text: str, tag: str):
    assert language(text) == tag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"وكتب على حسابه: {ENGLISH} وأضاف أن الحوار مستمر.", [("en", ENGLISH[:-1])]),
        (f"وقال الوزير «{FRENCH}» ثم غادر.", [("fr", FRENCH)]),
        (f"وقال بالفارسية «{PERSIAN}» في طهران.", [("fa", PERSIAN)]),
        (f"وقال «{ARABIC}».", []),
        ("نشرت صحيفة The New York Times الأمريكية تقريرا.", []),
        ("التقى المدير التنفيذي لشركة Advanced Energy Solutions International في دبي.", []),
        ("", []),
    ],
)
def test_what_is_quoted_in_another_language_is_told(text: str, expected: list[tuple[str, str]]):
    assert [(tag, text[start:end]) for start, end, tag in quoted(text, "ar")] == expected


def test_what_an_english_page_quotes_is_arabic():
    text = f"The minister said «{ARABIC}» and left the hall of the conference."
    assert [(tag, text[start:end]) for start, end, tag in quoted(text, "en")] == [("ar", ARABIC)]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("عقد مجلس الوزراء جلسته الأسبوعیة وناقش خطة الکهرباء فی المحافظات الجنوبیة", "ar"),
        ("لم یجد الباحثون أی دلیل علی وجود حیاة فی الکوکب، کما یقول تقریر نشرته مجلة علمیة", "ar"),
        ("کشفت وزارة الصحة عن خطة جدیدة لدعم المستشفیاتے الحکومیة", "ar"),
        ("سید علی الحسینی السیستانی در دیدار با وزیر الخارجیة گفت که این راه بسته است", "fa"),
        ("رییس مجلس شورای اسلامی از مردم خواست در انتخابات شرکت کنند", "fa"),
        ("بین الاقوامی عدالت نے کہا کہ وہ اس معاملے کی سماعت اگلے ہفتے کرے گی", "ur"),
        ("حکومتِ ہند کے مطابق دار الحکومت میں کل بھی بارش کا امکان ہے", "ur"),
        ("سەرۆکی حکومەت لە هەولێر لەگەڵ باڵیۆزی وڵاتە یەکگرتووەکان کۆبووەوە", "ckb"),
    ],
)
def test_arabic_of_a_persian_keyboard_is_arabic_and_its_neighbours_are_not(text: str, tag: str):
    assert language(text) == tag
