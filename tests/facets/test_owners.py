"""Institutions without a country belong to the one that the article is about, or to nobody."""

import pytest

from facet_cases import facets


def organisations(body: str, title: str = "", **fields: str) -> set[str]:
    """The organisations of an article."""
    return {value.id for value in facets(body, title, **fields)["organisations"]}


@pytest.mark.parametrize(
    ("source", "url", "expected"),
    [
        ("عكاظ", None, {"ministry-health-SA"}),
        ("بترا", None, {"ministry-health-JO"}),
        (None, "https://example.tn/1", {"ministry-health-TN"}),
        ("الشرق الأوسط", None, set()),
        (None, "https://example.org/1", set()),
    ],
)
def test_a_ministry_is_that_of_the_paper(source, url, expected):
    assert organisations("حذرت وزارة الصحة من الوباء", source=source, url=url) == expected


def test_a_ministry_is_that_of_the_country_in_question():
    body = "تظاهر الفنلنديون في هلسنكي، وقالت فنلندا إن وزارة الصحة أخطأت"
    assert organisations(body, "احتجاجات في فنلندا", source="عكاظ") == {"ministry-health-FI"}


def test_a_ministry_is_the_one_that_the_article_names_with_its_country():
    body = "قالت وزارة الصحة الفنلندية إن النرويج والسويد تأخرتا. وأضافت وزارة الصحة"
    assert organisations(body, source="الشرق الأوسط") == {"ministry-health-FI"}


def test_of_two_countries_named_alike_neither_owns_a_ministry():
    title = "اتفاق بين فنلندا والنرويج"
    assert not organisations("حذرت وزارة الصحة من الوباء", title, source="عكاظ")


def test_a_council_that_a_country_lacks_is_not_its_own():
    assert organisations("قرر مجلس الشورى التأجيل", source="عكاظ") == {"shura-council-sa"}
    assert not organisations("قرر مجلس الشورى التأجيل", "أزمة في فنلندا", source="عكاظ")


def test_a_ministry_is_known_by_its_subject_in_quotation_marks():
    assert organisations("«الصحة» تحذر من الوباء", source="عكاظ") == {"ministry-health-SA"}
    assert not organisations("الصحة تاج على الرؤوس", source="عكاظ")


def test_the_longer_name_of_a_body_has_the_mentions_of_the_shorter():
    (found,) = facets("هيئة الرصد والمتابعة الجبلية تعلن. وأكدت هيئة الرصد ذلك")["organisations"]
    assert found.name == "هيئة الرصد والمتابعة الجبلية" and len(found.mentions) == 2


def test_particles_are_no_part_of_a_name():
    (found,) = facets("انضم الخبير للهيئة العامة للسباحة")["organisations"]
    assert found.name == "الهيئة العامة للسباحة"
