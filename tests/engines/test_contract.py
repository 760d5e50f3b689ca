"""What every engine promises, whichever library keeps the index."""

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import Corpus, known_forms
from event_factories import make_event, person, said_by, state, telling
from factories import make_document, word, write
from indexer.engines import ENGINES
from indexer.engines.base import Counts, Engine, Hit, Pairing, Pairs, Search
from indexer.errors import EngineError, IndexLocked, IndexMissing
from indexer.model import Document, Filter, Word
from indexer.query.ast import EVERYTHING, All, Any, Between, Clause, Exact, HasValue, Match, Not
from indexer.query.ast import Phrase as Words
from indexer.schema import FACET_IDS

Open = Callable[..., Engine]

AMBASSADOR = "سفير"
THE_AMBASSADOR = "السفير"
EGYPT = "مصر"
TALKS = "محادثات"
OLD = "قديم"
NEW = "جديد"


def loose(printed: str, part: str | None = None) -> Match:
    return Match(word(printed), part)


def exact(*printed: str, part: str | None = None) -> Exact:
    return Exact(tuple(word(one).exact for one in printed), part)


def phrase(printed: str, slop: int = 0, part: str | None = None) -> Words:
    return Words(tuple(word(one).exact for one in printed.split()), slop, part)


def either(facet: str, value: str) -> Filter:
    return Filter(facet, value, either=True)


def test_who_met_and_who_said_is_found(corpus: Corpus) -> None:
    """What only queries ask for is neither counted nor lost."""
    kerry, zarif = person("kerry", "US"), person("zarif", "IR")
    corpus.write(
        telling("a", make_event("meeting", kerry, zarif), quotations=[said_by(zarif)]),
        telling("b", make_event("visit", kerry, state("IR"), status="denied")),
        telling("c", make_event("condemnation", kerry, zarif), quotations=[said_by(kerry)]),
    )
    assert corpus.ids(HasValue("met", ("kerry",))) == ["a"]
    assert corpus.ids(HasValue("met", ("IR",))) == ["a"]
    assert corpus.ids(HasValue("said", ("zarif", "kerry"))) == ["a", "c"]
    assert corpus.find(EVERYTHING).counts.keys() == set(FACET_IDS)


class TestWriting:
    def test_an_empty_index_answers(self, corpus: Corpus) -> None:
        for clause in (EVERYTHING, loose(AMBASSADOR), Not(loose(AMBASSADOR)), phrase("a b", 2)):
            found = corpus.find(clause, Filter("people", "Q1"))
            assert (found.total, found.hits) == (0, ())
            assert found.counts == dict.fromkeys(FACET_IDS, Counts())
        assert corpus.engine.ids() == frozenset()
        assert corpus.engine.records(["a"]) == []

    def test_what_was_written_is_found(self, corpus: Corpus) -> None:
        assert corpus.write(make_document("a", title=AMBASSADOR), make_document("b")) == 2
        assert corpus.ids(loose(AMBASSADOR)) == ["a"]
        assert corpus.engine.ids() == {"a", "b"}

    def test_an_equal_id_is_replaced(self, corpus: Corpus) -> None:
        corpus.write(make_document("a", body=OLD, people={"Q1"}), make_document("b", body=OLD))
        corpus.write(make_document("a", body=NEW, people={"Q2"}))
        assert corpus.ids(loose(OLD)) == ["b"]
        assert corpus.ids(loose(NEW)) == ["a"]
        assert corpus.find(EVERYTHING).counts["people"] == Counts((("Q2", 1),), 1)
        assert corpus.engine.ids() == {"a", "b"}

    def test_the_last_of_equal_ids_in_one_batch_stays(self, corpus: Corpus) -> None:
        written = corpus.write(
            make_document("a", body=OLD), make_document("b"), make_document("a", body=NEW)
        )
        assert written == 2
        assert corpus.ids(loose(OLD)) == []
        assert corpus.ids(loose(NEW)) == ["a"]
        assert corpus.find(EVERYTHING).total == 2

    def test_what_is_removed_is_gone(self, corpus: Corpus) -> None:
        corpus.write(*(make_document(id, body=OLD, countries={"EG"}) for id in "abc"))
        assert corpus.write(remove=["b", "unknown"]) == 0
        found = corpus.find(loose(OLD))
        assert found.total == 2
        assert found.counts["countries"] == Counts((("EG", 2),), 1)
        assert corpus.engine.ids() == {"a", "c"}
        assert corpus.engine.records(["b"]) == []

    def test_a_document_that_is_also_to_be_removed_is_stored(self, corpus: Corpus) -> None:
        corpus.write(make_document("a", body=OLD))
        write(corpus.engine, [make_document("a", body=NEW)], remove=["a"])
        assert corpus.engine.ids() == {"a"}
        assert corpus.engine.find(Search(exact(NEW))).total == 1

    def test_a_batch_that_breaks_off_changes_nothing(self, corpus: Corpus) -> None:
        corpus.write(make_document("a", body=OLD))

        def broken() -> Iterator[Document]:
            yield make_document("a", body=NEW)
            yield make_document("b", body=NEW)
            raise ValueError("the source broke")

        with pytest.raises(ValueError, match="the source broke"):
            write(corpus.engine, broken(), remove=["a"])
        assert corpus.ids(loose(OLD)) == ["a"]
        assert corpus.engine.ids() == {"a"}
        assert corpus.write(make_document("b", body=NEW)) == 1  # and the lock is free again

    def test_many_small_batches_make_one_index(self, corpus: Corpus) -> None:
        for n in range(12):
            corpus.write(make_document(f"{n % 8}", body=NEW, people={f"Q{n % 3}", "all"}))
        found = corpus.find(loose(NEW), limit=30)
        assert sorted(hit.id for hit in found.hits) == [*"01234567"]
        assert dict(found.counts["people"].values) == {"all": 8, "Q0": 2, "Q1": 3, "Q2": 3}


