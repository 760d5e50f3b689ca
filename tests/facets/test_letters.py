"""What sort of word a word is by its letters, where no table tells."""

import pytest

from indexer.facets.ner.features import default_features
from indexer.facets.ner.letters import (
    ARAB,
    FOREIGN,
    MOST,
    ORDINARY,
    PLACE,
    clear_sort,
    default_letters,
)
from indexer.text import default_analyzer


def own_features(word: str) -> tuple[str, ...]:
    (token,) = default_analyzer().analyze(word)
    return default_features().type(token.word).own


@pytest.mark.parametrize(
    ("word", "likeliest"),
    [
        ("شترنبرغسون", FOREIGN),  # no table has one of these
        ("العبيداني", ARAB),
        ("واستقبالاتها", ORDINARY),
    ],
)
def test_letters_tell_names_from_ordinary_words(word: str, likeliest: int) -> None:
    found = default_letters().evidence(word)
    assert max(range(len(found.odds)), key=found.odds.__getitem__) == likeliest
    assert found.likeliest.startswith(f"{likeliest}:")


def test_no_letters_give_more_than_the_last_step() -> None:
    for word in ("ب", "برغسون" * 40, "a", ""):
        assert all(-MOST <= step <= MOST for step in default_letters().evidence(word).odds)


@pytest.mark.parametrize(
    ("classes", "city", "sort"),
    [
        ("gs", False, ARAB),
        ("f", False, FOREIGN),
        ("f", True, PLACE),
        ("", True, PLACE),
        ("v", False, ORDINARY),
        ("o", True, None),
        ("gto", False, None),
        ("", False, None),
    ],
)
def test_a_sort_is_clear_where_tables_agree(classes: str, city: bool, sort: int | None) -> None:
    assert clear_sort(classes, city) == sort


def test_letters_are_asked_only_where_tables_leave_it_open() -> None:
    assert any(feature.startswith("sort=") for feature in own_features("شترنبرغسون"))
    assert not any(feature.startswith("sort") for feature in own_features("محمد"))
    assert not any(feature.startswith("sort") for feature in own_features("استقبال"))
