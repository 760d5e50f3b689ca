"""The list of results and the page of an article take the same step of a query's plan."""

import json
from collections.abc import Iterator

import pytest

from indexer.engines import ENGINES
from indexer.index import writable
from indexer.indexing.run import index_pages
from indexer.model import SearchRequest
from indexer.search.highlight import Passage
from indexer.search.service import SearchService
from indexer.text import default_analyzer

TEXTS = {
    "truce": "بحث المبعوث الأممي هدنة إنسانية في تعز مع السلطات المحلية ظهر الأحد",
    "envoy": "رحب المبعوث الأممي باقتراح الحكومة ودعا إلى احترامه",
    "castle": "زار الضيف قلعة قديمة قرب المدينة برفقة المبعوث",
    "writer": "افتتح الوزير معرضا وحضره جمهور كبير من الكتاب",
}
#: What is given up for a query, the query, and the words marked in each article that it finds.
STEPS = [
    pytest.param(*case, id=f"{case[0]} {case[1]}")
    for case in (
        (None, "هدنة", {"truce": {"هدنة"}}),
        (None, '"هدنة إنسانية"', {"truce": {"هدنة", "إنسانية"}}),
        ("no-phrase", '"هدنة تعز"', {"truce": {"هدنة", "تعز"}}),
        # The words beside the phrase stand there, so some would be marked without what found it.
        ("no-phrase", '"هدنة تعز" +المبعوث', {"truce": {"هدنة", "تعز", "المبعوث"}}),
        ("no-fields", "title:قلعة", {"castle": {"قلعة"}}),
        ("no-fields", "title:قلعة +المبعوث", {"castle": {"قلعة", "المبعوث"}}),
        ("any-word", "قلع* ليتوان*", {"castle": {"قلعة"}}),
        ("any-word", "قلع* هدن*", {"castle": {"قلعة"}, "truce": {"هدنة"}}),
        ("related", "مكتبات", {"writer": {"الكتاب"}}),
    )
]


@pytest.fixture(params=sorted(ENGINES), scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    folder = tmp_path_factory.mktemp("plan")
    pages = folder / "pages.jsonl"
    lines = [json.dumps({"id": id, "title": "خبر", "text": f"{TEXTS[id]}."}) for id in TEXTS]
    pages.write_text("\n".join(lines), "utf-8")
    with writable(folder / "index", {"engine": request.param}) as index:
        index_pages([pages], index, jobs=1)
        yield SearchService(index, default_analyzer())


def marked(*passages: Passage) -> set[str]:
    return {one.text[start:end] for one in passages for start, end in one.marks}


@pytest.mark.parametrize(("code", "query", "words"), STEPS)
def test_an_article_opens_with_what_found_it_marked(
    service: SearchService, code: str | None, query: str, words: dict[str, set[str]]
) -> None:
    page = service.page(SearchRequest(query))
    assert page.relaxed == code
    shown = {one.record.article.id: marked(one.title, one.snippet) for one in page.results}
    assert shown == words
    opened = {id: service.article(id, query) for id in shown}
    assert {id: marked(one.title, one.body) for id, one in opened.items()} == words


def test_an_article_that_nothing_finds_opens_with_what_it_holds(service: SearchService) -> None:
    page = service.article("envoy", '"هدنة إنسانية" المبعوث')
    assert marked(page.title, page.body) == {"المبعوث"}
    page = service.article("envoy", "ليتوانيا")
    assert marked(page.title, page.body) == set()
