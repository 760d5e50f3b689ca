"""Every message stands in each language, and the compiled catalogues are the readable ones."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDERS = sorted((ROOT / "webui/translations").glob("*/LC_MESSAGES"))
REFRESH = "webui/translations/babel.cfg says how to bring the catalogue up to date"


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.parent.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def catalogue(folder: Path) -> Catalog:
    with (folder / "messages.po").open("rb") as file:
        return read_po(file, locale=folder.parent.name)


@pytest.fixture(scope="module")
def used() -> set[str | tuple[str, ...]]:
    found = set()
    for folder, files, method in (
        ("webui", "**.py", "python"),
        ("templates", "**", "jinja2"),
        ("indexer", "schema.py", "python"),
    ):
        rows = extract_from_dir(ROOT / folder, method_map=[(files, method)])
        found |= {message for _file, _line, message, _comments, _context in rows}
    return found


def test_messages_were_found(used):
    assert "Search" in used
    assert ("%(n)s article", "%(n)s articles") in used


def test_every_message_is_translated(used, catalogue):
    missing = [message for message in used if not _strings(catalogue, message)]
    assert not missing, REFRESH


def test_nothing_is_translated_that_no_page_says(used, catalogue):
    assert {message.id for message in catalogue if message.id} <= used, REFRESH


def test_plurals_have_all_forms(catalogue):
    for message in catalogue:
        if message.pluralizable:
            assert len(message.string) == catalogue.num_plurals
            assert all(message.string)


def test_arabic_has_six_forms():
    with (ROOT / "webui/translations/ar/LC_MESSAGES/messages.po").open("rb") as file:
        assert read_po(file).num_plurals == 6


def test_tanwin_is_written_in_one_way():
    alif_first = "\u0627\u064b"
    for page in ("README.ar.md", "webui/translations/ar/LC_MESSAGES/messages.po"):
        assert alif_first not in (ROOT / page).read_text("utf-8"), page


def test_translations_fill_the_same_places(catalogue):
    for message in catalogue:
        if message.id and not message.pluralizable:
            assert not list(message.check()), message.id


def test_the_compiled_catalogue_is_the_readable_one(folder, catalogue):
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    with (folder / "messages.mo").open("rb") as file:
        shipped = read_mo(file)
    assert _texts(shipped) == _texts(read_mo(compiled)), REFRESH


def _strings(catalogue: Catalog, message: str | tuple[str, ...]) -> bool:
    found = catalogue.get(message[0] if isinstance(message, tuple) else message)
    return bool(found and found.string and "fuzzy" not in found.flags)


def _texts(catalogue: Catalog) -> dict[str, object]:
    return {str(message.id): message.string for message in catalogue if message.id}
