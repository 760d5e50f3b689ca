import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.highlight import Passage
from indexer.search.word_diff import Piece
from webui.marking import Linked, compared, marked, paragraphs

TEXT = st.text(st.sampled_from("ab <>&\"'\nمُحارَبة/script"), max_size=60)


@st.composite
def passages(draw):
    text = draw(TEXT)
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return Passage(text, tuple(zip(borders[::2], borders[1::2], strict=False)))


def plain(html: str) -> str:
    return unescape(re.sub(r"</?mark>", "", html))


@given(passages())
def test_without_its_marks_the_html_is_the_text(passage):
    assert plain(marked(passage)) == passage.text


@given(passages())
def test_the_marks_hold_the_spans(passage):
    inside = [unescape(m) for m in re.findall(r"<mark>(.*?)</mark>", marked(passage), re.DOTALL)]
    assert inside == [passage.text[start:end] for start, end in passage.marks if start < end]


@given(passages())
def test_nothing_but_mark_is_markup(passage):
    assert set(re.findall(r"<[^>]*>", marked(passage))) <= {"<mark>", "</mark>"}


@given(passages())
def test_paragraphs_are_the_lines_that_hold_something(passage):
    lines = [line for line in re.split(r"[\r\n]", passage.text) if line.strip()]
    assert [paragraph.text for paragraph in paragraphs(passage)] == lines
    assert [plain(paragraph.html) for paragraph in paragraphs(passage)] == lines


def test_a_mark_across_two_lines_is_closed_and_opened_again():
    html = [paragraph.html for paragraph in paragraphs(Passage("ab\ncd", marks=((1, 4),)))]
    assert html == ["a<mark>b</mark>", "<mark>c</mark>d"]


def test_a_vocalised_word_is_marked_whole():
    text = "في مُحارَبة الإرهاب"
    assert marked(Passage(text, marks=((3, 11),))) == "في <mark>مُحارَبة</mark> الإرهاب"


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [(False, False, "x"), (True, False, "… x"), (False, True, "x …"), (True, True, "… x …")],
)
def test_dots_stand_where_the_text_was_cut(before, after, html):
    assert marked(Passage("x", before=before, after=after)) == html


@given(passages(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_links_change_no_letter_and_are_all_closed(passage, spans):
    linked = [Linked(start, end, "people", "/a?b&c", '"<') for start, end in spans]
    for paragraph in paragraphs(passage, linked):
        html = re.sub(
            r'<a class="people" href="/a\?b&amp;c" title="&#34;&lt;">|</a>', "", paragraph.html
        )
        assert plain(html) == paragraph.text
        assert paragraph.html.count("<a ") == paragraph.html.count("</a>")


def test_of_two_names_that_overlap_the_longer_is_linked():
    linked = [Linked(0, 4, "people", "/p", ""), Linked(0, 9, "organisations", "/o", "")]
    ((_text, html, _marked),) = paragraphs(Passage("abcd efgh", marks=((2, 6),)), linked)
    assert html == ('<a class="organisations" href="/o" title="">ab<mark>cd e</mark>fgh</a>')


@given(st.lists(st.builds(Piece, st.sampled_from(["same", "left", "right"]), TEXT, st.booleans())))
def test_comparisons_hold_their_words_and_nothing_but_ins_and_del(pieces):
    html = compared(pieces)
    tags = set(re.findall(r"<[^>]*>", html))
    assert tags <= {"<ins>", "</ins>", "<del>", "</del>"}
    for tag, kind in (("del", "left"), ("ins", "right")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert [unescape(text) for text in inside] == [p.text for p in pieces if p.kind == kind]


def test_a_sentence_can_be_pointed_at_with_its_names_and_marks_inside():
    passage = Passage("قال كيري. جاء. ومضى", marks=((10, 13),))
    names = [Linked(4, 8, "people", "/k", "k")]
    (line,) = paragraphs(passage, names, "ar", {"body-0": (0, 9), "body-10": (10, 14)})
    assert line.html == (
        '<span class="told"><span id="body-0"></span>قال '
        '<a class="people" href="/k" title="k">كيري</a>.</span> '
        '<span class="told"><span id="body-10"></span><mark>جاء</mark>.</span> ومضى'
    )


def test_sentences_that_overlap_are_pointed_at_as_one():
    (line,) = paragraphs(Passage("abcdefgh"), told={"x": (0, 4), "y": (2, 6)})
    assert line.html == (
        '<span class="told"><span id="x"></span><span id="y"></span>abcdef</span>gh'
    )


def test_a_sentence_over_two_lines_is_pointed_at_in_its_first():
    first, second = paragraphs(Passage("ab\ncd"), told={"x": (1, 5)})
    assert first.html == 'a<span class="told"><span id="x"></span>b</span>'
    assert second.html == "cd"
    assert second.marked is False


@pytest.mark.parametrize("told", [{"x": (3, 3)}, {"x": (90, 99)}, {"<b>": (0, 1)}])
def test_what_points_at_nothing_or_is_forged_stays_harmless(told):
    (line,) = paragraphs(Passage("a<b>c"), told=told)
    assert "<b>" not in line.html
    assert unescape(re.sub("<[^>]+>", "", line.html)) == "a<b>c"
