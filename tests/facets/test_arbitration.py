"""Rules and model settle the extent of names, with findings of both made here."""

from typing import Any

from indexer.facets.gazetteer.known_people import key
from indexer.facets.ner.arbitration import Arbiter
from indexer.facets.ner.features import default_features
from indexer.facets.ner.mention import NameMention
from indexer.facets.ner.word_classes import default_word_classes
from indexer.facets.part import AnnotatedPart, TaggedName
from indexer.text import default_analyzer

ARBITER = Arbiter(default_features(), default_word_classes())


def spots_of(
    text: str, rule: tuple[str, dict[str, Any]] | None, *model: tuple[str, float]
) -> list[NameMention]:
    """What is arbitrated of a rule's name and the model's names in a text."""
    part = AnnotatedPart.of("body", text, default_analyzer().analyze(text))

    def place(printed: str) -> tuple[int, int]:
        size = len(printed.split())
        ends = range(len(part.words) - size + 1)
        start = next(at for at in ends if part.printed(at, at + size) == printed)
        return start, start + size

    mentions = []
    if rule:
        start, end = place(rule[0])
        words = key(part.words[start:end])
        mentions = [NameMention(part, start, end, words, **{"rule": "given-name"} | rule[1])]
    names = [TaggedName(*place(printed), "PER", sure) for printed, sure in model]
    return list(ARBITER.arbitrated(part, mentions, names, set()))


def arbitrated(
    text: str, rule: tuple[str, dict[str, Any]] | None, *model: tuple[str, float]
) -> list[tuple[str, str]]:
    """The same as (printed, rule)."""
    return [(mention.printed(), mention.rule) for mention in spots_of(text, rule, *model)]


TITLE = {"rule": "title", "title": "office"}


def test_the_model_tells_the_extent_where_both_see_a_name() -> None:
    text = "وقال برونو موتان أمين المتاحف"
    rule = ("برونو موتان أمين", {})
    assert arbitrated(text, rule, ("برونو موتان", 0.95)) == [("برونو موتان", "given-name")]


def test_a_model_in_doubt_and_a_name_in_pieces_leave_the_rule_as_it_is() -> None:
    text = "حضر زين الدين زيدان الحفل"
    rule = ("زين الدين زيدان", {})
    assert arbitrated(text, rule, ("زين الدين", 0.9), ("زيدان", 0.9)) == [(rule[0], "given-name")]
    assert arbitrated(text, rule, ("زيدان", 0.4)) == [(rule[0], "given-name")]


def test_a_given_name_behind_a_title_is_kept() -> None:
    text = "استدعت السفير فاتح يلديريم أوغلو"
    rule = ("فاتح يلديريم أوغلو", TITLE)
    assert arbitrated(text, rule, ("يلديريم أوغلو", 0.9)) == [(rule[0], "title")]


def test_a_compound_name_is_one_word() -> None:
    text = "قال الأمير عبد العزيز الحربي إن المعرض"
    (mention,) = spots_of(text, ("عبد العزيز الحربي إن", TITLE), ("عبد العزيز الحربي", 0.9))
    assert mention.words == ("عبدالعزيز", "الحربي")


def test_a_letter_that_the_rule_takes_for_no_particle_stays() -> None:
    text = "زار كالونزو موسيوكا أمس بغداد"
    (mention,) = spots_of(text, ("كالونزو موسيوكا أمس", {}), ("كالونزو موسيوكا", 0.9))
    assert mention.words == ("كالونزو", "موسيوكا")


def test_a_name_is_not_cut_before_a_link() -> None:
    text = "افتتح الوزير عبداللطيف بن عبدالملك آل الشيخ المعرض"
    rule = ("عبداللطيف بن عبدالملك آل الشيخ", TITLE)
    assert arbitrated(text, rule, ("عبداللطيف بن عبدالملك", 0.9)) == [(rule[0], "title")]


def test_a_known_person_is_left_alone() -> None:
    text = "وصل كوفي أنان أمس"
    rule = ("كوفي أنان", {"rule": "known-name", "known": "kofi-annan"})
    assert arbitrated(text, rule, ("أنان أمس", 0.9)) == [(rule[0], "known-name")]


def test_a_single_word_behind_a_title_needs_the_model() -> None:
    text = "أعلن الرئيس ستمنحنا"
    assert arbitrated(text, ("ستمنحنا", TITLE)) == []
    text = "أعلن الرئيس طالباني"
    assert arbitrated(text, ("طالباني", TITLE), ("طالباني", 0.7)) == [("طالباني", "title")]


def test_names_that_only_the_model_sees_must_be_likely() -> None:
    text = "وأضاف رايمون دومينيك للصحفيين"
    assert arbitrated(text, None, ("رايمون دومينيك", 0.7)) == [("رايمون دومينيك", "model")]
    assert arbitrated(text, None, ("رايمون دومينيك", 0.4)) == []


def test_words_of_countries_are_no_names() -> None:
    text = "فازت جنوب أفريقيا"
    part = AnnotatedPart.of("body", text, default_analyzer().analyze(text))
    names = [TaggedName(1, 3, "PER", 0.99)]
    assert list(ARBITER.arbitrated(part, [], names, {2})) == []
