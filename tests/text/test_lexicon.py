"""The table of lemmas: what it gives back, what it finds inside unlisted words, and its file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import LexiconError
from indexer.text import Analyzer
from indexer.text.lexicon import Entry, Lexicon, default_lexicon, rule_for
from indexer.text.sorted_words import WordList
from indexer.text.user_lexicon import build_user_lexicon

LETTERS = st.characters(min_codepoint=0x0621, max_codepoint=0x064A)
WORDS = st.text(LETTERS, min_size=1, max_size=8)


@given(WORDS, WORDS, st.integers(0, 3))
def test_a_rule_makes_the_lemma_that_it_was_made_for(word: str, lemma: str, particles: int) -> None:
    particles = min(particles, len(word))
    assert rule_for(word, lemma, particles).lemma(word) == lemma


@given(st.sets(WORDS, max_size=300), WORDS)
def test_a_word_list_knows_the_place_of_each_of_its_words(words: set[str], other: str) -> None:
    ordered = sorted(words)
    packed = WordList.unpack(WordList.of(ordered).pack())
    assert list(packed) == ordered
    assert [packed.number(word) for word in ordered] == list(range(len(ordered)))
    assert (packed.number(other) is None) == (other not in words)


@given(st.dictionaries(WORDS, st.builds(Entry, WORDS, st.just(0)), max_size=100))
def test_a_lexicon_is_the_same_after_packing(entries: dict[str, Entry]) -> None:
    lexicon = Lexicon()
    for word, entry in entries.items():
        lexicon.add(word, entry)
    packed = Lexicon.unpack(lexicon.pack())
    assert len(packed) == len(lexicon) == len(entries)
    assert {word: packed.known(word) for word in entries} == entries


def test_an_unlisted_word_is_found_by_the_listed_one_inside() -> None:
    lexicon = Lexicon()
    lexicon.add("سفاره", Entry("سفاره", 0))
    lexicon.add("سفراء", Entry("سفير", 0))
    assert lexicon.find("وبسفارتهما") == Entry("سفاره", 2)
    assert lexicon.find("سفرايها") == Entry("سفير", 0)
    assert lexicon.find("للسفاره") == Entry("سفاره", 2)
    assert lexicon.find("سفر") is None


def test_the_future_stands_before_a_present_alone() -> None:
    lexicon = Lexicon()
    lexicon.add("يزور", Entry("زار", 0))
    lexicon.add("بوره", Entry("بوره", 0))
    assert lexicon.find("وسيزور") == Entry("زار", 2)
    assert lexicon.find("سبوره") is None


def test_the_shipped_lexicon_is_large_and_small() -> None:
    assert len(default_lexicon()) >= 200_000
    assert len(default_lexicon().pack()) <= 3_000_000


def test_a_lemma_is_its_own_lemma_mostly() -> None:
    """Lemmas that lead on to other lemmas would split the forms of a word."""
    lexicon = default_lexicon()
    lemmas = {entry.lemma for word in list(lexicon)[::50] if (entry := lexicon.known(word))}
    moved = [w for w in lemmas if (entry := lexicon.known(w)) and entry.lemma != w]
    assert len(moved) < 0.1 * len(lemmas)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("وزير")
    (tmp_path / "short").write_bytes(default_lexicon().pack()[:1000])
    for name in ("text", "short", "none"):
        with pytest.raises(LexiconError, match=name):
            Lexicon.load(tmp_path / name)


def test_the_words_of_an_archive_join_their_forms(tmp_path: Path) -> None:
    texts = ["وصل زقنبورغ إلى بزقنبورغ", "وزقنبورغ لزقنبورغ والوزير", "بخزعمول وخزعمول خزعمول"]
    assert build_user_lexicon(texts, tmp_path / "own.bin") == 7
    analyzer = Analyzer(extra=tmp_path / "own.bin")
    lemmas = {analyzer.word(p + "زقنبورغ").lemma for p in ("", "و", "ل", "ب", "وب")}
    assert lemmas == {"زقنبورغ"}
    assert analyzer.word("بخزعمول").lemma == analyzer.word("خزعمول").stem
    assert analyzer.word("للوزراء").lemma == "وزير"


def test_a_name_that_begins_like_a_particle_and_a_known_word_is_whole(tmp_path: Path) -> None:
    """«سنوار» might be «س» and «نوار»; «لسنوار» says that it is not."""
    assert default_lexicon().find("سنوار") == Entry("نوار", 1)
    build_user_lexicon(["سنوار لسنوار وسنوار", "وبسفارتيهما"], tmp_path / "own.bin")
    analyzer = Analyzer(extra=tmp_path / "own.bin")
    assert {analyzer.word(p + "سنوار").lemma for p in ("", "و", "ل")} == {"سنوار"}
    assert analyzer.word("وبسفارتيهما").lemma == "سفاره"


def test_rare_words_of_an_archive_are_left_out(tmp_path: Path) -> None:
    assert build_user_lexicon(["زقنبورغ"], tmp_path / "own.bin") == 0
