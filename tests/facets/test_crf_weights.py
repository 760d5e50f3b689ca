"""The model of names: its file, and the stamp that says what it was trained on."""

import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from indexer.facets.extractor import Extractor, default_extractor
from indexer.facets.ner.crf import OUTSIDE, CrfTagger
from indexer.facets.ner.crf_weights import CrfWeights, stamp
from indexer.facets.ner.features import TABLES, default_features
from indexer.text import default_analyzer

LABELS = ("B-PER", "I-PER", OUTSIDE)
FIRST, SECOND = [3.0, 0.0, 0.0], [0.0, 3.0, 0.0]
WEIGHTS = {"w=ا": FIRST, "-2w=ب": SECOND, "1w=ب": FIRST}
STEPS = np.eye(len(LABELS), dtype="f4")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tables that features read."""
    for name in TABLES:
        shutil.copy(str(files("indexer.facets.tables").joinpath(name)), tmp_path / name)
    return tmp_path


def test_weights_come_back_from_a_file() -> None:
    weights = CrfWeights.of(LABELS, WEIGHTS, STEPS, {"features": "1"})
    again = CrfWeights.loads(weights.dumps())
    assert (again.labels, again.own, again.near) == (weights.labels, weights.own, weights.near)
    assert again.trained_on == {"features": "1"}
    for one, other in zip(again, weights, strict=True):
        if isinstance(one, np.ndarray):
            np.testing.assert_array_equal(one, other)


def test_the_shipped_model_is_current() -> None:
    """Where this fails, features or tables were changed: run make name-model."""
    assert CrfWeights.shipped().stale() == ()
    assert default_extractor(default_analyzer()).warnings == ()


def test_a_changed_table_makes_the_model_stale_and_is_named(tables: Path) -> None:
    with (tables / "cues.tsv").open("a", encoding="utf-8") as table:
        table.write("said\tقاقأ\n")
    assert CrfWeights.shipped().stale(tables) == ("cues.tsv",)


def test_comments_and_ends_of_lines_are_no_change(tables: Path) -> None:
    table = tables / "cues.tsv"
    table.write_bytes(b"# said otherwise\r\n" + table.read_bytes().replace(b"\n", b"\r\n"))
    assert CrfWeights.shipped().stale(tables) == ()


def test_the_extractor_tells_of_a_model_that_was_trained_on_something_else() -> None:
    trained_on = stamp() | {"letters.tsv": "0"}
    model = CrfTagger(CrfWeights.of(LABELS, WEIGHTS, STEPS, trained_on), default_features())
    (warning,) = Extractor(default_analyzer(), model=model).warnings
    assert "facets/tables/letters.tsv" in warning
    assert "make name-model" in warning


def test_a_model_without_a_stamp_is_stale() -> None:
    assert CrfWeights.of(LABELS, WEIGHTS, STEPS).stale() == ("features", *TABLES)


def test_rules_alone_have_no_model_to_tell_of() -> None:
    assert Extractor(default_analyzer(), model=None).warnings == ()