class TestRecords:
    def test_records_come_in_the_order_asked_for(self, corpus: Corpus) -> None:
        corpus.write(*(make_document(id, title=id) for id in "abcd"))
        records = corpus.engine.records(["c", "a", "nobody", "d", "a"])
        assert [record.article.id for record in records] == ["c", "a", "d", "a"]

    def test_a_record_comes_back_equal(self, corpus: Corpus) -> None:
        document = make_document(
            "https://example.org/ب?c=1&d=«2»",
            title="مُحارَبة الإرهاب 🇪🇬",
            body="سطر\nآخر\u200f \x00 \t'\"\\",
            people={"Q1", "Q2"},
            topics={"energy"},
            date="2021-06-30",
            source="وكالة الأنباء",
            url="https://example.org/",
        )
        corpus.write(document)
        assert corpus.engine.records([document.record.article.id]) == [document.record]


class TestWords:
    @pytest.fixture
    def layered(self, corpus: Corpus) -> Corpus:
        corpus.write(
            make_document("same", body=[Word("x", "s", "l")]),
            make_document("stem", body=[Word("x1", "s", "other")]),
            make_document("lemma", body=[Word("x2", "other", "l")]),
            make_document("neither", body=[Word("x3", "other", "other")]),
            make_document("title", title=[Word("x1", "s", "other")]),
        )
        return corpus

    def test_a_loose_word_matches_by_stem_or_lemma(self, layered: Corpus) -> None:
        assert set(layered.ids(Match(Word("x", "s", "l")))) == {"same", "stem", "lemma", "title"}
        assert set(layered.ids(Match(Word("x3", "other", "none")))) == {"lemma", "neither"}

    def test_a_form_that_no_article_holds_is_found_by_its_stem(self, layered: Corpus) -> None:
        assert set(layered.ids(Match(Word("unseen", "s", "unseen")))) == {"same", "stem", "title"}

    def test_a_related_word_matches_by_its_root(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("root", body=[Word("x1", "x1", "x1", root="r")]),
            make_document("rootless", title=[Word("x2", "x2", "x2")]),
            make_document("title", title=[Word("x3", "x3", "x3", root="r")]),
        )
        word = Word("x", "x", "x", root="r")
        assert corpus.ids(Match(word)) == []
        assert set(corpus.ids(Match(word, related=True))) == {"root", "title"}
        assert corpus.ids(Match(word, "title", related=True)) == ["title"]
        assert corpus.ids(Match(Word("x", "x", "x"), related=True)) == []

    def test_the_title_part_looks_at_titles_only(self, layered: Corpus) -> None:
        assert layered.ids(Match(Word("x", "s", "l"), "title")) == ["title"]
        assert layered.ids(Exact(("x1",), "title")) == ["title"]
        assert layered.ids(Exact(("x",), "title")) == []

    def test_an_exact_word_matches_in_this_form_only(self, layered: Corpus) -> None:
        assert layered.ids(Exact(("x",))) == ["same"]
        assert set(layered.ids(Exact(("x1", "x3", "none")))) == {"stem", "title", "neither"}
        assert layered.ids(Exact(())) == []
        assert layered.ids(Exact(("s",))) == []

    def test_inflected_arabic_meets(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("a", body=f"قال {THE_AMBASSADOR} أمس"), make_document("b", body=EGYPT)
        )
        assert corpus.ids(loose(AMBASSADOR)) == ["a"]
        assert corpus.ids(exact(AMBASSADOR)) == []
        assert corpus.ids(exact(THE_AMBASSADOR)) == ["a"]

    @pytest.mark.parametrize(
        "term",
        [
            "صلى الله عليه وسلم",  # what Unicode makes of the one letter «ﷺ»
            "a\tb\nc",
            "\N{NO-BREAK SPACE}x",
            "ک‌ی",
            "👩‍🚀",
            "e\u0301",
            "x" * 3000,
            "*",
            "a:b",
            '"',
            "\x00",
            "AND",
            "😀" * 50,
        ],
    )
    def test_any_term_is_a_term(self, corpus: Corpus, term: str) -> None:
        strange, plain = Word(term, f"{term}s", f"{term}l"), Word("plain", "plain", "plain")
        corpus.write(
            make_document("a", title=[strange], body=[plain, strange, plain]),
            make_document("b", body=[plain]),
        )
        assert corpus.ids(Match(strange)) == ["a"]
        assert corpus.ids(Exact((term,), "title")) == ["a"]
        assert corpus.ids(Words(("plain", term, "plain"))) == ["a"]
        assert corpus.ids(Words(("plain", "plain"), 1)) == ["a"]
        assert corpus.ids(Words(("plain", "plain"))) == []


