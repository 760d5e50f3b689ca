"""What is left of a damaged index: its records, its pages, how it was made; nothing is changed."""

import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from indexer.catalogue import Catalogue, Page
from indexer.catalogue.sqlite import connect
from indexer.engines import left_records
from indexer.errors import EngineError
from indexer.index import IndexSettings, remembered
from indexer.integrity.checksums import CATALOGUE, ENGINE
from indexer.integrity.verification import Verdict
from indexer.model import Record
from indexer.sources import Raw, walk

_ENGINES_BY_FILES = {"tantivy": ("meta.json", "*.store"), "whoosh": ("_MAIN_*.toc", "*.seg")}


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """From where each article comes back, by id.

    ``records`` are whole; ``pages`` are there as they were read, by digest; ``unsure`` are records
    of damaged files, which may be wrong; ``lost`` are in neither.
    """

    records: frozenset[str] = frozenset()
    pages: Mapping[str, Page] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()


class Salvage:
    """A damaged index in a folder of its own, in which its files may be put right."""

    def __init__(self, folder: Path, verdict: Verdict) -> None:
        self.folder = folder
        self.damaged = verdict.names
        self.settings = _settings(folder, verdict)
        self.catalogue_is_sound = CATALOGUE not in self.damaged and _is_readable(folder / CATALOGUE)
        #: The pages by article, as far as they can be read.
        self.pages = _pages(folder / CATALOGUE)

    def records(self) -> Iterator[tuple[Record, bool]]:
        """Every record that can be read, and whether its file is whole."""
        names = {name.removeprefix(f"{ENGINE}/") for name in self.damaged}
        removed = _removed(self.folder / CATALOGUE) - self.pages.keys()
        for record, sure in left_records(self.settings.engine, self.folder / ENGINE, names):
            if record.article.id not in removed:
                yield record, sure

    def plan(self) -> RepairPlan:
        """Look for everything: reads all records, and the files of the pages that are needed."""
        sure: set[str] = set()
        unsure: set[str] = set()
        for record, whole in self.records():
            (sure if whole else unsure).add(record.article.id)
        unsure -= sure
        wanted = {id: page for id, page in self.pages.items() if id not in sure}
        there = {raw.digest for raw in raws(wanted.values())}
        pages = {id: page for id, page in wanted.items() if page.digest in there}
        lost = wanted.keys() - pages.keys() - unsure
        return RepairPlan(frozenset(sure), pages, frozenset(unsure - pages.keys()), frozenset(lost))


def raws(pages: Collection[Page]) -> Iterator[Raw]:
    """Those of these pages that are where they were found, with the same bytes."""
    digests = {page.digest for page in pages}
    files = sorted({Path(page.container) for page in pages})
    for found in walk([path for path in files if path.exists()]):
        if isinstance(found, Raw) and found.digest in digests:
            yield found


def copied(folder: Path, verdict: Verdict) -> Path:
    """A copy of a damaged index beside it, in which the files that are kept twice are put back.

    What is large is linked to and never written.
    """
    place = folder.with_name(f"{folder.name}.damaged-{os.getpid()}")

    def taken(one: str, other: str) -> None:
        if Path(one).parent != folder:
            with suppress(OSError):  # another one has no links
                os.link(one, other)
                return
        shutil.copy2(one, other)

    shutil.copytree(folder, place, copy_function=taken)
    (place / ENGINE).mkdir(exist_ok=True)
    put_back(place, verdict)
    return place


def put_back(folder: Path, verdict: Verdict) -> frozenset[str]:
    """Write the damaged files that are kept in the checksums as they were; returns their names."""
    kept = verdict.sums.kept if verdict.sums and verdict.finished else {}
    names = frozenset(kept.keys() & verdict.names)
    for name in names:
        part = folder / f"{name}.part"
        part.write_bytes(kept[name])
        part.replace(folder / name)
    return names


def _settings(folder: Path, verdict: Verdict) -> IndexSettings:
    """How the index was made; the checksums know it as well."""
    with suppress(ValueError, TypeError, AttributeError):
        if CATALOGUE not in verdict.names and (made := remembered(folder)):
            return made
    text = verdict.sums.facts.get("settings") if verdict.sums else None
    with suppress(ValueError, TypeError, AttributeError):
        if made := IndexSettings.loads(text) if text else remembered(folder):
            return made
    for name, patterns in _ENGINES_BY_FILES.items():
        if any(next((folder / ENGINE).glob(pattern), None) for pattern in patterns):
            return IndexSettings(engine=name)
    return IndexSettings()


def _is_readable(catalogue: Path) -> bool:
    try:
        with closing(Catalogue.open(catalogue)) as opened:
            return not opened.damage()
    except EngineError:
        return False


def _pages(catalogue: Path) -> dict[str, Page]:
    rows = _rows(catalogue, "SELECT digest, article, container, version FROM pages")
    return {row[1]: Page(*row) for row in rows if all(isinstance(one, str) for one in row)}


def _removed(catalogue: Path) -> set[str]:
    return {row[0] for row in _rows(catalogue, "SELECT article FROM gone")}


def _rows(catalogue: Path, statement: str) -> list[tuple[str, ...]]:
    """The rows up to where reading fails."""
    found: list[tuple[str, ...]] = []
    if catalogue.is_file():
        with suppress(sqlite3.Error, UnicodeError), closing(connect(catalogue)) as db:
            found.extend(db.execute(statement))
    return found
