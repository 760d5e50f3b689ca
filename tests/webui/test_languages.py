"""A language of the page is a folder of translations and no other line anywhere."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from html_pages import read
from indexer.search.service import SearchService
from webui import create_app, language


@pytest.fixture
def with_persian(search: SearchService, tmp_path: Path) -> FlaskClient:
    """The pages with a folder «fa», which holds the Arabic words."""
    folder = tmp_path / "translations"
    shutil.copytree(language.TRANSLATIONS, folder)
    shutil.copytree(folder / "ar", folder / "fa")
    return create_app(search, folder).test_client()


def test_the_pages_speak_the_languages_of_the_folders() -> None:
    assert language.found_in(language.TRANSLATIONS) == ("ar", "en")


def test_without_folders_the_default_and_the_language_of_the_messages_are_left(
    tmp_path: Path,
) -> None:
    assert language.found_in(tmp_path) == (language.DEFAULT, language.OF_MESSAGES)


@pytest.mark.parametrize(("address", "accepted"), [("/?lang=fa", "en"), ("/", "fa, en;q=0.5")])
def test_a_folder_more_is_a_language_more(
    with_persian: FlaskClient, address: str, accepted: str
) -> None:
    answer = with_persian.get(address, headers={"Accept-Language": accepted})
    assert '<html lang="fa" dir="rtl">' in answer.text
    assert (
        '<bdi lang="fa" dir="rtl">سامح شكري</bdi>' in answer.text
    )  # in Arabic letters, as Persian is


def test_every_page_leads_to_each_language_by_its_own_name(with_persian: FlaskClient) -> None:
    page = read(with_persian, "/search?lang=fa&q=السفير")
    offered = {a["hreflang"]: (text, a["lang"]) for a, text in page.all("a") if "hreflang" in a}
    assert offered == {
        "ar": ("العربية", "ar"),
        "en": ("English", "en"),
        "fa": ("فارسی", "fa"),
    }
    (current,) = [a["hreflang"] for a, _ in page.all("a", aria_current="true") if "hreflang" in a]
    assert current == "fa"
    assert "lang=fa" in page.link("الأحدث أولًا")
    assert "ژوئن" in read(with_persian, "/article/cairo-talks?lang=fa").texts("time")[0]


def test_a_language_without_a_folder_is_not_spoken(client: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/?lang=fa").text
