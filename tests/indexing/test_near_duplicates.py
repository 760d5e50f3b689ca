"""Copies are recognised while documents pass, in one run and over many."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from factories import make_document
from indexer.catalogue import Catalogue
from indexer.indexing.near_duplicates import StoryAssigner, signature, similarity, with_signature
from indexer.model import Document

AGENCY = """
استقبل وزير الخارجية العراقي فؤاد حسين في بغداد سفير مملكة بلجيكا لدى العراق وبحث معه
العلاقات الثنائية بين البلدين وسبل تعزيزها في مختلف المجالات ولا سيما الاقتصادية والأمنية منها
وأكد الوزير خلال اللقاء أهمية استمرار الدعم الدولي لجهود إعادة الإعمار في المناطق المحررة
من جانبه جدد السفير موقف بلاده الداعم لوحدة العراق وسيادته واستقراره
"""
EDITED = f"متابعة: {AGENCY.replace('من جانبه', 'وبدوره').replace('خلال اللقاء', 'في اللقاء')}"
OTHER = """
انطلقت في جنيف جولة جديدة من المحادثات حول الملف النووي بمشاركة وفود من الدول الكبرى وسط
تفاؤل حذر بإمكان التوصل إلى اتفاق قبل نهاية الشهر الجاري بعد أشهر من الجمود والتصعيد المتبادل
"""
TELEGRAM = """
بعث رئيس الجمهورية برقية تهنئة إلى نظيره {} بمناسبة ذكرى اليوم الوطني لبلاده وأعرب باسمه واسم
حكومة وشعب الجمهورية عن أصدق التهاني وأطيب التمنيات بالصحة والسعادة له والتقدم والازدهار لشعبه
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue.create(tmp_path / "catalogue.db")
    yield opened
    opened.close()


@pytest.fixture
def copies(catalogue: Catalogue) -> StoryAssigner:
    return StoryAssigner(catalogue)


def document(id: str, text: str, date: str | None = "2021-06-09", **fields: object) -> Document:
    return with_signature(make_document(id, body=text, date=date, **fields))


def stories(copies: StoryAssigner, *documents: Document) -> list[str]:
    return [one.story for one in copies.assign(documents)]


def test_an_edited_print_joins_the_story(copies: StoryAssigner) -> None:
    given = [document("a", AGENCY), document("b", OTHER), document("c", EDITED)]
    assert stories(copies, *given) == ["", "", "a"]


def test_a_later_run_joins_earlier_stories(copies: StoryAssigner, catalogue: Catalogue) -> None:
    stories(copies, document("a", AGENCY), document("b", EDITED))
    assert stories(StoryAssigner(catalogue), document("c", AGENCY)) == ["a"]


def test_an_update_keeps_its_story(copies: StoryAssigner) -> None:
    stories(copies, document("a", AGENCY), document("b", AGENCY))
    assert stories(copies, document("b", EDITED), document("a", EDITED)) == ["a", ""]


def test_an_article_that_became_another_leaves_its_story(copies: StoryAssigner) -> None:
    stories(copies, document("a", AGENCY), document("b", AGENCY))
    (new,) = stories(copies, document("a", OTHER))
    assert new not in ("", "a")  # «b» is still told under the id of «a»
    assert stories(copies, document("c", AGENCY), document("d", OTHER)) == ["a", new]


def test_what_is_forgotten_has_no_copies(copies: StoryAssigner, catalogue: Catalogue) -> None:
    stories(copies, document("a", AGENCY))
    copies.forget(["a", "unknown"])
    assert catalogue.copy("a") is None
    assert stories(copies, document("b", AGENCY)) == [""]


def test_one_formula_about_two_countries_is_two_stories(copies: StoryAssigner) -> None:
    names = {"EG": "المصري", "FR": "الفرنسي"}
    given = [
        document(id, TELEGRAM.format(name), countries={"IQ", id}) for id, name in names.items()
    ]
    assert stories(copies, *given) == ["", ""]
    fuller = document("more", TELEGRAM.format("المصري"), countries={"IQ", "EG", "SA"})
    assert stories(copies, fuller) == ["EG"]


def test_texts_of_days_far_apart_must_be_more_alike(copies: StoryAssigner) -> None:
    cut = AGENCY[: len(AGENCY) * 3 // 5]
    given = [
        document("a", AGENCY),
        document("later", cut, "2021-07-01"),
        document("again", AGENCY, "2021-07-01"),
    ]
    assert stories(copies, *given) == ["", "", "a"]
    copies.forget(["later"])
    assert stories(copies, document("soon", cut, "2021-06-10")) == ["a"]


def test_a_chain_does_not_lead_away_from_a_storys_first_day(copies: StoryAssigner) -> None:
    half = len(AGENCY) // 2
    given = [
        document("first", AGENCY + OTHER, "2021-06-01"),
        document("second", AGENCY[half:] + OTHER, "2021-06-04"),
        document("third", OTHER, "2021-06-07"),
    ]
    assert stories(copies, *given) == ["", "first", ""]


def test_very_short_texts_have_no_copies(copies: StoryAssigner) -> None:
    assert stories(copies, document("a", "كاريكاتير اليوم"), document("b", "كاريكاتير اليوم")) == [
        "",
        "",
    ]


def test_marks_and_spelling_make_no_difference() -> None:
    plain, marked = make_document(body=OTHER), make_document(body=OTHER.replace("جنيف", "جِنيف،"))
    assert signature(plain.body) == signature(marked.body)


def test_similarity_is_the_share_of_common_shingles(
    copies: StoryAssigner, catalogue: Catalogue
) -> None:
    stories(copies, document("a", AGENCY), document("b", EDITED), document("c", OTHER))
    a, b, c = (catalogue.copy(id) for id in "abc")
    assert a and b and c
    assert similarity(a, a) == 1
    assert 0.6 < similarity(a, b) < 1
    assert similarity(a, c) < 0.1