class TestPhrases:
    @pytest.fixture
    def texts(self, corpus: Corpus) -> Corpus:
        corpus.write(
            make_document("title", title="a b c", body="x x"),
            make_document("body", title="x x", body="x a b c"),
            make_document("across", title="x a", body="b c"),
            make_document("turned", title="x", body="c b a"),
            make_document("gap1", body="a x b"),
            make_document("gap2", body="b x x a"),
            make_document("twice", body="x a x a"),
        )
        return corpus

    def test_a_phrase_holds_its_order(self, texts: Corpus) -> None:
        assert set(texts.ids(phrase("a b"))) == {"title", "body"}
        assert texts.ids(phrase("b a")) == ["turned"]
        assert set(texts.ids(phrase("a b c"))) == {"title", "body"}
        assert texts.ids(phrase("a c")) == []

    def test_a_phrase_stays_within_title_or_body(self, texts: Corpus) -> None:
        assert "across" not in texts.ids(phrase("a b"))
        for slop in (1, 5, 50):
            assert "across" not in texts.ids(phrase("a b", slop))
            assert "across" not in texts.ids(phrase("a b c", slop))

    def test_a_phrase_in_the_title(self, texts: Corpus) -> None:
        assert texts.ids(phrase("a b", part="title")) == ["title"]
        assert texts.ids(phrase("b a", 1, part="title")) == ["title"]
        assert texts.ids(phrase("c a b", 1, part="title")) == ["title"]

    def test_slop_counts_the_words_between(self, texts: Corpus) -> None:
        near = {"title", "body", "turned"}
        assert set(texts.ids(phrase("a b", 1))) == near | {"gap1"}
        assert set(texts.ids(phrase("a b", 2))) == near | {"gap1", "gap2"}
        assert set(texts.ids(phrase("b a", 2))) == near | {"gap1", "gap2"}

    def test_with_slop_the_order_is_free(self, texts: Corpus) -> None:
        for words in ("a b c", "b a c", "c b a"):
            assert set(texts.ids(phrase(words, 1))) == {"title", "body", "turned"}

    def test_a_word_asked_for_twice_stands_there_twice(self, texts: Corpus) -> None:
        assert texts.ids(phrase("a a")) == []
        assert texts.ids(phrase("a a", 1)) == ["twice"]
        assert texts.ids(phrase("x a a", 1)) == ["twice"]
        assert texts.ids(phrase("a a a", 9)) == []

    def test_one_word_is_a_phrase(self, texts: Corpus) -> None:
        assert set(texts.ids(phrase("c"))) == {"title", "body", "across", "turned"}
        assert texts.ids(phrase("c", 2, part="title")) == ["title"]

    def test_a_long_way_apart(self, corpus: Corpus) -> None:
        corpus.write(make_document("far", body=" ".join(["a", *["x"] * 60, "b", "c"])))
        assert corpus.ids(phrase("a b", 59)) == []
        assert corpus.ids(phrase("b a", 60)) == ["far"]
        assert corpus.ids(phrase("c b a", 59)) == []
        assert corpus.ids(phrase("c b a", 60)) == ["far"]


class TestLogic:
    @pytest.fixture
    def letters(self, corpus: Corpus) -> Corpus:
        texts = ("a", "b", "c", "a b", "b c", "a c", "a b c")
        corpus.write(*(make_document(text.replace(" ", ""), body=text) for text in texts))
        return corpus

    @pytest.mark.parametrize(
        ("clause", "ids"),
        [
            (EVERYTHING, "a b c ab bc ac abc"),
            (Any(), ""),
            (All((exact("a"), exact("b"))), "ab abc"),
            (Any((exact("a"), exact("b"))), "a b ab bc ac abc"),
            (Not(exact("a")), "b c bc"),
            (Not(Not(exact("a"))), "a ab ac abc"),
            (Not(EVERYTHING), ""),
            (Not(Any()), "a b c ab bc ac abc"),
            (All((exact("a"), Not(exact("b")))), "a ac"),
            (All((Not(exact("a")), Not(exact("b")))), "c"),
            (All((Not(All((exact("a"), exact("b")))), exact("c"))), "c bc ac"),
            (Any((exact("a"), Not(exact("b")))), "a c ab ac abc"),
            (
                Any((All((exact("a"), exact("b"))), All((exact("c"), Not(exact("a")))))),
                "c ab bc abc",
            ),
            (Any((Any(), All((exact("a"), Any((exact("b"), exact("c"))))))), "ab ac abc"),
            (All((EVERYTHING, Any((Not(exact("a")), Not(EVERYTHING))))), "b c bc"),
        ],
    )
    def test_clauses_nest(self, letters: Corpus, clause: Clause, ids: str) -> None:
        found = letters.find(clause, limit=20)
        assert {hit.id for hit in found.hits} == set(ids.split())
        assert found.total == len(ids.split())

    def test_clauses_nest_deeply(self, letters: Corpus) -> None:
        clause: Clause = exact("a")
        for _ in range(30):
            clause = Not(All((Any((clause,)), EVERYTHING)))
        assert set(letters.ids(clause)) == {"a", "ab", "ac", "abc"}


