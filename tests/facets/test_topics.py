"""Topics: files of terms, and what they make of a text."""

import json
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from click.testing import CliRunner

from facet_cases import CASES, cases, facets
from factories import make_article
from indexer.commands import rasad
from indexer.config import settings
from indexer.errors import ConfigError, RasadError
from indexer.facets.gazetteer.matcher import possible_bases
from indexer.facets.gazetteer.topic_terms import (
    AS_WRITTEN,
    LEAST,
    TopicTerms,
    parse_topic,
    read_topics,
)
from indexer.facets.part import AnnotatedPart
from indexer.facets.topic_scores import topic_scores
from indexer.facets.topics import SCALE, UNTITLED, TopicsFacet
from indexer.model import FacetValue, Mention
from indexer.text import default_analyzer

DESIGNED = frozenset(
    {
        "bilateral-relations",
        "visits-meetings",
        "diplomatic-missions",
        "treaties-agreements",
        "mediation-peace",
        "sanctions",
        "nuclear-arms",
        "military",
        "security-terrorism",
        "conflict-war",
        "elections",
        "government-politics",
        "economy-trade",
        "energy",
        "humanitarian",
        "refugees",
        "human-rights",
        "reconstruction",
        "health",
        "environment-water",
        "culture",
        "agriculture",
        "judiciary",
        "media",
    }
)


def test_the_designed_topics_are_there():
    assert {topic.id for topic in read_topics()} >= DESIGNED


def test_every_topic_has_two_names_and_evidence_against_itself_or_for():
    for topic in read_topics():
        assert topic.name and topic.name_en
        assert sum(weight > 0 for weight in topic.terms.values()) >= 10, topic.id


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("دعت المفوضية الناخبين إلى صناديق الاقتراع في الانتخابات الرئاسية المقبلة", "elections"),
        ("فرض عقوبات اقتصادية وتجميد أصول البنك", "sanctions"),
        ("مفاوضات حول البرنامج النووي وتخصيب اليورانيوم", "nuclear-arms"),
        ("إعادة إعمار المدن المحررة بدعم الدول المانحة", "reconstruction"),
        ("نقل اللاجئين إلى مخيمات اللاجئين وطالبي اللجوء", "refugees"),
        ("ارتفعت أسعار النفط إلى خمسين دولارا للبرميل", "energy"),
        ("قدم السفير أوراق اعتماده، وأعيد فتح السفارة", "diplomatic-missions"),
        ("بحث الجانبان تعزيز العلاقات الثنائية بين البلدين الصديقين", "bilateral-relations"),
    ],
)
def test_a_text_about_a_topic_has_it_first(text, topic):
    assert facets(text)["topics"][0].id == topic


def test_a_text_about_nothing_has_no_topic():
    assert facets("كان يا ما كان في قديم الزمان")["topics"] == ()


def read_by(text: str, files: Sequence[tuple[str, str]]) -> tuple[TopicTerms, AnnotatedPart]:
    """The terms of the given files alone, and a text with where they begin."""
    analyzer = default_analyzer()
    terms = TopicTerms(analyzer, [parse_topic(id, toml) for id, toml in files])
    part = AnnotatedPart.of("body", text, analyzer.analyze(text))
    begun = [(at, terms.begun(word)) for at, word in enumerate(part.layers)]
    return terms, replace(part, terms=begun)


def topics_of(text: str, *files: tuple[str, str], title: str = "") -> list[str]:
    """The topics of a text by the given files alone."""
    terms, body = read_by(text, files)
    head = replace(read_by(title, files)[1], name="title")
    article = make_article("a", title, text)
    return [value.id for value in TopicsFacet(terms).extract(article, [head, body], {})]


def scores_of(
    text: str, *files: tuple[str, str], named: FacetValue | None = None
) -> dict[str, float]:
    """What a text has for the topics of the given files."""
    _, part = read_by(text, files)
    return {id: one.score for id, one in topic_scores([part], [named] if named else []).items()}


SEA = ("sea", 'name = "البحر"\nname_en = "The sea"\n[terms]\n9 = ["بحر", "=كش ملك"]\n')


SHIP = ("ship", 'name = "السفن"\nname_en = "Ships"\n[terms]\n4 = ["سفينة شحن"]\n')


def test_a_file_more_is_a_topic_more():
    assert topics_of("سفن في البحار", SEA) == ["sea"]
    assert topics_of("كش ملك!", SEA) == ["sea"]


def test_a_topic_that_asks_for_more_is_given_to_fewer():
    strict = ("sea", SEA[1].replace("[terms]", "least = 0.9\n[terms]"))
    assert topics_of("سفن في البحار", strict) == []
    assert topics_of("سفن في البحار", strict, title="سفن في البحار") == ["sea"]


SHORES = '"بحر", "سفينة", "ميناء"'
HARBOUR = ("sea", SEA[1].replace("9 =", "4 =").replace('"بحر"', SHORES))


