"""Train the sequence model of names on ANERcorp.

ANERcorp (Benajiba, Rosso and Benedí Ruiz) is news text whose words are labelled; its training
part is given as CoNLL lines, «word TAB label», with empty lines between sentences. The model is
derived from it and shipped under CC BY-SA 4.0.

The file is stamped with the features and tables that it was trained on. ``--stamp`` writes the
stamp of today's onto the file that is there and trains nothing: for a file from before there were
stamps, or where a table was put in another form and says the same.

usage: python -m indexer.generate.name_model --anercorp FILE | --stamp
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from indexer.facets.extractor import Extractor
from indexer.facets.ner.crf import OUTSIDE, CrfTagger
from indexer.facets.ner.crf_weights import MODEL, CrfWeights, stamp
from indexer.facets.ner.features import FeatureExtractor, default_features, sentence_features
from indexer.facets.ner.mention import NameMention
from indexer.facets.part import AnnotatedPart
from indexer.text import Analyzer, default_analyzer

TARGET = Path(__file__).parents[1] / "facets" / "tables" / MODEL
#: Sentences taken together for an article, since the corpus does not say where its articles end.
ARTICLE = 40
#: Features whose weights are all smaller are left out: most of the file, none of the figures.
LEAST = 0.02
#: So much less a step to «outside» counts than was learnt: names are missed more often than made
#: up, and both are as bad.
RELUCTANCE = 0.2
#: The kinds of names that are asked for.
KINDS = ("PER", "LOC", "ORG")
PARAMETERS = {"c1": 0.02, "c2": 0.6, "max_iterations": 80, "feature.minfreq": 1}

Sentence = list[tuple[str, str]]


class Example(NamedTuple):
    """A text of the corpus as extraction sees it, its names by rules, the labels of its words."""

    part: AnnotatedPart
    mentions: list[NameMention]
    labels: list[str]


def read(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL file.

    Names of other kinds than ``KINDS`` are learnt as well: a team or a car is no person then.
    """
    corpus: list[Sentence] = [[]]
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            corpus.append([])
            continue
        word, label = line.split("\t")
        corpus[-1].append((word, label))
    return [sentence for sentence in corpus if sentence]


def examples(corpus: Sequence[Sentence], extractor: Extractor, analyzer: Analyzer) -> list[Example]:
    """The sentences as texts of ``ARTICLE`` sentences each."""
    return [
        _example(corpus[at : at + ARTICLE], extractor, analyzer)
        for at in range(0, len(corpus), ARTICLE)
    ]


def _example(corpus: Sequence[Sentence], extractor: Extractor, analyzer: Analyzer) -> Example:
    text, names = plain(corpus)
    part = extractor.annotated("body", text, analyzer.analyze(text))
    labels = [OUTSIDE] * len(part.words)
    for start, end, kind in names:
        prefix = "B"
        for at, token in enumerate(part.tokens):
            if token.start < end and token.end > start:
                labels[at] = f"{prefix}-{kind}"
                prefix = "I"
    return Example(part, extractor.recogniser.by_rules(part), labels)


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


def train(texts: Sequence[Example], features: FeatureExtractor) -> CrfWeights:
    """Return a model trained on these texts; features without weight are left out."""
    import pycrfsuite  # here, since the stamp is written where nothing is trained

    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    trainer.set_params(PARAMETERS)
    for part, mentions, labels in texts:
        types = [features.type(word) for word in part.layers]
        here = features.here(part, types, mentions)
        for sentence in part.sentences():
            seen = sentence_features(sentence, types, here)
            trainer.append(seen, labels[sentence.start : sentence.stop])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        return _weights(tagger)


def _weights(tagger: Any) -> CrfWeights:
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
    return CrfWeights.of(labels, kept, steps, stamp())


def folds(corpus: Sequence[Sentence], many: int) -> Iterator[tuple[Sequence[Sentence], CrfTagger]]:
    """Yield parts of the corpus, by its order, each with the model trained on all others."""
    analyzer = default_analyzer()
    extractor = Extractor(analyzer, model=None)
    features = default_features()
    size = len(corpus)
    held = [corpus[size * fold // many : size * (fold + 1) // many] for fold in range(many)]
    read = [examples(one, extractor, analyzer) for one in held]
    for at, one in enumerate(held):
        rest = [example for other, part in enumerate(read) if other != at for example in part]
        yield one, CrfTagger(train(rest, features), features)


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--anercorp", type=Path, help="the training part, to train a model on")
    group.add_argument("--stamp", action="store_true", help="only stamp the model that is there")
    given = parser.parse_args()
    if given.stamp:
        TARGET.write_bytes(CrfWeights.shipped()._replace(trained_on=stamp()).dumps())
        return
    corpus = read(given.anercorp)
    analyzer = default_analyzer()
    read_by_rules = examples(corpus, Extractor(analyzer, model=None), analyzer)
    TARGET.write_bytes(train(read_by_rules, default_features()).dumps())


if __name__ == "__main__":
    main()
