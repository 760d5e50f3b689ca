from pathlib import Path

import pytest

from indexer.facets.ner.letter_model import LetterModel
from indexer.facets.ner.name_language import LanguageModel
from indexer.facets.ner.romanise import is_guess, latin_name, romanise

NAMES = [
    line.split("\t")
    for line in Path(__file__).with_name("latin_names.tsv").read_text("utf-8").splitlines()
]
#: In no table.
UNKNOWN = "زقربوف"


@pytest.mark.parametrize(("name", "latin"), NAMES)
def test_names_are_written_in_one_style(name: str, latin: str) -> None:
    assert latin_name(name) == (latin, False)


def test_a_part_in_no_table_makes_the_name_a_guess() -> None:
    name = f"محمد {UNKNOWN}"
    latin = romanise(name)
    assert latin.startswith("Mohamed Z")
    assert is_guess(name, latin)
    assert not is_guess(name, "Mohamed Zakarbov, as somebody renamed him")
    assert not is_guess("محمد", "Mohamed")


@pytest.mark.parametrize("before", ["ال", "عبد ال"])
def test_a_guess_behind_other_letters_is_still_one(before: str) -> None:
    assert latin_name(before + UNKNOWN).guessed


def test_printed_hamza_is_no_article() -> None:
    assert romanise("ألزقربس").startswith("Al")
    assert "-" not in romanise("ألزقربس")
    assert romanise("إلزقربس")[0] in "EI"
    assert romanise("الزقربس").startswith("Al-")


def test_a_foreign_name_has_no_article() -> None:
    assert "-" not in romanise("بيدرو خوان الزقربس")
    assert "-" not in romanise("خوسيه مانويل الباريس")
    assert romanise("بيدرو خوان الخوري").endswith(" al-Khoury")
    assert romanise("محمد الزقربس").split()[-1].startswith("al-Z")


def test_signs_that_are_no_letters_of_a_name_stop_nothing() -> None:
    assert romanise("") == ""
    assert romanise("؟ x7 ـ ً") == "X7"
    assert romanise("زقربوف" * 40)


def test_the_language_of_other_parts_tells_how_a_guess_is_written() -> None:
    letters = LetterModel.shipped().spellings("زقروفسكي")
    assert len(letters) > 1
    model = LanguageModel.shipped()
    polish, russian = map(model.languages.index, ("pl", "ru"))
    assert model.evidence("Kowalski")[polish] > model.evidence("Kowalski")[russian]
    assert model.evidence("Sokolov")[russian] > model.evidence("Sokolov")[polish]
    assert model.plausible(["fr", "fr", "es"], []) == ["fr"]
    assert model.plausible(["fr", "es"], []) == ["es", "fr"]
    assert model.plausible([], []) == []


def test_marked_letters_are_read_as_what_they_mark() -> None:
    assert romanise("پزقروڤ").startswith("P")
    assert "v" in romanise("ڤزقرو").casefold()
    assert latin_name("پزقروڤ").guessed


def test_spellings_come_best_first_with_their_shares() -> None:
    spellings = LetterModel.shipped().spellings(UNKNOWN)
    shares = [share for _, share in spellings]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1.001
    assert len({text for text, _ in spellings}) == len(spellings)
