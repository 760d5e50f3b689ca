"""Profiles: what all articles together say of one person."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.index import Index
from indexer.pipeline import index_pages
from indexer.search import SearchService
from indexer.text import default_analyzer

FIRST = """كلمة بوتين
١٢ يونيو ٢٠٢١

وصل الرئيس الروسي فلاديمير بوتين إلى جنيف، وكان لبوتين لقاء قصير.
"""
SECOND = """لقاء في موسكو
١٥ يونيو ٢٠٢١

قال بوتين إن الرئيس الروسي فلاديمير بوتين لن يسافر هذا الأسبوع.
"""


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = Index.create(tmp_path / "index", "whoosh")
    yield opened
    opened.close()


def write(folder: Path, **pages: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def service(index: Index) -> SearchService:
    return SearchService(index, default_analyzer())


def test_a_profile_gathers_names_roles_and_dates(index: Index, tmp_path: Path) -> None:
    index_pages([write(tmp_path / "pages", a=FIRST, b=SECOND)], index, jobs=1)
    profile = service(index).profile("people", "vladimir-putin")
    assert profile is not None
    assert (profile.name, profile.name_en) == ("فلاديمير بوتين", "Vladimir Putin")
    assert (profile.wikidata, profile.articles) == ("Q7747", 2)
    assert dict(profile.variants) == {"فلاديمير بوتين": 2, "بوتين": 2}
    days = (dt.date(2021, 6, 12), dt.date(2021, 6, 15))
    assert profile.roles == (("الرئيس الروسي", *days, 2),)


def test_a_replaced_or_removed_article_leaves_no_sighting(index: Index, tmp_path: Path) -> None:
    pages = write(tmp_path / "pages", a=FIRST, b=SECOND)
    index_pages([pages], index, jobs=1)
    write(pages, a="خبر آخر\n\nوصل الوزير إلى العاصمة في زيارة رسمية.\n")
    index_pages([pages], index, jobs=1)
    assert [one.article for one in index.catalogue.sightings("people", "vladimir-putin")] == ["b"]
    (pages / "b.txt").unlink()
    index_pages([pages], index, prune=True, jobs=1)
    assert service(index).profile("people", "vladimir-putin") is None


def test_variants_are_written_without_particles(index: Index, tmp_path: Path) -> None:
    text = "خبر\n\nزيارة للعراق ولبلجيكا، وللكويت والأردن، ثم إلى العراق.\n"
    index_pages([write(tmp_path / "pages", a=text)], index, jobs=1)
    for id, variant in (("IQ", "العراق"), ("BE", "بلجيكا"), ("KW", "الكويت")):
        profile = service(index).profile("countries", id)
        assert profile is not None
        assert dict(profile.variants) == {variant: 1}
