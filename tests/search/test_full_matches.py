"""Lists that go on behind the articles that hold all of a query: shell, page, batch and exports."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.commands import rasad
from indexer.index import Index
from indexer.model import Filter, SearchRequest
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from webui import create_app

FILLER = "وتناول الحديث شؤونا أخرى تهم الجانبين في جلسة طويلة امتدت إلى المساء"
TEXTS = {
    "all": "بحث المبعوث الأممي هدنة إنسانية في تعز مع السلطات المحلية",
    "most": "رحب المبعوث الأممي باقتراح الهدنة الجديدة ودعا إلى احترامها",
    "rare": "نزح سكان تعز عن بيوتهم بعد قصف طال الأحياء القديمة من المدينة",
    "common": "وصل المبعوث إلى العاصمة وعقد مؤتمرا صحفيا قصيرا",
    "else": "افتتح وزير الثقافة معرض الكتاب وحضره جمهور كبير من القراء",
}
DATES = dict(zip(TEXTS, (f"2021-06-0{day}" for day in (1, 5, 4, 3, 2)), strict=True))
QUERY = "المبعوث هدنة تعز"


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("full")
    records = [
        {"id": id, "title": "خبر", "text": f"{text}. {FILLER}", "date": DATES[id], "source": "واس"}
        for id, text in TEXTS.items()
    ]
    records.append(
        {"id": "untitled", "text": f"زار الضيف قلعة قديمة. {FILLER}. {FILLER}. {FILLER}."}
    )
    pages = base / "news.jsonl"
    pages.write_text("\n".join(map(json.dumps, records)), "utf-8")
    arguments = ["index", str(pages), "--index", str(base / "index"), "--engine", request.param]
    assert CliRunner().invoke(rasad, arguments).exit_code == 0
    return base / "index"


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[SearchService]:
    opened = Index.open(folder)
    yield SearchService(opened, default_analyzer())
    opened.close()


def ids(service: SearchService, request: SearchRequest) -> list[str]:
    return [result.record.article.id for result in service.page(request).results]


def test_the_list_goes_on_with_what_holds_most(service: SearchService) -> None:
    page = service.page(SearchRequest(QUERY))
    found = {result.record.article.id: result for result in page.results}
    assert next(iter(found)) == "all"
    assert set(found) == {"all", "most", "rare", "common"}
    assert (page.total, page.total_full, page.relaxed) == (4, 1, None)
    assert [id for id, result in found.items() if result.full] == ["all"]
    assert found["most"].missing == ("تعز",)
    assert found["common"].missing == ("هدنة", "تعز")


def test_a_rare_word_is_more_of_a_query_than_a_common_one(service: SearchService) -> None:
    order = ids(service, SearchRequest("المبعوث تعز"))
    assert order.index("rare") < order.index("common")


def test_full_matches_alone_keep_their_order(service: SearchService) -> None:
    assert ids(service, SearchRequest(QUERY, full=True)) == ["all"]
    page = service.page(SearchRequest("المبعوث الأممي", full=True))
    whole = service.page(SearchRequest("المبعوث الأممي"))
    assert [r.record for r in page.results] == [r.record for r in whole.results if r.full]
    assert page.total == page.total_full == whole.total_full == 2


def test_facets_count_what_is_listed(service: SearchService) -> None:
    for full in (False, True):
        page = service.page(SearchRequest(QUERY, full=full))
        (source,) = page.facets["sources"].values
        chosen = frozenset({Filter("sources", source.id)})
        assert source.count == page.total
        assert service.page(SearchRequest(QUERY, chosen, full=full)).total == source.count


def test_no_article_with_all_words_is_said_and_some_are_listed(service: SearchService) -> None:
    page = service.page(SearchRequest("المبعوث هدنة القلعة"))
    assert (page.total_full, page.relaxed) == (0, "any-word")
    assert page.total > 0
    assert not any(result.full for result in page.results)


def test_what_is_demanded_is_demanded_of_all(service: SearchService) -> None:
    assert set(ids(service, SearchRequest("المبعوث هدنة -تعز"))) == {"most", "common"}
    assert set(ids(service, SearchRequest("هدنة +تعز المبعوث"))) == {"all"}
    assert ids(service, SearchRequest('"هدنة إنسانية" المبعوث')) == ["all"]


@pytest.mark.parametrize("query", [QUERY, f"{QUERY} -القلعة", f"{QUERY} +المبعوث"])
def test_a_stretch_of_time_holds_for_all(service: SearchService, query: str) -> None:
    days = [dt.date(2021, 6, 2), dt.date(2021, 6, 5)]
    found = service.page(SearchRequest(query, date_from=days[0], date_to=days[1]))
    assert {days[0] <= r.record.article.date <= days[1] for r in found.results} == {True}
    assert found.total_full == 0


def test_in_order_of_date_full_matches_come_first(service: SearchService) -> None:
    assert ids(service, SearchRequest(QUERY, sort="newest")) == ["all", "most", "rare", "common"]


@pytest.mark.parametrize("query", [QUERY, "المبعوث", "هدنة تعز", "German envoy truce Taiz"])
def test_batch_ranks_as_the_page_does(service: SearchService, query: str) -> None:
    assert service.ranked(query, 10) == ids(service, SearchRequest(query, copies=True))


def test_a_title_made_of_the_opening_words_is_no_title(service: SearchService) -> None:
    assert ids(service, SearchRequest("قلعة")) == ["untitled"]
    assert service.page(SearchRequest("title:قلعة")).relaxed == "no-fields"


def test_the_shell_tells_what_is_lacking(folder: Path) -> None:
    told = CliRunner().invoke(rasad, ["search", QUERY, "--index", str(folder)]).stdout
    assert "1 of them contains the whole query" in told
    assert "missing: تعز" in told
    told = CliRunner().invoke(rasad, ["search", QUERY, "--full", "--index", str(folder)]).stdout
    assert "missing:" not in told


def test_tables_and_feeds_hold_full_matches_unless_asked(service: SearchService) -> None:
    client = create_app(service).test_client()

    def rows(address: str) -> list[dict[str, str]]:
        text = client.get(address).get_data(as_text=True).removeprefix("\ufeff")
        return list(csv.DictReader(io.StringIO(text)))

    assert [row["id"] for row in rows(f"/search.csv?q={QUERY}")] == ["all"]
    every = {row["id"]: row for row in rows(f"/search.csv?q={QUERY}&full=0")}
    assert (every["all"]["full"], every["most"]["full"]) == ("1", "0")
    assert every["most"]["missing"] == "تعز"
    feed = client.get(f"/search.atom?q={QUERY}").get_data(as_text=True)
    assert feed.count("<entry>") == 1
    feed = client.get(f"/search.atom?q={QUERY}&full=0").get_data(as_text=True)
    assert (feed.count("<entry>"), feed.count('term="partial"')) == (4, 3)
