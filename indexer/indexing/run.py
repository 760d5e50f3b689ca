"""The indexing run: batches in, commits out, and what only the whole run knows at the end.

    for raws in batches:  build → assign stories → assign people → assign events → write
        every some thousand articles: commit
    then: lines that a source repeats, people who are one, pages that are gone, names

Pages are built into documents in worker processes; this process writes. What was committed stays
when a run is killed, and so does the list of what is still to be made anew: the next run passes
over those pages and goes on with that list. Memory is flat, however long the input is.

A run that only gives vectors of the whole model reads no pages: it writes the articles of the index
once more, newest first; it knows their ids from the start.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from indexer.catalogue import Page
from indexer.config import COMMIT_EVERY
from indexer.entities.corrections import Corrections
from indexer.entities.profiles_file import restored_on_failure
from indexer.entities.resolution import HIDDEN, EntityResolver
from indexer.errors import SourceError
from indexer.events.event_merging import EventMerger
from indexer.index import Asked, Index, IndexWriter, from_root
from indexer.indexing.documents import Outcome
from indexer.indexing.near_duplicates import StoryAssigner
from indexer.indexing.report import Report
from indexer.indexing.versions import Versions
from indexer.indexing.workers import BATCH, Workers
from indexer.meaning.whole_model import DIMENSIONS
from indexer.model import Article, Document, Record
from indexer.schema import MODEL, PEOPLE, RASAD
from indexer.sources import Raw, Skipped, encoding, walk
from indexer.sources.cleaning.repeated_lines import RepeatedLines, without
from indexer.text import default_analyzer

_SLOW_BATCH = 16  # articles, each of which takes a sixth of a second
_LINES = "repeated lines"
_CORRECTIONS = "corrections"
_VERSIONS = "versions"

T = TypeVar("T")
Progress = Callable[[Report], None]


def index_pages(
    paths: Sequence[Path],
    index: Index,
    *,
    prune: bool = False,
    jobs: int | None = None,
    commit_every: int = COMMIT_EVERY,
    corrections: Corrections | None = None,
    named: Asked | None = None,
    progress: Progress = lambda report: None,
) -> Report:
    """Bring the index up to date with the pages under ``paths``.

    Pages that were indexed with equal content are passed over. With ``prune``, articles that came
    from a file under ``paths`` and are no longer there are removed. A page that can't be read is
    reported and does not stop the run. Where the ``corrections`` of profiles are others than in
    the last run, the articles of these profiles are read anew as well. Readers see the articles
    ``commit_every`` at a time. What is ``named`` changes how the index is made.
    """
    with (
        index.writer(named) as writer,
        Workers(jobs or os.cpu_count() or 1, index.settings) as workers,
    ):
        run = _Run(index, writer, workers, corrections or Corrections(), commit_every, progress)
        return run.go(walk(paths), paths if prune else ())


def give_meaning(
    index: Index,
    *,
    jobs: int | None = None,
    commit_every: int = COMMIT_EVERY,
    progress: Progress = lambda report: None,
) -> Report:
    """Give a vector of the whole model to the articles that have none, newest first.

    They are written anew as the index holds them. From then on the index has the meaning «model».
    What was committed stays when the run ends early, and the next one goes on from there; until all
    have one, queries are compared with the vectors of words.
    """
    with (
        index.writer(Asked(meaning=MODEL)) as writer,
        Workers(jobs or os.cpu_count() or 1, index.settings) as workers,
    ):
        run = _Run(index, writer, workers, Corrections(), commit_every, progress)
        return run.give_meaning()


def index_found(
    found: Iterable[Raw | Skipped], index: Index, *, corrections: Corrections | None = None
) -> Report:
    """Index raw pages that came in another way than by files."""
    with index.writer() as writer:
        return _small_run(index, writer, corrections or Corrections()).go(found, ())


def index_again(
    batches: Iterable[list[Record]],
    index: Index,
    pages: Mapping[str, Page],
    *,
    jobs: int | None = None,
    corrections: Corrections | None = None,
) -> Report:
    """Index the articles of records as if they had just been read; ``pages`` by article."""
    with (
        index.writer() as writer,
        Workers(jobs or os.cpu_count() or 1, index.settings) as workers,
    ):
        given = corrections or Corrections()
        run = _Run(index, writer, workers, given, COMMIT_EVERY, lambda report: None)
        return run.again(batches, pages)


def correct_profiles(index: Index, corrections: Callable[[], Corrections]) -> Report:
    """Read anew only the articles that a change of the corrections concerns.

    They are asked for once nobody else writes to the index, so that what can't be written now
    changes no file; when the run fails, their file is as it was before.
    """
    with index.writer() as writer, restored_on_failure(index.profiles):
        return _small_run(index, writer, corrections()).correct()


def _small_run(index: Index, writer: IndexWriter, corrections: Corrections) -> "_Run":
    """A run in this process alone."""
    workers = Workers(1, index.settings)
    return _Run(index, writer, workers, corrections, COMMIT_EVERY, lambda report: None)


class _Run:
    def __init__(
        self,
        index: Index,
        writer: IndexWriter,
        workers: Workers,
        corrections: Corrections,
        commit_every: int,
        progress: Progress,
    ) -> None:
        self._index = index
        self._catalogue = index.catalogue
        self._writer = writer
        self._workers = workers
        self._settings = index.settings
        self._versions = Versions(self._settings)
        if self._settings.lemmas != RASAD:  # what they lack is said here, and workers share it
            default_analyzer(self._settings.lexicon, self._settings.lemmas)
        self._corrections = corrections
        self._commit_every = commit_every
        self._progress = progress
        self._stories = StoryAssigner(self._catalogue)
        self._people = EntityResolver(self._catalogue, corrections)
        self._events = EventMerger(self._catalogue)
        if not self._catalogue.commit_mark().whole:  # a kill may have left what nobody tells
            self._events.forget(self._catalogue.telling_articles() - index.engine.ids())
        memory = self._catalogue.meta(_LINES)
        self._lines = RepeatedLines.loads(memory) if memory else RepeatedLines()
        self._report = Report()
        self._started = time.monotonic()
        self._catalogue.begin_run()

    def go(self, found: Iterable[Raw | Skipped], prune: Sequence[Path]) -> Report:
        """Index what was found, and do what is left to do at the end."""
        for raws, outcomes in self._workers.build(self._changed(found), self._lines.known):
            read = self._read(raws, outcomes)
            documents = self._assigned([document for _, document in read])
            self._writer.add(documents, self._pages(read))
            for document in documents:
                if document.story:
                    self._report.of(document.record.article.source).copies += 1
            self._commit_now_and_then()
            self._tick()
        self._commit()
        self._make_anew()
        self.correct()
        self._remove(prune)
        self._tick()
        return self._report

    def again(self, batches: Iterable[list[Record]], pages: Mapping[str, Page]) -> Report:
        """Index the articles of records, the facets of which are found anew."""
        articles = ([record.article for record in batch] for batch in batches)
        for _, outcomes in self._workers.rebuild(articles):
            for failed in (one for one in outcomes if isinstance(one, Skipped)):
                self._report.skip(failed)
            documents = [one for one in outcomes if isinstance(one, Document)]
            ids = [document.record.article.id for document in documents]
            self._writer.add(self._assigned(documents), [pages[id] for id in ids if id in pages])
            for document in documents:
                self._lines.see(document.record.article)
            self._report.indexed += len(documents)
            self._commit_now_and_then()
        self._commit()
        return self.correct()

    def give_meaning(self) -> Report:
        """Give the articles that have none a vector of the whole model, newest first."""
        waiting = self._index.engine.vectorless(DIMENSIONS)
        self._report.expected = len(waiting)
        self._writer.commit()  # the meaning stays, should nothing else
        self._tick()
        batches = (
            self._index.engine.records(waiting[start : start + _SLOW_BATCH])
            for start in range(0, len(waiting), _SLOW_BATCH)
        )
        for _, outcomes in self._until_ended(self._workers.revise(batches)):
            documents = [one for one in outcomes if isinstance(one, Document)]
            self._writer.revise(self._stories.assign(documents))
            self._report.indexed += sum(bool(document.vectors[-1]) for document in documents)
            if self._writer.waiting >= self._commit_every:
                self._writer.commit()
            self._tick()
        self._writer.commit()
        self._tick()
        return self._report

    def _until_ended(self, batches: Iterator[T]) -> Iterator[T]:
        """The batches until somebody ends the run while it waits for the next one.

        An end in the midst of writing a batch is none: what is half written is not committed.
        """
        try:
            yield from batches
        except KeyboardInterrupt:
            self._report.ended_early = True

    def correct(self) -> Report:
        """Make the articles anew whose people are others now: as corrected, as merged."""
        before = Corrections.parse(self._catalogue.meta(_CORRECTIONS) or "", "the index")
        changed = self._corrections.changed(before)
        changed |= self._people.merge()
        if changed:
            concerned = {
                one.article
                for facet in (PEOPLE, HIDDEN)
                for id in changed
                for one in self._catalogue.sightings(facet, id)
            }
            self._report.corrected = len(concerned)
            self._catalogue.mark_stale(concerned)
            self._catalogue.await_names(PEOPLE, changed)
        self._remember(_CORRECTIONS, "\n".join(self._corrections.lines))
        self._commit()
        self._make_anew()
        while self._people.name():
            self._writer.commit()
        self._tick()
        return self._report

    def _changed(self, found: Iterable[Raw | Skipped]) -> Iterator[list[Raw]]:
        """The raw pages that are new or changed, in batches; the others are counted."""
        waiting: list[Raw] = []
        remaining = iter(found)
        while some := list(islice(remaining, BATCH)):
            waiting += self._unknown(some)
            while len(waiting) >= BATCH:
                yield waiting[:BATCH]
                del waiting[:BATCH]
        if waiting:
            yield waiting

    def _unknown(self, found: Sequence[Raw | Skipped]) -> Iterator[Raw]:
        digests = {id(one): one.digest for one in found if isinstance(one, Raw)}
        known = self._catalogue.known_pages(digests.values())
        unchanged: list[Page] = []
        for one in found:
            if isinstance(one, Skipped):
                self._report.skip(one)
                continue
            page = known.get(digests[id(one)])
            if page is None or page.version != self._versions.of(one.format):
                yield one
            else:
                unchanged.append(page)
                self._report.unchanged += 1
        self._catalogue.meet(unchanged, read=False)
        self._tick()

    def _read(self, raws: Sequence[Raw], outcomes: Sequence[Outcome]) -> list[tuple[Raw, Document]]:
        """The pages that became documents, counted; the others are told."""
        read = []
        for raw, outcome in zip(raws, outcomes, strict=True):
            if isinstance(outcome, Skipped):
                self._report.skip(outcome)
                continue
            article = outcome.record.article
            self._report.indexed += 1
            self._report.of(article.source).count(article, _encoding(raw))
            self._lines.see(article)
            read.append((raw, outcome))
        return read

    def _pages(self, read: Sequence[tuple[Raw, Document]]) -> list[Page]:
        """The pages as they are noted; says where one takes the place of another."""
        pages = []
        containers = self._catalogue.met([document.record.article.id for _, document in read])
        for raw, document in read:
            id = document.record.article.id
            if other := containers.get(id):
                why = f"It has the same id, {id!r}, as {raw.origin}, which took its place."
                self._report.warnings.append(Skipped(other, why))
            containers[id] = raw.container
            pages.append(Page(raw.digest, id, raw.container, self._versions.of(raw.format)))
        self._catalogue.meet(pages, read=True)
        return pages

    def _assigned(self, documents: Sequence[Document], *, again: bool = False) -> list[Document]:
        """The documents with their stories, the people whom they mean and the events they tell."""
        known = self._people.assign(self._stories.assign(documents), again=again)
        return self._events.assign(known)

    def _commit_now_and_then(self) -> None:
        if self._writer.waiting >= self._commit_every:
            self._commit()

    def _commit(self) -> None:
        """Commit what was written, with what a later run must know to go on from there."""
        self._writer.commit(self._note)

    def _note(self) -> None:
        self._people.keep()
        self._catalogue.mark_stale(self._lines.affected)
        self._lines.affected.clear()
        if self._writer.waiting:
            self._remember(_LINES, self._lines.dumps())
            self._remember(_VERSIONS, self._versions.dumps())

    def _remember(self, key: str, value: str) -> None:
        if self._catalogue.meta(key) != value:
            self._catalogue.remember(key, value)

    def _make_anew(self) -> None:
        """Make the articles anew that wait for it: their lines are known to be repeated, their
        people to be others. Kept in the index, the list outlives a run that is killed."""
        for _, outcomes in self._workers.rebuild(self._stale()):
            self._report.warnings += (one for one in outcomes if isinstance(one, Skipped))
            documents = [one for one in outcomes if isinstance(one, Document)]
            self._writer.renew(self._assigned(documents, again=True))
            self._commit_now_and_then()
        self._commit()

    def _stale(self) -> Iterator[list[Article]]:
        """The articles to be made anew, without lines that are known to be repeated by now."""
        last = ""
        while wanted := self._catalogue.stale(last, BATCH):
            last = wanted[-1]
            records = self._index.engine.records(wanted)
            self._catalogue.forget_stale(set(wanted) - {one.article.id for one in records})
            articles = [without(record.article, self._lines.known) for record in records]
            for record, article in zip(records, articles, strict=True):
                taken = article.removed[len(record.article.removed) :]
                why = [piece.why for piece in taken]
                self._report.of(article.source).removed_lines.update(why)
            yield articles

    def _remove(self, prune: Sequence[Path]) -> None:
        """Remove the articles of files under these paths that are no longer there."""
        gone = self._titles(self._vanished(prune)) if prune else {}
        if gone:
            self._stories.forget(gone)
            self._events.forget(gone)
            self._writer.remove(gone)
            self._writer.commit()
        self._report.removed = len(gone)

    def _vanished(self, paths: Sequence[Path]) -> set[str]:
        """The articles of files under ``paths`` that the run has not met.

        A file that is there and can't be read now has not vanished, nor has what lay under a path
        that is not there itself: it may only be unmounted.
        """
        roots = [from_root(path) for path in paths if path.exists()]
        unread = {from_root(Path(skipped.origin)) for skipped in self._report.skipped}
        return {
            page.article
            for page in self._catalogue.unmet_pages()
            if (container := from_root(Path(page.container))) not in unread
            and any(container.is_relative_to(root) for root in roots)
        }

    def _titles(self, articles: Iterable[str]) -> dict[str, str]:
        """The articles with their titles; one whose record is lost has none."""
        ids = sorted(articles)
        titles = dict.fromkeys(ids, "")
        for start in range(0, len(ids), BATCH):
            for record in self._index.engine.records(ids[start : start + BATCH]):
                titles[record.article.id] = record.article.title
        return titles

    def _tick(self) -> None:
        self._report.seconds = time.monotonic() - self._started
        self._progress(self._report)


def _encoding(raw: Raw) -> str:
    """The encoding that a page was read in; an archived one may have been told it on the way."""
    try:
        return encoding(raw)
    except SourceError:
        return "as declared"
