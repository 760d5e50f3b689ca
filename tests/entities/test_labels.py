"""What the tables call a value."""

import pytest

from indexer.entities.labels import ValueLabels

LABELS = ValueLabels()


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
    assert LABELS.label(facet, id) == label


def test_an_unknown_id_has_no_label():
    for facet in ("people", "countries", "organisations", "topics", "sources"):
        assert LABELS.label(facet, "nobody-ZZ") is None
