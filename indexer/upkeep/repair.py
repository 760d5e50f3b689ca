"""Bringing a damaged index back: from its own records, from its pages, and saying which is which.

What is damaged is never written to. A new index is made beside it and takes its place in one step
when it is whole; where something is lost or unsure, the damaged one is kept.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, fields, replace
from itertools import islice
from pathlib import Path
from typing import cast

from indexer.catalogue import Catalogue
from indexer.config import COMMIT_EVERY
from indexer.entities.profiles_file import read_corrections
from indexer.errors import EngineError, IndexLocked, LibraryMissing
from indexer.events.event_merging import EventMerger
from indexer.index import Asked, Index, writable
from indexer.indexing.near_duplicates import StoryAssigner
from indexer.indexing.run import index_again, index_found
from indexer.indexing.workers import BATCH, Workers
from indexer.integrity.checksums import CATALOGUE, CHECKSUMS, ENGINE
from indexer.integrity.verification import Verdict, verify
from indexer.model import Document, Record
from indexer.storage.exclusive import exclusive
from indexer.upkeep.salvage import RepairPlan, Salvage, copied, put_back, raws


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair did, or would do.

    ``complaints`` say what was wrong, ``put_back`` which files came back as they were. ``plan`` is
    None where nothing else was to be done, ``catalogue_anew`` whether the catalogue was made out of
    the articles, ``sums_anew`` whether there were no checksums to hold the files against.
    ``kept`` is where the damaged index is, if it is needed any longer.
    """

    complaints: tuple[str, ...] = ()
    put_back: frozenset[str] = frozenset()
    plan: RepairPlan | None = None
    catalogue_anew: bool = False
    sums_anew: bool = False
    kept: Path | None = None


def complaints_of(folder: Path, verdict: Verdict) -> tuple[str, ...]:
    """What is wrong with an index; its insides are read where the bytes are as they were written.

    Raises ``LibraryMissing``.
    """
    found = tuple(map(str, verdict.damaged))
    if not verdict.bytes_are_sound:  # reading on could end this process, and would tell no more
        return found
    try:
        with closing(Index.open(folder)) as index:
            return (*found, *index.complaints())
    except LibraryMissing:
        raise
    except EngineError as error:
        return (*found, str(error))


def repair(folder: Path, *, dry: bool = False, jobs: int | None = None) -> RepairReport:
    """Bring back what can be; with ``dry`` only say what that is.

    Raises ``IndexMissing`` where there is no index, ``IndexLocked`` while another process writes.
    """
    if not complaints_of(folder, verify(folder)):
        return RepairReport()
    with exclusive(folder):
        _refuse_while_written(folder)
        return _repaired(folder, dry=dry, jobs=jobs)


def _repaired(folder: Path, *, dry: bool, jobs: int | None) -> RepairReport:
    """What ``repair`` does to a folder that nobody else writes to."""
    verdict = verify(folder)  # once more: until now somebody may have written
    complaints = complaints_of(folder, verdict)
    if not complaints:
        return RepairReport()
    place = copied(folder, verdict)
    kept = False
    try:
        mended = verify(place)
        names = verdict.names - mended.names
        if _is_mended(place, mended):
            if not dry:
                _mend(folder, verdict)
            return RepairReport(complaints, names, sums_anew=mended.sums is None)
        salvage = Salvage(place, mended)
        plan = salvage.plan()
        if not dry:
            plan = _make_anew(folder, salvage, plan, jobs)
            kept = bool(plan.lost or plan.unsure)
        anew = not salvage.catalogue_is_sound
        return RepairReport(complaints, names, plan, anew, kept=place if kept else None)
    finally:
        if not kept:
            shutil.rmtree(place, ignore_errors=True)


def _refuse_while_written(folder: Path) -> None:
    try:
        with closing(Catalogue.open(folder / CATALOGUE)) as catalogue:
            catalogue.begin()
            catalogue.roll_back()
    except IndexLocked:
        raise
    except EngineError:
        return  # it is damaged, so nobody writes


def _is_mended(place: Path, verdict: Verdict) -> bool:
    """Whether a copy is whole but for what is made anew without its articles."""
    needed = {one.name for one in verdict.damaged if not one.passing}
    if needed - {CHECKSUMS}:
        return False
    with suppress(EngineError), closing(Index.open(place)) as index:
        return not index.complaints()
    return False


def _mend(folder: Path, verdict: Verdict) -> None:
    """Put back what is kept twice, and sum up anew where that was damaged."""
    put_back(folder, verdict)
    for one in verdict.damaged:
        if one.passing and one.name.startswith(ENGINE):
            (folder / one.name).unlink(missing_ok=True)
    if CHECKSUMS in verdict.names or not verdict.finished:
        (folder / CHECKSUMS).unlink(missing_ok=True)
        with closing(Index.open(folder)) as index, index.writer():
            pass  # a writer that ends sums up what is not summed


def _make_anew(folder: Path, salvage: Salvage, plan: RepairPlan, jobs: int | None) -> RepairPlan:
    """Exchange the index for a new one of what is left; returns what has come back in the end."""
    path = folder / CATALOGUE
    if not path.exists():
        path.touch()  # an index is known by it
    made = {one.name: getattr(salvage.settings, one.name) for one in fields(salvage.settings)}
    corrections = read_corrections(salvage.settings.profiles_in(salvage.folder))
    with writable(folder, cast(Asked, made), rebuild=True, held=True) as index:
        batches = _batches(salvage, plan)
        if salvage.catalogue_is_sound:
            index.catalogue.take(salvage.folder / CATALOGUE)
            _write_again(batches, index, plan.pages.keys() | plan.lost, jobs)
        else:
            kept = {id: page for id, page in salvage.pages.items() if id not in plan.lost}
            index_again(batches, index, kept, jobs=jobs, corrections=corrections)
        if plan.pages:
            index_found(raws(plan.pages.values()), index, corrections=corrections)
        there = index.engine.ids()
        complaints = index.complaints()
        if complaints or not plan.records | plan.unsure <= there:
            why = complaints or ["articles are missing"]
            raise EngineError(f"The index could not be made anew, it is as it was: {why[0]}")
    unread = plan.pages.keys() - there
    pages = {id: page for id, page in plan.pages.items() if id in there}
    return replace(plan, pages=pages, lost=plan.lost | unread)


def _batches(salvage: Salvage, plan: RepairPlan) -> Iterator[list[Record]]:
    """The records that are wanted."""
    wanted = (
        record
        for record, sure in salvage.records()
        if record.article.id in (plan.records if sure else plan.unsure)
    )
    while batch := list(islice(wanted, BATCH)):
        yield batch


def _write_again(
    batches: Iterable[list[Record]], index: Index, unread: Collection[str], jobs: int | None
) -> None:
    """Write records with the facets that they have; of ``unread`` articles the pages are not noted.

    The catalogue knows the articles already.
    """
    stories = StoryAssigner(index.catalogue)
    with (
        index.writer() as writer,
        Workers(jobs or os.cpu_count() or 1, index.settings) as workers,
    ):
        index.catalogue.forget_pages(unread)
        EventMerger(index.catalogue).forget(unread)
        for _, outcomes in workers.revise(batches):
            documents = [one for one in outcomes if isinstance(one, Document)]
            writer.revise(stories.assign(documents))
            if writer.waiting >= COMMIT_EVERY:
                writer.commit()
        writer.commit()
