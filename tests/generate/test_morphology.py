"""The hour-long file of readings can be gone on with, wherever its making was broken off."""

import gzip
from pathlib import Path

import pytest

from indexer.generate import morphology


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {f"كلمة{n}": 1 / (n + 1) for n in range(7)}
    monkeypatch.setattr(morphology, "frequencies", lambda: words)
    monkeypatch.setattr(morphology, "_read_chunk", _no_readings)
    monkeypatch.setattr(morphology, "_CHUNK", 2)


def _no_readings(words: list[str]) -> list[list[list[object]]]:
    return [[] for _ in words]


def test_readings_are_made_most_frequent_word_first(tmp_path: Path) -> None:
    morphology.complete(tmp_path / "all.gz", 1)
    words = [one.word for one in morphology.read(tmp_path / "all.gz")]
    assert words == list(morphology.frequencies())


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_a_torn_file_is_completed(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "torn.gz"
    morphology.complete(path, 1)
    whole = path.read_bytes()
    path.write_bytes(whole[: round(kept * len(whole))])
    morphology.complete(path, 1)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        assert len(file.readlines()) == 7
    assert [one.word for one in morphology.read(path)] == list(morphology.frequencies())
