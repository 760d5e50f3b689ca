"""Engines keep documents and find them again; choose one by name."""

from importlib import import_module
from pathlib import Path

from indexer.engines.base import Engine
from indexer.engines.ranking import RANKING, Ranking
from indexer.errors import ConfigError, LibraryMissing

#: Engine name → the module and class; only the chosen one is imported.
ENGINES = {
    "whoosh": ("indexer.engines.whoosh.whoosh_engine", "WhooshEngine"),
    "tantivy": ("indexer.engines.tantivy.tantivy_engine", "TantivyEngine"),
}


def open_engine(
    name: str, folder: Path, *, create: bool = False, ranking: Ranking = RANKING
) -> Engine:
    """Open the engine called ``name`` on ``folder``; ``create`` makes an index if there is none.

    Raises ``ConfigError`` for an unknown name, ``LibraryMissing`` where its library is missing.
    """
    if name not in ENGINES:
        raise ConfigError(f"There is no engine {name!r}; choose one of {', '.join(ENGINES)}.")
    module, class_name = ENGINES[name]
    try:
        engine = getattr(import_module(module), class_name)
    except ModuleNotFoundError as error:
        raise LibraryMissing(
            f"The engine {name} needs its library: pip install 'rasad[{name}]'."
        ) from error
    opened: Engine = engine.open(folder, create=create, ranking=ranking)
    return opened
