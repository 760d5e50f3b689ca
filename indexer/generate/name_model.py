"""Train the sequence model of names on ANERcorp.

ANERcorp (Benajiba, Rosso and Benedí Ruiz) is news text whose words are labelled; its training
part is given as CoNLL lines, «word TAB label», with empty lines between sentences. The model is
derived from it and shipped under CC BY-SA 4.0.

usage: python -m indexer.generate.name_model --anercorp FILE
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pycrfsuite

from indexer.facets.extractor import Extractor
from indexer.facets.gazetteer.matcher import Found
from indexer.facets.ner.crf import MODEL, OUTSIDE, Model, Weights
from indexer.facets.ner.features import Describer, breaks, default_describer, features, sentences
from indexer.facets.ner.mention import Spot
from indexer.facets.part import Part
from indexer.text import Analyzer, default_analyzer

TARGET = Path(__file__).parents[1] / "facets" / "tables" / MODEL
#: Sentences taken together for an article, since the corpus does not say where its articles end.
ARTICLE = 40
#: Features whose weights are all smaller are left out: most of the file, none of the figures.
LEAST = 0.02
#: So much less a step to «outside» counts than was learnt: names are missed more often than made
#: up, and both are as bad.
RELUCTANCE = 0.2
KINDS = ("PER", "LOC", "ORG")
PARAMETERS = {"c1": 0.02, "c2": 0.2, "max_iterations": 80, "feature.minfreq": 1}

Sentence = list[tuple[str, str]]


class Example(NamedTuple):
    """A text of the corpus as extraction reads it, and the labels of its words."""

    part: Part
    found: list[Found]
    spots: list[Spot]
    labels: list[str]


def read(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL file; kinds of names that are not learnt become «outside»."""
    found: list[Sentence] = [[]]
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            found.append([])
            continue
        word, label = line.split("\t")
        found[-1].append((word, label if label[2:] in KINDS else OUTSIDE))
    return [sentence for sentence in found if sentence]


def examples(corpus: Sequence[Sentence], extractor: Extractor, analyzer: Analyzer) -> list[Example]:
    """The sentences as described texts of ``ARTICLE`` sentences each."""
    return [
        _example(corpus[at : at + ARTICLE], extractor, analyzer)
        for at in range(0, len(corpus), ARTICLE)
    ]


def _example(corpus: Sequence[Sentence], extractor: Extractor, analyzer: Analyzer) -> Example:
    text, names = plain(corpus)
    part = Part.of("body", text, analyzer.analyze(text))
    found, spots = extractor.read(part)
    labels = [OUTSIDE] * len(part.words)
    for start, end, kind in names:
        prefix = "B"
        for at, token in enumerate(part.tokens):
            if token.start < end and token.end > start:
                labels[at] = f"{prefix}-{kind}"
                prefix = "I"
    return Example(part, found, spots, labels)


def plain(corpus: Sequence[Sentence]) -> tuple[str, list[tuple[int, int, str]]]:
    """The sentences as lines of text, and the names in it as (start, end, kind)."""
    text = ""
    names: list[tuple[int, int, str]] = []
    for sentence in corpus:
        before = OUTSIDE
        for word, label in sentence:
            start, end = len(text), len(text) + len(word)
            if label.startswith("I") and before[2:] == label[2:]:
                names[-1] = (names[-1][0], end, label[2:])
            elif label != OUTSIDE:
                names.append((start, end, label[2:]))
            text, before = text + word + " ", label
        text = text.rstrip() + "\n"
    return text, names


def train(of: Sequence[Example], describer: Describer) -> Weights:
    """Return a model trained on these texts; features without weight are left out."""
    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    trainer.set_params(PARAMETERS)
    for example in of:
        types = [describer.type(word) for word in example.part.layers]
        gaps = breaks(example.part)
        here = describer.here(example.part, gaps, types, example.found, example.spots)
        for sentence in sentences(example.part, gaps):
            own = example.labels[sentence.start : sentence.stop]
            trainer.append(features(sentence, types, here), own)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        return _weights(tagger)


def _weights(tagger: Any) -> Weights:
    info = tagger.info()
    labels = tuple(sorted(info.labels))
    states: dict[str, list[float]] = {}
    for (feature, label), weight in sorted(info.state_features.items()):
        states.setdefault(feature, [0.0] * len(labels))[labels.index(label)] = weight
    kept = {name: row for name, row in states.items() if max(map(abs, row)) >= LEAST}
    steps = np.zeros((len(labels), len(labels)), np.float32)
    for (before, after), weight in info.transitions.items():
        steps[labels.index(before), labels.index(after)] = weight
    steps[:, labels.index(OUTSIDE)] -= RELUCTANCE
    return Weights.of(labels, kept, steps)


def folds(corpus: Sequence[Sentence], many: int) -> Iterator[tuple[Sequence[Sentence], Model]]:
    """Yield parts of the corpus, by its order, each with the model trained on all others."""
    analyzer = default_analyzer()
    extractor = Extractor(analyzer, model=None)
    describer = default_describer()
    size = len(corpus)
    held = [corpus[size * fold // many : size * (fold + 1) // many] for fold in range(many)]
    read = [examples(one, extractor, analyzer) for one in held]
    for at, one in enumerate(held):
        rest = [example for other, part in enumerate(read) if other != at for example in part]
        yield one, Model(train(rest, describer), describer)


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anercorp", type=Path, required=True)
    corpus = read(parser.parse_args().anercorp)
    analyzer = default_analyzer()
    read_by_rules = examples(corpus, Extractor(analyzer, model=None), analyzer)
    TARGET.write_bytes(train(read_by_rules, default_describer()).dumps())


if __name__ == "__main__":
    main()
