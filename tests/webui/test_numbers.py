"""Every number says what it counts, and the same thing has the same number wherever it stands.

An archive with copies of stories, some in two months and some without a date.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from html_pages import Page, drawn, query, read, rows_of
from indexer.commands import rasad
from indexer.engines import ENGINES
from indexer.index import Index
from indexer.schema import EXTRACTED, FACET_IDS, PROFILED
from indexer.search.service import SearchService
from indexer.text import default_analyzer
from webui import create_app

TEXTS = (
    """
استقبل وزير الخارجية العراقي فؤاد حسين في بغداد سفير مملكة بلجيكا وبحث معه العلاقات
الثنائية بين البلدين وسبل تعزيزها في مختلف المجالات ولا سيما الاقتصادية منها
وأكد أهمية استمرار الدعم الدولي
""",
    """
التقى وزير الخارجية العراقي فؤاد حسين نظيره المصري سامح شكري في القاهرة وناقشا التعاون في مجال
الطاقة والربط الكهربائي بين العراق ومصر والأردن في ضوء قرارات القمة الأخيرة
""",
    """
أعلن وزير الخارجية المصري سامح شكري أن القاهرة تستضيف مؤتمرًا دوليًا عن المياه تشارك فيه الأمم المتحدة
ووفود من فرنسا وألمانيا وإيطاليا في خريف هذا العام
""",
    """
