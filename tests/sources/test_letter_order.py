"""Letters in the wrong order are put right; text in order stays as it is."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources import Raw, read
from indexer.sources.cleaning.letter_order import BACKWARDS, is_backwards, turned, unswapped

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.txt"))
STORY = """وزير الخارجية يستقبل السفير

استقبل وزير الخارجية (صباح اليوم) السفير الألماني وبحث معه العلاقات الثنائية في مجالات الطاقة.
وقالت الوزارة إن John Smith سيزور الرياض في 17.5 ومعه 2,500 شخص."""
STORED = """ريفسلا لبقتسي ةيجراخلا ريزو

.ةقاطلا تالاجم يف ةيئانثلا تاقالعلا هعم ثحبو يناملألا ريفسلا (مويلا حابص) ةيجراخلا ريزو لبقتسا
.صخش 2,500 هعمو 17.5 يف ضايرلا روزيس John Smith نإ ةرازولا تلاقو"""


def test_a_page_in_visual_order_is_turned_round_and_says_so() -> None:
    upright, stored = (
        read(Raw("page.txt", "page.txt", "text", text.encode(), "page")) for text in (STORY, STORED)
    )
    assert replace(stored, removed=()) == replace(upright, removed=())
    assert BACKWARDS in {piece.why for piece in stored.removed}


def test_turning_twice_gives_the_text_back() -> None:
    assert turned(STORED) == STORY
    assert turned(turned(STORED)) == STORED


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "أولا وفعلا وإلا وكلا",
        "A page in English, with ال once.",
        "",
        *(path.read_text("utf-8", "replace") for path in SEEDS),
    ],
)
def test_text_in_order_is_not_touched(text: str) -> None:
    assert not is_backwards(text)
    assert unswapped(text) == text


@pytest.mark.parametrize(
    ("swapped", "right"),
    [
        ("إن األمن واإلصالح واالستقرار", "إن الأمن والإصلاح والاستقرار"),
        ("األمم واألمن واإلنسان خالل عام", "الأمم والأمن والإنسان خلال عام"),
        ("األمن واألمان: ال عالقات مع اإلرهاب", "الأمن والأمان: لا علاقات مع الإرهاب"),
        ("األمين العام لألمم واإلقليم واإلعالم", "الأمين العام للأمم والإقليم والإعلام"),
        ("األول قال إن اإلمارات وألمانيا واألردن", "الأول قال إن الإمارات وألمانيا والأردن"),
    ],
)
def test_lam_and_alef_are_put_right_in_a_page_that_turned_them(swapped: str, right: str) -> None:
    assert unswapped(swapped) == right


@given(st.text(st.sampled_from("اأإلبمةى وال.12 ab"), max_size=80))
def test_no_text_grows_or_breaks(text: str) -> None:
    assert len(unswapped(text)) == len(text)
    assert sorted(turned(text)) == sorted(text) or set("()<>«»[]{}") & set(text)
