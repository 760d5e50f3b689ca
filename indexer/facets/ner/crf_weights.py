"""The file of the model of names: its weights, stamped with what it was trained on.

The weights say what a feature is worth, and tables decide what words have a feature. Where the
tables have changed since, the weights still fit, less and less well; so the file says what it was
trained on, and a stale one is told at the start of a run.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.facets.ner.features import FEATURES, TABLES, WINDOW

MODEL = "names.npz"
_OFFSET = re.compile(r"-?[12](?=[a-z])")
_PACKAGE = "indexer.facets.tables"

Scores = NDArray[np.float32]


def stamp(tables: Traversable | None = None) -> dict[str, str]:
    """What a model that is trained now is trained on: the features, and a digest of each table.

    ``tables`` is their folder, the package's own by default. Comments in them count for nothing.
    """
    folder = files(_PACKAGE) if tables is None else tables
    return {"features": str(FEATURES)} | {
        name: _digest(folder.joinpath(name).read_bytes()) for name in TABLES
    }


def _digest(table: bytes) -> str:
    lines = [line for line in table.splitlines() if line and not line.startswith(b"#")]
    return blake2b(b"\n".join(lines), digest_size=8).hexdigest()


class CrfWeights(NamedTuple):
    """A trained model: what each feature adds to each label, and each label to the next.

    A feature adds to the labels of its own place, and to those of the places of the window.
    """

    labels: tuple[str, ...]
    own: dict[str, int]
    at_own: Scores  # own features, labels
    near: dict[str, int]
    at_near: Scores  # near features, window, labels
    steps: Scores  # labels, labels
    trained_on: Mapping[str, str]  # see ``stamp``; empty where nothing is known

    @classmethod
    def of(
        cls,
        labels: Sequence[str],
        weights: Mapping[str, Sequence[float]],
        steps: Scores,
        trained_on: Mapping[str, str] | None = None,
    ) -> "CrfWeights":
        """The model with these weights of features as ``sentence_features`` names them."""
        own: dict[str, Sequence[float]] = {}
        near: dict[str, Scores] = {}
        for name, row in weights.items():
            offset = _OFFSET.match(name)
            if offset is None:
                own[name] = row
            else:
                empty = np.zeros((len(WINDOW), len(labels)), np.float32)
                block = near.setdefault(name[offset.end() :], empty)
                block[WINDOW.index(int(offset[0]))] = row
        return cls(
            tuple(labels),
            _numbered(own),
            np.array(list(own.values()), np.float32),
            _numbered(near),
            np.array(list(near.values()), np.float32),
            steps,
            trained_on or {},
        )

    @classmethod
    def shipped(cls) -> "CrfWeights":
        """The model that comes with Rasad."""
        return cls.loads(files(_PACKAGE).joinpath(MODEL).read_bytes())

    def stale(self, tables: Traversable | None = None) -> tuple[str, ...]:
        """What is not as it was when the model was trained, see ``stamp``; none: it is current."""
        now = stamp(tables)
        return tuple(name for name, digest in now.items() if self.trained_on.get(name) != digest)

    def warnings(self) -> tuple[str, ...]:
        """The same as a sentence for users, if there is something to say."""
        stale = self.stale()
        if not stale:
            return ()
        changed = ", ".join(
            name if name == "features" else f"facets/tables/{name}" for name in stale
        )
        return (f"The model of names was trained on other tables ({changed}): run make name-model",)

    def dumps(self) -> bytes:
        """The model as a file: an archive of arrays, weights as 16-bit numbers."""
        out = io.BytesIO()
        np.savez_compressed(
            out,
            labels=np.array("\n".join(self.labels).encode()),
            own=np.array("\n".join(self.own).encode()),
            at_own=self.at_own.astype(np.float16),
            near=np.array("\n".join(self.near).encode()),
            at_near=self.at_near.astype(np.float16),
            steps=self.steps,
            trained_on=np.array(json.dumps(dict(self.trained_on)).encode()),
        )
        return out.getvalue()

    @classmethod
    def loads(cls, packed: bytes) -> "CrfWeights":
        """The model in a file."""
        arrays: Any = np.load(io.BytesIO(packed), allow_pickle=False)
        labels, own, near = (
            bytes(arrays[name]).decode().split("\n") for name in ("labels", "own", "near")
        )
        return cls(
            tuple(labels),
            _numbered(own),
            arrays["at_own"].astype(np.float32),
            _numbered(near),
            arrays["at_near"].astype(np.float32),
            arrays["steps"].astype(np.float32),
            json.loads(bytes(arrays["trained_on"])) if "trained_on" in arrays else {},
        )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}
