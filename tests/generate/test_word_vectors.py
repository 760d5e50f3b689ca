"""How word vectors are drawn together, on a small space in which the answer is known."""

import numpy as np
import pytest

from indexer.generate.word_vectors import (
    Floats,
    Places,
    aligned,
    by_lemma,
    rotation,
    scatter,
    tells,
    turned_onto,
    unit,
    whitening,
)

MEANINGS, SIZE = 60, 12


@pytest.fixture(scope="module")
def space() -> tuple[Places, Places, list[str]]:
    """Meanings with two Arabic forms each and a Latin word, the Latin ones turned and moved away.

    In the first four dimensions words differ by form and language, not by meaning.
    """
    chance = np.random.default_rng(7)
    meanings = chance.normal(size=(MEANINGS, SIZE))

    def form() -> Floats:
        noise = chance.normal(size=(MEANINGS, SIZE)) * 0.1
        noise[:, :4] *= 15
        return unit((meanings + noise).astype(np.float32))

    arabic = np.concatenate([form(), form()])
    latin = form() @ rotation(SIZE) + np.float32(0.3)
    lemmas = [f"l{at}" for at in range(MEANINGS)] * 2
    forms = [f"{lemma}-{at}" for at, lemma in enumerate(lemmas)]
    words = [f"w{at}" for at in range(MEANINGS)]
    return (
        Places(forms, arabic, range(len(forms))),
        Places(words, latin, range(len(words))),
        lemmas,
    )


def found(arabic: Floats, latin: Floats) -> float:
    """The share of Latin words whose nearest Arabic form is of their meaning."""
    nearest = (unit(latin) @ unit(arabic).T).argmax(axis=1) % MEANINGS
    return float((nearest == np.arange(MEANINGS)).mean())


def test_pairs_draw_together_the_words_that_are_in_none(
    space: tuple[Places, Places, list[str]],
) -> None:
    arabic, latin, lemmas = space
    pairs = arabic.vectors[:40], latin.vectors[:40]
    ours, theirs = aligned(arabic, latin, pairs, lemmas)
    before, after = (
        found(some.vectors, others.vectors) for some, others in ((arabic, latin), (ours, theirs))
    )
    assert before < 0.2
    assert after > 0.8
    unpaired = (ours.vectors[40:60] * theirs.vectors[40:60]).sum(axis=1)
    assert unpaired.mean() > 0.5
    assert np.linalg.norm(ours.vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_rotation_is_found_again() -> None:
    some = np.random.default_rng(2).normal(size=(50, SIZE)).astype(np.float32)
    turn = rotation(SIZE)
    assert turned_onto(some, some @ turn) == pytest.approx(turn, abs=1e-4)


def test_the_rotation_keeps_lengths_and_is_always_the_same() -> None:
    assert rotation(SIZE) @ rotation(SIZE).T == pytest.approx(np.eye(SIZE), abs=1e-5)


def test_whitening_makes_the_scatter_even() -> None:
    chance = np.random.default_rng(3)
    spread = np.diag(np.linspace(1, 5, SIZE)).astype(np.float32)
    vectors = chance.normal(size=(400, SIZE)).astype(np.float32) @ spread
    groups = [f"g{at % 100}" for at in range(400)]
    within = scatter(vectors, groups)
    white = whitening(within)
    deviations = np.sqrt(np.diag(white.T @ within @ white))
    assert deviations.max() / deviations.min() < 1.5
    assert scatter(vectors @ white, groups) == pytest.approx(white.T @ within @ white, abs=1e-3)


def test_words_alone_in_their_group_have_no_scatter() -> None:
    vectors = np.array([[1, 0], [0, 1], [5, 5]], np.float32)
    assert scatter(vectors, ["a", "a", "b"]) == pytest.approx(
        np.array([[0.25, -0.25], [-0.25, 0.25]])
    )


def test_a_lemma_is_the_mean_of_its_forms_and_as_frequent_as_the_most_frequent() -> None:
    forms = Places(["x", "y", "z"], np.eye(3, dtype=np.float32), [0, 10_000, 5])
    lemmas = by_lemma(forms, ["l", "l", "m"])
    assert list(lemmas.words) == ["l", "m"]
    assert list(lemmas.ranks) == [0, 5]
    assert lemmas.vectors[0] @ [1, 0, 0] > lemmas.vectors[0] @ [0, 1, 0] > 0
    assert tells(0) < tells(5)
