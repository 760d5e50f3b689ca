from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from indexer.facets.ner.letter_model import LetterModel
from indexer.generate.latin_forms import usual_forms
from indexer.generate.latin_letters import taught, trained
from indexer.generate.latin_pairs import NamePairs, aligned, joined, plain

FOREIGN = (
    ("sami", "سامي", 9),
    ("samy", "سامي", 3),
    ("samir", "سمير", 5),
    ("salim", "سليم", 5),
    ("lamis", "لميس", 5),
    ("alina", "ألينا", 5),
    ("elena", "إلينا", 7),
)
ARAB = (
    ("سمير الرامي", "Samir al-Rami", "EG"),
    ("عبدالسميع", "Abdelsamie", "EG"),
    ("سعد الله", "Saadallah", "SY"),
)


@pytest.fixture
def names(tmp_path: Path) -> NamePairs:
    foreign = "".join(f"{latin}\t{arabic}\t{count}\n" for latin, arabic, count in FOREIGN)
    (tmp_path / "netransliteration_wd_arabic.tsv").write_text(foreign, "utf-8")
    arab = "".join(f"{arabic}\t{latin}\t{country}\t1\tx\n" for arabic, latin, country in ARAB)
    (tmp_path / "wikidata_fullnames_arab.tsv").write_text(arab, "utf-8")
    return NamePairs(tmp_path)


def test_small_words_of_names_are_joined() -> None:
    assert joined(["عبد", "السميع", "سعد", "الله"]) == ["عبدالسميع", "سعدالله"]
    assert plain("Çelik-Øst’ad") == "celik-ostad"


def test_slips_of_labels_are_left_out() -> None:
    latin = dict(zip("سملنردفز", "smlnrdfz", strict=True))
    forms = {
        f"{one}ا{two}ي{three}": Counter({f"{latin[one]}a{latin[two]}i{latin[three]}": 1})
        for one, two, three in product(latin, repeat=3)
    }
    forms["ساميم"]["borg"] = 1
    pairs = {(pair.arabic, pair.latin) for pair in aligned(forms)}
    assert ("ساميم", "samim") in pairs
    assert ("ساميم", "borg") not in pairs
    assert len(pairs) == len(forms)


def test_each_letter_has_its_own(names: NamePairs) -> None:
    pair = next(pair for pair in aligned(names.plain) if pair.latin == "samir")
    assert [letter for letter, _ in pair.graphones] == list("سمير")
    assert "".join(latin for _, latin in pair.graphones) == "samir"


def test_forms_are_frequent_ones_in_our_style(names: NamePairs) -> None:
    forms = dict(usual_forms(names, list(aligned(names.plain))))
    assert forms["سامي"] == "Sami"
    assert forms["الينا"] == "Elena"
    assert forms["ألينا"] == "Alina"
    assert "إلينا" not in forms  # as where hamza isn't printed
    assert forms["عبدالسميع"] == "Abdulsamie"
    assert "الرامي" not in forms  # follows from its own form
    assert forms["رامي"] == "Rami"


def test_a_model_says_the_same_from_its_file(names: NamePairs) -> None:
    model = trained(list(taught(list(aligned(names.plain)))))
    again = LetterModel.unpacked(model.packed())
    for word in Counter(arabic for _, arabic, _ in FOREIGN):
        assert [text for text, _ in again.spellings(word)] == [
            text for text, _ in model.spellings(word)
        ]
