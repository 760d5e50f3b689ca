"""How the exceptions of Whoosh and of the disk leave."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pickle import PickleError

from whoosh import fields, index, writing

from indexer.engines.failures import unusable

_OF_WHOOSH = (fields.FieldConfigurationError, index.IndexError, writing.IndexingError)
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
    except (*_OF_WHOOSH, OSError) as error:
        raise unusable(folder, error) from error


@contextmanager
def damage_errors(folder: Path) -> Iterator[None]:
    """The same for what reading damaged bytes raises, where only the index is read."""
    try:
        yield
    except _DAMAGE as error:
        raise unusable(folder, error) from error