class TestFacets:
    @pytest.fixture
    def news(self, corpus: Corpus) -> Corpus:
        corpus.write(
            make_document("1", body=TALKS, countries={"EG"}, people={"Q1", "Q2"}, source="واس"),
            make_document("2", body=TALKS, countries={"EG", "FR"}, people={"Q1"}, source="BBC"),
            make_document("3", body=TALKS, countries={"FR"}, date="2021-06-30"),
            make_document("4", body=EGYPT, countries={"EG", "SA"}, topics={"energy"}),
        )
        return corpus

    def test_values_are_counted_most_frequent_first(self, news: Corpus) -> None:
        counts = news.find(EVERYTHING).counts
        assert counts["countries"] == Counts((("EG", 3), ("FR", 2), ("SA", 1)), 3)
        assert counts["people"] == Counts((("Q1", 2), ("Q2", 1)), 2)
        assert counts["sources"] == Counts((("BBC", 1), ("واس", 1)), 2)
        assert counts["dates"] == Counts((("2021-06", 1),), 1)
        assert counts["topics"] == Counts((("energy", 1),), 1)
        assert counts["organisations"] == Counts()

    def test_only_found_articles_are_counted(self, news: Corpus) -> None:
        assert news.find(loose(EGYPT)).counts["countries"] == Counts((("EG", 1), ("SA", 1)), 2)

    def test_chosen_values_narrow_and_are_counted(self, news: Corpus) -> None:
        found = news.find(loose(TALKS), Filter("countries", "FR"))
        assert {hit.id for hit in found.hits} == {"2", "3"}
        assert found.counts["countries"] == Counts((("FR", 2), ("EG", 1)), 2)
        both = news.find(loose(TALKS), Filter("countries", "FR"), Filter("countries", "EG"))
        assert [hit.id for hit in both.hits] == ["2"]
        assert both.counts["countries"] == Counts((("EG", 1), ("FR", 1)), 2)
        assert both.counts["people"] == Counts((("Q1", 1),), 1)

    def test_a_count_is_what_choosing_the_value_leaves(self, news: Corpus) -> None:
        chosen = Filter("countries", "EG")
        for value, count in news.find(EVERYTHING, chosen).counts["countries"].values:
            assert news.find(EVERYTHING, chosen, Filter("countries", value)).total == count

    def test_a_facet_is_counted_without_its_own_alternatives(self, news: Corpus) -> None:
        found = news.find(loose(TALKS), either("countries", "FR"))
        assert {hit.id for hit in found.hits} == {"2", "3"}
        assert found.counts["countries"] == Counts((("EG", 2), ("FR", 2)), 2)
        assert found.counts["people"] == Counts((("Q1", 1),), 1)

    def test_any_of_several_alternatives_and_all_facets(self, news: Corpus) -> None:
        found = news.find(
            EVERYTHING,
            either("countries", "FR"),
            either("countries", "SA"),
            Filter("people", "Q1"),
        )
        assert [hit.id for hit in found.hits] == ["2"]
        assert found.counts["countries"] == Counts((("EG", 2), ("FR", 1)), 2)
        assert found.counts["people"] == Counts((("Q1", 1),), 1)
        assert found.counts["sources"] == Counts((("BBC", 1),), 1)

    def test_a_facet_may_have_values_that_must_be_and_alternatives(self, news: Corpus) -> None:
        chosen = Filter("countries", "EG"), either("countries", "FR"), either("countries", "SA")
        found = news.find(EVERYTHING, *chosen)
        assert {hit.id for hit in found.hits} == {"2", "4"}
        assert found.counts["countries"] == Counts((("EG", 3), ("FR", 1), ("SA", 1)), 3)

    def test_excluded_values_are_out_everywhere(self, news: Corpus) -> None:
        found = news.find(EVERYTHING, Filter("countries", "FR", exclude=True))
        assert {hit.id for hit in found.hits} == {"1", "4"}
        assert found.counts["countries"] == Counts((("EG", 2), ("SA", 1)), 2)
        assert found.counts["people"] == Counts((("Q1", 1), ("Q2", 1)), 2)

    def test_a_value_chosen_and_excluded_finds_nothing(self, news: Corpus) -> None:
        found = news.find(
            EVERYTHING, either("countries", "FR"), Filter("countries", "FR", exclude=True)
        )
        assert found.total == 0
        assert found.counts["countries"] == Counts((("EG", 2), ("SA", 1)), 2)
        found = news.find(
            EVERYTHING, Filter("countries", "FR"), Filter("countries", "FR", exclude=True)
        )
        assert (found.total, found.counts["countries"]) == (0, Counts())

    def test_a_value_that_nothing_has(self, news: Corpus) -> None:
        found = news.find(EVERYTHING, either("countries", "XX"))
        assert found.total == 0
        assert found.counts["countries"].distinct == 3
        assert found.counts["people"] == Counts()
        assert news.find(EVERYTHING, Filter("people", "XX", exclude=True)).total == 4

    @pytest.mark.parametrize(("facet", "value"), [("sources", "واس"), ("topics", "energy")])
    def test_any_facet_filters(self, news: Corpus, facet: str, value: str) -> None:
        found = news.find(EVERYTHING, Filter(facet, value))
        assert found.total == 1
        assert [hit.id for hit in found.hits] == news.ids(HasValue(facet, (value, "nothing")))

    def test_a_month_filters(self, news: Corpus) -> None:
        assert news.ids(EVERYTHING, Filter("dates", "2021-06")) == ["3"]
        assert news.ids(HasValue("dates", ("2021-06",))) == ["3"]
        assert news.ids(HasValue("dates", ())) == []

    def test_facet_size_cuts_by_count_then_id(self, corpus: Corpus) -> None:
        corpus.write(make_document("1", people={"d", "c", "b"}), make_document("2", people={"d"}))
        sized = {
            size: corpus.find(EVERYTHING, facet_size=size).counts["people"]
            for size in (0, 1, 2, 3, 50, None)
        }
        every = (("d", 2), ("b", 1), ("c", 1))
        assert sized == {size: Counts(every[:size], 3) for size in (0, 1, 2, 3, 50, None)}

    def test_only_the_facets_asked_for_are_counted(self, news: Corpus) -> None:
        assert set(news.find(EVERYTHING, facets=("people", "dates")).counts) == {"people", "dates"}
        assert news.find(EVERYTHING, facets=()).counts == {}

    def test_values_of_two_facets_are_counted_together(self, news: Corpus) -> None:
        asked = Pairing("countries", "people", (2, None))
        countries, people = (("EG", 3), ("FR", 2)), (("Q1", 2), ("Q2", 1))
        found = news.engine.pairs(Search(), asked)
        assert found == Pairs(countries, people, ((2, 1), (1, 0)))

    def test_pairs_are_counted_where_every_filter_holds(self, news: Corpus) -> None:
        chosen = [Filter("countries", "FR"), Filter("people", "Q2", exclude=True)]
        found = news.engine.pairs(Search(EVERYTHING, chosen), Pairing("countries", "countries"))
        values = (("FR", 2), ("EG", 1))
        assert found == Pairs(values, values, ((2, 1), (1, 1)))
        nothing = Search(exact("nowhere"))
        assert news.engine.pairs(nothing, Pairing("people", "topics")) == Pairs()

    @pytest.mark.parametrize("clause", [loose(TALKS), exact("nowhere"), EVERYTHING])
    def test_an_article_matches_what_it_is_found_by(self, news: Corpus, clause: Clause) -> None:
        asked = known_forms(clause, news.documents.values())
        matching = {id for id in news.documents if news.engine.matches(asked, id)}
        assert matching == set(news.ids(clause))
        assert not news.engine.matches(asked, "nowhere")

    def test_any_text_is_a_value(self, corpus: Corpus) -> None:
        values = ["a b", "q\"u'o", "زيد، عمرو", "*", "x" * 500, "A", "a", "\\/:"]
        corpus.write(make_document("1", people=values), make_document("2", people={"a"}))
        for value in values:
            expected = {"1", "2"} if value == "a" else {"1"}
            assert set(corpus.ids(EVERYTHING, Filter("people", value))) == expected
            assert set(corpus.ids(HasValue("people", (value,)))) == expected
        assert corpus.find(EVERYTHING).counts["people"].distinct == len(values)


