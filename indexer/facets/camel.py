"""A second opinion on people and organisations: the recogniser of CAMeL Tools (extra «camel»).

It is a neural network: better on names that no rule knows, and a hundred times slower. It is loaded
when the first text is read, works on the sentences of a text in batches, and never uses the
network: CAMeL Tools asks for a catalogue of its data when it is imported, so the import waits
until a catalogue is there.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from indexer.errors import ConfigError
from indexer.facets.describing import breaks, sentences
from indexer.facets.sequence import OUTSIDE, Name, spans
from indexer.facets.tokens import Part

#: How the recogniser calls the kinds of names.
KINDS = {"PERS": "PER", "ORG": "ORG"}
COMPONENT, DEFAULT = "NamedEntityRecognition", "arabert"
INSTALL = "pip install 'rasad[camel]'"
FETCH = "camel_data -i ner-arabert"
_BATCH = 32  # sentences at once
_CATALOGUE = "catalogue.json"
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


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
        try:
            recogniser = _import()
        except ImportError as error:
            raise ConfigError(f"CAMeL Tools are not installed; run: {INSTALL}") from error
        folder = self._model or _own_model()
        if not (folder / "config.json").is_file():
            raise ConfigError(f"The model of CAMeL Tools is not in {folder}; run: {FETCH}")
        loaded: _Recogniser = recogniser(str(folder), use_gpu=False)
        return loaded


def _names(sentence: range, labels: Sequence[str]) -> Iterator[Name]:
    """The names that labels such as B-PERS mark; none where words and labels don't match."""
    if len(labels) != len(sentence):  # words that the model's tokenizer passes over
        return
    own = [f"{label[:2]}{KINDS[label[2:]]}" if label[2:] in KINDS else OUTSIDE for label in labels]
    for start, end, kind in spans(own):
        yield Name(sentence.start + start, sentence.start + end, kind, 1.0)


def _data() -> Path:
    """The folder where CAMeL Tools keep their data."""
    named = os.environ.get("CAMELTOOLS_DATA")
    return Path(named).expanduser() if named else Path.home() / ".camel_tools"


def _own_model() -> Path:
    """The folder of the model that CAMeL Tools name as their default."""
    try:
        catalogue = json.loads((_data() / _CATALOGUE).read_text("utf-8"))
        path = catalogue["components"][COMPONENT]["datasets"][DEFAULT]["path"]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"CAMeL Tools have no model for names yet; run: {FETCH}") from error
    return _data() / "data" / str(path)


def _import() -> Any:
    """The class of the recogniser, imported without the network.

    Where no catalogue is, an empty one stands in for it: a model in a folder needs none.
    """
    before = {name: os.environ.get(name) for name in ("CAMELTOOLS_DATA", *_OFFLINE)}
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(dict.fromkeys(_OFFLINE, "1"))
        if not (_data() / _CATALOGUE).is_file():
            empty = {"version": "0", "packages": {}, "components": {}}
            (Path(folder) / _CATALOGUE).write_text(json.dumps(empty), "utf-8")
            os.environ["CAMELTOOLS_DATA"] = folder
        try:
            from camel_tools.ner import NERecognizer
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
    return NERecognizer
