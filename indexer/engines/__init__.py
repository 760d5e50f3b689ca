"""Engines keep documents and find them again; choose one by name."""

from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from indexer.engines.base import Engine, LeftRecord
from indexer.engines.ranking import RANKING, Ranking
from indexer.errors import ConfigError, LibraryMissing

#: Engine name → the module and class; only the chosen one is imported.
ENGINES = {
    "whoosh": ("indexer.engines.whoosh.whoosh_engine", "WhooshEngine"),
    "tantivy": ("indexer.engines.tantivy.tantivy_engine", "TantivyEngine"),
}

#: What the files of articles end in, in the order of ``ENGINES``.
_SEGMENTS = ("seg", "store")


def open_engine(
    name: str, folder: Path, *, create: bool = False, ranking: Ranking = RANKING
) -> Engine:
    """Open the engine called ``name`` on ``folder``; ``create`` makes an index if there is none.

    Raises ``ConfigError`` for an unknown name, ``LibraryMissing`` where its library is missing.
    """
    opened: Engine = _engine(name).open(folder, create=create, ranking=ranking)
    return opened


def left_records(name: str, folder: Path, damaged: Collection[str]) -> Iterator[LeftRecord]:
    """What records can be read in a damaged folder of the engine called ``name``.

    ``damaged`` are its files that are not as they were written. Raises as ``open_engine`` does.
    """
    found: Iterator[LeftRecord] = _engine(name).left_records(folder, damaged)
    return found


def _engine(name: str) -> Any:
    if name not in ENGINES:
        raise ConfigError(f"There is no engine {name!r}; choose one of {', '.join(ENGINES)}.")
    module, class_name = ENGINES[name]
    try:
        return getattr(import_module(module), class_name)
    except ModuleNotFoundError as error:
        raise LibraryMissing(
            f"The engine {name} needs its library: pip install 'rasad[{name}]'."
        ) from error


def has_articles(folder: Path) -> bool:
    """Whether an engine, whichever it is, has ever written articles into a folder."""
    return any(next(folder.glob(f"*.{one}"), None) for one in _SEGMENTS)
