"""How the exceptions of Whoosh and of the disk leave."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pickle import PickleError

from whoosh import index, writing

from indexer.errors import EngineError, IndexLocked

_DAMAGE = (
    AttributeError,
    EOFError,
    LookupError,
    PickleError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@contextmanager
def engine_errors(folder: Path) -> Iterator[None]:
    """Let Whoosh's and the disk's own exceptions leave as ``EngineError``."""
    try:
        yield
    except (index.IndexError, writing.IndexingError, OSError) as error:
        raise _unusable(folder, error) from error


@contextmanager
def damage_errors(folder: Path) -> Iterator[None]:
    """The same for what reading damaged bytes raises, where only the index is read."""
    try:
        yield
    except _DAMAGE as error:
        raise _unusable(folder, error) from error


def locked(folder: Path) -> IndexLocked:
    """The error that another process writes."""
    return IndexLocked(f"Another process is writing to the index in {folder}; try again later.")


def _unusable(folder: Path, error: Exception) -> EngineError:
    return EngineError(
        f"The index in {folder} can't be used: {error}. Make it anew with «rasad index --rebuild»."
    )
