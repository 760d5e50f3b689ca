"""What goes and what stays; the tables can be reviewed without Python."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.cleaning.story import clean
from source_tables import read_rows

TITLE = "الكاظمي يلتقي ستولتنبرغ في بروكسل ويبحث معه توسعة بعثة الناتو"
STORY = (
    "التقى رئيس مجلس الوزراء، اليوم الأربعاء، الأمين العام لحلف شمال الأطلسي في مقر الحلف.",
    "وبحث اللقاء علاقات التعاون والشراكة بين العراق ودول الحلف في المجالات السياسية والأمنية.",
    "وأكد الأمين العام أن دول الحلف ستستمر في دعم العراق في محاربة الإرهاب وتدريب قواته.",
)


def page(where, line):
    """A page whose only furniture is ``line``."""
    above, head, inside, end = (
        [line] if where == w else [] for w in ("above", "head", "inside", "end")
    )
    return "\n".join([*above, TITLE, *head, STORY[0], STORY[1], *inside, STORY[2], *end])


@pytest.mark.parametrize(("where", "line", "rule"), read_rows("furniture.tsv"))
def test_furniture_goes_by_its_rule_and_nothing_else_goes(where, line, rule):
    cleaned = clean(page(where, line))
    assert cleaned.title == TITLE
    assert cleaned.paragraphs == STORY
    assert [(removed.text, removed.why) for removed in cleaned.removed] == [(line, rule)]


@pytest.mark.parametrize(("where", "line"), read_rows("story.tsv"))
def test_a_line_of_the_story_stays(where, line):
    cleaned = clean(page(where, line))
    assert line in cleaned.paragraphs
    assert cleaned.removed == ()


def test_headlines_under_related_articles_go_with_them():
    headlines = ("بوتين يستقبل نظيره الصيني", "قمة عربية طارئة في القاهرة", "أسعار النفط ترتفع")
    cleaned = clean("\n".join((TITLE, *STORY, "مقالات ذات صلة", *headlines)))
    assert cleaned.paragraphs == STORY
    assert {removed.text for removed in cleaned.removed} == {"مقالات ذات صلة", *headlines}


def test_a_related_headline_in_the_middle_takes_no_paragraph_with_it():
    cleaned = clean("\n".join((TITLE, STORY[0], "اقرأ أيضاً", "قمة عربية في القاهرة", *STORY[1:])))
    assert cleaned.paragraphs == STORY


def test_a_path_before_the_title_is_not_its_part():
    cleaned = clean("\n".join((f"الرئيسية / سياسة / {TITLE}", *STORY)))
    assert cleaned.title == TITLE
    assert cleaned.removed[0].why == "menu"


def test_the_day_above_the_title_yields_to_the_day_below_it():
    cleaned = clean("\n".join(("الإثنين 10 مارس 2025", TITLE, "9-3-2025 | 19:06", *STORY)))
    assert [date.isoformat() for date in cleaned.dates] == ["2025-03-09", "2025-03-10"]


def test_names_under_the_masthead_go_with_it():
    masthead = ("رئيس التحرير", "طه محمد", "الإشراف العام", "فاطمة حسن")
    cleaned = clean("\n".join((*masthead, TITLE, *STORY)))
    assert cleaned.title == TITLE
    assert {removed.why for removed in cleaned.removed} == {"masthead"}


def test_a_line_that_the_story_knows_nothing_of_is_not_its_title():
    title = "رئيس مجلس الوزراء يلتقي الأمين العام لحلف شمال الأطلسي"
    cleaned = clean("\n".join(("قناتنا جامعات عقارات سبورت", title, *STORY)))
    assert cleaned.title == title


def test_what_a_page_says_twice_is_kept_once():
    caption = "رئيس مجلس الوزراء والأمين العام"
    long = " ".join(STORY)
    cleaned = clean("\n".join((TITLE, caption, caption, *STORY, long, long)))
    assert cleaned.paragraphs == (caption, *STORY, long)
    assert [removed.why for removed in cleaned.removed] == ["said twice"] * 2


def test_readers_comments_go_with_the_form_above_them():
    comment = "أعتقد أن هذا اللقاء تأخر كثيراً وكان يجب أن يكون قبل سنوات طويلة من اليوم."
    cleaned = clean("\n".join((TITLE, *STORY, "التعليقات", "سعد", comment)))
    assert cleaned.paragraphs == STORY


def test_what_is_glued_to_the_last_sentence_is_cut_off():
    glued = f"{STORY[2]} رابط الخبر بصحيفة الوئام: {TITLE}"
    cleaned = clean("\n".join((TITLE, *STORY[:2], glued)))
    assert cleaned.paragraphs == STORY
    assert cleaned.removed[0].why == "source link"


def test_the_word_for_tags_inside_a_sentence_cuts_nothing():
    sentence = "وقال إن ذلك سمة من سمات المرحلة التي تمر بها المنطقة والعالم اليوم"
    assert clean("\n".join((TITLE, *STORY, sentence))).paragraphs[-1] == sentence


def test_a_page_of_menu_words_still_has_a_title():
    assert clean("سياسة").title or clean("سياسة").removed


def test_a_given_title_is_not_repeated_in_the_body():
    cleaned = clean("\n".join((TITLE, *STORY)), TITLE)
    assert cleaned.paragraphs == STORY
    assert cleaned.title == TITLE


def test_a_photo_of_a_person_is_no_byline():
    told = "وقال جون كيري إن المحادثات ستستمر في جنيف حتى نهاية الأسبوع المقبل من دون توقف."
    cleaned = clean("\n".join((TITLE, "جون كيري", told, *STORY)))
    assert not any(line.author for line in cleaned.datelines)
    assert "جون كيري" in cleaned.paragraphs


@pytest.mark.parametrize("line", ["حسين ـــ", "حسين \u064b", "- ـ -"])
def test_marks_without_letters_are_no_name(line):
    assert clean("\n".join((line, TITLE, *STORY))).paragraphs[-len(STORY) :] == STORY


LINES = st.lists(
    st.sampled_from(
        [row[1] for row in read_rows("furniture.tsv")]
        + [row[1] for row in read_rows("story.tsv")]
        + [TITLE, *STORY, "", " ", "بوتين", "رابط الخبر: x", "Next Previous بغداد"]
    )
    | st.text(max_size=30),
    max_size=14,
)


@given(LINES, st.none() | st.just(TITLE))
def test_every_word_is_in_the_story_or_among_the_removed(lines, title):
    text = "\n".join(lines)
    cleaned = clean(text, title)
    kept = [] if title else [cleaned.title or ""]
    parts = [*kept, *cleaned.paragraphs, *(removed.text for removed in cleaned.removed)]
    assert Counter(re.findall(r"\w", text)) == Counter(re.findall(r"\w", " ".join(parts)))
    assert all(removed.why for removed in cleaned.removed)
