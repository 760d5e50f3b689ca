"""The runs that faults are injected into, over an archive of twelve pages, and what they leave."""

import json
import shutil
from collections.abc import Callable, Set
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

import faults
from children import command, forked

from indexer.engines import ENGINES, record_json
from indexer.engines.base import Search
from indexer.entities import resolution
from indexer.errors import EngineError, IndexMissing
from indexer.index import Index, IndexWriter
from indexer.indexing.documents import DocumentBuilder, Outcome
from indexer.model import Article
from indexer.query.ast import Exact
from indexer.sources import Raw

RUNS = ("first", "update", "rebuild", "prune", "merge")
PAGES = 12
TEXT = "استقبل وزير الخارجية السفير رقم {0} في بغداد وبحث معه العلاقات والتعاون رقم {0}."
PEOPLE = (
    "وقال الدكتور ثامر بن ناصر الجبوري إن العمل يسير بصورة جيدة.",
    "وقال الدكتور حامد بن صالح الدليمي إن اللجنة تجتمع غدا.",
)
SLOGAN = "صوت من لا صوت له | هاتف 12345"
State = dict[str, Any]


class Archive:
    """Pages in a folder, an index beside them, and how the runs over them go undisturbed."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._pages = folder / "pages"
        self._kept = folder / "kept"
        self._home = folder / "home"
        self.index = self._home / "index"
        self._engine = engine
        self._warm(folder / "warm")
        self._write_pages("first")
        self._begin(None)
        _undisturbed(self._index_words(), self.index)
        shutil.copytree(self.index, self._kept)
        people = forked(lambda report: report(_people(self.index))).reports[0]
        self._merged = people[:2]

    def _warm(self, folder: Path) -> None:
        """Load and make here what forks would each load and make anew, with an engine that starts
        no threads: forks bear none."""
        for tables in ("CitationForms", "Identity", "ValueLabels"):  # made for each run, of files
            setattr(resolution, tables, cache(getattr(resolution, tables)))
        _remember_documents()
        for run in ("first", "update"):
            self._write_pages(run)
            options = ["--index", str(folder), "--engine", "whoosh", "--jobs", "1"]
            how, said = command(["index", str(self._pages), *options])
            assert how == "done", said
        state(folder)
        looked_at(folder)
        import_module(ENGINES[self._engine][0])

    def words(self, run: str) -> list[str]:
        """The command of a run."""
        if run == "merge":
            return ["people", "merge", *self._merged, "--index", str(self.index)]
        more = {"rebuild": ["--rebuild"], "prune": ["--prune"]}
        return [*self._index_words(), *more.get(run, [])]

    def following(self, run: str) -> list[str]:
        """The command that is given after a run that ended early."""
        corrections = self.index / "profiles.tsv"
        if run == "merge" and corrections.exists():
            return self._index_words()  # it applies what the file says
        return self.words(run)

    def begin(self, run: str) -> None:
        """Bring pages and index to where a run begins."""
        self._write_pages(run)
        self._begin(None if run == "first" else self._kept)

    def left_beside(self) -> list[str]:
        """What stands beside the index and does not belong there."""
        inside = self.index.rglob("*") if self.index.exists() else ()
        litter = [path.name for path in inside if path.suffix in (".part", ".new")]
        return litter + [one.name for one in self._home.iterdir() if one.name != "index"]

    def _index_words(self) -> list[str]:
        options = ["--engine", self._engine, "--jobs", "1", "--commit-every", "5"]
        return ["index", str(self._pages), "--index", str(self.index), *options]

    def _begin(self, index: Path | None) -> None:
        shutil.rmtree(self._home, ignore_errors=True)
        self._home.mkdir()
        if index:
            shutil.copytree(index, self.index)

    def _write_pages(self, run: str) -> None:
        shutil.rmtree(self._pages, ignore_errors=True)
        self._pages.mkdir(parents=True)
        for number in range(PAGES - 3 if run == "prune" else PAGES):
            changed = run in ("update", "rebuild") and number % 3 == 0
            lines = [TEXT.format(number), PEOPLE[number % 2], SLOGAN]
            lines += ["وغادر الوفد بعد الظهر."] if changed else []
            page = {"id": f"{number}", "title": f"خبر {number}", "text": "\n".join(lines)}
            text = json.dumps({**page, "source": "س", "date": f"2021-06-{number + 1:02}"})
            (self._pages / f"{number}.json").write_text(text, "utf-8")


def _remember_documents() -> None:
    """Pages that were read once are not read again, here and in the forks."""
    made: dict[Any, Outcome] = {}
    outcome, again = DocumentBuilder.outcome, DocumentBuilder.again

    def read(self: DocumentBuilder, raw: Raw, lines: Set[int] = frozenset()) -> Outcome:
        key = raw.digest, raw.container, frozenset(lines)
        return made.get(key) or made.setdefault(key, outcome(self, raw, lines))

    def made_anew(self: DocumentBuilder, article: Article) -> Outcome:
        return made.get(article) or made.setdefault(article, again(self, article))

    DocumentBuilder.outcome = read  # type: ignore[method-assign]
    DocumentBuilder.again = made_anew  # type: ignore[method-assign]


def _people(folder: Path) -> list[str]:
    index = Index.open(folder)
    return sorted(id for id, _, _ in index.catalogue.people())


def _undisturbed(words: list[str], folder: Path) -> list[State]:
    """What is in the index before a run and after each of its commits, at last after the run."""

    def work(report: Callable[[Any], None]) -> None:
        report(articles(folder))
        _watch_commits(lambda: report(articles(folder)))
        how, said = command(words)
        assert how == "done", said
        report(state(folder))

    reports = forked(work).reports
    assert "broken" not in reports[-1], reports[-1]["broken"]
    return reports


def undisturbed(archive: Archive, run: str) -> list[State]:
    """What an undisturbed run leaves, commit by commit."""
    archive.begin(run)
    return _undisturbed(archive.words(run), archive.index)


def calls(archive: Archive, run: str, kind: str) -> int:
    """How many calls of a run a kind of fault applies to."""
    archive.begin(run)

    def work(report: Callable[[Any], None]) -> None:
        faults.arm(archive.index, kind, 0)
        how, said = command(archive.words(run))
        report(faults.disarm())
        assert how == "done", said

    return int(forked(work).reports[0])


def _watch_commits(told: Callable[[], None]) -> None:
    """Have something done whenever a commit has been made, in this process."""
    commit = IndexWriter.commit

    def watched(self: IndexWriter, *note: Any) -> None:
        commit(self, *note)
        told()

    IndexWriter.commit = watched  # type: ignore[method-assign]


def disturbed(archive: Archive, run: str, kind: str, number: int) -> Any:
    """A run whose call of this number fails; it reports each commit, and how it ends."""
    archive.begin(run)

    def work(report: Callable[[Any], None]) -> None:
        _watch_commits(lambda: report("commit"))
        faults.arm(archive.index, kind, number)
        how, said = command(archive.words(run))
        faults.disarm()
        report({"how": how, "said": said})

    return forked(work)


def articles(folder: Path) -> State:
    """The articles of an index by id, each by a digest of its record; none where there is none."""
    try:
        index = Index.open(folder)
    except IndexMissing:
        return {}
    try:
        return _articles(index)
    finally:
        index.close()


def _articles(index: Index) -> State:
    ids = sorted(index.engine.ids())
    records = [record_json.dumps(record) for record in index.engine.records(ids)]
    digests = [blake2b(record.encode(), digest_size=8).hexdigest() for record in records]
    return dict(zip(ids, digests, strict=True))


def state(folder: Path) -> State:
    """All that readers can see of an index."""
    index = Index.open(folder)
    try:
        found = index.engine.find(Search())
        word = index.engine.find(Search(Exact(("بغداد",)), limit=PAGES))
        pages = index.catalogue.digests().values()
        return {
            "articles": _articles(index),
            "total": found.total,
            "hits": [hit.id for hit in word.hits],
            "counts": {facet: list(map(list, c.values)) for facet, c in found.counts.items()},
            "pages": sorted([page.article, page.digest] for page in pages),
            "people": sorted([n.id, n.name] for n in index.catalogue.frequent("people", 20)),
            "stale": index.catalogue.stale("", PAGES),
            "complaints": index.complaints(),
        }
    finally:
        index.close()


def looked_at(folder: Path) -> State:
    """What ``rasad check`` says of an index, and its articles as far as they can be read."""
    how, said = command(["check", "--index", str(folder)])
    if not folder.exists() or "There is no index" in said:
        return {"check": "missing", "articles": {}}
    seen: State = {"check": how, "said": said}
    try:
        index = Index.open(folder)
        seen["articles"] = _articles(index)
        seen["total"] = index.engine.find(Search()).total
        index.close()
    except EngineError as error:
        seen["unread"] = str(error)
    return seen
