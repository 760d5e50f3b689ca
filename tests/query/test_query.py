"""What a reader types is read as meant, is never an error, and can be shown again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Token
from indexer.query import graded, parse, relaxations, words_of
from indexer.query.ast import (
    EVERYTHING,
    All,
    Any,
    Between,
    Clause,
    Exact,
    Fuzzy,
    Match,
    Most,
    Named,
    Not,
    Pattern,
    Phrase,
    Prefix,
)
from indexer.query.parser import MAX_DEPTH
from indexer.query.terms import (
    MAX_NEAR,
    MAX_PATTERNS,
    MAX_PHRASES,
    MAX_PREFIXES,
    MAX_SLOPPY,
    MAX_WORDS,
)
from indexer.text import default_analyzer

DATA = Path(__file__).parent
STOP = frozenset({"من", "في", "و", "ليس", "او"})


class FewStopWords:
    """The analyzer with stop words that these tests know."""

    def analyze(self, text: str) -> list[Token]:
        return [
            token._replace(word=token.word._replace(stop=token.word.exact in STOP))
            for token in default_analyzer().analyze(text)
        ]


def read(query: str) -> Clause:
    return parse(query, FewStopWords()).clause


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def outline(clause: Clause) -> str:
    """A tree as one line: ``(all …)``, ``(most …)``, ``(any …)``, ``(not …)`` around words in the
    exact layer.

    ``+x`` is required, ``=x`` this form only, ``x*`` a prefix, ``/x?x/`` a pattern, ``x~1`` near
    spellings, ``title/x`` in titles only.
    """
    match clause:
        case All(clauses):
            return f"({' '.join(['all', *map(outline, clauses)])})"
        case Most(clauses):
            return f"({' '.join(['most', *map(outline, clauses)])})"
        case Any(clauses):
            return f"({' '.join(['any', *map(outline, clauses)])})"
        case Not(inner):
            return f"(not {outline(inner)})"
        case Match(word, part):
            return ("+" if clause.required else "") + in_part(part, word.exact)
        case Exact((form,), part):
            return in_part(part, f"={form}")
        case Phrase(forms, slop, part):
            return in_part(part, f'"{" ".join(forms)}"' + (f"~{slop}" if slop else ""))
        case Prefix(text, part):
            return in_part(part, f"{text}*")
        case Pattern(text, part):
            return in_part(part, f"/{text}/")
        case Fuzzy(text, distance, part):
            return in_part(part, f"{text}~{distance}")
        case Named(facet, text):
            return f"{facet}:{text}"
        case Between(start, end):
            return f"date:{start or ''}..{end or ''}"
    raise AssertionError(clause)


def in_part(part: str | None, text: str) -> str:
    return f"{part}/{text}" if part else text


@pytest.mark.parametrize(("query", "tree"), rows("queries.tsv"))
def test_a_query_is_read_as_meant(query: str, tree: str):
    assert outline(read(query)) == tree


@pytest.mark.parametrize("query", [query for query, _ in rows("queries.tsv")])
def test_what_was_understood_reads_as_the_same_again(query: str):
    first = parse(query, FewStopWords())
    assert parse(first.text, FewStopWords()).clause == first.clause


#: What queries are made of, in any order and number.
PIECES = st.sampled_from(
    [
        "سفير",
        "من",
        "كرامب-كارنباور",
        "وَزِير",
        "Putin",
        "٣",
        " ",
        " ",
        " OR ",
        " أو ",
        " AND ",
        " NOT ",
        " ليس ",
        " وليس ",
        " | ",
        "&&",
        "!",
        "–",
        "-",
        "+",
        "=",
        "(",
        ")",
        '"',
        "«",
        "»",
        "*",
        "?",
        "؟",
        "~",
        "~2",
        "2~",
        ".",
        "..",
        "،",
        ":",
        "title:",
        "شخص:",
        "date:",
        "before:",
        "بعد:",
        "site:",
        "allintitle:",
        "lang:",
        "2021-06",
    ]
)
QUERIES = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


@given(QUERIES)
def test_any_text_is_a_query_that_can_be_shown_again(query: str):
    first = parse(query, FewStopWords())
    assert parse(first.text, FewStopWords()).clause == first.clause


@given(QUERIES)
def test_each_weaker_query_can_be_shown_again(query: str):
    for _, weaker in relaxations(parse(query, FewStopWords())):
        again = parse(weaker.text, FewStopWords())
        assert again.clause == weaker.clause


@given(QUERIES)
def test_the_last_weaker_query_asks_for_any_word(query: str):
    asked = parse(query, FewStopWords())
    weaker = [asked, *(query for _, query in relaxations(asked))]
    assert words(words_of(asked.clause)) == words(words_of(weaker[-1].clause))


def words(clause: Clause) -> set[Clause]:
    return set(clause.clauses) if isinstance(clause, All) else {clause}


def test_signs_mean_nothing_where_a_text_is_asked_for():
    asked = "+سفير -لبنان مبعوث AND وزير"
    assert outline(words_of(read(asked))) == "(all سفير مبعوث وزير)"


@pytest.mark.parametrize(("asked", "read_as"), rows("graded.tsv"))
def test_loose_words_may_be_lacking_and_nothing_else(asked: str, read_as: str):
    assert outline(graded(read(asked))) == read_as


def test_a_name_is_lacked_like_a_word():
    name = Any((read("زريف"), read("ظريف")))
    clause = All((read("وزير"), name, read("+سفير")))
    assert outline(graded(clause, names=[name])) == "(all (most وزير (any زريف ظريف)) +سفير)"


@pytest.mark.parametrize(("query", "steps"), rows("relaxations.tsv"))
def test_a_query_is_relaxed_step_by_step(query: str, steps: str):
    weaker = relaxations(parse(query, FewStopWords()))
    assert "; ".join(f"{code} {query.text}" for code, query in weaker) == steps


@pytest.mark.parametrize(("query", "read_as"), rows("negations.tsv"))
def test_not_in_arabic_is_an_operator_in_a_query_and_a_word_in_a_sentence(query: str, read_as: str):
    clause = parse(query, default_analyzer()).clause
    assert ("operator" if "(not " in outline(clause) else "word") == read_as


def test_an_unknown_field_is_named_and_its_value_searched():
    query = parse("autor:سفير lang:ar -filetype:pdf autor:«وزير الخارجية»", FewStopWords())
    assert query.unknown == ("autor", "lang", "filetype")
    assert outline(query.clause) == '(all سفير ar (not pdf) "وزير الخارجيه")'


def test_a_field_of_dates_without_a_date_is_named():
    query = parse("before:yesterday date:2021-13 تاريخ:العراق date:2021", FewStopWords())
    assert query.unknown == ("before", "date")


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير: لا",
        "الوزير:لا تفاوض",
        "CNN:ترامب يغادر",
        "الساعة 12:30",
        "https://aa.com.tr/ar?id=3",
        "mailto:desk@aa.com.tr",
        "lang: ar",
        "title:وزير",
        "قبل:الانتخابات",
        "a:b",
    ],
)
def test_text_with_a_colon_is_no_unknown_field(text: str):
    assert parse(text, FewStopWords()).unknown == ()


def test_patterns_beyond_the_limit_are_left_out_and_noted():
    query = parse(" ".join(f"كلم?ة{letter}" for letter in "جحخدذرزسشص"), FewStopWords())
    assert isinstance(query.clause, All)
    assert len(query.clause.clauses) == MAX_PATTERNS
    assert query.notes == ("too-many-patterns",)


def test_words_stand_as_they_were_typed():
    typed = "وَزِيرَة «وزارة الخارجيّة»"
    assert parse(typed, FewStopWords()).text == 'وَزِيرَة "وزارة الخارجيّة"'


def test_an_empty_query_is_everything():
    assert parse("", FewStopWords()).clause == EVERYTHING
    assert parse("", FewStopWords()).text == ""


def test_direction_marks_between_words_mean_nothing():
    assert read("\u200fسفير\u200f \u202bOR\u202c مبعوث") == read("سفير OR مبعوث")


def test_words_beyond_the_limit_are_left_out_and_noted():
    query = parse(" ".join(f"word{n}" for n in range(100)), FewStopWords())
    assert isinstance(query.clause, All)
    assert len(query.clause.clauses) == MAX_WORDS
    assert query.notes == ("too-long",)


def test_a_phrase_is_read_as_far_as_there_is_room():
    query = parse('"' + "كلمة " * 100 + '"', FewStopWords())
    assert isinstance(query.clause, Phrase)
    assert len(query.clause.forms) == MAX_WORDS
    assert query.notes == ("too-long",)


def test_stop_words_take_no_room_from_words():
    query = parse("من في " * 30 + "سفير", FewStopWords())
    assert outline(query.clause) == "سفير"
    assert query.notes == ()


@pytest.mark.parametrize(
    ("pattern", "kind", "most"),
    [
        ("ك{n}~2", Fuzzy, MAX_NEAR),
        ("title:ك{n}~", Fuzzy, MAX_NEAR),
        ("ك{n}*", Prefix, MAX_PREFIXES),
        ('"ك{n} ق{n}"~3', Phrase, MAX_SLOPPY),
        ('"ك{n} ق{n}"', Phrase, None),
    ],
)
def test_what_costs_much_is_asked_for_a_few_times_and_noted(
    pattern: str, kind: type, most: int | None
):
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهي"
    query = parse(" ".join(pattern.format(n=letter * 2) for letter in letters), FewStopWords())
    assert isinstance(query.clause, All)
    kinds = [type(clause) for clause in query.clause.clauses]
    assert kinds.count(kind) == (most or len(letters)) <= MAX_PHRASES
    # The words of the others are searched plain.
    assert set(kinds) == ({kind, Match} if most else {kind})
    assert query.notes == (("too-many-signs",) if most else ())
    assert parse(query.text, FewStopWords()).clause == query.clause


def test_brackets_that_lie_too_deep_are_ignored_and_noted():
    nested = "(سفير OR " * 40 + "وزير" + ")" * 40
    query = parse(nested, FewStopWords())
    assert outline(query.clause) == "(any سفير وزير)"
    assert query.notes == ("too-deep",)


def test_deep_trees_stay_within_the_limit():
    nested = "".join(f"envoy{n} OR (word{n} " for n in range(20)) + "وزير"
    query = parse(nested, FewStopWords())
    assert levels(query.clause) <= MAX_DEPTH
    assert query.notes == ("too-deep",)
    assert parse(query.text, FewStopWords()).clause == query.clause


def levels(clause: Clause) -> int:
    match clause:
        case All(clauses) | Any(clauses):
            return 1 + max(map(levels, clauses))
        case Not(inner):
            return 1 + levels(inner)
    return 0


@pytest.mark.parametrize(
    "piece",
    ["(", ")", "()", "(a", "-(", "=(", '"', '«"', "~", "-", "OR ", "NOT ", "a:", "1~«", "*"],
)
def test_a_hundred_kilobytes_of_anything_are_read(piece: str):
    query = parse(piece * (100_000 // len(piece)), FewStopWords())
    assert len(query.text) < 5000


def test_a_word_behind_many_brackets_is_found():
    assert outline(read("(" * 100_000 + "سفير" + ")" * 100_000)) == "سفير"
