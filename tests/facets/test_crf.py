"""The sequence model, with weights made here: its paths, its probabilities, its second reading."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.facets.ner.crf import OUTSIDE, CrfTagger, spans
from indexer.facets.ner.crf_weights import CrfWeights
from indexer.facets.ner.features import default_features
from indexer.facets.part import AnnotatedPart
from indexer.text import default_analyzer

LABELS = ("B-LOC", "B-PER", "I-LOC", "I-PER", OUTSIDE)


def part_of(text: str) -> AnnotatedPart:
    return AnnotatedPart.of("body", text, default_analyzer().analyze(text))


def model_of(weights: dict[str, list[float]], steps: np.ndarray | None = None) -> CrfTagger:
    """A model of these features, in which words score «outside» 0.5 unless steps are given."""
    if steps is None:
        weights = {f"n={size}": [0.0, 0.0, 0.0, 0.0, 0.5] for size in range(1, 9)} | weights
        steps = np.zeros((len(LABELS), len(LABELS)), np.float32)
        steps[:, LABELS.index("I-PER")] = -9.0
        steps[LABELS.index("B-PER"), LABELS.index("I-PER")] = 0.0
    return CrfTagger(CrfWeights.of(LABELS, weights, steps), default_features())


def found(model: CrfTagger, text: str) -> list[tuple[str, str]]:
    part = part_of(text)
    names = model.names(part, [])
    return [(part.printed(start, end), kind) for start, end, kind in names]


#: «زرقوف» and «خنتور» are no words of any table.
FIRST = [0.0, 3.0, 0.0, 0.0, 0.0]
SECOND = [0.0, 0.0, 0.0, 3.0, 0.0]


def test_a_name_is_read_as_its_words_say() -> None:
    model = model_of({"w=زرقوف": FIRST, "w=خنتور": SECOND})
    assert found(model, "حضر زرقوف خنتور اللقاء") == [("زرقوف خنتور", "PER")]


def test_a_neighbour_is_evidence() -> None:
    model = model_of({"-1w=حضر": FIRST})
    assert found(model, "ثم حضر زرقوف اللقاء") == [("زرقوف", "PER")]


def test_a_word_is_a_name_where_it_is_one_elsewhere_in_the_text() -> None:
    weights = {"-1w=حضر": FIRST}
    alone = "ورأى زرقوف اللقاء."
    assert found(model_of(weights), alone) == []
    assert found(model_of(weights), f"حضر زرقوف. {alone}") == [("زرقوف", "PER"), ("زرقوف", "PER")]


def test_a_word_that_is_mostly_none_elsewhere_stays_none() -> None:
    weights = {"-1w=حضر": FIRST}
    text = "حضر زرقوف. ورأى زرقوف اللقاء. ورأى زرقوف اللقاء. ورأى زرقوف اللقاء."
    assert found(model_of(weights), text) == [("زرقوف", "PER")]


def test_no_name_goes_on_behind_a_comma() -> None:
    model = model_of({"w=زرقوف": FIRST, "w=خنتور": SECOND})
    assert found(model, "حضر زرقوف، خنتور اللقاء") == [("زرقوف", "PER"), ("خنتور", "PER")]


#: Words of the tables that are names of other languages.
NAMES = ("جونسون", "باركر", "ميلر")
small = st.floats(-1, 1, width=16)
rows = st.lists(small, min_size=len(LABELS), max_size=len(LABELS))


@given(
    words=st.permutations(NAMES).flatmap(lambda all: st.sampled_from([all[:1], all[:2], all])),
    weights=st.lists(rows, min_size=len(NAMES), max_size=len(NAMES)),
    steps=st.lists(rows, min_size=len(LABELS), max_size=len(LABELS)),
)
def test_the_best_path_is_read_and_a_name_is_as_sure_as_all_paths_say(words, weights, steps):
    of_word = dict(zip(NAMES, weights, strict=True))
    between = np.array(steps, np.float32)
    scores = {}
    for path in product(range(len(LABELS)), repeat=len(words)):
        own = sum(of_word[word][label] for word, label in zip(words, path, strict=True))
        scores[path] = own + sum(float(between[a, b]) for a, b in pairwise(path))
    best = max(scores, key=lambda path: scores[path])
    if sorted(scores.values())[-2] > scores[best] - 1e-3:
        return  # two paths are as good
    total = sum(map(np.exp, scores.values()))
    sure = [
        sum(np.exp(score) for path, score in scores.items() if path[at] == label) / total
        for at, label in enumerate(best)
    ]
    model = model_of({f"w={word}": of_word[word] for word in words}, between)
    part = part_of(" ".join(words))
    people = model.people(part, [])
    expected = [name for name in spans([LABELS[label] for label in best]) if name[2] == "PER"]
    assert [(name.start, name.end, name.kind) for name in people] == expected
    for name in people:
        assert name.probability == pytest.approx(min(sure[name.start : name.end]), abs=1e-3)
