"""Twice as much takes twice the time, whatever it is: no page and no request takes its square."""

from collections.abc import Callable
from itertools import islice, product
from pathlib import Path

import pytest

from growth import UNITS, Pattern, grows_faster, patterns, reader
from indexer.facets.ner.coreference import MOST_COMPARED
from indexer.index import Index, IndexSettings
from indexer.indexing.documents import document_builder
from indexer.model import Article, Document, FacetValue, Mention, Record, SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from made_pages import BODY, TITLE
from webui import create_app
from webui.params import MAX_QUERY

#: Letters of what is twice as long next.
PAGE, ARTICLE, QUERY = 10_000, 10_000, MAX_QUERY // 8
#: What an article may hold that a name or a mark of its page stands in.
NAMES = [name for name, unit in UNITS.items() if unit.strip() and len(unit) > 2 and "<" not in unit]


@pytest.mark.parametrize("pattern", list(patterns()), ids=str)
def test_a_page_is_read_in_linear_time(pattern: Pattern, tmp_path: Path) -> None:
    reader(pattern, 100, tmp_path)()
    assert not grows_faster(lambda size: reader(pattern, size, tmp_path), PAGE)


def of_many_people(letters: int) -> str:
    """A text that names somebody else in every sentence."""
    consonants = "بتثجحخدذرزسشصضطظعغفقكلمن"
    names = (f"{a}ا{b}ي{c}" for a, b, c in product(consonants, repeat=3))
    return " ".join(f"قال الرئيس {name} الحارثي." for name in islice(names, letters // 25))


def test_the_people_of_an_article_are_told_apart_in_linear_time() -> None:
    builder = document_builder(IndexSettings())

    def read(size: int) -> Callable[[], object]:
        article = Article("a", TITLE, of_many_people(size))
        return lambda: builder.of(article)

    read(100)()
    assert not grows_faster(read, 20_000)


def test_of_many_people_each_is_one() -> None:
    text = of_many_people(30_000)
    body = f"{text} {text}"
    people = document_builder(IndexSettings()).of(Article("a", TITLE, body)).record.facets["people"]
    assert len(people) > MOST_COMPARED
    assert len({one.id for one in people}) == len(people)


def filled(folder: Path, document: Document) -> Index:
    index = Index.create(folder, IndexSettings())
    with index.writer() as writer:
        writer.add([document])
        writer.commit()
    return index


def of_names(body: str, unit: str) -> Document:
    """An article that names somebody at each place of a unit."""
    places = tuple(
        Mention("body", at, at + len(unit.strip()), "title")
        for at in range(0, len(body) - len(unit), len(unit))
    )
    person = FacetValue("somebody", "فلان", "Somebody", 1.0, (), places)
    facets = {"people": (person,), "countries": (), "organisations": (), "topics": ()}
    words = tuple(token.word for token in default_analyzer().analyze(body))
    return Document(Record(Article("a", TITLE, body), facets), (), words)


@pytest.mark.parametrize("name", NAMES[::3])
def test_an_article_is_shown_in_linear_time(name: str, tmp_path: Path) -> None:
    unit = UNITS[name]

    def shown(size: int) -> Callable[[], object]:
        index = filled(tmp_path / str(size), of_names(unit * (size // len(unit)), unit))
        client = create_app(SearchService(index, default_analyzer())).test_client()
        address = f"/article/a?q={unit.strip()} OR بن OR قال"
        assert client.get(address).status_code == 200
        return lambda: client.get(address)

    assert not grows_faster(shown, ARTICLE)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    folder = tmp_path_factory.mktemp("archive") / "index"
    service = SearchService(filled(folder, of_names(BODY, TITLE)), default_analyzer())
    service.page(SearchRequest("وزير~2 الخارجي* Putin"))
    return service


@pytest.mark.parametrize("name", UNITS)
def test_a_query_is_answered_in_linear_time(name: str, service: SearchService) -> None:
    def asked(size: int) -> Callable[[], object]:
        request = SearchRequest(UNITS[name] * (size // len(UNITS[name])))
        return lambda: (service.page(request), service.suggest(request.q))

    assert not grows_faster(asked, QUERY)
