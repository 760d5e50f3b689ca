"""A page whose time was up says so, in either language and in JSON."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer import deadline
from indexer.config import settings
from indexer.errors import ConfigError
from indexer.search.service import SearchService
from webui.middleware.time_limit import limited

NOTICES = {
    "en": "This search took too long; only what was found until then is shown.",
    "ar": "استغرق هذا البحث وقتًا أطول من المسموح",
}


@pytest.fixture
def hurried(client: FlaskClient, search: SearchService) -> Iterator[FlaskClient]:
    """A site that has no time at all."""
    search.time_limit = 1e-9
    yield client
    search.time_limit = 0.0


@pytest.mark.parametrize("lang", NOTICES)
@pytest.mark.parametrize("page", ["/search?q=السفير", "/pictures/people", "/facets/people"])
def test_a_page_has_a_notice(hurried: FlaskClient, page: str, lang: str) -> None:
    answer = hurried.get(page, headers={"Accept-Language": lang})
    assert answer.status_code == 200
    assert NOTICES[lang] in answer.text


@pytest.mark.parametrize("page", ["/search?q=السفير", "/pictures/people", "/facets/people"])
def test_a_page_in_time_has_none(client: FlaskClient, page: str) -> None:
    assert NOTICES["en"] not in client.get(page).text


@pytest.mark.parametrize("page", ["search?q=السفير", "facets/people"])
def test_json_says_that_it_is_partial(hurried: FlaskClient, page: str) -> None:
    assert hurried.get(f"/api/v1/{page}").json["partial"] is True


@pytest.mark.parametrize("page", ["search?q=السفير", "facets/people"])
def test_json_says_that_it_is_whole(client: FlaskClient, page: str) -> None:
    assert client.get(f"/api/v1/{page}").json["partial"] is False


def test_a_feed_says_so(hurried: FlaskClient) -> None:
    assert NOTICES["en"] in hurried.get("/search.atom?q=السفير&lang=en").text


def test_a_table_has_a_time_of_its_own(hurried: FlaskClient, search: SearchService) -> None:
    answer = hurried.get("/search.csv?q=السفير")
    assert "time over" not in answer.headers.getlist("X-Rasad-Note")
    assert len(answer.text.splitlines()) == 1 + int(answer.headers["X-Rasad-Total"]) == 5
    assert hurried.get("/facets/people.csv").headers["X-Rasad-Note"] == "time over"


def test_an_article_is_whole_without_its_marks(hurried: FlaskClient) -> None:
    assert hurried.get("/article/undated/notes?q=السفير").status_code == 200


@pytest.mark.parametrize(("given", "seconds"), [("", 2.0), ("0", 0.0), ("0.5", 0.5)])
def test_the_limit_is_a_setting(given: str, seconds: float) -> None:
    assert settings({"RASAD_TIME_LIMIT": given}).time_limit == seconds


@pytest.mark.parametrize("given", ["-1", "soon", "nan", "inf"])
def test_a_limit_is_a_number_of_seconds(given: str) -> None:
    with pytest.raises(ConfigError, match="RASAD_TIME_LIMIT"):
        settings({"RASAD_TIME_LIMIT": given})


def test_a_profile_is_there_without_time(hurried: FlaskClient) -> None:
    assert hurried.get("/people/Q1").status_code == 200
    assert hurried.get("/people/nobody-at-all").status_code == 404


def test_what_is_sent_has_no_limit(client: FlaskClient, search: SearchService) -> None:
    app, seen = client.application, []
    search.time_limit = 1e-9

    def inner(environ: object, start: object) -> list[bytes]:
        seen.append(deadline.is_over())
        return []

    before, app.wsgi_app = app.wsgi_app, inner
    try:
        answers = limited(app)
        for method in ("POST", "GET"):
            answers({"REQUEST_METHOD": method}, lambda *_: None)
    finally:
        app.wsgi_app, search.time_limit = before, 0.0
    assert seen == [False, True]
