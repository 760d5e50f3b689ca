"""Settings, read from the environment here and nowhere else. Options of commands come first."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_INDEX = Path("var/index")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index is and which engine keeps it.

    ``engine`` None means: the one that the index was made with, Whoosh for a new one.
    """

    index: Path = DEFAULT_INDEX
    engine: str | None = None


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that RASAD_INDEX and RASAD_ENGINE ask for, defaults where unset."""
    given = os.environ if environment is None else environment
    return Settings(
        index=Path(given.get("RASAD_INDEX") or DEFAULT_INDEX),
        engine=given.get("RASAD_ENGINE") or None,
    )
