"""The table of word vectors: what is packed is read again, what ships knows meanings."""

from pathlib import Path

import numpy as np
import pytest

from indexer.errors import TableError
from indexer.meaning.table import PATH, Floats, TableRow, WordTable, pack, word_table
from indexer.text import default_analyzer

_LINES = Path(__file__).with_name("nearer.tsv").read_text("utf-8").splitlines()
NEARER = [line.split("\t") for line in _LINES if not line.startswith("#")]


def cosine(one: Floats, other: Floats) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.fixture(scope="module")
def rows() -> dict[str, TableRow]:
    vectors = np.random.default_rng(1).normal(size=(200, 320)).astype(np.float32)
    return {f"w{at:03}": TableRow(vector, at / 8) for at, vector in enumerate(vectors)}


@pytest.fixture
def path(rows: dict[str, TableRow], tmp_path: Path) -> Path:
    """A file of the first 120 rows as Arabic lemmas, the others as Latin words."""
    names = list(rows)
    arabic = {name: rows[name] for name in names[:120]}
    latin = {name: rows[name] for name in names[120:]}
    file = tmp_path / "words.bin"
    file.write_bytes(pack(arabic, latin))
    return file


def test_vectors_and_what_words_tell_are_read_as_they_were_packed(
    rows: dict[str, TableRow], path: Path
) -> None:
    table = WordTable.load(path)
    assert table.dimensions == 320
    for at, (name, row) in enumerate(rows.items()):
        found = table.arabic(name) if at < 120 else table.latin(name)
        assert found is not None
        assert cosine(found.vector, row.vector) > 0.98
        assert found.tells == row.tells


def test_each_list_has_its_own_words(path: Path) -> None:
    table = WordTable.load(path)
    assert table.latin("w000") is None
    assert table.arabic("w199") is None
    assert table.arabic("") is None


def test_likeness_is_told_of_each_lemma(path: Path) -> None:
    table = WordTable.load(path)
    row = table.arabic("w007")
    assert row is not None
    lemmas, likeness = table.likeness(row.vector / np.linalg.norm(row.vector))
    assert len(lemmas) == len(likeness) == 120
    assert lemmas[int(np.argmax(likeness))] == "w007"
    assert likeness.max() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("kept", [0, 5, 200, -1])
def test_a_file_that_is_cut_off_is_named(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(TableError, match=r"words\.bin"):
        WordTable.load(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"none\.bin"):
        WordTable.load(tmp_path / "none.bin")


def test_the_table_that_ships_is_not_large() -> None:
    assert PATH.stat().st_size <= 12_000_000
    assert word_table().dimensions == 320


def vector(word: str) -> Floats:
    table = word_table()
    row = table.latin(word) or table.arabic(default_analyzer().word(word).lemma)
    assert row is not None, word
    return row.vector


@pytest.mark.parametrize(("word", "near", "far"), NEARER)
def test_words_lie_beside_what_means_the_same(word: str, near: str, far: str) -> None:
    assert cosine(vector(word), vector(near)) > cosine(vector(word), vector(far)) + 0.2


def test_rare_words_tell_more_than_frequent_ones() -> None:
    table = word_table()
    ambassador, day = table.latin("ambassador"), table.latin("day")
    assert ambassador is not None and day is not None
    assert ambassador.tells > day.tells > 0
