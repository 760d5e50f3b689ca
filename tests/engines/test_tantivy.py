"""What is tantivy's alone: how it keeps columns, what it makes of damage, where its limits are."""

import json
from collections import Counter
from pathlib import Path

import pytest
import tantivy

from corpus import Corpus
from factories import make_document, write
from indexer.engines.base import Search
from indexer.engines.ranking import RANKING
from indexer.engines.tantivy import stored_columns, tantivy_engine
from indexer.engines.tantivy.queries import GAP, line
from indexer.engines.tantivy.stored_columns import Chunk, chunks, matching, numbered
from indexer.engines.tantivy.tantivy_engine import TantivyEngine
from indexer.errors import EngineError
from indexer.model import Word
from indexer.query.ast import EVERYTHING, Exact, Match, Phrase, Prefix


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    return Corpus(TantivyEngine.open(folder, create=True))


def kept_chunks(folder: Path) -> list[Chunk]:
    return chunks(tantivy.Index.open(str(folder)).searcher(), {})


def test_the_ranking_is_the_one_built_into_tantivy() -> None:
    assert (RANKING.k1, RANKING.b) == (1.2, 0.75)


def test_small_chunks_of_columns_are_joined(corpus: Corpus, folder: Path) -> None:
    for n in range(11):
        corpus.write(make_document(f"{n:02}"))
    assert [len(chunk.numbers) for chunk in kept_chunks(folder)] == [8, 2, 1]


def test_rows_of_replaced_articles_go(corpus: Corpus, folder: Path) -> None:
    for n in range(6):
        corpus.write(*(make_document(id, people={f"Q{n}"}) for id in "abcd"))
    rows = [id for chunk in kept_chunks(folder) for id in chunk.columns.ids]
    assert len(rows) <= 8
    assert corpus.find(EVERYTHING).counts["people"].values == (("Q5", 4),)


def test_numbers_start_again_when_everything_was_removed(corpus: Corpus) -> None:
    for _ in range(3):
        corpus.write(make_document("a", people={"Q1"}), make_document("b"))
        assert corpus.find(EVERYTHING).counts["people"].values == (("Q1", 1),)
        corpus.write(remove=["a", "b"])
        assert corpus.find(EVERYTHING).total == 0


@pytest.mark.parametrize("buckets", [65_000, 7])
def test_matching_numbers_come_back_whatever_they_are(
    monkeypatch: pytest.MonkeyPatch, buckets: int
) -> None:
    monkeypatch.setattr(stored_columns, "_SLICE", buckets * 52)
    schema = tantivy.SchemaBuilder().add_integer_field("number", fast=True)
    schema = schema.add_float_field("bit", fast=True).build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    numbers = sorted({*range(200), *(52 * n for n in range(60)), *(52 * n + 51 for n in range(60))})
    for number in (*numbers, 10_000):
        document = tantivy.Document()
        numbered(document, number)
        writer.add_document(document)
    writer.commit()
    index.reload()
    found = matching(index.searcher(), schema, tantivy.Query.all_query(), 10_001)
    assert found.tolist() == [*numbers, 10_000]


@pytest.mark.parametrize("suffix", ["idx", "term", "pos", "fast", "store", "fieldnorm", "json"])
@pytest.mark.parametrize("kept", [None, 0.0, 0.5])
def test_damage_to_one_file_is_said(
    corpus: Corpus, folder: Path, suffix: str, kept: float | None
) -> None:
    corpus.write(*(make_document(str(n), body="a b c") for n in range(20)))
    (damaged,) = folder.glob(f"[!.]*.{suffix}")
    if kept is None:
        damaged.unlink()
    else:
        damaged.write_bytes(damaged.read_bytes()[: int(damaged.stat().st_size * kept)])

    def use() -> None:
        engine = TantivyEngine.open(folder, create=True)
        engine.find(Search(Phrase(("a", "b"))))
        engine.records(["1"])

    with pytest.raises(EngineError, match=str(folder)):
        use()


