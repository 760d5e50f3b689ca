"""Lines that one source repeats on its pages."""

import pytest

from indexer.model import Article
from indexer.sources.furniture import WHY, Furniture

SLOGAN = "صوت من لا صوت له | هاتف 12345"
BACKGROUND = "يذكر أن البلدين وقعا اتفاقاً قبل عام."


def article(number, *lines, source="س", title="عنوان"):
    story = f"أعلن الوزير رقم {number} أن المحادثات ستستمر أسبوعاً آخر في جنيف."
    return Article(str(number), f"{title} {number}", "\n".join((story, *lines)), source=source)


@pytest.fixture
def furniture():
    seen = Furniture()
    for number in range(40):
        seen.see(article(number, BACKGROUND, *([SLOGAN] if number % 2 else [])))
    return seen


def test_a_repeated_line_goes_with_its_rule(furniture):
    cleaned = furniture.without(article(1, BACKGROUND, SLOGAN))
    assert SLOGAN not in cleaned.body
    assert [(line.text, line.why) for line in cleaned.removed] == [(SLOGAN, WHY)]


def test_a_repeated_sentence_stays(furniture):
    assert BACKGROUND in furniture.without(article(1, BACKGROUND, SLOGAN)).body


def test_another_source_is_not_judged_by_it(furniture):
    other = article(1, SLOGAN, source="ص")
    assert furniture.without(other) is other


def test_copies_of_one_story_are_no_repetition():
    seen = Furniture()
    for _ in range(40):
        seen.see(article(7, "تفاصيل الاتفاق"))
    copy = article(7, "تفاصيل الاتفاق")
    assert seen.without(copy) is copy


def test_a_line_of_a_few_pages_stays():
    seen = Furniture()
    for number in range(7):
        seen.see(article(number, SLOGAN))
    few = article(1, SLOGAN)
    assert seen.without(few) is few
