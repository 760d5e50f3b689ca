"""An index keeps what makes its vectors: the table of words, or the whole model."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from indexer.commands import rasad
from indexer.commands.options import service
from indexer.errors import ConfigError
from indexer.index import Index, IndexSettings
from indexer.indexing.documents import document_builder
from indexer.indexing.versions import Versions
from indexer.meaning import whole_model as module
from indexer.meaning.whole_model import DIMENSIONS, WholeModel
from indexer.model import SearchRequest

TEXT = "شرب الوزير القهوة في بغداد مع السفير وتحدثا عن البن والقهوة طويلا."
QUERY = "حديث الوزير والسفير عن القهوة"


class StandIn:
    """In the place of the library: texts lie nearer the more words they share."""

    def passage(self, text: str) -> np.ndarray:
        vectors = [
            np.random.default_rng(list(one.encode())).normal(size=DIMENSIONS)
            for one in text.split()
        ]
        return np.sum(vectors, axis=0).astype(np.float32)

    query = passage


@pytest.fixture(autouse=True)
def _anew() -> None:
    """Builders and models are kept by their settings."""
    document_builder.cache_clear()
    module.whole_model.cache_clear()


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "checked_model", lambda: Path("nowhere.bin"))
    monkeypatch.setattr(WholeModel, "_model", lambda self: StandIn())


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(f"خبر عن القهوة\n\n{TEXT}\n", "utf-8")
    return folder


@pytest.fixture
def at(tmp_path: Path) -> list[str]:
    return ["--index", str(tmp_path / "index")]


def run(*words: object) -> Result:
    return CliRunner().invoke(rasad, [str(word) for word in words])


def knows(at: list[str], dimensions: int) -> bool:
    index = Index.open(Path(at[1]))
    try:
        return index.engine.knows_meaning(dimensions)
    finally:
        index.close()


def test_a_change_is_said_and_reads_pages_anew(pages: Path, at: list[str], stand_in: None) -> None:
    run("index", pages, *at, "--jobs", 1)
    assert not knows(at, DIMENSIONS)
    changed = run("index", pages, *at, "--jobs", 1, "--meaning", "model")
    assert "changed: meaning model, before words; pages are read anew" in changed.output
    assert "1 indexed, 0 unchanged" in changed.output
    assert knows(at, DIMENSIONS)
    assert "1 unchanged" in run("index", pages, *at, "--jobs", 1).output
    assert "changed: meaning words" in run("index", pages, *at, "--meaning", "words").output
    assert not knows(at, DIMENSIONS)


def test_what_was_committed_before_a_run_ended_is_not_read_again(
    pages: Path, at: list[str], stand_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"id": str(id), "text": f"{TEXT} {id}"}) for id in range(70)]
    (pages / "more.jsonl").write_text("\n".join(lines), "utf-8")
    run("index", pages, *at, "--jobs", 1)
    read = 0

    def ending(self: WholeModel) -> StandIn:
        nonlocal read
        if (read := read + 1) > 66:
            raise KeyboardInterrupt
        return StandIn()

    with monkeypatch.context() as ended:
        ended.setattr(WholeModel, "_model", ending)
        run("index", pages, *at, "--jobs", 1, "--meaning", "model", "--commit-every", 1)
    assert knows(at, DIMENSIONS)
    assert "7 indexed, 64 unchanged" in run("index", pages, *at, "--jobs", 1).output


def test_queries_are_read_as_articles_were(pages: Path, at: list[str], stand_in: None) -> None:
    run("index", pages, *at, "--jobs", 1, "--meaning", "model")
    with service(Path(at[1])) as searches:
        page = searches.page(SearchRequest(QUERY))
    assert page.near is not None and "no-vectors" not in page.notes


def test_the_environment_says_it_of_a_new_index_alone(
    pages: Path, at: list[str], stand_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASAD_MEANING", "model")
    run("index", pages, *at, "--jobs", 1)
    assert knows(at, DIMENSIONS)
    monkeypatch.setenv("RASAD_MEANING", "words")
    refused = str(run("index", pages, *at).exception)
    assert "made with the meaning model, not the meaning words" in refused
    assert "«rasad index PATH --meaning» changes that" in refused
    monkeypatch.setenv("RASAD_MEANING", "tea")
    assert "RASAD_MEANING is 'tea', not one of words, model." in str(
        run("index", pages, *at).exception
    )


def test_without_the_extra_nothing_is_changed(
    pages: Path, at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", pages, *at, "--jobs", 1)
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    refused = run("index", pages, *at, "--meaning", "model").exception
    assert isinstance(refused, ConfigError)
    assert str(refused) == "The whole model needs the extra: pip install 'rasad[meaning]'"
    index = Index.open(Path(at[1]))
    assert index.settings.meaning == "words"
    index.close()


def test_the_version_of_pages_tells_the_model() -> None:
    words, model = (Versions(IndexSettings(meaning=one)) for one in ("words", "model"))
    assert model.facts.keys() - words.facts.keys() == {"model"}
    assert words.of("text") != model.of("text")
