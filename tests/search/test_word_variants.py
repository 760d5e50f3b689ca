"""One word in several spellings is found in each, and words that only look alike stay apart."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import ENGINES
from indexer.index import writable
from indexer.indexing.run import index_pages
from indexer.model import SearchRequest
from indexer.query.ast import All, Any, Clause, Match, Phrase
from indexer.search.expansion import expanded
from indexer.search.results import SearchPage
from indexer.search.service import SearchService
from indexer.search.word_variants import _PER_QUERY
from indexer.text import default_analyzer

TABLE = Path(__file__).with_name("word_variants.tsv")
ROWS = [
    line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")
]
TEXTS = sorted({text for _, _, text in ROWS})
CASES = [
    pytest.param(kind == "meet", query, text, id=f"{kind} {query} {text}")
    for kind, query, text in ROWS
]


@pytest.fixture(params=sorted(ENGINES), scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    """An archive of the table's texts, in each engine."""
    folder = tmp_path_factory.mktemp("spellings")
    pages = folder / "pages.jsonl"
    lines = [
        json.dumps({"id": str(n), "title": "وثيقة", "text": f"ورد هنا أن {t} اليوم."})
        for n, t in enumerate(TEXTS)
    ]
    pages.write_text("\n".join(lines), "utf-8")
    with writable(folder / "index", {"engine": request.param}) as index:
        index_pages([pages], index, jobs=1)
        yield SearchService(index, default_analyzer())


def found(service: SearchService, query: str) -> SearchPage:
    return service.page(SearchRequest(query, size=100, copies=True))


def ids(page: SearchPage) -> set[str]:
    """What was found for the whole of the query."""
    return set() if page.relaxed else {one.record.article.id for one in page.results}


@pytest.mark.parametrize(("meet", "query", "text"), CASES)
def test_spellings_meet_and_other_words_stay_apart(
    service: SearchService, meet: bool, query: str, text: str
) -> None:
    assert (str(TEXTS.index(text)) in ids(found(service, query))) == meet


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("عبدالعزيز", "افتتح عبد العزيز المؤتمر", ["عبد", "العزيز"]),
        ("عبد العزيز", "قال عبدالعزيز ذلك", ["عبدالعزيز"]),
        ("لحزب الله", "عناصر حزبالله انسحبت", ["حزبالله"]),
        ("كونغرس", "أعضاء الكونجرس", ["الكونجرس"]),
        ('"الملك عبدالعزيز"', "جامعة الملك عبد العزيز", ["الملك", "عبد", "العزيز"]),
    ],
)
def test_marks_are_whole_words_of_the_other_spelling(
    service: SearchService, query: str, text: str, marked: list[str]
) -> None:
    wanted = str(TEXTS.index(text))
    (snippet,) = (
        one.snippet for one in found(service, query).results if one.record.article.id == wanted
    )
    assert [snippet.text[start:end] for start, end in snippet.marks] == marked


def test_a_spelling_as_typed_ranks_before_another(service: SearchService) -> None:
    for query, text in (("هامبورغ", "قمة هامبورغ"), ("هامبورج", "ميناء هامبورج")):
        first, *others = found(service, query).results
        assert first.record.article.id == str(TEXTS.index(text))
        assert others


def phrases(clause: Clause) -> int:
    """How many phrases the clause looks up, those of variants counted."""
    match clause:
        case Any(clauses) | All(clauses):
            return sum(map(phrases, clauses))
        case Match(variants=variants):
            return sum(isinstance(one, Phrase) for one in variants)
        case _:
            return isinstance(clause, Phrase)


@pytest.mark.parametrize(
    "query",
    [
        "عبدالعزيز OR " * 300 + "عبدالعزيز",
        " ".join(f"{a}عبدالعزيز{b}" for a in "وفبلك" for b in ("", "ه", "ها", "هم", "ين", "ات")),
        '"' + "عبدالعزيز أبوظبي " * 40 + '"',
        '"' + "عبد العزيز " * 40 + '"',
    ],
)
def test_what_spellings_add_to_a_query_is_bounded(service: SearchService, query: str) -> None:
    clause = service.page(SearchRequest(query)).clause
    assert phrases(expanded(clause, service._catalogue)) <= _PER_QUERY + 1
