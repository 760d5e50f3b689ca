"""The indexing run: files in, one commit out, and a report of what happened.

Pages are read, analysed and searched for names in worker processes; this process writes. At most
a few batches wait in memory, however long the input is.
"""

import gc
import os
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue import Page, Vocabulary
from indexer.entities.corrections import Corrections
from indexer.entities.resolution import HIDDEN, PEOPLE, Profiler
from indexer.errors import SourceError
from indexer.facets.extractor import Extractor, default_extractor
from indexer.index import Index
from indexer.indexing.near_duplicates import Copies, signed
from indexer.indexing.report import Report as Report
from indexer.model import Article, Document, Record, Word
from indexer.schema import RASAD
from indexer.sources import Raw, Skipped, encoding, first_words, read, walk
from indexer.sources.cleaning.repeated_lines import Furniture, without
from indexer.text import Analyzer, default_analyzer
from indexer.text.homographs import habit, told_apart

_BATCH = 64  # pages a worker takes at once
_YOUNG = 50_000  # new objects after which a worker looks for those that nobody needs
_FEW = 32  # pages that take less time than starting workers
_WAITING = 3  # batches a worker may be ahead

Progress = Callable[["Report"], None]


class Reader:
    """Turns one raw page into a document: the way of the data up to the engine."""

    def __init__(
        self, analyzer: Analyzer, extractor: Extractor, searched: Analyzer | None = None
    ) -> None:
        """``searched`` makes the words that are searched, if others than facets are read from."""
        self._analyzer = analyzer
        self._extractor = extractor
        self._searched = searched

    def document(self, raw: Raw) -> Document:
        """Read, analyse and extract; raises ``SourceError``."""
        return self.of(read(raw))

    def of(self, article: Article) -> Document:
        """Analyse and extract an article that was read already."""
        title = self._analyzer.analyze(article.title)
        body = self._analyzer.analyze(article.body)
        facets = self._extractor.extract(article, title, body)
        if self._searched:
            title = self._searched.analyze(article.title)
            body = self._searched.analyze(article.body)
        if _untitled(article):
            title = []
        way = habit(f"{article.title}\n{article.body}")
        return Document(
            Record(article, facets),
            tuple(token.word for token in told_apart(article.title, title, way)),
            tuple(token.word for token in told_apart(article.body, body, way)),
        )


def _untitled(article: Article) -> bool:
    """Whether the title is the beginning of the story, for want of one: no editor chose its words,
    and they would be indexed twice."""
    return bool(article.body) and article.title == first_words(article.body)


@cache
def default_reader(
    lexicon: Path | None = None,
    camel: Path | bool = False,
    topics: Path | None = None,
    lemmas: str = RASAD,
) -> Reader:
    """The reader over the tables that come with Rasad and a lexicon of your own, one a process.

    ``camel`` asks CAMeL's recogniser of names as well, ``topics`` is a folder of your own topics,
    see ``default_extractor``. Whose ``lemmas`` are searched changes no facet: model and topics are
    made for Rasad's own.
    """
    analyzer = default_analyzer(lexicon)
    searched = None if lemmas == RASAD else default_analyzer(lexicon, lemmas)
    return Reader(analyzer, default_extractor(analyzer, camel, topics), searched)


class Reading(NamedTuple):
    """How pages are read: the lexicon, the second opinion on names, the folder of own topics.

    The ``lemmas`` are those of the index that is written, which has the same in all articles.
    """

    lexicon: Path | None = None
    camel: Path | bool = False
    topics: Path | None = None
    lemmas: str = RASAD

    def reader(self) -> Reader:
        """The reader that reads so."""
        return default_reader(*self)

    def fingerprint(self) -> str:
        """A hash of all that decides what is read out of a page."""
        return fingerprint(self.lexicon, self.topics) + (f" {self.camel}" if self.camel else "")


#: With what comes with Rasad alone.
AS_SHIPPED = Reading()


