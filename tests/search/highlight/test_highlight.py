"""Marks are whole printed words that answer the query; passages hold most of them."""

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import TextPart, Word
from indexer.query import parse
from indexer.query.ast import All, Clause, Exact, HasValue, Match, Not, Phrase, mapped
from indexer.search.highlight import (
    SIZE,
    Highlighter,
    Mark,
    Passage,
    Span,
    passage,
    whole,
)
from indexer.text import default_analyzer

DATA = Path(__file__).parent
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئء"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640"
JOINER = "\u200c"
GAPS = [" ", "، ", ". ", "\n", " «", "» ", "/", "؟ ", "-", "..."]

_PIECES = st.tuples(st.sampled_from(LETTERS), st.text(LETTERS + MARKS, max_size=5)).map("".join)
WORDS = st.lists(_PIECES, min_size=1, max_size=2).map(JOINER.join)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(GAPS)), max_size=40)


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def marked(text: str, marks: tuple[Span, ...]) -> str:
    """The text with square brackets around its marks."""
    for start, end in reversed(marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def resolved(clause: Clause, text: str) -> Clause:
    """The clause with the forms of its words, as an index that holds only this text would know."""
    words = [token.word for token in default_analyzer().analyze(text)]

    def known(leaf: Clause) -> Clause:
        if not isinstance(leaf, Match):
            return leaf
        return replace(
            leaf,
            stem_forms=tuple(word.exact for word in words if word.stem == leaf.word.stem),
            lemma_forms=tuple(word.exact for word in words if word.lemma == leaf.word.lemma),
        )

    return mapped(clause, known)


def marks(clause: Clause, text: str, part: TextPart = "body") -> list[Mark]:
    return Highlighter().marker(clause).marks(text, part)


def spans(clause: Clause, text: str, part: TextPart = "body") -> tuple[Span, ...]:
    return whole(text, marks(clause, text, part)).marks


def found(query: str, text: str, part: TextPart = "body") -> tuple[Span, ...]:
    return spans(resolved(parse(query, default_analyzer()).clause, text), text, part)


def shown(query: str, text: str, size: int = SIZE) -> Passage:
    clause = resolved(parse(query, default_analyzer()).clause, text)
    return passage(text, marks(clause, text), size)


@pytest.mark.parametrize(("query", "part", "expected"), rows("highlights.tsv"))
def test_the_words_that_answer_are_marked(query: str, part: TextPart, expected: str):
    text = re.sub(r"[\[\]]", "", expected)
    assert marked(text, found(query, text, part)) == expected


def test_the_forms_by_which_the_index_found_a_word_are_marked():
    word = Match(
        Word("سفير", "سفير", "سفير"),
        stem_forms=("السفير",),
        lemma_forms=("سفراء",),
        root_forms=("سفاره",),
    )
    text = "سفراء السفير سفر سفارة سفير"
    assert marked(text, spans(word, text)) == "[سفراء] [السفير] سفر [سفارة] [سفير]"


def test_a_form_answers_the_word_whose_own_it_is():
    one = Match(Word("سفير", "سفير", "سفير"), root_forms=("سفاره",))
    other = Match(Word("سفاره", "سفار", "سفاره"))
    text = "سفير سفارة"
    kinds = [mark.kind for mark in marks(All((one, other)), text)]
    assert len(set(kinds)) == 2


def test_facet_values_mark_nothing():
    assert spans(HasValue("countries", ("EG",)), "مصر") == ()


def test_a_marker_stays_right_while_others_are_made():
    highlighter = Highlighter(room=2)
    marker = highlighter.marker(Exact(("بغداد",)))
    for text in ("من القاهرة إلى بغداد", "من بغداد إلى عمان", "لا شيء هنا"):
        highlighter.marker(Exact(("عمان",))).marks(text, "body")
    assert len(marker.marks("من بغداد إلى عمان", "body")) == 1


@given(TEXTS, st.data())
def test_marks_are_whole_words_as_printed(pieces: list[tuple[str, str]], data: st.DataObject):
    words, text = set(), ""
    for word, gap in pieces:
        words.add((len(text), len(text) + len(word)))
        text += word + gap
    query = data.draw(st.sampled_from([word for word, _ in pieces] or ["كلمة"]))
    assert set(found(query, text)) <= words
    assert len(found(query, text)) >= sum(word == query for word, _ in pieces)


@given(st.text(max_size=80), st.text(max_size=10))
def test_no_mark_cuts_a_run_of_letters(text: str, query: str):
    runs = {match.span() for match in re.finditer(r"[^\W_]+", text)}
    for start, end in found(query, text):
        assert not any(a < start < b or a < end < b for a, b in runs)


@given(st.lists(st.sampled_from("abc"), max_size=12), st.integers(0, 3), st.data())
def test_near_words_are_those_of_any_choice_that_is_near_enough(
    letters: list[str], slop: int, data: st.DataObject
):
    forms = tuple(data.draw(st.lists(st.sampled_from("abc"), min_size=2, max_size=3)))
    text = " ".join(letters)
    near: set[int] = set()
    for choice in combinations(range(len(letters)), len(forms)):
        chosen = [letters[n] for n in choice]
        in_order = slop or chosen == list(forms)
        if (
            in_order
            and sorted(chosen) == sorted(forms)
            and choice[-1] - choice[0] < len(forms) + slop
        ):
            near.update(choice)
    expected = tuple((2 * n, 2 * n + 1) for n in sorted(near))
    assert spans(Phrase(forms, slop), text) == expected


@given(TEXTS, st.sets(st.integers(0, 39)), st.integers(1, 120))
def test_a_passage_is_a_piece_of_the_text_between_words(
    pieces: list[tuple[str, str]], places: set[int], size: int
):
    text = "".join(word + gap for word, gap in pieces)
    tokens = default_analyzer().analyze(text)
    marks = [Mark(*token[:2], kind=n % 3) for n, token in enumerate(tokens) if n in places]
    cut = passage(text, marks, size)
    offsets = [n for n in range(len(text) + 1) if text.startswith(cut.text, n)]
    words = {token[:2] for token in tokens}
    assert any(
        {(start + n, end + n) for start, end in cut.marks}
        == {(start, end) for start, end, _ in marks if n <= start and end <= n + len(cut.text)}
        and not any(start < n < end or start < n + len(cut.text) < end for start, end in words)
        for n in offsets
    )
    assert bool(cut.marks) == bool(marks)
    assert len(cut.text) <= max(size, *(end - start for start, end in words), 0, 0)


@given(st.text(max_size=300), st.integers(1, 50))
def test_any_text_gives_a_passage(text: str, size: int):
    cut = shown(text[:5], text, size)
    assert cut.text in text
    assert cut.before or cut.after or cut.text == text.strip()


ROOM = "كلام كثير لا صلة له بالموضوع يملأ الصفحة. " * 20


def test_without_a_match_the_beginning_is_shown():
    cut = shown("غيرموجود", ROOM)
    assert ROOM.startswith(cut.text)
    assert (cut.marks, cut.before, cut.after) == ((), False, True)


def test_different_words_count_before_many():
    text = f"{ROOM}سفير سفير سفير. {ROOM}سفير في بغداد. {ROOM}"
    assert marked_words(shown("سفير بغداد", text)) == ["سفير", "بغداد"]


def test_many_words_count_before_early_ones():
    text = f"{ROOM}سفير هنا. {ROOM}سفير بعد سفير. {ROOM}"
    assert marked_words(shown("سفير", text)) == ["سفير", "سفير"]


def test_the_first_of_equal_places_is_shown():
    text = f"{ROOM}سفير أول. {ROOM}سفير ثان. {ROOM}"
    assert "أول" in shown("سفير", text).text


def marked_words(cut: Passage) -> list[str]:
    return [cut.text[start:end] for start, end in cut.marks]


def test_a_passage_begins_and_ends_with_a_sentence_in_reach():
    text = f"{ROOM}وصل السفير إلى «بغداد». {ROOM}"
    cut = shown("السفير", text)
    assert cut.text.startswith("وصل السفير")
    assert cut.text.endswith(".")
    assert (cut.before, cut.after) == (True, True)


def test_the_sentence_is_shown_even_if_its_marks_do_not_all_fit():
    text = f"{ROOM}في زيارة مفاجئة وصل السفير، {'كلام كثير ' * 18} السفير. {ROOM}"
    assert shown("السفير", text).text.startswith("في زيارة مفاجئة")


def test_a_long_sentence_is_cut_between_words():
    text = "كلمة " * 200 + "سفير" + " كلمة" * 200
    cut = shown("سفير", text)
    assert cut.text.startswith("كلمة")
    assert cut.text.endswith("كلمة")
    assert len(cut.text) <= SIZE
    assert marked_words(cut) == ["سفير"]


def test_a_dot_inside_a_word_ends_no_sentence():
    text = f"{ROOM}ذكرت أ.ف.ب أن نسبة 3.5 أعلنها سفير {ROOM}"
    assert shown("سفير", text).text.startswith("ذكرت")


def test_a_short_text_is_shown_whole():
    assert shown("سفير", " وصل السفير\n") == Passage("وصل السفير", ((4, 10),))


def test_exclusion_of_a_form_marks_nothing():
    assert spans(Not(Exact(("السفير",))), "وصل السفير") == ()
