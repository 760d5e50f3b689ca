"""A country's cities and adjectives are no spellings of its name."""

import pytest

from indexer.entities.spellings import is_spelling


@pytest.mark.parametrize(
    ("id", "text", "is_one"),
    [
        ("US", "أميركا", True),
        ("US", "الولايات المتحدة الأمريكية", True),
        ("US", "واشنطن", False),
        ("US", "الأميركية", False),
        ("SA", "السعودية", True),
        ("SA", "جدة", False),
        ("KR", "الكوري", False),
        ("ZZ", "مصر", False),
    ],
)
def test_of_a_country_only_names_are(id: str, text: str, is_one: bool) -> None:
    assert is_spelling("countries", id, text) is is_one


def test_of_a_person_every_way_to_write_it_is() -> None:
    assert is_spelling("people", "EG", "القاهرة")