def index_pages(
    paths: Sequence[Path],
    index: Index,
    reading: Reading = AS_SHIPPED,
    *,
    prune: bool = False,
    jobs: int | None = None,
    corrections: Corrections | None = None,
    progress: Progress = lambda report: None,
) -> Report:
    """Bring the index up to date with the pages under ``paths``, in one commit.

    Pages that were indexed with equal content are passed over. With ``prune``, articles that came
    from a file under ``paths`` and are no longer there are removed. A page that can't be read is
    reported and does not stop the run. Where the ``corrections`` of profiles are others than in
    the last run, the articles of these profiles are read anew as well.
    """
    run = _Run(index, reading, corrections or Corrections(), progress)
    return run.go(walk(paths), paths if prune else (), jobs or os.cpu_count() or 1)


def index_found(
    found: Iterable[Raw | Skipped],
    index: Index,
    reading: Reading = AS_SHIPPED,
    *,
    corrections: Corrections | None = None,
) -> Report:
    """Index raw pages that came in another way than by files, in one commit."""
    run = _Run(index, reading, corrections or Corrections(), lambda report: None)
    return run.go(found, (), 1)


def correct_profiles(
    index: Index, corrections: Corrections, reading: Reading = AS_SHIPPED
) -> Report:
    """Read anew only the articles that a change of the corrections concerns, in one commit."""
    return _Run(index, reading, corrections, lambda report: None).correct()


