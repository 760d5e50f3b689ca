"""What pictures promise: they show what the search finds, and every link in them finds it."""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from html_pages import Page, drawn, query, read
from indexer.index import writable
from indexer.indexing.run import index_pages
from indexer.model import Article, Filter, Record, SearchRequest
from indexer.search.results import Facet, Together, Value
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from site_records import RECORDS
from webui import create_app
from webui.links import Links
from webui.pictures import graph as graphs
from webui.pictures import grid as grids
from webui.pictures import timeline as timelines
from webui.pictures.scale import STEPS, Shades
from webui.pictures.world import HEIGHT, WIDTH, shapes, world

SEEDS = Path(__file__).parents[2] / "seeds"
KINDS = ("", "/people", "/countries", "/topics")
NOTHING = SearchRequest()


@pytest.fixture(autouse=True)
def in_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The real search over the sample pages."""
    with writable(tmp_path_factory.mktemp("seeds") / "index") as index:
        index_pages([SEEDS], index, jobs=1)
        app = create_app(SearchService(index, default_analyzer()))
        app.testing = True
        yield app.test_client()


def value(id: str, count: int) -> Value:
    return Value(id, f"اسم {id}", f"name {id}", count)


def months(**counts: int) -> Facet:
    values = tuple(Value(id.replace("_", "-")[1:], "", "", count) for id, count in counts.items())
    return Facet("dates", values, len(values))


def timeline(facet: Facet, request: SearchRequest = NOTHING, lang: str = "en"):
    return timelines.timeline(facet, request, Links(), lang)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("q", ["", "العراق"])
def test_every_link_of_a_picture_finds_as_many_articles_as_it_says(site, kind, q):
    page = read(site, f"/pictures{kind}?q={q}&lang=en")
    shown = set(drawn(page))
    assert shown
    for address, count in shown:
        found = site.get("/api/v1" + address).get_json()
        assert (found["total"], found["relaxed"]) == (count, False), address


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_picture_shows_stands_in_the_table_behind_it(client, kind):
    page = read(client, f"/pictures{kind}")
    drawn = [a["href"] for a, _ in page.all("a", tabindex="-1")]
    written = [a["href"] for a, _ in page.all("a", rel="nofollow") if "tabindex" not in a]
    assert drawn
    assert set(drawn) - set(written) <= nodes(page)


def nodes(page: Page) -> set[str]:
    """The names of a graph: the rows of the table are its lines."""
    return {a["href"] for a, text in page.all("a", tabindex="-1") if "class" not in a}


def test_a_picture_keeps_the_request_and_leads_back_into_it(client):
    page = read(client, "/pictures?q=السفير&topics=visits-meetings&countries=FR")
    kept = {("q", "السفير"), ("topics", "visits-meetings")}
    assert query(page.link("خبران")) == {*kept, ("countries", "FR")}
    assert query(page.link("مصر")) == {*kept, ("countries", "FR"), ("countries", "EG")}
    assert query(page.link("الأشخاص معًا")) == {*kept, ("countries", "FR")}


@pytest.mark.parametrize("address", ["/pictures/none", "/pictures/"])
def test_an_unknown_picture_is_missing(client, address):
    read(client, address, 404)


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_is_found_there_is_nothing_to_draw(client_of, kind):
    client = client_of([Record(Article("a", "عنوان", "نص"), {})])
    page = read(client, f"/pictures{kind}")
    assert not page.all("figure")
    assert page.all("p", class_="nothing")


class TestTimeline:
    def test_bars_stand_in_the_order_of_time_with_gaps(self) -> None:
        picture = timeline(months(_2021_03=1, _2020_12=4))
        assert [(bar.period, bar.total, bar.x) for bar in picture.bars] == [
            ("2020-12", 4, 0),
            ("2021-03", 1, 750),
        ]
        assert [bar.height for bar in picture.bars] == [100, 25]
        assert (picture.first, picture.last) == ("December 2020", "March 2021")

    def test_time_runs_as_the_page_does(self) -> None:
        picture = timeline(months(_2021_03=1, _2020_12=4), lang="ar")
        assert [bar.x for bar in picture.bars] == [750, 0]

    def test_a_bar_narrows_to_its_month(self, app: Flask) -> None:
        request = SearchRequest(q="x", page=3, filters=frozenset({Filter("dates", "2020-12")}))
        picture = timeline(months(_2021_02=1, _2020_12=4), request)
        assert picture.narrowed
        assert [bar.chosen for bar in picture.bars] == [True, False]
        assert query(picture.bars[1].address) == {
            ("q", "x"),
            ("from", "2021-02-01"),
            ("to", "2021-02-28"),
        }

    def test_a_stretch_takes_in_the_months_that_it_touches(self) -> None:
        request = SearchRequest(date_from=dt.date(2021, 1, 31), date_to=dt.date(2021, 2, 1))
        picture = timeline(months(_2020_12=1, _2021_01=1, _2021_02=1, _2021_03=1), request)
        assert [bar.chosen for bar in picture.bars] == [False, True, True, False]

    def test_a_long_time_is_shown_in_years(self) -> None:
        years = Facet("years", (value("1990", 5), value("2021", 1)), 2)
        picture = timeline(years)
        assert [(bar.period, bar.label, bar.total) for bar in picture.bars] == [
            ("1990", "1990", 5),
            ("2021", "2021", 1),
        ]
        assert query(picture.bars[0].address) == {("from", "1990-01-01"), ("to", "1990-12-31")}

    @pytest.mark.parametrize("facet", [months(), months(_2021_01=3), months(_x=1, _2021_01=1)])
    def test_one_month_is_no_timeline(self, facet: Facet) -> None:
        assert timeline(facet) is None


class TestMap:
    def test_each_country_found_is_drawn_with_its_name_and_the_others_are_land(self) -> None:
        found = Facet("countries", (value("EG", 9), value("BH", 1), value("FR", 0)), 3)
        picture = world(found, NOTHING, Links(), "ar")
        named = {land.shape.id: land for land in picture.lands if land.total}
        assert named.keys() == {"EG", "BH"}
        assert named["EG"].shape.outline and not named["BH"].shape.outline
        assert named["EG"].shade > named["BH"].shade
        land = next(land for land in picture.lands if land.shape.id == "FR")
        assert (land.shade, land.name, land.address) == (0, "", "")
        assert [(line.name, line.other) for line in picture.lines] == [
            ("اسم EG", "name EG"),
            ("اسم BH", "name BH"),
        ]

    def test_every_country_has_its_place_within_the_picture(self) -> None:
        places = {shape.id: shape for shape in shapes()}
        assert len(places) == len(shapes()) > 230
        assert all(0 <= s.x <= WIDTH and 0 <= s.y <= HEIGHT for s in shapes())
        # West to east, and north to south.
        across = [places[id].x for id in ("US", "MA", "DZ", "EG", "SA", "IR", "IN", "CN", "JP")]
        down = [places[id].y for id in ("NO", "DE", "IT", "TN", "NE", "CG", "AO", "ZA")]
        assert across == sorted(across)
        assert down == sorted(down)

    def test_no_outline_runs_across_the_map(self) -> None:
        for shape in shapes():
            for ring in shape.outline.split("M")[1:]:
                steps = ring.split("l")[1].rstrip("z").replace("-", " -").split()
                assert all(abs(int(step)) < WIDTH / 5 for step in steps), shape.id


def together(size: int, count) -> Together:
    values = tuple(value(f"Q{n}", 10 + n) for n in range(size))
    counts = tuple(tuple(count(a, b) for b in range(size)) for a in range(size))
    return Together(values, values, counts)


class TestGrid:
    def test_a_matrix_leaves_out_who_appears_with_himself(self) -> None:
        found = together(3, lambda a, b: 10 + a if a == b else abs(a - b) - 1)
        picture = grids.matrix(found, "people", SearchRequest(q="x"), Links(), "en")
        cells = [cell for row in picture.cells for cell in row if cell]
        assert [(cell.row, cell.column, cell.total) for cell in cells] == [
            ("name Q0", "name Q2", 1),
            ("name Q2", "name Q0", 1),
        ]
        assert query(cells[0].address) == {("q", "x"), ("people", "Q0"), ("people", "Q2")}

    def test_topics_stand_above_the_months_and_the_gaps_between_them(self) -> None:
        topics = (value("energy", 3), value("health", 1))
        times = tuple(Value(id, "", "", 1) for id in ("2021-03", "2020-12"))
        picture = grids.heat(Together(topics, times, ((2, 1), (0, 1))), NOTHING, Links(), "en")
        assert [label.name for label in picture.columns] == [
            "December 2020",
            "January 2021",
            "February 2021",
            "March 2021",
        ]
        counts = [[cell.total if cell else 0 for cell in row] for row in picture.cells]
        assert counts == [[1, 0, 0, 2], [1, 0, 0, 0]]

    def test_many_months_are_shown_as_years(self) -> None:
        times = tuple(Value(id, "", "", 1) for id in ("2010", "2021"))
        found = Together((value("energy", 6),), times, ((3, 3),))
        picture = grids.heat(found, NOTHING, Links(), "ar")
        assert len(picture.columns) == 12
        assert [cell.total for cell in picture.cells[0] if cell] == [3, 3]

    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_cells_lie_apart_and_inside(self, lang) -> None:
        picture = grids.matrix(together(20, lambda a, b: 1), "people", NOTHING, Links(), lang)
        places = {(cell.x, cell.y) for row in picture.cells for cell in row if cell}
        assert len(places) == 20 * 19
        assert all(0 <= x <= picture.width - picture.size for x, _ in places)
        assert all(0 <= y <= picture.height - picture.size for _, y in places)


class TestGraph:
    def picture(self, size: int, count=lambda a, b: 1 + (7 * a * b) % 5):
        return graphs.graph(together(size, count), "people", NOTHING, Links(), "ar")

    @pytest.mark.parametrize("size", [2, 5, 30, 60])
    def test_labels_can_be_read(self, size) -> None:
        boxes = [self.box(node) for node in self.picture(size).nodes]
        assert len(boxes) == size
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= graphs.WIDTH
            assert 0 <= top < bottom <= graphs.HEIGHT
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]

    def test_the_same_ties_are_drawn_the_same_way(self) -> None:
        first = self.picture(20)
        graphs._placed.cache_clear()
        assert self.picture(20) == first

    def test_only_who_appears_with_others_is_drawn(self) -> None:
        picture = self.picture(4, lambda a, b: int({a, b} <= {0, 1}))
        assert [node.name for node in picture.nodes] == ["اسم Q0", "اسم Q1"]
        assert [(tie.names, tie.total) for tie in picture.ties] == [(("اسم Q0", "اسم Q1"), 1)]
        assert self.picture(4, lambda a, b: int(a == b)) is None

    @staticmethod
    def box(node):
        half = max(node.radius, 3.2 * len(node.label))
        top = node.y - node.radius
        return node.x - half, top, node.x + half, node.y + node.radius + 15


@given(st.lists(st.integers(0, 10**6)))
def test_shades_grow_with_counts_and_the_legend_tells_them(counts):
    shades = Shades(counts)
    found = [shades.of(count) for count in sorted(counts)]
    assert found == sorted(found)
    assert all(
        (shade == 0) == (count == 0) for shade, count in zip(found, sorted(counts), strict=True)
    )
    assert max(found, default=0) in (0, STEPS)
    for shade, least, most in shades.ranges():
        assert shades.of(least) == shades.of(most) == shade


def test_results_and_start_page_show_the_timeline(client):
    for address in ("/", "/search?q=السفير"):
        page = read(client, address)
        assert "يونيو 2021: خبر واحد" in page.texts("title")
    page = read(client, "/search?from=2021-06&to=2021-06")
    chosen = [text for a, text in page.all("a", tabindex="-1") if a.get("class") == "chosen"]
    assert chosen == ["يونيو 2021: خبر واحد"]
    assert len(RECORDS) == 4  # three of them dated, each in a month of its own
    assert len(page.all("rect", class_="bar")) == 3
