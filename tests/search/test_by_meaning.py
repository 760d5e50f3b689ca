"""Which queries are searched by meaning as well, and what they find then."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines import ENGINES
from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.meaning.word_encoder import WordEncoder
from indexer.model import Filter, SearchRequest
from indexer.search.results import SearchPage
from indexer.search.service import SearchService
from indexer.text import default_analyzer

TEXTS = {
    "cuba": "هافانا: رفعت الولايات المتحدة علمها فوق مبنى سفارتها بعد إعادة افتتاحها رسميا",
    "match": "فاز المنتخب بمباراة كرة القدم وسجل اللاعب هدفين في الشوط الثاني",
    "minister": "بحث وزير الخارجية عادل الجبير مع نظيره الملفات المشتركة في الرياض",
    "drown": "انتشل خفر السواحل جثث مهاجرين بعد انقلاب زورقهم في عرض البحر",
}
ENGLISH = "goalkeeper scored penalty in stadium"
#: Queries that are searched by their words alone.
PLAIN = [
    '"إعادة افتتاح السفارة الأمريكية"',
    "افتتاح السفارة الأمريكية -كوبا",
    "افتتاح السفارة OR القنصلية",
    "=افتتاح السفارة الأمريكية",
    "title:افتتاح السفارة الأمريكية",
    "country:US افتتاح السفارة الأمريكية",
    "افتتاح السفار* الأمريكية",
    "السفارة",
    "عادل الجبير",
    "Adel al-Jubeir",
    "cuba",
    "a1b2c3",
    "1234567890",
    "😀😀 😀",
    "",
    "ж" * 2000,
    "а б в г",
    "من على في",
]


def made(folder: Path, engine: str) -> Index:
    pages = folder / "pages.jsonl"
    lines = [json.dumps({"id": id, "title": "", "text": f"{TEXTS[id]}."}) for id in TEXTS]
    pages.write_text("\n".join(lines), "utf-8")
    with writable(folder / "index", {"engine": engine}) as index:
        index_pages([pages], index, jobs=1)
    return Index.open(folder / "index")


@pytest.fixture(params=sorted(ENGINES), scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    index = made(tmp_path_factory.mktemp("meaning"), request.param)
    yield SearchService(index, default_analyzer())
    index.close()


def ids(page: SearchPage) -> list[str]:
    return [result.record.article.id for result in page.results]


@pytest.mark.parametrize("q", PLAIN)
def test_what_says_exactly_what_it_wants_is_searched_by_its_words(
    service: SearchService, q: str
) -> None:
    page = service.page(SearchRequest(q))
    assert page.near is None
    assert all(result.by == "words" for result in page.results)


@pytest.mark.parametrize("q", ["ركلة جزاء حارس المرمى في الملعب", ENGLISH])
def test_other_words_for_it_find_it(service: SearchService, q: str) -> None:
    page = service.page(SearchRequest(q))
    assert ids(page)[0] == "match"
    assert page.near is not None
    by = {result.record.article.id: result.by for result in page.results}
    assert page.near.total == sum(one == "meaning" for one in by.values())
    assert "drown" not in by


def test_what_meaning_alone_finds_lacks_no_words_and_is_not_full(service: SearchService) -> None:
    page = service.page(SearchRequest(ENGLISH))
    found = {result.record.article.id: result for result in page.results}["match"]
    assert (found.by, found.full, found.missing) == ("meaning", False, ())
    assert page.total_full == 0


def test_the_arabic_words_near_to_english_ones_are_told(service: SearchService) -> None:
    page = service.page(SearchRequest(ENGLISH))
    assert page.near is not None
    told = {one.text: one.words for one in page.near.words}
    assert set(told) <= set(ENGLISH.split())
    assert all(told.values())


@pytest.mark.parametrize("change", [{"meaning": False}, {"full": True}])
def test_it_is_left_out_where_it_is_not_wanted(
    service: SearchService, change: dict[str, bool]
) -> None:
    page = service.page(replace(SearchRequest(ENGLISH), **change))
    assert page.near is None
    assert "match" not in ids(page)


def test_filters_hold(service: SearchService) -> None:
    request = SearchRequest(ENGLISH)
    other = replace(request, filters=frozenset({Filter("countries", "US")}))
    assert "match" not in ids(service.page(other))


def test_an_index_without_vectors_says_so_and_answers_by_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(WordEncoder, "article", lambda *_: b"")
        index = made(tmp_path, "whoosh")
    page = SearchService(index, default_analyzer()).page(SearchRequest("انقلاب زورق مهاجرين البحر"))
    assert ids(page)[0] == "drown"
    assert page.near is None
    assert "no-vectors" in page.notes
    assert set(index.engine.vectorless(320)) == set(TEXTS)
    index.close()
