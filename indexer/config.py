"""Settings, read from the environment here and nowhere else. Options of commands come first."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ConfigError

DEFAULT_INDEX = Path("var/index")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index is and which engine keeps it.

    ``engine`` None means: the one that the index was made with, Whoosh for a new one. ``lexicon``
    is one made by «rasad lexicon build», laid over Rasad's own.
    """

    index: Path = DEFAULT_INDEX
    engine: str | None = None
    lexicon: Path | None = None


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment asks for, defaults where unset.

    Raises ``ConfigError`` for a lexicon that is not there.
    """
    given = os.environ if environment is None else environment
    lexicon = Path(given["RASAD_LEXICON"]) if given.get("RASAD_LEXICON") else None
    if lexicon and not lexicon.is_file():
        raise ConfigError(f"RASAD_LEXICON names {lexicon}, which is not there.")
    return Settings(
        index=Path(given.get("RASAD_INDEX") or DEFAULT_INDEX),
        engine=given.get("RASAD_ENGINE") or None,
        lexicon=lexicon,
    )
