"""Labels of ids, and ids of typed names."""

import pytest

from indexer.entities.labels import Names

NAMES = Names()


@pytest.mark.parametrize(
    ("facet", "typed", "id"),
    [
        ("people", "Putin", "vladimir-putin"),
        ("people", "Poutine", "vladimir-putin"),
        ("people", "vladimir putin", "vladimir-putin"),
        ("people", "بوتين", "vladimir-putin"),
        ("people", "فلاديمير بوتين", "vladimir-putin"),
        ("people", "انطونيو جوتيرش", "antonio-guterres"),
        ("people", "De Croo", "alexander-de-croo"),
        ("countries", "Belgium", "BE"),
        ("countries", "belgium", "BE"),
        ("countries", "بلجيكا", "BE"),
        ("countries", "البلجيكية", "BE"),
        ("countries", "USA", "US"),
        ("countries", "أمريكا", "US"),
        ("countries", "Türkiye", "TR"),
        ("organisations", "NATO", "nato"),
        ("organisations", "الناتو", "nato"),
        ("topics", "elections", "elections"),
        ("topics", "انتخابات", "elections"),
    ],
)
def test_a_typed_name_finds_its_id_in_either_script(facet, typed, id):
    assert NAMES.find(facet, typed)[0] == id


def test_a_family_name_that_several_bear_finds_them_all():
    found = NAMES.find("people", "بارزاني") or NAMES.find("people", "Barzani")
    assert {"masoud-barzani", "masrour-barzani"} <= set(found)


@pytest.mark.parametrize("typed", ["", "   ", "؟", "xyzzy", "لا أحد بهذا الاسم", "*", "بو"])
def test_a_name_that_no_table_knows_finds_nothing(typed):
    for facet in ("people", "countries", "organisations", "topics", "sources", "dates"):
        assert NAMES.find(facet, typed) == ()


@pytest.mark.parametrize(
    ("facet", "id", "label"),
    [
        ("countries", "IQ", ("العراق", "Iraq")),
        ("people", "emmanuel-macron", ("إيمانويل ماكرون", "Emmanuel Macron")),
        ("organisations", "nato", ("حلف شمال الأطلسي", "NATO")),
        (
            "organisations",
            "ministry-foreign-affairs-FR",
            ("وزارة الخارجية الفرنسية", "Ministry of Foreign Affairs (France)"),
        ),
        ("topics", "elections", ("انتخابات", "Elections")),
    ],
)
def test_ids_have_labels_in_both_languages(facet, id, label):
    assert NAMES.label(facet, id) == label


def test_an_unknown_id_has_no_label():
    for facet in ("people", "countries", "organisations", "topics", "sources"):
        assert NAMES.label(facet, "nobody-ZZ") is None
