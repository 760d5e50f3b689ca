"""Near spellings: what counts as near, and that long words are not searched for."""

import pytest

from factories import learn, make_document
from indexer.catalogue import Catalogue
from indexer.search.spelling import MAX_LETTERS, likely, similar


@pytest.fixture
def catalogue(catalogue: Catalogue) -> Catalogue:
    learn(catalogue, make_document("a", body=f"لودريان لوريان باريس {'ب' * 65}"))
    return catalogue


def test_near_words_come_nearest_first(catalogue: Catalogue):
    assert similar("لوريان", 2, catalogue) == ["لوريان", "لودريان"]
    assert similar("لودرين", 2, catalogue) == ["لودريان", "لوريان"]
    assert similar("لودرين", 1, catalogue) == ["لودريان"]


@pytest.mark.parametrize("letters", [MAX_LETTERS + 1, 2000])
@pytest.mark.parametrize("distance", [1, 2])
def test_a_long_word_is_near_to_itself_alone(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, letters: int, distance: int
):
    looked_up = []
    known = catalogue.known
    monkeypatch.setattr(catalogue, "known", lambda forms: looked_up.extend(forms) or known(forms))
    word = "ب" * letters
    assert similar(word, distance, catalogue) == [word] * (letters == 65)
    assert looked_up == [word]


def test_the_forms_near_to_a_word_are_looked_for_once(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
):
    similar("لودرين", 2, catalogue)
    monkeypatch.setattr("indexer.search.spelling.process.extract", None)
    assert similar("لودرين", 2, catalogue) == ["لودريان", "لوريان"]


def test_keys_side_by_side_and_like_sounds_are_likelier_slips():
    assert likely("الخليجس", "الخليجي", 10) > likely("الخليجس", "الخليجو", 10)
    assert likely("مضبوظ", "مضبوض", 10) > likely("مضبوظ", "مضبوق", 10)
    assert likely("بوتن", "بوتين", 100) > likely("بوتن", "بوتين", 10)