class TestStories:
    """One story in three papers, told first by «b», and one of its own."""

    @pytest.fixture
    def corpus(self, corpus: Corpus) -> Corpus:
        corpus.write(
            make_document(
                "a", body=f"{TALKS} {OLD}", source="واس", date="2021-06-30", countries={"EG"}
            ),
            make_document("b", body=TALKS, source="قنا", date="2021-06-29", story="a"),
            make_document("c", body=TALKS, source="قنا", story="a", countries={"EG"}),
            make_document("d", body=TALKS, source="قنا", countries={"EG"}),
        )
        return corpus

    def test_copies_are_shown_on_demand(self, corpus: Corpus) -> None:
        every, told = corpus.find(loose(TALKS)), corpus.find(loose(TALKS), collapse=True)
        assert (every.total, every.articles) == (4, 4)
        assert (told.total, told.articles) == (2, 4)

    def test_the_earliest_stands_for_the_others(self, corpus: Corpus) -> None:
        hits = corpus.find(loose(TALKS), collapse=True, sort="oldest").hits
        assert [(hit.id, hit.copies, hit.sources) for hit in hits] == [("b", 2, 1), ("d", 0, 0)]

    def test_of_one_day_the_longest_stands_for_the_others(self, corpus: Corpus) -> None:
        corpus.write(make_document("e", body=f"{TALKS} {NEW} {NEW}", date="2021-06-29", story="a"))
        assert corpus.ids(loose(TALKS), collapse=True, sort="oldest") == ["e", "d"]

    def test_a_story_is_not_hidden_behind_an_article_that_does_not_match(
        self, corpus: Corpus
    ) -> None:
        assert corpus.ids(loose(OLD), collapse=True) == ["a"]
        (hit,) = corpus.find(loose(TALKS), Filter("sources", "واس"), collapse=True).hits
        assert hit == Hit("a", hit.score)

    def test_facets_count_stories(self, corpus: Corpus) -> None:
        counts = corpus.find(loose(TALKS), collapse=True).counts
        assert counts["countries"] == Counts((("EG", 2),), 1)
        assert counts["sources"] == Counts((("قنا", 2), ("واس", 1)), 2)
        chosen = corpus.find(loose(TALKS), either("sources", "واس"), collapse=True)
        assert chosen.total == 1
        assert chosen.counts["sources"] == counts["sources"]

    def test_a_story_lists_its_articles_earliest_first(self, corpus: Corpus) -> None:
        assert corpus.engine.story("c") == ("b", "a", "c")
        assert corpus.engine.story("d") == ("d",)
        assert corpus.engine.story("unknown") == ()

    def test_what_is_replaced_or_removed_leaves_its_story(self, corpus: Corpus) -> None:
        corpus.write(make_document("b", body=TALKS), remove=["a"])
        assert corpus.engine.story("c") == ("c",)
        assert corpus.find(loose(TALKS), collapse=True).total == 3

    def test_stories_last_over_openings(self, corpus: Corpus, open_here: Open) -> None:
        assert open_here().story("a") == ("b", "a", "c")


