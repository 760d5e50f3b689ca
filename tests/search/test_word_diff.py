"""A comparison loses no different word and shows it in its place."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.word_diff import AROUND, differences

LEFT = "وصل وزير الخارجية العراقي إلى بروكسل اليوم في زيارة رسمية تستمر يومين"
RIGHT = "وصل وزير الخارجية العراقي إلى بروكسل أمس في زيارة رسمية تستمر يومين"
words = st.lists(st.sampled_from("ابتثجحخ"), max_size=30).map(" ".join)


def test_equal_texts_have_no_differences() -> None:
    assert differences(LEFT, LEFT) == []


def test_marks_and_signs_are_no_differences() -> None:
    assert differences(LEFT, LEFT.replace("اليوم", "«اليَوم»،")) == []


def test_a_changed_word_stands_between_the_words_around_it() -> None:
    pieces = [(piece.kind, piece.text) for piece in differences(LEFT, RIGHT)]
    assert pieces == [
        ("same", "وصل وزير الخارجية العراقي إلى بروكسل"),
        ("left", "اليوم"),
        ("right", "أمس"),
        ("same", "في زيارة رسمية تستمر يومين"),
    ]


def test_long_equal_stretches_are_cut() -> None:
    long = " ".join(f"كلمة{n}" for n in range(100))
    pieces = differences(f"{long} قديم {long}", f"{long} جديد {long}")
    assert [piece.kind for piece in pieces] == ["same", "left", "right", "same"]
    assert pieces[0].cut
    assert len(pieces[0].text.split()) == len(pieces[-1].text.split()) == AROUND


def test_scattered_equal_words_belong_to_a_change() -> None:
    kinds = [piece.kind for piece in differences("ا ب في ت ث", "ج ح في خ د")]
    assert kinds == ["left", "right"]


@given(words, words)
def test_the_pieces_of_a_side_stand_in_its_text_in_order(left: str, right: str) -> None:
    pieces = differences(left, right)
    for text, kinds in ((left, ("same", "left")), (right, ("right",))):
        at = 0
        for piece in pieces:
            if piece.kind in kinds:
                at = text.index(piece.text, at) + len(piece.text)


@given(words, words)
def test_other_words_are_never_called_the_same(left: str, right: str) -> None:
    pieces = differences(left, right)
    assert bool(pieces) == (left.split() != right.split())
    only = [len(" ".join(p.text for p in pieces if p.kind == k).split()) for k in ("left", "right")]
    assert only[0] - only[1] == len(left.split()) - len(right.split())