class _Run:
    def __init__(
        self, index: Index, reading: Reading, corrections: Corrections, progress: Progress
    ) -> None:
        self._index = index
        self._reading = reading = reading._replace(lemmas=index.lemmas)
        if reading.lemmas != RASAD:  # what they lack is said here, and workers share what they load
            default_analyzer(reading.lexicon, reading.lemmas)
        self._corrections = corrections
        self._profiler = Profiler(index.catalogue, corrections)
        self._progress = progress
        memory = index.catalogue.meta("furniture")
        self._furniture = Furniture.loads(memory) if memory else Furniture()
        self._report = Report()
        # What another analysis made of a page says nothing about what this one would.
        same = index.catalogue.meta("analysis") == reading.fingerprint()
        self._before = index.catalogue.digests()
        self._known = self._before if same else {}
        self._seen: set[str] = set()  # articles found unchanged
        self._pages: dict[str, Page] = {}  # by article
        self._started = time.monotonic()

    def go(self, found: Iterable[Raw | Skipped], prune: Sequence[Path], jobs: int) -> Report:
        catalogue, engine = self._index.catalogue, self._index.engine
        engine.write(self._counted(self._learnt(self._documents(found, jobs))))
        self._look_again()
        self.correct()
        gone = self._titles(self._vanished(prune))
        if gone:
            engine.write([], remove=gone)
            Copies(catalogue).forget(gone)
        catalogue.replace_pages(self._pages.values(), gone)
        catalogue.remember("analysis", self._reading.fingerprint())
        catalogue.remember("camel", "1" if self._reading.camel else "")
        catalogue.remember("furniture", self._furniture.dumps())
        self._report.removed = len(gone)
        self._tick()
        return self._report

    def _learnt(self, documents: Iterator[Document]) -> Iterator[Document]:
        """The documents; when the last is taken, and before the engine commits, their words."""
        vocabulary = Vocabulary()
        placed = Copies(self._index.catalogue).watch(documents)
        yield from vocabulary.watch(self._profiler.watch(placed))
        self._index.catalogue.learn(vocabulary)
        self._profiler.settle()

    def _look_again(self) -> None:
        """Take furniture out of the pages that were read before it was known to be any."""
        wanted = sorted(self._furniture.affected)
        if wanted:
            documents = self._learnt(self._read_anew(wanted, self._furniture.known))
            self._index.engine.write(documents)
            self._furniture.affected.clear()

    def _counted(self, documents: Iterator[Document]) -> Iterator[Document]:
        """The documents; which of them are copies, is counted."""
        for document in documents:
            if document.story:
                self._report.of(document.record.article.source).copies += 1
            yield document

    def correct(self) -> Report:
        """Read the articles anew whose people are others now: as corrected, as merged."""
        catalogue, engine = self._index.catalogue, self._index.engine
        before = Corrections.parse(catalogue.meta("corrections") or "", "the index")
        changed = self._corrections.changed(before)
        changed |= self._profiler.merge()
        if changed:
            concerned = {
                one.article
                for facet in (PEOPLE, HIDDEN)
                for id in changed
                for one in catalogue.sightings(facet, id)
            }
            wanted = sorted(concerned)
            self._report.corrected = len(wanted)
            engine.write(self._learnt(self._read_anew(wanted)))
            self._profiler.settle(changed)
        catalogue.remember("corrections", "\n".join(self._corrections.lines))
        self._tick()
        return self._report

    def _read_anew(
        self, articles: Sequence[str], furniture: Set[int] = frozenset()
    ) -> Iterator[Document]:
        reader = self._reading.reader()
        for start in range(0, len(articles), _BATCH):
            for record in self._index.engine.records(articles[start : start + _BATCH]):
                article = without(record.article, furniture)
                taken = [piece.why for piece in article.removed[len(record.article.removed) :]]
                self._report.of(article.source).removed_lines.update(taken)
                yield signed(reader.of(article))

    def _documents(self, found: Iterable[Raw | Skipped], jobs: int) -> Iterator[Document]:
        raws = self._changed(found)
        for raw, outcome in _in_workers(raws, jobs, self._reading, self._furniture.known):
            if isinstance(outcome, Skipped):
                self._report.skip(outcome)
            else:
                article = outcome.record.article
                self._tell_clash(article, raw)
                self._report.indexed += 1
                self._report.of(article.source).count(article, _encoding(raw))
                self._furniture.see(article)
                self._pages[article.id] = Page(raw.digest, article.id, raw.container)
                yield outcome
            self._tick()

    def _tell_clash(self, article: Article, raw: Raw) -> None:
        """Say when a page takes the place of another file's article of the same id."""
        other = self._pages.get(article.id)
        if other and other.container != raw.container:
            why = f"It has the same id, {article.id!r}, as {raw.origin}, which took its place."
            self._report.skip(Skipped(other.container, why))

    def _changed(self, found: Iterable[Raw | Skipped]) -> Iterator[Raw]:
        """The raw pages that are new or changed; the others are counted."""
        for one in found:
            if isinstance(one, Skipped):
                self._report.skip(one)
                continue
            self._report.read += 1
            page = self._known.get(one.digest)
            if page is None:
                yield one
            else:
                self._seen.add(page.article)
                self._report.unchanged += 1
                self._tick()

    def _vanished(self, paths: Sequence[Path]) -> set[str]:
        """The articles of files under ``paths`` that are no longer there.

        A file that is there and can't be read now has not vanished, nor has what lay under a path
        that is not there itself: it may only be unmounted.
        """
        roots = [_plain(path) for path in paths if path.exists()]
        here = self._seen | self._pages.keys()
        unread = {_plain(Path(skipped.origin)) for skipped in self._report.skipped}
        return {
            page.article
            for page in self._before.values()
            if page.article not in here
            and _plain(Path(page.container)) not in unread
            and any(_plain(Path(page.container)).is_relative_to(root) for root in roots)
        }

    def _titles(self, articles: Iterable[str]) -> dict[str, str]:
        """The articles with their titles; one whose record is lost has none."""
        ids = sorted(articles)
        titles = dict.fromkeys(ids, "")
        for start in range(0, len(ids), _BATCH):
            for record in self._index.engine.records(ids[start : start + _BATCH]):
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


