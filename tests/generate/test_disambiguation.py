"""How the table of lemmas is made: candidates from all sources, and a choice that agrees."""

import gzip
import json
from pathlib import Path

from indexer.generate.candidates import WordType, gather
from indexer.generate.disambiguation import choose
from indexer.generate.lexicon_table import entries_of, read_plurals, read_table, without_derivable
from indexer.generate.morphology import Analysis, WordReadings, read
from indexer.text.lexicon import Entry

NOUN, VERB, CONCRETE, SINGULAR, PLURAL = (
    "اسم",
    "فعل",
    "اسم جامد",
    "مفرد",
    "جمع",
)
FORMED = "مصدر أصلي"
ARTICLES = ("", "ال", "وال", "لل")


def noun(
    word: str, lemma: str, proclitic: str, number: str = SINGULAR, suffix: str = ""
) -> Analysis:
    return Analysis(lemma, NOUN, CONCRETE, number, proclitic, "", suffix, word)


def verb(word: str, lemma: str) -> Analysis:
    return Analysis(lemma, VERB, "", "", "", "", "", word)


def lemmas(words: list[WordReadings], **given: object) -> dict[str, str]:
    return {word: chosen.lemma for word, chosen in choose(types_of(words, **given)).items()}


def types_of(words: list[WordReadings], **given: object) -> list[WordType]:
    tables = {"plurals": {}, "names": set(), "decided": {}} | given
    return gather(words, **tables)  # type: ignore[arg-type]


def test_a_word_is_read_as_its_sisters_behind_the_article_are() -> None:
    """«الدول» can be no verb, so «دول» is not the verb «دوّل» but the plural of «دولة»."""
    words = [
        WordReadings(p + "دولة", 1e-5, (noun("دوله", "دوله", p, suffix="ه"),)) for p in ARTICLES
    ]
    words += [
        WordReadings(p + "دول", 1e-5, (noun("دول", "دوله", p, PLURAL),)) for p in ARTICLES[1:]
    ]
    words.append(WordReadings("دول", 1e-5, (verb("دول", "دول"), noun("دول", "دوله", "", PLURAL))))
    assert set(lemmas(words).values()) == {"دوله"}


def test_an_unread_name_is_found_behind_its_particles() -> None:
    words = [WordReadings(p + "زقنبورغ", 1e-6, ()) for p in ("", "و", "ل", "ب")]
    assert set(lemmas(words).values()) == {"زقنبورغ"}


def test_a_plural_keeps_its_lemma_before_a_pronoun_that_changes_its_hamza() -> None:
    words = [
        WordReadings("حلفاء", 1e-6, (noun("حلفاء", "حليف", "", PLURAL),)),
        WordReadings("حليف", 1e-6, (noun("حليف", "حليف", ""),)),
        WordReadings("لحلفائها", 1e-6, ()),
        WordReadings("حلفاؤهم", 1e-6, ()),
    ]
    assert set(lemmas(words).values()) == {"حليف"}


def test_listed_plurals_and_decisions_by_hand_are_used() -> None:
    words = [
        WordReadings("قمم", 1e-6, (verb("قمم", "قمم"),)),
        WordReadings("القمم", 1e-6, (noun("قمم", "قمم", "ال")._replace(type=FORMED),)),
        WordReadings("قمة", 1e-5, (noun("قمه", "قمه", "", suffix="ه"),)),
        WordReadings("وكل", 1e-3, (verb("وكل", "وكل"),)),
    ]
    found = lemmas(words, plurals={"قمم": {"قمه"}}, decided={"كل": "كل"})
    assert found["القمم"] == "قمه"
    assert found["وكل"] == "كل"


def test_spellings_of_a_word_share_their_readings() -> None:
    words = [
        WordReadings("الأردن", 1e-5, (noun("اردن", "اردن", "ال"),)),
        WordReadings("الاردن", 1e-5, ()),
    ]
    assert lemmas(words) == {"الاردن": "اردن"}


def test_derivable_words_are_left_out_unless_frequent() -> None:
    entries = {
        "سفاره": Entry("سفاره", 0),
        "وسفاره": Entry("سفاره", 1),
        "للسفاره": Entry("سفاره", 2),
        "سفراء": Entry("سفير", 0),
    }
    frequency = {"سفاره": 1e-9, "وسفاره": 1e-9, "للسفاره": 1e-3, "سفراء": 1e-9}
    lexicon = without_derivable(entries, frequency)
    assert set(lexicon) == {"سفاره", "للسفاره", "سفراء"}
    assert {word: lexicon.find(word) for word in entries} == entries


def test_variants_of_a_lemma_are_one() -> None:
    types = types_of([WordReadings("أميركا", 1e-6, ()), WordReadings("لأميركا", 1e-6, ())])
    entries = entries_of(types, choose(types), {"اميركا": "امريكا"})
    assert entries == {"اميركا": Entry("امريكا", 0), "لاميركا": Entry("امريكا", 1)}


def test_readings_come_back_from_their_file(tmp_path: Path) -> None:
    row = ["سَفِير", "سفر", "سُفَرَاء", NOUN, CONCRETE, None, PLURAL, 0.0, ["لِل"], [], []]
    with gzip.open(tmp_path / "readings.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(["للسفراء", 1e-6, [row, row]]) + "\n")
    reading = Analysis("سفير", NOUN, CONCRETE, PLURAL, "لل", "", "", "سفراء")
    assert list(read(tmp_path / "readings.gz")) == [WordReadings("للسفراء", 1e-6, (reading,))]


def test_tables_are_normalised_and_junk_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "plurals").write_text(
        "plural\tsingular\tsource\n(sûr)\tأنيق\tbp\nسفراء\tسفير\tsg\n+ات\tسار\tbp\n", "utf-8"
    )
    assert read_table("variants.tsv")["اميركا"] == "امريكا"
    assert read_plurals(tmp_path / "plurals") == {"سفراء": {"سفير"}}
