"""How an index was made belongs to it: every command follows, and a change is said aloud."""

import json
from pathlib import Path

import pytest

from commands import folder_with, run
from indexer.errors import IndexLocked
from indexer.facets.ner import camel
from indexer.index import Index, IndexSettings
from indexer.indexing import versions
from indexer.indexing.versions import LIBRARIES, STATIONS, Versions
from indexer.sources.formats import FORMATS
from webui.service import EXTENSION
from webui.wsgi import application

PAGE = "خبر عن القهوة\n\nشرب الوزير القهوة في بغداد مع السفير وتحدثا عن البن والقهوة طويلا.\n"
TOPIC = """
name = "القهوة"
name_en = "Coffee"

[terms]
6 = [
    "قهوة",
]
4 = [
    "بن",
]
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return folder_with(tmp_path, PAGE)


@pytest.fixture
def topics(tmp_path: Path) -> Path:
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "coffee.toml").write_text(TOPIC, "utf-8")
    return folder


def made(at: list[str]) -> IndexSettings:
    index = Index.open(Path(at[1]))
    try:
        return index.settings
    finally:
        index.close()


def ids(at: list[str], facet: str) -> set[str]:
    index = Index.open(Path(at[1]))
    try:
        records = index.engine.records(sorted(index.engine.ids()))
        return {value.id for record in records for value in record.facets[facet]}
    finally:
        index.close()


def test_later_runs_follow_what_the_first_was_told(
    pages: Path, topics: Path, at: list[str]
) -> None:
    assert run("index", pages, *at, "--topics", topics).exit_code == 0
    assert "coffee" in ids(at, "topics")
    again = run("index", pages, *at)
    assert (again.exit_code, "1 unchanged" in again.output) == (0, True)
    (pages / "b.txt").write_text(PAGE, "utf-8")
    assert run("index", pages, *at).exit_code == 0
    assert made(at).topics == topics
    assert "coffee" in ids(at, "topics")


def test_a_change_by_name_is_said_and_reads_pages_anew(
    pages: Path, topics: Path, at: list[str]
) -> None:
    run("index", pages, *at)
    changed = run("index", pages, *at, "--topics", topics)
    assert f"changed: topics {topics}, before none" in changed.output
    assert "1 indexed, 0 unchanged" in changed.output
    back = run("index", pages, *at, "--topics", "none")
    assert f"changed: topics none, before {topics}" in back.output
    assert "coffee" not in ids(at, "topics")


@pytest.mark.parametrize("words", [("index", "PAGES"), ("fetch", "http://127.0.0.1:1/")])
def test_the_environment_does_not_change_an_index(
    pages: Path,
    topics: Path,
    at: list[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    run("index", pages, *at)
    monkeypatch.setenv("RASAD_TOPICS", str(topics))
    refused = run(*(str(pages) if word == "PAGES" else word for word in words), *at)
    told = str(refused.exception)
    assert f"made with the topics none, not the topics {topics}" in told
    assert "rasad index PATH --topics" in told
    assert made(at).topics is None


def test_a_new_index_takes_what_the_environment_says(
    pages: Path, topics: Path, at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASAD_TOPICS", str(topics))
    run("index", pages, *at)
    monkeypatch.delenv("RASAD_TOPICS")
    assert run("index", pages, *at).exit_code == 0
    assert made(at).topics == topics


def test_what_an_index_needs_and_is_gone_is_named(pages: Path, topics: Path, at: list[str]) -> None:
    run("index", pages, *at, "--topics", topics)
    (topics / "coffee.toml").unlink()
    topics.rmdir()
    failed = run("index", pages, *at)
    assert f"made with the topics {topics}, which is not there" in str(failed.exception)
    assert run("search", "القهوة", *at).exit_code == 0


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """CAMeL's recogniser as one that is there and finds nobody."""
    monkeypatch.setattr(camel.Camel, "check", lambda self: None)
    monkeypatch.setattr(camel.Camel, "names", lambda self, part: [])


def test_a_fetch_that_fetches_nothing_leaves_the_recogniser(
    pages: Path, at: list[str], stand_in: None
) -> None:
    assert run("index", pages, *at, "--ner", "camel", "--jobs", "1").exit_code == 0
    assert run("fetch", "http://127.0.0.1:1/", *at, "--allow-private").exit_code == 1
    assert made(at).recogniser == "camel"
    again = run("index", pages, *at, "--ner", "camel", "--jobs", "1")
    assert "0 indexed, 1 unchanged" in again.output
    assert "0 indexed, 1 unchanged" in run("index", pages, *at, "--jobs", "1").output
    assert "1 indexed" in run("index", pages, *at, "--ner", "rules", "--jobs", "1").output


