"""A second opinion on people and organisations: the recogniser of CAMeL Tools (extra «camel»).

It is a neural network: better on names that no rule knows, and a hundred times slower. It is loaded
when the first text is read, works on the sentences of a text in batches, and never uses the
network.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

from indexer.errors import ConfigError
from indexer.facets.ner.crf import OUTSIDE, Name, spans
from indexer.facets.ner.features import breaks, sentences
from indexer.facets.part import Part
from indexer.text.cameltools import dataset, offline

#: How the recogniser calls the kinds of names.
KINDS = {"PERS": "PER", "ORG": "ORG"}
COMPONENT, DEFAULT = "NamedEntityRecognition", "arabert"
FETCH = "camel_data -i ner-arabert"
_BATCH = 32  # sentences at once


class _Recogniser(Protocol):
    def predict(self, sentences: list[list[str]], batch_size: int = ...) -> list[list[str]]: ...


class Camel:
    """Finds names with CAMeL's recogniser; ``model`` is a folder, None its own data."""

    def __init__(self, model: Path | None = None) -> None:
        self._model = model

    def names(self, part: Part) -> list[Name]:
        """The people and organisations of a part."""
        within = list(sentences(part, breaks(part)))
        texts = [part.words[one.start : one.stop] for one in within]
        found = self._recogniser.predict(texts, batch_size=_BATCH) if texts else []
        return [
            name
            for sentence, labels in zip(within, found, strict=True)
            for name in _names(sentence, labels)
        ]

    def check(self) -> None:
        """Load the recogniser now; raises ``ConfigError`` that says what to install."""
        assert self._recogniser

    @cached_property
    def _recogniser(self) -> _Recogniser:
        with offline():
            from camel_tools.ner import NERecognizer
        folder = self._model or dataset(COMPONENT, DEFAULT)
        if folder is None:
            raise ConfigError(f"CAMeL Tools have no model for names yet; run: {FETCH}")
        if not (folder / "config.json").is_file():
            raise ConfigError(f"The model of CAMeL Tools is not in {folder}; run: {FETCH}")
        loaded: _Recogniser = NERecognizer(str(folder), use_gpu=False)
        return loaded


def _names(sentence: range, labels: Sequence[str]) -> Iterator[Name]:
    """The names that labels such as B-PERS mark; none where words and labels don't match."""
    if len(labels) != len(sentence):  # words that the model's tokenizer passes over
        return
    own = [f"{label[:2]}{KINDS[label[2:]]}" if label[2:] in KINDS else OUTSIDE for label in labels]
    for start, end, kind in spans(own):
        yield Name(sentence.start + start, sentence.start + end, kind, 1.0)