class TestDates:
    @pytest.fixture
    def dated(self, corpus: Corpus) -> Corpus:
        dates = {"old": "0001-01-01", "b": "2021-06-30", "a": "2021-06-30", "new": "9999-12-31"}
        corpus.write(*(make_document(id, body=NEW, date=date) for id, date in dates.items()))
        corpus.write(make_document("z", body=NEW), make_document("u", body=NEW))
        return corpus

    @pytest.mark.parametrize(
        ("start", "end", "ids"),
        [
            ("2021-06-30", "2021-06-30", "a b"),
            ("2021-07-01", None, "new"),
            (None, "2021-06-29", "old"),
            (None, None, "old a b new"),
            ("0001-01-01", "9999-12-31", "old a b new"),
            ("2021-07-01", "2021-06-01", ""),
        ],
    )
    def test_both_ends_are_included(
        self, dated: Corpus, start: str | None, end: str | None, ids: str
    ) -> None:
        clause = Between(*(date and dt.date.fromisoformat(date) for date in (start, end)))
        assert set(dated.ids(clause)) == set(ids.split())
        assert dated.find(Not(clause)).total == 6 - len(ids.split())

    @pytest.mark.parametrize("clause", [EVERYTHING, loose(NEW)])
    def test_undated_articles_come_last_both_ways(self, dated: Corpus, clause: Clause) -> None:
        assert dated.ids(clause, sort="newest") == ["new", "a", "b", "old", "u", "z"]
        assert dated.ids(clause, sort="oldest") == ["old", "a", "b", "new", "u", "z"]

    def test_nothing_scores_when_sorted_by_date(self, dated: Corpus) -> None:
        assert {hit.score for hit in dated.find(loose(NEW), sort="newest").hits} == {0}


class TestRanking:
    def test_the_form_asked_for_comes_before_its_relatives(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("a", body=f"قال {THE_AMBASSADOR}"),
            make_document("b", body=f"قال {AMBASSADOR}"),
        )
        assert corpus.ids(loose(AMBASSADOR)) == ["b", "a"]
        assert corpus.ids(loose(THE_AMBASSADOR)) == ["a", "b"]

    def test_stem_and_lemma_come_before_one_of_them(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("a", body=[Word("x1", "s", "other")]),
            make_document("b", body=[Word("x2", "s", "l")]),
        )
        assert corpus.ids(Match(Word("x", "s", "l"))) == ["b", "a"]

    def test_the_title_counts_more(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("a", title="x y", body=f"{EGYPT} z"),
            make_document("b", title=f"{EGYPT} y", body="x z"),
        )
        for clause in (loose(EGYPT), exact(EGYPT)):
            assert corpus.ids(clause) == ["b", "a"]

    def test_often_in_a_short_text_counts_more(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("a", body=f"{EGYPT} x y z"),
            make_document("b", body=f"{EGYPT} x {EGYPT} z"),
            make_document("c", body=f"{EGYPT} " + "x y z " * 8),
        )
        assert corpus.ids(loose(EGYPT)) == ["b", "a", "c"]

    def test_a_rare_word_counts_more(self, corpus: Corpus) -> None:
        corpus.write(
            *(make_document(f"a{n}", body=f"{EGYPT} x") for n in range(5)),
            make_document("b", body=f"{TALKS} x"),
        )
        assert corpus.ids(Any((loose(EGYPT), loose(TALKS))))[0] == "b"

    def test_words_add_up(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("a", body=f"{EGYPT} x"),
            make_document("b", body=f"{TALKS} x"),
            make_document("c", body=f"{EGYPT} {TALKS}"),
        )
        assert corpus.ids(Any((loose(EGYPT), loose(TALKS))))[0] == "c"

    def test_scores_fall_and_are_above_0(self, corpus: Corpus) -> None:
        corpus.write(*(make_document(str(n), body=f"{EGYPT} {'x ' * n}") for n in range(12)))
        scores = [hit.score for hit in corpus.find(loose(EGYPT)).hits]
        assert scores == sorted(scores, reverse=True)
        assert min(scores) > 0

    def test_filters_dates_and_exclusions_do_not_score(self, corpus: Corpus) -> None:
        corpus.write(*(make_document(id, countries={"EG"}, date="2021-06-30") for id in "ab"))
        clause = All((HasValue("countries", ("EG",)), Between(None, None), Not(loose(EGYPT))))
        assert [(hit.id, hit.score) for hit in corpus.find(clause).hits] == [("a", 0), ("b", 0)]

    def test_a_filter_leaves_the_scores_as_they_are(self, corpus: Corpus) -> None:
        corpus.write(
            make_document("a", body=f"{EGYPT} x", people={"Q1"}),
            make_document("b", body=f"{EGYPT} x {EGYPT}", people={"Q1"}),
            make_document("c", body=f"{EGYPT}"),
        )
        every = {hit.id: hit.score for hit in corpus.find(loose(EGYPT)).hits}
        for filters in ([Filter("people", "Q1")], [Filter("people", "Q2", exclude=True)]):
            for hit in corpus.find(loose(EGYPT), *filters).hits:
                assert hit.score == every[hit.id]


