"""A second opinion on people and organisations: the recogniser of CAMeL Tools (extra «camel»).

It is a neural network: better on names that no rule knows, and a hundred times slower. It is loaded
when the first text is read, works on the sentences of a text in batches, and never uses the
network.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from indexer.errors import ConfigError
from indexer.facets.ner.crf import OUTSIDE, spans
from indexer.facets.part import AnnotatedPart, TaggedName
from indexer.text.cameltools import dataset, offline

#: How the recogniser calls the kinds of names.
KINDS = {"PERS": "PER", "ORG": "ORG"}
COMPONENT, DEFAULT = "NamedEntityRecognition", "arabert"
FETCH = "camel_data -i ner-arabert"
_BATCH = 32  # sentences at once


class _Recogniser(Protocol):
    def predict(self, sentences: list[list[str]], batch_size: int = ...) -> list[list[str]]: ...


class Camel:
    """Finds names with CAMeL's recogniser; ``model`` is a folder, None its known data."""

    def __init__(self, model: Path | None = None) -> None:
        self._model = model
        self._loaded: _Recogniser | None = None

    def names(self, part: AnnotatedPart) -> list[TaggedName]:
        """The people and organisations of a part."""
        sentences = list(part.sentences())
        if not sentences:
            return []
        words = [list(part.words[one.start : one.stop]) for one in sentences]
        labelled = self._load().predict(words, batch_size=_BATCH)
        return [
            name
            for sentence, labels in zip(sentences, labelled, strict=True)
            for name in _names(sentence, labels)
        ]

    def check(self) -> None:
        """Load the recogniser now; raises ``ConfigError`` that says what to install."""
        self._load()

    def _load(self) -> _Recogniser:
        if self._loaded is not None:
            return self._loaded
        with offline():
            from camel_tools.ner import NERecognizer
        folder = self._model or dataset(COMPONENT, DEFAULT)
        if folder is None:
            raise ConfigError(f"CAMeL Tools have no model for names yet; run: {FETCH}")
        if not (folder / "config.json").is_file():
            raise ConfigError(f"The model of CAMeL Tools is not in {folder}; run: {FETCH}")
        loaded: _Recogniser = NERecognizer(str(folder), use_gpu=False)
        self._loaded = loaded
        return loaded


def _names(sentence: range, labels: Sequence[str]) -> Iterator[TaggedName]:
    """The names that labels such as B-PERS mark; none where words and labels don't match."""
    if len(labels) != len(sentence):  # words that the model's tokenizer passes over
        return
    known = [
        f"{label[:2]}{KINDS[label[2:]]}" if label[2:] in KINDS else OUTSIDE for label in labels
    ]
    for start, end, kind in spans(known):
        yield TaggedName(sentence.start + start, sentence.start + end, kind, 1.0)
