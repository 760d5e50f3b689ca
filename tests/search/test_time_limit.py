"""When the time is up, what was found until then is the answer, and says so."""

from collections.abc import Callable, Iterator
from itertools import chain, repeat

import pytest

from factories import learn, make_document, word, write
from indexer import deadline
from indexer.engines import ENGINES
from indexer.engines.base import Search
from indexer.index import Index, IndexSettings
from indexer.model import SearchRequest
from indexer.query.ast import All, Any, Exact, Match, Most, Not
from indexer.search.service import SearchService
from indexer.text import default_analyzer

DOCUMENTS = [
    make_document("paris", title="باريس", body="وصل السفير"),
    make_document("vienna", title="فيينا", body="وصل السفير"),
    make_document("tunis", title="تونس", body="غادر الوزير"),
]
PARIS, VIENNA, ARRIVED = Exact(("باريس",)), Exact(("فيينا",)), Exact(("وصل",))


@pytest.fixture(scope="module", params=ENGINES)
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("archive") / "index"
    index = Index.create(folder, IndexSettings(engine=request.param))
    learn(index.catalogue, *DOCUMENTS)
    write(index.engine, DOCUMENTS)
    yield index
    index.close()


@pytest.fixture
def asked_often(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets the time be up when it has been asked for so often."""

    def asked_often(times: int) -> None:
        ticks = chain(repeat(0.0, 1 + times), repeat(9.0))
        monkeypatch.setattr(deadline, "clock", lambda: next(ticks))

    return asked_often


def found(index: Index, clause: Any | All | Most | Not) -> set[str]:
    return {hit.id for hit in index.engine.find(Search(clause, facets=())).hits}


def test_without_a_limit_nothing_is_missed(index: Index) -> None:
    with deadline.within(0):
        assert found(index, Any((PARIS, VIENNA))) == {"paris", "vienna"}
        assert not deadline.was_missed()


def test_a_limit_that_holds_is_not_prolonged(asked_often: Callable[[int], None]) -> None:
    asked_often(0)
    with deadline.within(1), deadline.within(100):
        assert deadline.is_over()


@pytest.mark.parametrize("times", range(12))
def test_what_was_found_until_then_is_found(
    index: Index, asked_often: Callable[[int], None], times: int
) -> None:
    clause = Most((Match(word("باريس")), Match(word("فيينا"))))
    asked_often(times)
    with deadline.within(1):
        some = found(index, clause)
        missed = deadline.was_missed()
    assert some <= {"paris", "vienna"}
    assert missed or some == {"paris", "vienna"}


def test_a_part_is_found_by_the_words_looked_for_in_time(
    index: Index, asked_often: Callable[[int], None]
) -> None:
    clause = Most(tuple(Match(word(one)) for one in ("باريس", "فيينا", "تونس")))
    sizes = set()
    for times in range(40):
        asked_often(times)
        with deadline.within(1):
            sizes.add(len(found(index, clause)))
    assert sizes > {0, 3}


@pytest.mark.parametrize("times", range(12))
def test_what_is_excluded_or_not_asked_for_is_never_found(
    index: Index, asked_often: Callable[[int], None], times: int
) -> None:
    asked_often(times)
    with deadline.within(1):
        assert found(index, All((ARRIVED, Not(Any((PARIS, Exact(("غادر",)))))))) <= {"vienna"}
        assert found(index, All((ARRIVED, VIENNA))) <= {"vienna"}
        assert found(index, Not(ARRIVED)) <= {"tunis"}


@pytest.mark.parametrize("q", ["السفير", "«باريس فيينا»~3", "-سفير~2", "سفي* OR وز?ر", "شخص:سفير"])
def test_a_page_says_that_it_is_partial(index: Index, q: str) -> None:
    service = SearchService(index, default_analyzer(), time_limit=1e-9)
    page = service.page(SearchRequest(q))
    assert page.partial
    assert not page.total
    assert not SearchService(index, default_analyzer()).page(SearchRequest(q)).partial
    assert not deadline.was_missed()
