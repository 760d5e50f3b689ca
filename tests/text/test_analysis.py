"""What holds of any text, and the spellings of the press that must meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import Analyzer, default_analyzer
from indexer.text.analysis import stop_words
from indexer.text.nations import shared_stems
from indexer.text.normalize import MARKS, SILENT, normalize

ARABIC = st.text(
    st.sampled_from([*map(chr, range(0x0621, 0x064B)), *"\u064b\u064e\u0651\u0640\u200d٠۵ 7.-»"])
)
TEXTS = st.one_of(st.text(), ARABIC)


@given(TEXTS)
def test_offsets_return_the_printed_word(text: str) -> None:
    tokens = default_analyzer().analyze(text)
    for token in tokens:
        printed = text[token.start : token.end]
        assert default_analyzer().word(printed) == token.word
        assert not any(letter.isspace() for letter in printed)
        assert printed[-1] not in set(SILENT) - set(MARKS)
    starts = [token.start for token in tokens]
    assert starts == sorted(set(starts))


def is_spoken(letter: str) -> bool:
    return letter.isalnum() and letter not in SILENT


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    inside = set()
    for token in default_analyzer().analyze(text):
        inside.update(range(token.start, token.end))
    assert inside >= {place for place, letter in enumerate(text) if is_spoken(letter)}


@given(TEXTS)
def test_a_stem_is_a_piece_of_its_word(text: str) -> None:
    for token in default_analyzer().analyze(text):
        assert token.word.stem
        assert token.word.stem in token.word.exact or token.word.lemma in shared_stems()
        assert token.word.lemma


@given(TEXTS)
def test_layers_depend_on_the_exact_form_alone(text: str) -> None:
    for token in default_analyzer().analyze(text):
        assert default_analyzer().word(token.word.exact) == token.word


@given(TEXTS)
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الإهتمام", "الاهتمام"),
        ("فى", "في"),
        ("مُحارَبة", "محاربة"),
        ("محـــاربة", "محاربة"),
        ("کیری", "كيري"),
        ("\ufeed\ufeaf\ufef3\ufeae", "وزير"),
        ("ا\u0653لاف", "آلاف"),
        ("مي\u200dثاق", "ميثاق"),
        ("٢٠١٥", "2015"),
        ("۲۰۱۵", "2015"),
        ("شئون", "شيون"),
        ("پوتين", "بوتين"),
        ("ڤيينا", "فيينا"),
        ("UNESCO", "unesco"),
    ],
)
def test_spellings_of_one_word_share_their_exact_form(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("مُحارَبةُ الإرهاب.", ["مُحارَبةُ", "الإرهاب"]),
        ("«الرئيس»\u200f:", ["الرئيس"]),
        ("بيروت/الأناضول", ["بيروت", "الأناضول"]),
        ("في 3.5 مليون", ["في", "3", "5", "مليون"]),
        ("وزير_الخارجية", ["وزير", "الخارجية"]),
        ("ال\u200dأمم", ["ال\u200dأمم"]),
        ("ـــ", []),
        ("في عام2023م", ["في", "عام", "2023", "م"]),
        ("15شخصا", ["15", "شخصا"]),
        ("كوفيد19", ["كوفيد", "19"]),
        ("#قمة_المناخ2024", ["قمة", "المناخ", "2024"]),
        ("الوكالةReuters", ["الوكالة", "Reuters"]),
        ("G20 وF16", ["G20", "و", "F16"]),
        ("الساعة10:30صباحا", ["الساعة", "10", "30", "صباحا"]),
        ("1,234,567 و١٬٢٣٤٫٥", ["1,234,567", "و", "١٬٢٣٤", "٥"]),
        ("12,5 2011,2012 1,2345", ["12", "5", "2011", "2012", "1", "2345"]),
        ("النبيﷺﷺ", ["النبي", "ﷺ", "ﷺ"]),
        ("عبدﷲ", ["عبدﷲ"]),
    ],
)
def test_words_are_found_as_printed(text: str, words: list[str]) -> None:
    tokens = default_analyzer().analyze(text)
    assert [text[token.start : token.end] for token in tokens] == words


@pytest.mark.parametrize("name", ["وزير", "واشنطن", "بلجيكا", "بغداد", "ليبيا", "كندا", "فرنسا"])
def test_first_letters_of_its_own_stay_on_a_word(name: str) -> None:
    whole = default_analyzer().word(name)
    assert whole.stem == whole.lemma == whole.exact
    for particles in ("و", "ب", "ل", "ول"):
        assert default_analyzer().word(particles + name).lemma == whole.lemma
        assert default_analyzer().word(particles + name).stem == whole.stem


def test_unknown_words_lose_the_article_and_keep_their_own_letters() -> None:
    assert default_analyzer().word("والزقمبوط").stem == "زقمبوط"
    assert default_analyzer().word("بزقمبوط").stem == "بزقمبوط"


@pytest.mark.parametrize(
    ("printed", "exact"),
    [
        ("1,234,567", "1234567"),
        ("١٬٢٣٤٬٥٦٧", "1234567"),
        ("1،234", "1234"),
        ("األمن", "الامن"),
        ("واإلرهاب", "والارهاب"),
        ("باالنتخابات", "بالانتخابات"),
        ("ألمانيا", "المانيا"),
        ("الآن", "الان"),
    ],
)
def test_numbers_and_turned_letters_have_one_exact_form(printed: str, exact: str) -> None:
    assert default_analyzer().word(printed).exact == exact


def test_a_sign_for_several_words_is_one_short_word() -> None:
    words = [token.word.exact for token in default_analyzer().analyze("ﷺ" * 400)]
    assert len(words) == 400
    assert len(words[0]) < 20


def test_stop_words_are_marked() -> None:
    marked = [default_analyzer().word(word).stop for word in ("في", "وهو", "فى", "وزير", "ليبيا")]
    assert marked == [True, True, True, False, False]
    assert len(stop_words()) > 200


def test_remembered_words_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.text.analysis._REMEMBERED", 3)
    analyzer = Analyzer()
    text = "وزير الخارجية يلتقي سفير بلجيكا في بغداد"
    assert [t.word for t in analyzer.analyze(text)] == [
        default_analyzer().word(word) for word in text.split()
    ]
    assert len(analyzer._words) <= 3