def test_a_topic_may_ask_for_more_where_the_title_does_not_name_it():
    strict = ("sea", HARBOUR[1].replace("[terms]", "untitled = 0.95\n[terms]"))
    text = "عبرت السفن البحار ثم رست في الميناء"
    assert topics_of(text, HARBOUR) == ["sea"]
    assert topics_of(text, strict) == []
    assert topics_of(text, strict, title="سفن في البحر") == ["sea"]


def test_a_plain_phrase_names_the_topic_wherever_it_stands():
    plain = HARBOUR[1].replace("[terms]", "untitled = 0.95\n[terms]")
    text = "عبرت السفن البحار ثم رست في الميناء بعد رحلة بحرية"
    assert topics_of(text, ("sea", f'{plain}5 = ["رحلة بحرية"]\n')) == []
    assert topics_of(text, ("sea", f'{plain}8 = ["رحلة بحرية"]\n')) == ["sea"]


def test_a_topic_without_a_threshold_for_untitled_texts_has_its_own_least():
    assert parse_topic("sea", SEA[1]).untitled == LEAST
    assert parse_topic("sea", SEA[1].replace("[terms]", "least = 0.9\n[terms]")).untitled == 0.9


def test_a_weak_word_of_the_title_does_not_name_the_topic():
    def strength(weight: str) -> float:
        weighed = ("sea", SEA[1].replace("9 =", f'"{weight}" =') + '4 = ["سفينة", "ميناء"]\n')
        terms, body = read_by("عبرت السفن المضيق ثم رست في الميناء", [weighed])
        head = replace(read_by("حكاية بحر", [weighed])[1], name="title")
        article = make_article("a", head.text, body.text)
        (value,) = TopicsFacet(terms).extract(article, [head, body], {})
        (told,) = topic_scores([head, body]).values()
        return value.score / (1 - math.exp(-told.score / SCALE))

    assert strength("1") == pytest.approx(UNTITLED, abs=0.001)
    assert strength("1.5") == pytest.approx(1, abs=0.001)


def test_negative_evidence_takes_a_topic_away():
    against = ("sea", SEA[1] + '-20 = ["بحر السياسة"]\n')
    assert topics_of("في بحر السياسة لا صديق دائم", SEA) == ["sea"]
    assert topics_of("في بحر السياسة لا صديق دائم", against) == []


def test_evidence_against_counts_less_each_time_as_evidence_for_does():
    against = ("sea", SEA[1] + '-6 = ["جبل"]\n')
    once = scores_of("جبل", against)["sea"]
    assert scores_of("جبل وجبل وجبل", against)["sea"] == pytest.approx(once * (1 + 1 / 2 + 1 / 3))


def test_a_topic_that_the_title_does_not_name_is_less_sure():
    terms, body = read_by("عبرت السفن البحار ثم رست في الميناء", [HARBOUR])
    (value,) = TopicsFacet(terms).extract(make_article("a", "", body.text), [body], {})
    told = scores_of(body.text, HARBOUR)["sea"]
    assert value.score == pytest.approx(UNTITLED * (1 - math.exp(-told / SCALE)), abs=0.001)


def test_a_phrase_of_no_weight_hides_the_words_in_it():
    hidden = ("sea", SEA[1] + '0 = ["بحر العلوم"]\n')
    assert topics_of("درس في بحر العلوم", SEA) == ["sea"]
    assert topics_of("درس في بحر العلوم", hidden) == []
    assert topics_of("درس في بحر العلوم ثم عبر البحر", hidden) == ["sea"]


def test_the_words_inside_a_phrase_say_nothing_of_their_own():
    alone = scores_of("سفينة شحن", SHIP)
    both = scores_of("سفينة شحن", ("ship", SHIP[1].replace("شحن", 'شحن", "سفينة')))
    assert alone == both != {}


def test_a_term_in_two_spellings_counts_once():
    twice = ("ship", SHIP[1].replace("شحن", 'شحن", "سفينة الشحن", "السفينة شحن'))
    assert scores_of("سفينة شحن", SHIP) == scores_of("سفينة شحن", twice)


def test_an_adjective_in_a_list_hardly_counts():
    trade = ("trade", SEA[1].replace("بحر", "تجاري"))
    two = scores_of("التعاون السياسي والتجاري", trade)["trade"]
    three = scores_of("التعاون السياسي والاقتصادي والتجاري", trade)["trade"]
    first = scores_of("التعاون التجاري والسياسي والاقتصادي", trade)["trade"]
    assert scores_of("التعاون التجاري", trade)["trade"] == two > 3 * three > 0
    assert first == three


def test_a_word_in_a_name_counts_half():
    name = FacetValue("x", "x", "x", 1.0, mentions=(Mention("body", 0, len("نادي البحر"), "r"),))
    assert (
        scores_of("نادي البحر", SEA, named=name)["sea"] == scores_of("نادي البحر", SEA)["sea"] / 2
    )


LONG = "مضى النهار وجاء المساء ولم يصل أحد إلى القرية البعيدة في الوادي القديم" * 12


