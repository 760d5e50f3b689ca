"""One word in several spellings is found in each, and words that only look alike stay apart."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import ENGINES
from indexer.index import writable
from indexer.model import SearchRequest
from indexer.pipeline import index_pages
from indexer.search import SearchPage, SearchService
from indexer.text import default_analyzer

TABLE = Path(__file__).parent / "data" / "spellings.tsv"
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
    with writable(folder / "index", request.param) as index:
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
