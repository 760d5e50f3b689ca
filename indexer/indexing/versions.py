"""What decides how a page is read: declared versions of the stations, libraries, own words.

A page is read anew when its version is another than the one that read it. A station declares a
version, which is raised by hand when it reads anything else out of a page than before: a reworded
comment reads nothing anew. Libraries change what they read with their releases.
"""

import json
from collections import ChainMap
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer import events, facets, meaning, sources, text
from indexer.index import IndexSettings
from indexer.indexing import near_duplicates
from indexer.schema import CAMEL, RASAD, RULES
from indexer.sources.formats import FORMATS

#: The stations by name, each with its declared version.
STATIONS = {
    "sources": sources.VERSION,
    "text": text.VERSION,
    "facets": facets.VERSION,
    "events": events.VERSION,
    "meaning": meaning.VERSION,
    "near-duplicates": near_duplicates.VERSION,
}
#: The libraries that decide what is read out of pages of every format; others are their format's.
LIBRARIES = ("datasketch", "hijridate", "pyarabic")
_CAMEL_TOOLS = "camel-tools"


class Versions:
    """The versions of all that reads pages for an index with these settings."""

    def __init__(self, settings: IndexSettings) -> None:
        every = {name: str(number) for name, number in STATIONS.items()}
        every |= {name: _released(name) for name in LIBRARIES}
        if settings.lemmas != RASAD:
            every["lemmas"] = settings.lemmas
        if settings.recogniser != RULES:
            every["recogniser"] = f"{settings.recogniser} {settings.camel_model or ''}".strip()
        if CAMEL in (settings.lemmas, settings.recogniser):
            every[_CAMEL_TOOLS] = _released(_CAMEL_TOOLS)
        if settings.lexicon:
            every["lexicon"] = _digest(settings.lexicon)
        if settings.topics:
            every["topics"] = _topics(settings.topics)
        own = {one.name: {name: _released(name) for name in one.libraries} for one in FORMATS}
        self._of = {format: _hash(every | libraries) for format, libraries in own.items()}
        #: All that decides, by name.
        self.facts: dict[str, str] = every | dict(sorted(ChainMap(*own.values()).items()))

    def of(self, format: str) -> str:
        """The version by which pages of a format are read, a short hash."""
        return self._of[format]

    def dumps(self) -> str:
        """The facts as text, for people."""
        return json.dumps(self.facts, ensure_ascii=False)


def _hash(facts: Mapping[str, str]) -> str:
    written = json.dumps(facts, sort_keys=True).encode()
    return blake2b(written, digest_size=8).hexdigest()


@cache
def _released(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


@cache
def _digest(*paths: Path) -> str:
    """A hash of files as they were when first asked for, as what reads them is kept as well."""
    state = blake2b(digest_size=8)
    for path in paths:
        state.update(f"{path.name}\0".encode() + path.read_bytes())
    return state.hexdigest()


@cache
def _topics(folder: Path) -> str:
    return _digest(*sorted(folder.glob("*.toml")))
