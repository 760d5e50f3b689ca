"""Slips are offered, other keyboards read, right queries left alone; all at a bounded cost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import ENGINES
from indexer.index import Index, writable
from indexer.indexing.run import index_pages
from indexer.model import SearchRequest
from indexer.query.ast import Clause
from indexer.search.service import SearchService
from indexer.text import default_analyzer

TABLE = Path(__file__).with_name("repairs.tsv")
TEXTS = (
    *(f"التقى وزير الخارجية الأمريكي جون كيري في اليوم {n} نظيره في الرياض." for n in range(30)),
    *(f"قال رجب طيب أردوغان في خطاب رقم {n} إن أنقرة ستحضر القمة." for n in range(30)),
    "صرح وزير الخارحية البلجيكي أمس بأن بلاده ستشارك.",
    "وصل رجب طيب أردوجان إلى مطار العاصمة صباحا.",
    "قصف الحوثي مواقع في اليمن، وقال قيادي حوثي إن الهدنة انتهت.",
    "غادر المبعوث العاصمة بعد لقاءات مع المسؤولين في السعودية.",
    "كانت السيارة خارجة من المدينة حين وقع الحادث.",
)


def rows(*kinds: str) -> list[tuple[str, str]]:
    lines = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line[0] != "#")
    return [(typed, wanted) for kind, typed, wanted in lines if kind in kinds]


@pytest.fixture(params=sorted(ENGINES), scope="module")
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("repairing")
    pages = folder / "pages.jsonl"
    lines = [
        json.dumps({"id": f"a{n}", "title": f"خبر {n}", "text": text})
        for n, text in enumerate(TEXTS)
    ]
    pages.write_text("\n".join(lines), "utf-8")
    with writable(folder / "index", {"engine": request.param}) as index:
        index_pages([pages], index, jobs=1)
        yield index


@pytest.fixture(scope="module")
def service(index: Index) -> SearchService:
    return SearchService(index, default_analyzer())


@pytest.mark.parametrize(("typed", "wanted"), rows("keyboard", "arabizi"))
def test_other_keys_are_read_as_what_they_stand_for(
    service: SearchService, typed: str, wanted: str
):
    page = service.page(SearchRequest(typed))
    assert (page.repaired.q if page.repaired else "") == wanted
    if wanted:
        meant = service.page(SearchRequest(wanted))
        assert page.total == meant.total > 0
        assert page.relaxed is None
        assert [one.title for one in page.results] == [one.title for one in meant.results]
        assert service.page(SearchRequest(f'"{typed}"')).repaired is None


def test_an_article_is_marked_as_the_list_is(service: SearchService):
    found = service.page(SearchRequest("hgdlk")).results[0].record.article
    page = service.article(found.id, "hgdlk")
    assert [page.body.text[start:end] for start, end in page.body.marks] == ["اليمن"]


@pytest.mark.parametrize(("typed", "wanted"), rows("offer"))
def test_what_finds_far_more_is_offered(service: SearchService, typed: str, wanted: str):
    assert service.page(SearchRequest(typed)).suggestion == wanted


@pytest.mark.parametrize("typed", [typed for typed, _ in rows("nothing")])
def test_what_is_right_is_left_alone(service: SearchService, typed: str):
    page = service.page(SearchRequest(typed))
    assert (page.suggestion, page.repaired) == (None, None)


def test_no_words_are_offered_that_never_stand_together(service: SearchService):
    # «الخارجية» and «خطاب» are one letter away, but stand in no article together.
    assert service.page(SearchRequest("الخارحية خطابب")).suggestion is None


def test_an_offer_is_made_on_the_first_page_alone(service: SearchService):
    assert service.page(SearchRequest("الخارحية", page=2)).suggestion is None


HOSTILE = (
    "ﷺ" * 400,
    " ".join(["ﷺ"] * 400),
    "ب" * 2000,
    "x" * 2000,
    "2a" * 1000,
    "لا" * 1000,
    " ".join(f"وزسر{'ي' * n}" for n in range(64)),
    " ".join(f"wz3{'a' * n}" for n in range(64)),
    " ".join(f"{'خارجيه'[: n % 5 + 2]}~2" for n in range(64)),
    " ".join(f"ب{'ا' * n}*" for n in range(64)),
)


@pytest.mark.parametrize("q", HOSTILE)
def test_the_work_for_a_query_is_bounded(index: Index, monkeypatch: pytest.MonkeyPatch, q: str):
    service = SearchService(index, default_analyzer())
    looked_up, found = [], []
    known, find = index.catalogue.known, index.engine.find

    def counted_known(forms):
        looked_up.append(len(forms))
        return known(forms)

    def counted_find(clause: Clause, *args, **kwargs):
        found.append(clause)
        return find(clause, *args, **kwargs)

    monkeypatch.setattr(index.catalogue, "known", counted_known)
    monkeypatch.setattr(index.engine, "find", counted_find)
    service.page(SearchRequest(q))
    service.suggest(q)
    assert sum(looked_up) <= 30_000  # neighbours of a word are at most some 4,000
    assert len(found) <= 30