دعت الأمم المتحدة إلى وقف إطلاق النار في ليبيا ورحبت فرنسا وألمانيا بالدعوة وقالت بعثة المنظمة
في طرابلس إن المحادثات بين الطرفين ستستأنف في تونس بعد أسبوعين برعاية دولية
وإن المراقبين سيصلون قبل ذلك
""",
)
#: What one copy alone says.
ADDED = "وحضر اللقاء سفير الأردن."
#: (text, source, date) of each article.
ARTICLES = (
    (0, "واس", "2021-06-29"),
    (0, "قنا", "2021-06-30"),
    (0, "بترا", "2021-07-01"),
    (0, "الراي", None),
    (1, "واس", "2021-06-30"),
    (1, "قنا", "2021-06-30"),
    (2, "بترا", "2021-07-02"),
    (3, "قنا", None),
    (3, "واس", None),
)
STORIES = len(TEXTS)
#: The narrowings under which every number is looked at.
REQUESTS = (
    "",
    "copies=1",
    "q=وزير",
    "countries=IQ",
    "countries=IQ&countries=EG&copies=1",
    "countries=IQ&any=countries",
    "countries=IQ&countries=FR&any=countries",
    "countries=-IQ&people=sameh-shoukry",
    "sources=واس&dates=2021-06",
    "from=2021-06-30&to=2021-07-01",
    "from=2021-06-30&copies=1",
)


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def folder(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("numbers"), engine, ARTICLES)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[FlaskClient]:
    with serving(folder) as client:
        yield client


def indexed(base: Path, engine: str, articles: Iterable[tuple[int, str, str | None]]) -> Path:
    """A new index of these articles."""
    pages = base / "news.jsonl"
    records = [
        {
            "id": f"a{n}",
            "title": f"خبر {text}",
            "text": TEXTS[text] if n else f"{TEXTS[text]}\n{ADDED}",
            "source": source,
            "date": date,
        }
        for n, (text, source, date) in enumerate(articles)
    ]
    pages.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    arguments = ["index", str(pages), "--index", str(base / "index"), "--engine", engine]
    assert CliRunner().invoke(rasad, arguments).exit_code == 0
    return base / "index"


@contextmanager
def serving(folder: Path) -> Iterator[FlaskClient]:
    """The pages over an index."""
    opened = Index.open(folder)
    app = create_app(SearchService(opened, default_analyzer()))
    app.testing = True
    yield app.test_client()
    opened.close()


def asked(site: FlaskClient, address: str) -> dict[str, object]:
    """The answer in JSON to the address of a page of results or of events."""
    assert address.startswith(("/search", "/events"))
    found: dict[str, object] = site.get("/api/v1" + address).get_json()
    return found


def said(total: int, articles: int, *, copies: bool = False) -> str:
    """How a page tells a total in English."""
    if copies:
        return f"{total} article{'s' if total != 1 else ''}"
    told = f"{total} stor{'ies' if total != 1 else 'y'}"
    if articles == total:
        return told
    return f"{told} in {articles} articles"


def numbered(page: Page) -> Iterator[tuple[str, int]]:
    """The values on a page that are not excluded: where they lead, the numbers beside them."""
    for item in page.html.split("<li")[1:]:
        if item.startswith(' class="excluded"'):
            continue
        row = Page("<ul><li" + item.split("</li>")[0] + "</li></ul>")
        if numbers := row.texts("span", class_="count"):
            yield row.all("a")[0][0]["href"], int(numbers[0])


def test_everything_has_one_number_everywhere(site: FlaskClient, folder: Path) -> None:
    arguments = ["stats", "--index", str(folder)]
    shell = json.loads(CliRunner().invoke(rasad, [*arguments, "--json"]).stdout)
    assert (shell["stories"], shell["articles"]) == (STORIES, len(ARTICLES))
    said_ = CliRunner().invoke(rasad, arguments).stdout
    assert said_.startswith(f"{STORIES} stories in {len(ARTICLES)} articles, ")
    found = asked(site, "/search")
    assert (found["total"], found["articles"]) == (STORIES, len(ARTICLES))
    health = site.get("/healthz").get_json()
    assert (health["stories"], health["articles"]) == (STORIES, len(ARTICLES))
    page = read(site, "/search?lang=en")
    assert page.texts("h1") == [said(STORIES, len(ARTICLES))]
    assert page.texts("title")[0].startswith(said(STORIES, len(ARTICLES)))
    start = read(site, "/?lang=en")
    numbers = dict(zip(start.texts("dt"), start.texts("dd"), strict=True))
    assert (numbers["Stories"], numbers["Articles"]) == (str(STORIES), str(len(ARTICLES)))
    assert start.texts("p", class_="counting")[0].startswith(f"{said(STORIES, len(ARTICLES))}. ")
    assert asked(site, start.link(str(STORIES)))["total"] == STORIES
    every = asked(site, start.link(str(len(ARTICLES))))
    assert (every["total"], every["counted"]) == (len(ARTICLES), "articles")
    shown = CliRunner().invoke(rasad, ["search", "", "--index", str(folder)]).stdout
    assert f"{STORIES} stories in {len(ARTICLES)} articles found" in shown


def test_values_on_the_start_page_lead_to_as_many_stories(site: FlaskClient) -> None:
    values = list(numbered(read(site, "/?lang=en")))
    assert len(values) >= 15
    for address, count in values:
        assert asked(site, address)["total"] == count, address


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_count_is_the_total_of_what_choosing_gives(site: FlaskClient, request_: str) -> None:
    found = asked(site, f"/search?{request_}")
    copies = "copies=1" in request_
    page = read(site, f"/search?{request_}&lang=en")
    assert page.texts("h1") == [said(found["total"], found["articles"], copies=copies)]
    assert len(found["hits"]) == found["total"]
    assert sum(1 + hit["copies"] for hit in found["hits"]) == found["articles"]
    for facet in FACET_IDS:
        shown = site.get(f"/api/v1/facets/{facet}?{request_}").get_json()
        assert shown["values"] == found["facets"][facet]
        assert shown["mode"] == found["modes"][facet]
        for value in found["facets"][facet]:
            others = [
                (name, held)
                for name, held in query(f"?{request_}")
                if name != facet or shown["mode"] == "and" or held.startswith("-")
            ]
            chosen = {*others, (facet, value["id"])}
            address = "&".join(f"{name}={quote(held)}" for name, held in sorted(chosen))
            if not value["excluded"]:
                assert asked(site, f"/search?{address}")["total"] == value["count"], address


@pytest.mark.parametrize("request_", REQUESTS)
def test_links_of_values_lead_to_the_number_beside_them(site: FlaskClient, request_: str) -> None:
    """Where a facet is counted in «and» mode; alternatives add to those chosen."""
    found = asked(site, f"/search?{request_}")
    checked = 0
    for address, count in numbered(read(site, f"/search?{request_}&lang=en")):
        added = query(address) - query(f"?{request_}") - {("lang", "en")}
        if len(added) == 1 and found["modes"].get(facet := next(iter(added))[0]) == "and":
            assert asked(site, address)["total"] == count, address
            checked += facet in EXTRACTED
    assert checked


@pytest.mark.parametrize("facet", PROFILED)
def test_a_profile_counts_what_its_results_hold(site: FlaskClient, facet: str) -> None:
    values = asked(site, "/search")["facets"][facet]
    assert values
    for value in values:
        address = f"/{facet}/{quote(value['id'])}"
        profile = site.get(f"/api/v1/profiles{address}").get_json()
        found = asked(site, f"/search?{facet}={quote(value['id'])}")
        numbers = (found["total"], found["articles"])
        assert (profile["stories"], profile["articles"]) == numbers
        assert profile["stories"] == value["count"]
        page = read(site, f"{address}?lang=en")
        assert said(*numbers) in page.texts("title")[0]
        (names,) = page.texts("p", class_="names")
        assert said(*numbers) in names
        assert query(page.link(said(*numbers))) == {(facet, value["id"]), ("lang", "en")}
        for attributes, text in page.all("a", class_="count"):
            assert asked(site, attributes["href"])["total"] == int(text.split()[-1]), attributes
        for row in rows_of(page.html):
            assert asked(site, row.all("a")[0][0]["href"])["total"] == int(row.texts("td")[0])


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("kind", ["", "/people", "/countries", "/topics"])
def test_pictures_lead_to_the_numbers_they_show(
    site: FlaskClient, kind: str, request_: str
) -> None:
    page = read(site, f"/pictures{kind}?{request_}&lang=en")
    shown = list(drawn(page))
    assert shown or page.all("p", class_="nothing")
    for address, count in shown:
        assert asked(site, address)["total"] == count, address
    unit = "Articles" if "copies=1" in request_ else "Stories"
    assert {text for text in page.texts("th") if text in ("Articles", "Stories")} <= {unit}


def test_a_story_of_two_months_counts_once_in_their_year(tmp_path: Path, engine: str) -> None:
    dates = ("1990-01-30", "1990-02-01", "2021-07-01", "2021-06-30")
    articles = [(text, "واس", date) for text, date in zip((0, 0, 1, 2), dates, strict=True)]
    with serving(indexed(tmp_path, engine, articles)) as site:
        for address in ("/search", "/pictures/topics", "/search?dates=1990-01&from=1990-01-15"):
            page = read(site, f"{address}{'&' if '?' in address else '?'}lang=en")
            years = dict(drawn(page))
            assert sorted(years.values())[-1] == 2
            for link, count in years.items():
                assert asked(site, link)["total"] == count, link
            bars = [text for text in page.texts("title") if re.match(r"\d{4}: ", text)]
            assert bars == ["1990: 1 story", "2021: 2 stories"]
        heads = read(site, "/pictures/topics?lang=en").texts("th", scope="col")
        assert {"1990", "2021"} <= set(heads)


def test_months_and_what_has_no_date_add_up_to_the_articles(site: FlaskClient) -> None:
    found = asked(site, "/search?copies=1")
    months = {value["id"]: value["count"] for value in found["facets"]["dates"]}
    assert months == Counter(date[:7] for _, _, date in ARTICLES if date)
    undated = sum(date is None for _, _, date in ARTICLES)
    assert sum(months.values()) + undated == found["total"] == found["articles"]


def test_a_story_counts_in_each_month_in_which_it_was_printed(site: FlaskClient) -> None:
    """So the months of stories add up to more than the total, by the months that they repeat."""
    found = asked(site, "/search")
    months = {value["id"]: value["count"] for value in found["facets"]["dates"]}
    printed = {(text, date[:7]) for text, _, date in ARTICLES if date}
    assert months == Counter(month for _, month in printed)
    dated = {text for text, _ in printed}
    undated = STORIES - len(dated)
    assert (len(printed), undated) == (4, 1)
    assert sum(months.values()) + undated == found["total"] + len(printed) - len(dated)