def _plain(path: Path) -> Path:
    """The path from the root, without «..»; links stay, as walking left them."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (resolve() would follow links)


@cache
def fingerprint(lexicon: Path | None = None, topics: Path | None = None) -> str:
    """A hash of the code and tables that decide what is read out of a page."""
    root = Path(str(files("indexer")))
    state = blake2b(digest_size=16)
    parts = [path for part in ("sources", "text", "facets") for path in (root / part).rglob("*")]
    for path in sorted([root / "copies.py", *parts]):
        if path.is_file() and "__pycache__" not in path.parts:
            state.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    if lexicon:
        state.update(lexicon.read_bytes())
    for path in sorted(topics.glob("*.toml")) if topics else ():
        state.update(f"{path.name}\0".encode() + path.read_bytes())
    return state.hexdigest()


Outcome = Document | Skipped


class _Packed(NamedTuple):
    """Outcomes as they travel from a worker: each word once, documents as numbers of words.

    A tenth of the time that documents take as they are.
    """

    words: list[tuple[str, str, str, bool, str]]
    outcomes: "list[tuple[Record, array[int], array[int], bytes] | Skipped]"

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "_Packed":
        """Pack a batch."""
        numbers: dict[str, int] = {}  # equal exact forms are equal words
        distinct: list[Word] = []

        def numbered(words: Sequence[Word]) -> "array[int]":
            for word in words:
                if word.exact not in numbers:
                    numbers[word.exact] = len(numbers)
                    distinct.append(word)
            return array("I", [numbers[word.exact] for word in words])

        packed = [
            outcome
            if isinstance(outcome, Skipped)
            else (
                outcome.record,
                numbered(outcome.title),
                numbered(outcome.body),
                outcome.signature,
            )
            for outcome in outcomes
        ]
        return cls([(*word,) for word in distinct], packed)

    def unpacked(self) -> Iterator[Outcome]:
        """The batch again."""
        words = list(map(Word._make, self.words))
        for one in self.outcomes:
            if isinstance(one, Skipped):
                yield one
            else:
                record, title, body, signature = one
                yield Document(
                    record,
                    tuple(map(words.__getitem__, title)),
                    tuple(map(words.__getitem__, body)),
                    signature,
                )


def _in_workers(
    raws: Iterator[Raw], jobs: int, reading: Reading, furniture: Set[int]
) -> Iterator[tuple[Raw, Outcome]]:
    """Each raw page with its document or the reason why there is none, in the order of input.

    ``furniture`` grows while pages come; each batch is read with what is known by then.
    """
    batches = iter(lambda: list(islice(raws, _BATCH)), [])
    first = next(batches, [])
    if jobs == 1 or len(first) < _FEW:
        for batch in _chain(first, batches):
            yield from zip(batch, _outcomes(batch, reading, furniture), strict=True)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin_work, initargs=(reading,)) as pool:
        waiting: deque[tuple[list[Raw], Future[_Packed]]] = deque()
        for batch in _chain(first, batches):
            waiting.append((batch, pool.submit(_packed_outcomes, batch, reading, {*furniture})))
            if len(waiting) >= jobs * _WAITING:
                done, packed = waiting.popleft()
                yield from zip(done, packed.result().unpacked(), strict=True)
        for done, packed in waiting:
            yield from zip(done, packed.result().unpacked(), strict=True)


def _begin_work(reading: Reading) -> None:
    """Load the tables of a worker, which Python's collector need not look through ever again."""
    reading.reader()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _chain(first: list[Raw], others: Iterable[list[Raw]]) -> Iterator[list[Raw]]:
    yield first
    yield from others


def _outcomes(batch: Sequence[Raw], reading: Reading, furniture: Set[int]) -> Iterator[Outcome]:
    return (_outcome(raw, reading, furniture) for raw in batch)


def _packed_outcomes(batch: Sequence[Raw], reading: Reading, furniture: Set[int]) -> _Packed:
    return _Packed.of(_outcomes(batch, reading, furniture))


def _outcome(raw: Raw, reading: Reading, furniture: Set[int]) -> Outcome:
    try:
        article = without(read(raw), furniture)
    except SourceError as error:
        return Skipped(raw.origin, str(error), error.source)
    return signed(reading.reader().of(article))