def test_an_upgrade_reads_anew_what_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [format.name for format in FORMATS]
    before = {name: Versions(IndexSettings()).of(name) for name in names}
    real = versions._released
    monkeypatch.setattr(
        versions, "_released", lambda name: "99" if name == "feedparser" else real(name)
    )
    after = {name: Versions(IndexSettings()).of(name) for name in names}
    assert {name for name in names if before[name] != after[name]} == {"entry"}


DECIDING = {*STATIONS, *LIBRARIES, *(name for format in FORMATS for name in format.libraries)}


def test_every_station_and_library_is_among_the_versions() -> None:
    assert Versions(IndexSettings()).facts.keys() == DECIDING
    assert {"trafilatura", "feedparser", "pyarabic", "hijridate"} < DECIDING


def test_stats_tell_how_an_index_was_made(pages: Path, topics: Path, at: list[str]) -> None:
    run("index", pages, *at, "--topics", topics)
    told = json.loads(run("stats", *at, "--json").output)
    assert told["settings"] == {
        "engine": "whoosh",
        "lemmas": "rasad",
        "recogniser": "rules",
        "camel_model": "none",
        "meaning": "words",
        "topics": str(topics),
        "lexicon": "none",
        "profiles": "none",
    }
    assert told["versions"].keys() == DECIDING | {"topics"}
    assert f"topics {topics}" in run("stats", *at).output


def test_an_index_of_the_version_before_says_what_to_do(pages: Path, at: list[str]) -> None:
    run("index", pages, *at, "--engine", "tantivy")
    index = Index.open(Path(at[1]))
    index.catalogue.remember("format", "8")
    index.close()
    for words in (("search", "القهوة"), ("index", pages), ("stats",)):
        said = str(run(*words, *at).exception)
        assert "made by another version of Rasad" in said
        assert "--rebuild" in said
    assert run("index", pages, *at, "--rebuild").exit_code == 0
    assert made(at).engine == "tantivy"


def test_a_model_named_with_its_recogniser_changes_an_index(
    pages: Path, at: list[str], stand_in: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", pages, *at, "--jobs", "1")
    monkeypatch.setenv("RASAD_CAMEL_MODEL", str(tmp_path / "model"))
    changed = run("index", pages, *at, "--jobs", "1", "--ner", "camel")
    assert f"changed: camel_model {tmp_path / 'model'}, before none" in changed.output
    assert made(at).camel_model == tmp_path / "model"
    monkeypatch.setenv("RASAD_CAMEL_MODEL", str(tmp_path / "other"))
    assert "rasad index PATH --ner camel" in str(run("index", pages, *at).exception)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_an_index_of_other_facets_says_what_to_do(pages: Path, at: list[str], engine: str) -> None:
    run("index", pages, *at, "--engine", engine)
    index = Index.open(Path(at[1]))
    index.catalogue.remember("facets", "people countries")
    index.close()
    said = str(run("search", "القهوة", *at).exception)
    assert "was made with the facets people countries, this Rasad has people countries org" in said
    assert "--rebuild" in said


def test_a_site_follows_what_is_changed(pages: Path, at: list[str], tmp_path: Path) -> None:
    run("index", pages, *at)
    site = application(Path(at[1]))

    def searched() -> object:
        with site.app_context():
            site.test_client().get("/healthz")
            return site.extensions[EXTENSION]

    first = searched()
    assert searched() is first
    words = tmp_path / "words.bin"
    assert run("lexicon", "build", pages, "--out", words, "--minimum", "1").exit_code == 0
    assert searched() is first
    assert run("index", pages, *at, "--lexicon", words).exit_code == 0
    assert searched() is not first


def test_a_change_that_can_not_be_made_now_changes_nothing(
    pages: Path, topics: Path, at: list[str]
) -> None:
    run("index", pages, *at)
    index = Index.open(Path(at[1]))
    with index.writer():
        for words in (("index", pages, "--topics", topics), ("people", "list")):
            said = run(*words, *at)
            assert isinstance(said.exception, IndexLocked) == (words[0] == "index")
    assert index.settings.topics is None
    index.close()


def test_both_values_are_named_before_anything_is_loaded(
    pages: Path, at: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", pages, *at)
    monkeypatch.setenv("RASAD_LEMMAS", "camel")
    said = str(run("index", pages, *at).exception)
    assert "made with the lemmas of rasad, not the lemmas of camel; add --rebuild" in said
    monkeypatch.delenv("RASAD_LEMMAS")
    damaged = tmp_path / "damaged.bin"
    damaged.write_bytes(b"no lexicon")
    monkeypatch.setenv("RASAD_LEXICON", str(damaged))
    assert f"not the lexicon {damaged}" in str(run("index", pages, *at).exception)


def test_check_says_what_the_index_lacks(pages: Path, topics: Path, at: list[str]) -> None:
    run("index", pages, *at, "--topics", topics)
    (topics / "coffee.toml").unlink()
    topics.rmdir()
    checked = run("check", *at)
    assert "which is not there" in str(checked.exception)
