"""Lines that one source repeats on its pages."""

import pytest

from indexer.model import Article
from indexer.sources.cleaning.repeated_lines import WHY, RepeatedLines, without

SLOGAN = "صوت من لا صوت له | هاتف 12345"
BACKGROUND = "يذكر أن البلدين وقعا اتفاقاً قبل عام."


def article(number, *lines, source="س", title="عنوان"):
    story = f"أعلن الوزير رقم {number} أن المحادثات ستستمر أسبوعاً آخر في جنيف."
    return Article(str(number), f"{title} {number}", "\n".join((story, *lines)), source=source)


@pytest.fixture
def furniture():
    seen = RepeatedLines()
    for number in range(40):
        seen.see(article(number, BACKGROUND, *([SLOGAN] if number % 2 else [])))
    return seen


def test_a_repeated_line_goes_with_its_rule(furniture):
    cleaned = without(article(1, BACKGROUND, SLOGAN), furniture.known)
    assert SLOGAN not in cleaned.body
    assert [(line.text, line.why) for line in cleaned.removed] == [(SLOGAN, WHY)]


def test_a_repeated_sentence_stays(furniture):
    assert BACKGROUND in without(article(1, BACKGROUND, SLOGAN), furniture.known).body


def test_another_source_is_not_judged_by_it(furniture):
    other = article(1, SLOGAN, source="ص")
    assert without(other, furniture.known) is other


def test_copies_of_one_story_are_no_repetition():
    seen = RepeatedLines()
    for _ in range(40):
        seen.see(article(7, "تفاصيل الاتفاق"))
    copy = article(7, "تفاصيل الاتفاق")
    assert without(copy, seen.known) is copy


def test_a_line_of_a_few_pages_stays():
    seen = RepeatedLines()
    for number in range(7):
        seen.see(article(number, SLOGAN))
    few = article(1, SLOGAN)
    assert without(few, seen.known) is few


def test_pages_that_came_before_are_named(furniture):
    slogans = {str(number) for number in range(40) if number % 2}
    assert furniture.affected == slogans


def test_a_later_run_goes_on_where_the_last_one_ended():
    seen = RepeatedLines()
    for number in range(5):
        seen.see(article(number, SLOGAN))
    later = RepeatedLines.loads(seen.dumps())
    assert not later.known
    for number in range(5, 8):
        later.see(article(number, SLOGAN))
    assert later.affected == set("01234567")  # an earlier run may have been broken off
    assert RepeatedLines.loads(later.dumps()).known == later.known != set()


def test_memory_is_bounded():
    seen = RepeatedLines()
    for number in range(3000):
        seen.see(article(number, f"هاتف {number}", f"صفحة {number}"))
    assert len(seen.dumps()) < 20_000