class TestPaging:
    @pytest.fixture
    def equals(self, corpus: Corpus) -> Corpus:
        """60 articles that all score the same, written in no order, and one that scores more."""
        ids = [f"{n * 37 % 60:02}" for n in range(60)]
        for batch in (ids[:25], ids[25:]):
            corpus.write(*(make_document(id, body=f"{EGYPT} x y") for id in batch))
        corpus.write(make_document("best", body=f"{EGYPT} {EGYPT} x"))
        return corpus

    def test_equal_scores_are_ordered_by_id(self, equals: Corpus) -> None:
        assert equals.ids(loose(EGYPT), limit=5) == ["best", "00", "01", "02", "03"]
        assert equals.ids(EVERYTHING, limit=3) == ["00", "01", "02"]

    @pytest.mark.parametrize("clause", [loose(EGYPT), EVERYTHING, Not(loose(TALKS))])
    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_pages_put_together_are_the_whole(
        self, equals: Corpus, clause: Clause, sort: str
    ) -> None:
        whole = equals.ids(clause, sort=sort, limit=100)
        pages = [equals.ids(clause, sort=sort, start=n, limit=7) for n in range(0, 70, 7)]
        assert [id for page in pages for id in page] == whole
        assert len(set(whole)) == 61

    def test_the_total_is_on_every_page(self, equals: Corpus) -> None:
        for start in (0, 60, 61, 10**9):
            found = equals.find(loose(EGYPT), start=start)
            assert found.total == 61
            assert len(found.hits) == min(10, max(0, 61 - start))

    def test_no_hits_but_counts(self, equals: Corpus) -> None:
        found = equals.find(loose(EGYPT), limit=0)
        assert (found.total, found.hits) == (61, ())


class TestFolders:
    def test_an_index_is_opened_again(self, corpus: Corpus, open_here: Open) -> None:
        corpus.write(make_document("a", body=EGYPT, people={"Q1"}))
        corpus.engine.close()
        again = Corpus(open_here(), corpus.documents)
        assert again.ids(loose(EGYPT)) == ["a"]
        assert again.find(EVERYTHING).counts["people"] == Counts((("Q1", 1),), 1)

    def test_to_create_where_there_is_an_index_opens_it(
        self, corpus: Corpus, open_here: Open
    ) -> None:
        corpus.write(make_document("a"))
        assert open_here(create=True).ids() == {"a"}

    def test_a_missing_index_is_said(self, open_here: Open, folder: Path) -> None:
        with pytest.raises(IndexMissing, match=str(folder)):
            open_here()
        folder.mkdir()
        with pytest.raises(IndexMissing, match=str(folder)):
            open_here()
        assert list(folder.iterdir()) == []

    def test_a_file_is_no_folder(self, open_here: Open, folder: Path) -> None:
        folder.write_text("I am a file")
        with pytest.raises(EngineError, match=str(folder)):
            open_here(create=True)

    @pytest.mark.parametrize("kept", [0.0, 0.5])
    def test_a_damaged_index_is_said(
        self, corpus: Corpus, open_here: Open, folder: Path, kept: float
    ) -> None:
        corpus.write(*(make_document(str(n), title=EGYPT, body=TALKS) for n in range(50)))
        corpus.engine.close()
        for path in folder.rglob("*"):
            if path.is_file():
                path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

        def use() -> None:
            engine = open_here(create=True)
            engine.find(Search())
            engine.records(["1"])

        with pytest.raises(EngineError, match=str(folder)):
            use()


