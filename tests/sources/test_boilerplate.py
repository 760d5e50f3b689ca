"""What the table of phrases says holds for every line that a phrase allows, long ones too."""

import re

import pytest

from indexer.sources.cleaning import boilerplate
from indexer.sources.cleaning.lines import LONGEST_PHRASE, PARAGRAPH, Line
from indexer.sources.cleaning.story import clean
from indexer.sources.tables import rows
from longest import longest

TITLE = "الكاظمي يلتقي ستولتنبرغ في بروكسل"
STORY = (
    "التقى رئيس مجلس الوزراء، اليوم الأربعاء، الأمين العام لحلف شمال الأطلسي في مقر الحلف.",
    "وأكد الأمين العام أن دول الحلف ستستمر في دعم العراق في محاربة الإرهاب وتدريب قواته.",
)
PHRASES = [
    pytest.param(where, phrase, id=f"{number} {name}")
    for number, (name, where, phrase) in enumerate(rows("boilerplate.tsv"))
]
LINES = [phrase for phrase in PHRASES if phrase.values[0] not in ("before", "after")]
AROUND = [phrase for phrase in PHRASES if phrase.values[0] in ("line", "edge", "list", "last")]


@pytest.mark.parametrize(("where", "phrase"), LINES)
def test_a_line_at_the_limit_of_its_phrase_falls_under_a_rule(where, phrase):
    line = Line(longest(phrase, LONGEST_PHRASE))
    assert boilerplate.rule(where, line.folded)


@pytest.mark.parametrize(("where", "phrase"), AROUND)
def test_a_line_at_the_limit_of_its_phrase_goes_from_a_page(where, phrase):
    line = longest(phrase, LONGEST_PHRASE)
    cleaned = clean("\n".join((TITLE, *STORY, line)))
    assert cleaned.paragraphs == STORY
    assert [removed.text for removed in cleaned.removed] == [" ".join(line.split())]


def test_most_of_these_lines_are_as_long_as_paragraphs():
    long = [
        phrase for phrase in AROUND if len(longest(phrase.values[1], LONGEST_PHRASE)) >= PARAGRAPH
    ]
    assert len(long) > 0.7 * len(AROUND)


@pytest.mark.parametrize("phrase", [row[2] for row in rows("boilerplate.tsv") if row[1] == "after"])
def test_what_is_glued_behind_a_sentence_goes_up_to_its_limit(phrase):
    glued = longest(phrase, boilerplate.REACH // 2)
    cleaned = clean("\n".join((TITLE, STORY[0], f"{STORY[1]} {glued}")))
    assert cleaned.paragraphs == STORY


def test_credits_in_latin_letters_may_be_longer():
    (phrase,) = [phrase for _, _, phrase in rows("boilerplate.tsv") if "afp photo" in phrase]
    line = longest(phrase, 1000)
    assert len(line) > 3 * LONGEST_PHRASE
    assert not re.search("[\u0600-\u06ff]", line)
    assert clean("\n".join((TITLE, STORY[0], line, STORY[1]))).paragraphs == STORY