def test_what_makes_tantivy_panic_is_said(corpus: Corpus, folder: Path) -> None:
    corpus.write(*(make_document(str(n), body="a b c") for n in range(20)))
    (damaged,) = folder.glob("*.fast")
    content = bytearray(damaged.read_bytes())
    middle = slice(len(content) // 3, len(content) // 3 + 40)
    content[middle] = bytes(byte ^ 0x5A for byte in content[middle])
    damaged.write_bytes(content)
    with pytest.raises(EngineError, match=str(folder)):
        TantivyEngine.open(folder).find(Search())


def test_an_index_of_another_make_is_said(folder: Path) -> None:
    folder.mkdir()
    schema = tantivy.SchemaBuilder().add_text_field("text").build()
    tantivy.Index(schema, str(folder))
    with pytest.raises(EngineError, match="another version"):
        TantivyEngine.open(folder)


def test_a_word_still_to_be_looked_up_is_a_mistake(corpus: Corpus) -> None:
    with pytest.raises(TypeError, match="looked up"):
        corpus.engine.find(Search(Prefix("a")))


def test_words_further_apart_than_title_and_body_are_found_by_reading(corpus: Corpus) -> None:
    far = " ".join(["a", *["x"] * (2 * GAP), "b"])
    corpus.write(make_document("far", body=far), make_document("across", title="a", body="b"))
    assert corpus.ids(Phrase(("b", "a"), 2 * GAP)) == ["far"]
    assert corpus.ids(Phrase(("b", "a"), 2 * GAP - 1)) == []


def test_many_forms_weigh_as_one_word(corpus: Corpus) -> None:
    """As «word*»: a form that stands in one article only is no rarer than its family."""
    common = [make_document(f"common{n}", body=f"ab{n % 3} x") for n in range(9)]
    corpus.write(*common, make_document("rare", body="ab9 x"), make_document("other", body="y"))
    hits = corpus.find(Exact(("ab0", "ab1", "ab2", "ab9")), limit=20).hits
    assert len(hits) == 10
    assert len({hit.score for hit in hits}) == 1


def test_ties_beyond_the_page_are_looked_at(corpus: Corpus) -> None:
    word = Word("w", "w", "w")
    corpus.write(*(make_document(f"{999 - n}", body=[word]) for n in range(300)))
    assert corpus.ids(Match(word), limit=3) == ["700", "701", "702"]
    assert corpus.ids(Match(word), start=200, limit=2) == ["900", "901"]


def test_what_a_killed_writer_wrote_down_does_not_bar_the_next(
    corpus: Corpus, folder: Path
) -> None:
    corpus.write(make_document("a"), make_document("b"))
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    (segment,) = meta["segments"]
    name = segment["segment_id"].replace("-", "")
    for opstamp in range(meta["opstamp"] + 1, meta["opstamp"] + 20):
        (folder / f"{name}.{opstamp}.del").write_bytes(b"half")
    corpus.write(make_document("a"))
    assert corpus.engine.ids() == {"a", "b"}


def test_a_line_has_a_place_for_each_term() -> None:
    for terms in ([], ["a"], ["a b", ""], ["", "a\tb", " "], ["\u2003", "a"]):
        assert len([one for one in line(terms).split(" ") if one]) == len(terms)


def test_large_chunks_are_read_again_when_they_are_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_engine, "_CHUNK_ROWS", 3)
    engine = TantivyEngine.open(tmp_path / "index", create=True)
    writer = engine.writer()
    for n in range(40):
        again = make_document(f"{n % 7}", people={f"Q{n % 5}"})
        writer.add([make_document(f"new{n}", people={f"Q{n % 3}"}), again])
        writer.commit()
    writer.close()
    found = engine.find(Search(facets=("people",)))
    assert found.total == 47
    expected = Counter(f"Q{n % 3}" for n in range(40))
    expected.update(f"Q{n % 5}" for n in range(33, 40))
    assert dict(found.counts["people"].values) == expected
    engine.close()


def test_records_need_no_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = TantivyEngine.open(tmp_path / "index", create=True)
    write(engine, [make_document(id) for id in "abc"], remove=["x"])
    write(engine, [], remove=["b"])
    monkeypatch.setattr(engine, "_snapshot", None)
    monkeypatch.setattr(engine, "_current", None)
    found = engine.records(["c", "b", "unknown", "a"])
    assert [record.article.id for record in found] == ["c", "a"]
    assert engine.records([]) == []


def test_columns_that_can_not_be_read_are_said_to_a_writer_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(TantivyEngine.open(tmp_path / "index", create=True), [make_document("a")])

    def cut(*_: object) -> None:
        raise ValueError("no columns, or cut off")

    monkeypatch.setattr(stored_columns.Columns, "from_bytes", cut)
    engine = TantivyEngine.open(tmp_path / "index")
    with pytest.raises(EngineError, match="cut off"):
        engine.writer()
    monkeypatch.undo()
    write(engine, [make_document("b")])  # and the lock is free
    assert engine.ids() == {"a", "b"}
    engine.close()
