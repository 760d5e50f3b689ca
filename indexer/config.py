"""Settings, read from the environment here and nowhere else. Options of commands come first."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from indexer.errors import ConfigError
from indexer.schema import LEMMAS, MEANINGS

DEFAULT_INDEX = Path("var/index")
#: Articles between two commits of a run: what a killed run loses at most.
COMMIT_EVERY = 1024
#: How the line for a request is written.
LOG_FORMATS = ("text", "json", "none")
#: Seconds that a search may take before it answers with what it has found.
TIME_LIMIT = 2.0
#: Seconds that all results of a search may take to be read and sent: a server gives an answer 300.
EXPORT_TIME_LIMIT = 240.0
#: Who sends the mail of alerts.
MAIL_FROM = "rasad@localhost"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index is and which engine keeps it.

    ``engine`` None means: the one that the index was made with, Whoosh for a new one. ``lexicon``
    is one made by «rasad lexicon build», laid over Rasad's own; ``profiles`` the file of
    corrections to profiles of people, by default «profiles.tsv» in the index's folder;
    ``camel_model`` the folder of a model for CAMeL Tools, by default the one that they fetched;
    ``topics`` a folder of files of topics, beside Rasad's own; ``lemmas`` who gives the lemmas of a
    new index, one of ``LEMMAS``, and ``meaning`` what makes its vectors, one of ``MEANINGS``; None
    like ``engine``. ``edit`` lets readers of the served pages correct profiles. ``log_format`` (one
    of ``LOG_FORMATS``) is how a line for every request is written, None for the server's own way;
    with ``private_logs`` it holds nothing that a reader typed, and no address; with ``metrics`` the
    server tells its numbers.
    ``time_limit`` is how many seconds a search may take, ``export_time_limit`` how many all its
    results; 0 for any. ``smtp`` is the server that alerts send mail by, ``mail_from`` who sends it.
    """

    index: Path = DEFAULT_INDEX
    engine: str | None = None
    lexicon: Path | None = None
    profiles: Path | None = None
    camel_model: Path | None = None
    topics: Path | None = None
    lemmas: str | None = None
    meaning: str | None = None
    edit: bool = False
    log_format: str | None = None
    private_logs: bool = False
    metrics: bool = False
    time_limit: float = TIME_LIMIT
    export_time_limit: float = EXPORT_TIME_LIMIT
    smtp: str | None = None
    mail_from: str = MAIL_FROM


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment asks for, defaults where unset.

    Raises ``ConfigError`` for a lexicon, a file of profiles or a folder that is not there, for
    lemmas of nobody or a meaning of nothing, and for a time that is none.
    """
    given = os.environ if environment is None else environment
    return Settings(
        index=Path(given.get("RASAD_INDEX") or DEFAULT_INDEX),
        engine=given.get("RASAD_ENGINE") or None,
        lexicon=_file(given, "RASAD_LEXICON"),
        profiles=_file(given, "RASAD_PROFILES"),
        camel_model=Path(given["RASAD_CAMEL_MODEL"]) if given.get("RASAD_CAMEL_MODEL") else None,
        topics=_folder(given, "RASAD_TOPICS"),
        lemmas=_one_of(LEMMAS, given, "RASAD_LEMMAS"),
        meaning=_one_of(MEANINGS, given, "RASAD_MEANING"),
        edit=_switch(given, "RASAD_EDIT"),
        log_format=_one_of(LOG_FORMATS, given, "RASAD_LOG_FORMAT"),
        private_logs=_switch(given, "RASAD_PRIVATE_LOGS"),
        metrics=_switch(given, "RASAD_METRICS"),
        time_limit=_seconds(given, "RASAD_TIME_LIMIT", TIME_LIMIT),
        export_time_limit=_seconds(given, "RASAD_EXPORT_TIME_LIMIT", EXPORT_TIME_LIMIT),
        smtp=given.get("RASAD_SMTP") or None,
        mail_from=given.get("RASAD_MAIL_FROM") or MAIL_FROM,
    )


def _switch(given: Mapping[str, str], name: str) -> bool:
    return _one_of(("0", "1"), given, name) == "1"


def _one_of(values: Sequence[str], given: Mapping[str, str], name: str) -> str | None:
    """The value that a setting names, None where it is unset."""
    value = given.get(name) or None
    if value and value not in values:
        raise ConfigError(f"{name} is {value!r}, not one of {', '.join(values)}.")
    return value


def _seconds(given: Mapping[str, str], name: str, default: float) -> float:
    """A number of seconds, 0 or more; ``default`` where it is unset."""
    value = given.get(name) or ""
    if not value:
        return default
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < inf:
        raise ConfigError(f"{name} is {value!r}, no number of seconds.")
    return seconds


def _file(given: Mapping[str, str], name: str) -> Path | None:
    """The file that a setting names, None where it is unset."""
    path = Path(given[name]) if given.get(name) else None
    if path and not path.is_file():
        raise ConfigError(f"{name} names {path}, which is not there.")
    return path


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    """The folder that a setting names, None where it is unset."""
    path = Path(given[name]) if given.get(name) else None
    if path and not path.is_dir():
        raise ConfigError(f"{name} names {path}, which is no folder.")
    return path
