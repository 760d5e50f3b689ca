"""English queries find Arabic articles, and what was added is told and can be taken away."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.catalogue import Catalogue
from indexer.engines import ENGINES
from indexer.index import writable
from indexer.indexing.run import index_pages
from indexer.model import SearchRequest
from indexer.query import parse
from indexer.query.ast import All, Any, Clause
from indexer.search.name_expansion import Linker
from indexer.search.results import SearchPage
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from webui import create_app
from webui.links import literal, unlinked

HERE = Path(__file__).parent


def read(name: str) -> list[list[str]]:
    lines = HERE.joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.fixture(params=sorted(ENGINES), scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    """The articles in an index of each engine."""
    folder = tmp_path_factory.mktemp("english") / "index"
    with writable(folder, {"engine": request.param}) as index:
        index_pages([HERE / "articles.jsonl"], index, jobs=1)
        yield SearchService(index, default_analyzer())


@pytest.fixture
def linker(tmp_path: Path) -> Linker:
    """What knows the tables and nobody else."""
    catalogue = Catalogue.create(tmp_path / "catalogue.sqlite")
    return Linker(catalogue, default_analyzer())


def page(service: SearchService, q: str) -> SearchPage:
    return service.page(SearchRequest(q=q, copies=True, full=True))


def ids(found: SearchPage) -> set[str]:
    """What matches the whole query."""
    return set() if found.relaxed else {result.record.article.id for result in found.results}


@pytest.mark.parametrize(("q", "wanted"), read("queries.tsv"))
def test_english_finds_arabic(service: SearchService, q: str, wanted: str) -> None:
    assert ids(page(service, q)) == set(wanted.split())


def test_what_was_added_is_told(service: SearchService) -> None:
    told = page(
        service, 'visit of the Italian ambassador "Islamic State" Lavrov Sinai Frobnitz'
    ).linked
    assert [(one.text, one.kind, one.facet, one.name.id) for one in told] == [
        ("visit", "term", "", ""),
        ("Italian", "demonym", "", ""),
        ("ambassador", "term", "", ""),
        ("Islamic State", "organisation", "organisations", "isis"),
        ("Lavrov", "person", "people", "sergey-lavrov"),
        ("Sinai", "place", "", ""),
    ]
    assert told[2].name.name == "سفير | سفيرة"
    assert told[4].name.name_en == "Sergey Lavrov"


@pytest.mark.parametrize(
    "q",
    [
        "Lavrov Frobnitz",
        "title:Erdogan",
        '"Islamic State"',
        "Minister of Foreign Affairs Lavrov",
        "-Erdogan Turkish",
        "U.S. ambassador",
        "«Italian ambassador» in Libya",
        "Reuters",
    ],
)
def test_each_piece_can_be_taken_away(service: SearchService, q: str) -> None:
    request = SearchRequest(q=q)
    told = service.page(request).linked
    assert told
    for one in told:
        left = service.page(literal(request, one.text)).linked
        assert one not in left
    assert service.page(unlinked(request, told)).linked == ()


@pytest.mark.parametrize(
    ("q", "offered"),
    [
        ("Lavroff", "Lavrov"),
        ("Lafrov Sochi", "Lavrov Sochi"),
        ("Lafrov Sinai", None),
        ("Lavrov ambassador Sinai", None),
        ("Frobnits", "Frobnitz"),
    ],
)
def test_a_name_that_sounds_alike_is_offered_and_not_searched(
    service: SearchService, q: str, offered: str | None
) -> None:
    found = page(service, q)
    assert found.suggestion == offered
    assert "Lavrov" not in {one.name.name_en for one in found.linked} or "Lavrov" in q


def test_the_page_shows_what_was_added_with_a_way_out(service: SearchService) -> None:
    client = create_app(service).test_client()
    shown = client.get("/search?q=Turkish+Frobnitz+Lavrov&lang=en").get_data(as_text=True)
    for text in ("تركي", "سيرغي لافروف", "(nationality)", "(person)"):
        assert text in shown
    assert "/search?q=%3DTurkish+Frobnitz+Lavrov" in shown
    assert "/search?q=%3DTurkish+Frobnitz+%3DLavrov" in shown
    assert "الجنسية" not in shown
    arabic = client.get("/search?q=Lavrov&lang=ar").get_data(as_text=True)
    assert "(شخص)" in arabic


def test_json_tells_what_was_added(service: SearchService) -> None:
    client = create_app(service).test_client()
    answer = client.get("/api/v1/search?q=Lavrov+visit").get_json()
    assert answer["linked"] == [
        {
            "text": "Lavrov",
            "kind": "person",
            "facet": "people",
            "id": "sergey-lavrov",
            "name": "سيرغي لافروف",
            "name_en": "Sergey Lavrov",
        },
        {
            "text": "visit",
            "kind": "term",
            "facet": None,
            "id": None,
            "name": "زيارة | زار",
            "name_en": "visit",
        },
    ]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_examples_of_the_start_page_find_all_they_promise(
    service: SearchService, lang: str
) -> None:
    start = create_app(service).test_client().get(f"/?lang={lang}").get_data(as_text=True)
    line = re.search(r'<p class="examples">(.*?)</p>', start, re.DOTALL)
    assert line
    examples = re.findall(r"<bdi[^>]*>(.*?)</bdi>", line[1])
    assert len(examples) >= 2
    for q in map(html.unescape, examples):
        assert ids(page(service, q)), q


def test_words_taken_literally_find_what_they_say(service: SearchService) -> None:
    assert ids(page(service, "Reuters Frobnitz")) == {"a9"}
    assert ids(page(service, "=Reuters")) == {"a9"}
    assert not page(service, "=Erdogan").linked


def test_each_name_is_one_clause_among_its_neighbours(linker: Linker) -> None:
    asked = parse("foreign minister Lavrov sanctions كيري", default_analyzer()).clause
    clause, linked, _loose = linker.joined(asked)
    assert isinstance(clause, All)
    assert len(clause.clauses) == len(linked) + 1 == 4


@pytest.mark.parametrize("q", ["لافروف", "2015", "=Lavrov", '="Islamic State"', "the"])
def test_queries_without_english_stay_as_they_are(linker: Linker, q: str) -> None:
    clause = parse(q, default_analyzer()).clause
    assert linker.joined(clause) == (clause, (), frozenset())


def test_a_long_query_is_searched_in_the_usual_rendering_alone(linker: Linker) -> None:
    analyzer = default_analyzer()
    few = linker.joined(parse("ambassador", analyzer).clause)[0]
    many = linker.joined(parse("ambassador " + "Sochi visit Sinai king " * 15, analyzer).clause)
    assert leaves(few) == 3
    assert leaves(many[0]) <= 3 * len(many[1])


def leaves(clause: Clause) -> int:
    return sum(map(leaves, clause.clauses)) if isinstance(clause, All | Any) else 1


@pytest.mark.parametrize(
    ("q", "loose"),
    [
        ("Turkish ambassador", 2),
        ("كيري ambassador", 1),
        ("-Turkish ambassador", 1),
        ("+Turkish ambassador", 1),
        ('"Islamic State" ambassador', 1),
        ("title:Turkish", 0),
        ("=Turkish", 0),
    ],
)
def test_articles_may_lack_what_is_made_of_loose_words_alone(
    linker: Linker, q: str, loose: int
) -> None:
    assert len(linker.joined(parse(q, default_analyzer()).clause).loose) == loose