def test_a_term_in_passing_gives_no_topic():
    assert topics_of(f"{LONG} البحر", SEA) == []
    assert topics_of(f"البحر. {LONG}", SEA, title="سفن في البحر") == ["sea"]


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("", "no name and no name_en and no terms"),
        ("name = 1", "no name_en and no terms"),
        ('name = "ا"\n[terms', "no TOML"),
        ('name = "ا"\nname_en = "A"\nterms = 3', "lists of words by their weights"),
        ('name = "ا"\nname_en = "A"\n[terms]\nx = []', "x is no weight"),
        ('name = "ا"\nname_en = "A"\n[terms]\n5 = "بحر"', "weight 5 stands no list"),
        ('name = "ا"\nname_en = "A"\nleast = 2\n[terms]', "least is 2"),
        ('name = "ا"\nname_en = "A"\nuntitled = 1.5\n[terms]', "untitled is 1.5"),
    ],
)
def test_a_file_that_is_no_topic_is_named_with_what_is_wrong(tmp_path, toml, why):
    file = tmp_path / "my-topic.toml"
    file.write_text(toml, "utf-8")
    with pytest.raises(RasadError, match=f"{re.escape(str(file))}: topic my-topic.*{why}"):
        read_topics(tmp_path)


def test_a_folder_without_a_topic_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("no topic", "utf-8")
    with pytest.raises(RasadError, match=re.escape(str(tmp_path))):
        read_topics(tmp_path)


def test_a_folder_of_own_topics_adds_and_replaces(tmp_path):
    (tmp_path / "sea.toml").write_text(SEA[1], "utf-8")
    (tmp_path / "health.toml").write_text(SEA[1].replace("البحر", "الطب"), "utf-8")
    (tmp_path / "notes.txt").write_text("no topic", "utf-8")
    own = {topic.id: topic.name for topic in read_topics(tmp_path)}
    assert own.keys() - {topic.id for topic in read_topics()} == {"sea"}
    assert own["health"] == "الطب"


def test_a_topic_is_added_from_the_command_line_by_adding_a_file(tmp_path, monkeypatch):
    page, index, folder = tmp_path / "page.txt", tmp_path / "index", tmp_path / "topics"
    page.write_text("سفن في البحار\n\nعبرت السفن البحار وعادت إلى البحر قبل المساء", "utf-8")
    folder.mkdir()
    (folder / "sea.toml").write_text(SEA[1], "utf-8")
    monkeypatch.setenv("RASAD_INDEX", str(index))

    def indexed(*options: str) -> dict[str, object]:
        run = CliRunner().invoke(rasad, ["index", str(page), "--jobs", "1", *options])
        assert run.exit_code == 0, run.output
        found = CliRunner().invoke(rasad, ["search", "السفن", "--json"])
        (hit,) = json.loads(found.stdout)["hits"]
        return {topic["id"]: topic["name"] for topic in hit["topics"]}

    assert "sea" not in indexed()
    assert indexed("--topics", str(folder))["sea"] == "البحر"


def other_forms(term: str, frequent: Mapping[str, list[str]]) -> list[str]:
    """The frequent words that a term meets by its lemma though they begin otherwise."""
    (token,) = default_analyzer().analyze(term)
    bare = token.word.exact.removeprefix("ال") if term.startswith("ال") else token.word.exact
    start = bare[: max(3, len(bare) - 2)]
    bases = {
        word: [base.removeprefix("ال") for base, _ in possible_bases(word)]
        for word in frequent[token.word.lemma]
    }
    return [word for word, all in bases.items() if not any(b.startswith(start) for b in all)]


@pytest.fixture(scope="module")
def frequent() -> Mapping[str, list[str]]:
    """The frequent words by their lemmas."""
    words: dict[str, list[str]] = defaultdict(list)
    for line in (CASES / "frequent_words.txt").read_text("utf-8").splitlines():
        for word in [] if line.startswith("#") else line.split():
            words[default_analyzer().analyze(word)[0].word.lemma].append(word)
    return words


def test_no_term_meets_a_frequent_other_word(frequent):
    read = {lemma: set(forms.split()) for lemma, forms in cases("topic_forms.tsv")}
    terms = {term for topic in read_topics() for term in topic.terms if term[0] != AS_WRITTEN}
    met = {
        (term, word)
        for term in terms
        if " " not in term
        for word in other_forms(term, frequent)
        if word not in read.get(default_analyzer().analyze(term)[0].word.lemma, ())
    }
    assert met == set()


def test_a_term_that_meets_a_frequent_other_word_is_seen(frequent):
    assert "يذهب" in other_forms("ذهب", frequent)
    assert "يطالب" in other_forms("طالب", frequent)


def test_codes_of_media_topics_have_their_form_and_stand_for_one_topic_each():
    codes = [topic.iptc for topic in read_topics() if topic.iptc]
    assert len(codes) == len(set(codes)) >= 18
    assert all(re.fullmatch(r"medtop:\d{8}", code) for code in codes)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="RASAD_TOPICS"):
        settings({"RASAD_TOPICS": str(tmp_path / "none")})