class TestWritersAndReaders:
    def test_an_open_reader_sees_a_commit(self, corpus: Corpus, open_here: Open) -> None:
        reader = open_here()
        assert reader.find(Search()).total == 0
        corpus.write(make_document("a", people={"Q1"}))
        assert reader.find(Search()).counts["people"] == Counts((("Q1", 1),), 1)
        corpus.write(remove=["a"])
        assert reader.ids() == frozenset()

    def test_a_snapshot_goes_on_answering_as_it_was(self, corpus: Corpus, open_here: Open) -> None:
        reader = open_here()
        corpus.write(make_document("a", body=OLD, people={"Q1"}), make_document("b", body=OLD))
        before = reader.snapshot()
        assert reader.snapshot() is before
        for n in range(3):
            corpus.write(make_document("a", body=NEW), make_document(f"c{n}"), remove=["b"])
        with reader.reading(before):
            assert reader.ids() == {"a", "b"}
            assert reader.find(Search(exact(OLD))).counts["people"] == Counts((("Q1", 1),), 1)
            assert [one.article.body for one in reader.records(["a", "b"])] == [OLD, OLD]
            with reader.reading(reader.snapshot()):
                assert reader.ids() == {"a", "c0", "c1", "c2"}
            assert reader.matches(exact(OLD), "b")
        assert reader.ids() == {"a", "c0", "c1", "c2"}
        assert not reader.matches(exact(OLD), "a")

    def test_a_second_writer_is_refused(self, corpus: Corpus, open_here: Open) -> None:
        corpus.write(make_document("a", body=OLD))
        other = open_here()

        def intruded() -> Iterator[Document]:
            yield make_document("a", body=NEW)
            with pytest.raises(IndexLocked):
                write(other, [make_document("b")])
            assert other.find(Search(exact(OLD))).total == 1  # and readers go on

        assert write(corpus.engine, intruded()) == 1
        assert other.ids() == {"a"}
        assert write(other, [make_document("b")]) == 1

    def test_readers_see_each_batch_whole(self, corpus: Corpus, open_here: Open) -> None:
        def generation(n: int) -> list[Document]:
            return [make_document(str(i), body=EGYPT, people={f"g{n}"}) for i in range(20)]

        corpus.write(*generation(0))
        done, broken = threading.Event(), []

        def read(engine: Engine) -> None:
            try:
                while not done.is_set():
                    found = engine.find(Search(exact(EGYPT), limit=20))
                    assert found.total == len(found.hits) == 20
                    assert [count for _, count in found.counts["people"].values] == [20]
                    records = engine.records([hit.id for hit in found.hits])
                    assert len({record.values("people") for record in records}) == 1
            except BaseException as error:
                broken.append(error)

        shared = open_here()
        engines = [corpus.engine, shared, shared, shared]
        threads = [threading.Thread(target=read, args=(one,)) for one in engines]
        for thread in threads:
            thread.start()
        try:
            for n in range(1, 8):
                write(corpus.engine, generation(n))
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert broken == []
        assert shared.find(Search()).counts["people"] == Counts((("g7", 20),), 1)


OTHER = """
import resource
import sys
from pathlib import Path
from factories import make_document, write
from indexer.engines import open_engine
from indexer.errors import EngineError, IndexLocked

engine = open_engine(sys.argv[1], Path(sys.argv[2]))

def large():
    for n in range(500):
        yield make_document(f"large{n}", body=" ".join(f"w{n}x{i}" for i in range(200)))

def asked():
    yield make_document("half")
    for n in range(200):
        yield make_document(f"half{n}", body="x y z " * 50)
    print("writing", flush=True)
    for line in sys.stdin:
        return

for line in sys.stdin:
    match line.strip():
        case "ids":
            print(*sorted(engine.ids()), flush=True)
        case "write":
            try:
                print("wrote", write(engine, [make_document("theirs")]), flush=True)
            except IndexLocked:
                print("locked", flush=True)
        case "full":
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
            try:
                print("wrote", write(engine, large(), remove=["ours"]), flush=True)
            except EngineError as error:
                print(type(error).__name__, flush=True)
        case "hang":
            write(engine, asked(), remove=["a"])
"""


class TestOtherProcesses:
    @pytest.fixture
    def other(
        self, engine: Engine, engine_name: str, folder: Path
    ) -> Iterator[Callable[[str], str]]:
        """Another process with the index open; takes a command and gives its answer."""
        root = Path(__file__).parents[2]
        process = subprocess.Popen(
            [sys.executable, "-c", OTHER, engine_name, str(folder)],
            env={"PYTHONPATH": f"{root}:{root / 'tests/support'}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        def ask(command: str) -> str:
            assert process.stdin and process.stdout
            process.stdin.write(f"{command}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        yield ask
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe
            pipe.close()

    def test_a_commit_is_seen_there_and_here(
        self, corpus: Corpus, other: Callable[[str], str]
    ) -> None:
        assert other("ids") == ""
        corpus.write(make_document("ours"))
        assert other("ids") == "ours"
        assert other("write") == "wrote 1"
        assert corpus.engine.ids() == {"ours", "theirs"}

    def test_one_process_writes_at_a_time(
        self, corpus: Corpus, other: Callable[[str], str]
    ) -> None:
        def ours() -> Iterator[Document]:
            assert other("write") == "locked"
            yield make_document("ours")

        write(corpus.engine, ours())
        assert other("write") == "wrote 1"
        assert corpus.engine.ids() == {"ours", "theirs"}

    def test_a_full_disk_changes_nothing(self, corpus: Corpus, other: Callable[[str], str]) -> None:
        corpus.write(make_document("ours"))
        assert other("full") == "EngineError"  # no file there may grow above 100 kB
        assert other("ids") == "ours"
        corpus.write(make_document("more"))
        assert corpus.engine.ids() == {"ours", "more"}


def test_a_writer_that_is_killed_leaves_the_last_commit(
    open_here: Open, engine_name: str, folder: Path
) -> None:
    write(open_here(create=True), [make_document("a"), make_document("b")])
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, engine_name, str(folder)],
        env={"PYTHONPATH": f"{root}:{root / 'tests/support'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        process.stdin.write("hang\n")
        process.stdin.flush()
        assert process.stdout.readline() == "writing\n"
        process.kill()
    engine = open_here()
    assert engine.ids() == {"a", "b"}
    assert write(engine, [make_document("c")], remove=["a"]) == 1
    assert engine.ids() == {"b", "c"}


def test_every_engine_is_under_this_contract() -> None:
    assert {"whoosh", "tantivy"} <= set(ENGINES)
