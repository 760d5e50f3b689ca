"""Train the sequence model of names on ANERcorp, and measure it.

ANERcorp (Benajiba, Rosso and Benedí Ruiz) is news text whose words are labelled; its training
part is given as CoNLL lines, «word TAB label», with empty lines between sentences. The model is
derived from it and shipped under CC BY-SA 4.0.

usage: python -m indexer.build.sequence --anercorp FILE [--folds 10]
"""

import argparse
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite  # type: ignore[import-untyped]

from indexer.facets import Extractor
from indexer.facets.sequence import MODEL, OUTSIDE, Described, Model, spans
from indexer.facets.tokens import Part
from indexer.text import Analyzer, default_analyzer

TARGET = Path(__file__).parents[1] / "facets" / "tables" / MODEL
#: Sentences taken together for an article, since the corpus does not say where its articles end.
ARTICLE = 40
KINDS = ("PER", "LOC", "ORG")
PARAMETERS = {"c1": 0.02, "c2": 0.2, "max_iterations": 80, "feature.minfreq": 1}

Sentence = list[tuple[str, str]]


class Example(NamedTuple):
    """A described text of the corpus, and the labels of its words."""

    described: Described
    labels: list[str]


def read(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL file; kinds of names that are not learnt become «outside»."""
    sentences: list[Sentence] = [[]]
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            sentences.append([])
            continue
        word, label = line.split("\t")
        sentences[-1].append((word, label if label[2:] in KINDS else OUTSIDE))
    return [sentence for sentence in sentences if sentence]


def examples(
    sentences: Sequence[Sentence], extractor: Extractor, analyzer: Analyzer
) -> list[Example]:
    """The sentences as described texts of ``ARTICLE`` sentences each."""
    return [
        _example(sentences[at : at + ARTICLE], extractor, analyzer)
        for at in range(0, len(sentences), ARTICLE)
    ]


def _example(sentences: Sequence[Sentence], extractor: Extractor, analyzer: Analyzer) -> Example:
    text, names = _text(sentences)
    part = Part.of("body", text, analyzer.analyze(text))
    (described,) = extractor.described([part])
    labels = [OUTSIDE] * len(part.words)
    for start, end, kind in names:
        prefix = "B"
        for at, token in enumerate(part.tokens):
            if token.start < end and token.end > start:
                labels[at] = f"{prefix}-{kind}"
                prefix = "I"
    return Example(described, labels)


def _text(sentences: Sequence[Sentence]) -> tuple[str, list[tuple[int, int, str]]]:
    """The sentences as lines of text, and the names in it as (start, end, kind)."""
    text = ""
    names: list[tuple[int, int, str]] = []
    for sentence in sentences:
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


def train(of: Sequence[Example]) -> bytes:
    """Return a model trained on these texts, packed."""
    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    trainer.set_params(PARAMETERS)
    for described, labels in of:
        for sentence in described.sentences():
            trainer.append(described.features(sentence), labels[sentence.start : sentence.stop])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return zlib.compress(path.read_bytes(), 9)


def measure(sentences: Sequence[Sentence], folds: int) -> Iterator[str]:
    """Yield the figures of a cross-validation by the order of the corpus.

    A name counts as found when its words and its kind are exactly those of the corpus.
    """
    analyzer = default_analyzer()
    extractor = Extractor(analyzer, model=None)
    size = len(sentences)
    bounds = [(size * fold // folds, size * (fold + 1) // folds) for fold in range(folds)]
    parts = [examples(sentences[start:end], extractor, analyzer) for start, end in bounds]
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for fold, held in enumerate(parts):
        rest = [example for other in parts if other is not held for example in other]
        model = Model(train(rest))
        for described, labels in held:
            for sentence in described.sentences():
                own = labels[sentence.start : sentence.stop]
                wanted, found = set(spans(own)), set(spans(model.labels(described, sentence)))
                right.update(kind for *_, kind in wanted & found)
                wrong.update(kind for *_, kind in found - wanted)
                missed.update(kind for *_, kind in wanted - found)
        yield f"after fold {fold + 1}: {_figures(right, wrong, missed)}"


def _figures(right: Counter[str], wrong: Counter[str], missed: Counter[str]) -> str:
    figures = []
    for kind in KINDS:
        r, w, m = right[kind], wrong[kind], missed[kind]
        precision, recall = r / max(1, r + w), r / max(1, r + m)
        figures.append(
            f"{kind} P {precision:.3f} R {recall:.3f} F1 {2 * r / max(1, 2 * r + w + m):.3f}"
        )
    return ", ".join(figures)


def main() -> None:
    """Write the model, or print the figures of a cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anercorp", type=Path, required=True)
    parser.add_argument("--folds", type=int, help="measure by so many folds instead of writing")
    options = parser.parse_args()
    sentences = read(options.anercorp)
    if options.folds:
        for line in measure(sentences, options.folds):
            print(line, flush=True)
        return
    analyzer = default_analyzer()
    TARGET.write_bytes(train(examples(sentences, Extractor(analyzer, model=None), analyzer)))


if __name__ == "__main__":
    main()
