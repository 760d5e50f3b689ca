"""The ``rasad`` command: wires the parts together and speaks with the person at the keyboard."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from indexer.catalogue import Name
from indexer.config import settings
from indexer.errors import EngineError, IndexLocked, IndexMissing, RasadError, SourceError
from indexer.facets.ner.camel import Camel
from indexer.index import Index, writable
from indexer.indexing.report import SourceReport
from indexer.indexing.run import (
    Reading,
    Report,
    correct_profiles,
    fingerprint,
    index_found,
    index_pages,
)
from indexer.model import Article, Filter, Record, SearchRequest
from indexer.schema import CAMEL, EXTRACTED, FACET_IDS, LEMMAS, RASAD
from indexer.search.entity_lookup import (
    add_correction,
    corrections_file,
    known,
    matching,
    read_corrections,
)
from indexer.search.service import SearchPage, SearchService
from indexer.sources import Raw, Skipped, read, walk
from indexer.sources import fetch as fetching
from indexer.sources.fetch import Stamp
from indexer.sources.watch import Watch
from indexer.text import default_analyzer
from indexer.text.user_lexicon import build_user_lexicon

_PATHS = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…"
)
_INDEX = click.option(
    "--index", "folder", type=click.Path(path_type=Path), help="The index's folder [var/index]."
)
_NER = click.option(
    "--ner",
    type=click.Choice(["rules", "camel"]),
    default="rules",
    help="Who finds names: Rasad's rules and model, or CAMeL Tools as well [rules].",
)
_LEMMAS = click.option(
    "--lemmas",
    type=click.Choice(LEMMAS),
    help="Who gives the lemmas, Rasad or CAMeL Tools [rasad]; an index keeps those it has.",
)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN_SOURCES = 25  # of a report's table, and rules of each
_SHOWN_RULES = 4
_SCHEMES = (("http:",), ("https:",))  # the first part of a path that is an address
_DATE = click.DateTime(["%Y-%m-%d"])


def main() -> None:
    """Run the command; what Rasad itself reports is one line on standard error and exit code 1."""
    try:
        rasad()
    except RasadError as error:
        click.echo(f"rasad: {error}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rasad")
def rasad() -> None:
    """Search Arabic diplomatic news: index pages, filter by people, countries, topics."""


@rasad.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@_INDEX
@click.option("--sample", is_flag=True, help="Index the five sample pages that come with Rasad.")
@click.option("--engine", help="whoosh or tantivy [whoosh]; an index keeps the one it has.")
@click.option("--rebuild", is_flag=True, help="Make the index anew from PATH alone.")
@click.option("--prune", is_flag=True, help="Remove articles whose page under PATH is gone.")
@click.option("--profiles", type=_FILE, help="Corrections of people [profiles.tsv in the index].")
@_NER
@_LEMMAS
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes [one a core].")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def index(
    paths: tuple[Path, ...],
    folder: Path | None,
    sample: bool,
    engine: str | None,
    rebuild: bool,
    prune: bool,
    profiles: Path | None,
    ner: str,
    lemmas: str | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Index the pages under PATH…; an index that is there is brought up to date.

    Folders are walked; files are known by their endings, see the README.
    """
    if sample:
        paths = (*paths, _seeds())
    if not paths:
        raise click.UsageError("Name a folder or file to index, or --sample.")
    if addresses := [path for path in paths if path.parts[:1] in _SCHEMES]:
        raise click.UsageError(f"{addresses[0]} is an address; «rasad fetch URL» fetches one.")
    chosen = settings()
    target = folder or chosen.index
    corrections = read_corrections(corrections_file(target, profiles or chosen.profiles))
    with (
        writable(target, engine or chosen.engine, _lemmas(lemmas), rebuild=rebuild) as opened,
        _progress(paths) as progress,
    ):
        report = index_pages(
            paths,
            opened,
            _reading(ner),
            prune=prune,
            jobs=jobs,
            corrections=corrections,
            progress=progress,
        )
        _tell_skipped(report.skipped)
        if not report.indexed + report.unchanged:  # nothing takes the place of an older index
            raise RasadError("No page that can be indexed was found under the paths given.")
        total = len(opened.engine.ids())
    if as_json:
        from webui.api import schemas

        click.echo(json.dumps(schemas.index_report(report, total), ensure_ascii=False))
    else:
        click.echo(
            f"{report.read} pages read, {report.indexed} indexed, {report.unchanged} unchanged, "
            f"{len(report.skipped)} skipped, {report.removed} removed; "
            f"{total} articles in {target} ({report.seconds:.1f} s, {report.rate:.0f} a second)"
        )
        _show_report(report)


@rasad.command()
@_PATHS
@_INDEX
@click.option("--engine", help="whoosh or tantivy [whoosh]; an index keeps the one it has.")
@click.option("--every", default=5.0, show_default=True, type=click.FloatRange(0.1), metavar="SEC")
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes [one a core].")
def watch(
    paths: tuple[Path, ...], folder: Path | None, engine: str | None, every: float, jobs: int | None
) -> None:
    """Index the pages under PATH…, then those that come or change there, until Ctrl-C.

    A file is read once it has stayed the same between two looks. Articles of files that go stay;
    «rasad index --prune» removes them.
    """
    chosen = settings()
    target = folder or chosen.index
    corrections = read_corrections(corrections_file(target, chosen.profiles))
    watched = Watch(paths)
    changed = list(paths)

    def brought_up_to_date() -> bool:
        try:
            with writable(target, engine or chosen.engine, _lemmas()) as opened:
                report = index_pages(
                    changed, opened, _reading(), jobs=jobs, corrections=corrections
                )
        except IndexLocked as error:
            click.echo(f"waiting: {error}", err=True)
            return False
        _tell_skipped(report.skipped)
        click.echo(
            f"{datetime.now():%H:%M:%S} {report.indexed} indexed, "
            f"{report.unchanged} unchanged, {len(report.skipped)} skipped"
        )
        return True

    try:
        while True:
            done = not changed or brought_up_to_date()
            time.sleep(every)
            if done:
                changed = watched.changes()
    except KeyboardInterrupt:
        click.echo("stopped; the index is whole", err=True)


@rasad.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@_INDEX
@click.option("--engine", help="whoosh or tantivy [whoosh]; an index keeps the one it has.")
@click.option(
    "--allow-private", is_flag=True, help="Also fetch from addresses of your own network."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def fetch(
    urls: tuple[str, ...],
    folder: Path | None,
    engine: str | None,
    allow_private: bool,
    as_json: bool,
) -> None:
    """Fetch the feed or page at each URL once and index it; unchanged ones are passed over."""
    chosen = settings()
    target = folder or chosen.index
    corrections = read_corrections(corrections_file(target, chosen.profiles))
    with writable(target, engine or chosen.engine, _lemmas()) as opened:
        stamps: dict[str, Stamp] = {}

        def found() -> Iterator[Raw | Skipped]:
            for url in urls:
                stamp = Stamp.loads(opened.catalogue.meta(f"fetched {url}"))
                try:
                    fetched = fetching.fetch(url, stamp, allow_private=allow_private)
                except SourceError as error:
                    yield Skipped(url, str(error))
                    continue
                stamps[url] = fetched.stamp
                if fetched.payload is None:
                    click.echo(f"{url} has not changed", err=True)
                else:
                    yield from fetching.pages(fetched)

        report = index_found(found(), opened, _reading(), corrections=corrections)
        for url, stamp in stamps.items():
            opened.catalogue.remember(f"fetched {url}", stamp.dumps())
        total = len(opened.engine.ids())
    _tell_skipped(report.skipped)
    if as_json:
        from webui.api import schemas

        click.echo(json.dumps(schemas.index_report(report, total), ensure_ascii=False))
    else:
        click.echo(f"{report.indexed} indexed, {report.unchanged} unchanged; {total} articles")
    if not stamps:
        raise RasadError("None of the addresses could be fetched.")


@rasad.command()
@click.argument("query")
@_INDEX
@click.option("--people", multiple=True, metavar="ID", help="Only with this person; repeatable.")
@click.option("--countries", multiple=True, metavar="ID", help="Only with this country.")
@click.option("--organisations", multiple=True, metavar="ID", help="Only with this organisation.")
@click.option("--topics", multiple=True, metavar="ID", help="Only on this topic.")
@click.option("--sources", multiple=True, metavar="ID", help="Only from this source.")
@click.option(
    "--any",
    "any_of",
    multiple=True,
    type=click.Choice(EXTRACTED),
    help="Any of the values given of this facet, not all of them; repeatable.",
)
@click.option("--from", "start", type=_DATE, help="Dated on this day or later.")
@click.option("--to", "end", type=_DATE, help="Dated on this day or earlier.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option("--copies", is_flag=True, help="Show every copy of a story, not one for all.")
@click.option("--full", is_flag=True, help="Only articles that hold all of the query.")
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--size", type=click.IntRange(1, 100), default=10)
@click.option("--json", "as_json", is_flag=True, help="Print the answer of /api/v1/search.")
def search(
    query: str,
    folder: Path | None,
    any_of: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    sort: Any,
    copies: bool,
    full: bool,
    page: int,
    size: int,
    as_json: bool,
    **values: tuple[str, ...],
) -> None:
    """Search for QUERY; a leading - before an ID excludes it.

    Of people, countries, organisations and topics an article has all that are given.
    """
    filters = frozenset(
        Filter(facet, id.removeprefix("-"), id.startswith("-"))
        for facet, ids in values.items()
        for id in ids
    )
    request = SearchRequest(
        query,
        filters,
        start.date() if start else None,
        end.date() if end else None,
        sort,
        page,
        size,
        copies,
        full,
        frozenset(any_of),
    )
    with _service(folder) as service:
        found = service.page(request)
        if as_json:
            from webui.api.schemas import search_page

            click.echo(json.dumps(search_page(found), ensure_ascii=False))
        else:
            _show(found)


@rasad.command()
@_PATHS
@_NER
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def inspect(paths: tuple[Path, ...], ner: str, as_json: bool) -> None:
    """Show what the indexer reads out of each page under PATH…, and why."""
    from webui.api import schemas

    reader, shown = _reading(ner).reader(), 0
    for article in _articles(paths):
        record = reader.of(article).record
        shown += 1
        if as_json:
            click.echo(json.dumps(schemas.inspected(record), ensure_ascii=False))
        else:
            _show_record(record)
    if not shown:
        sys.exit(1)


@rasad.command()
@click.argument("words", nargs=-1, metavar="[WORD… | -]")
@_LEMMAS
def analyze(words: tuple[str, ...], lemmas: str | None) -> None:
    """Print exact TAB stem TAB lemma for each WORD, or for each line of standard input (-)."""
    chosen = settings()
    analyzer = default_analyzer(chosen.lexicon, lemmas or chosen.lemmas or RASAD)
    for line in _standard_input() if words in ((), ("-",)) else words:
        found = [token.word for token in analyzer.analyze(line)]
        # A line of several words stays one line: the layers of each, apart by spaces.
        layers = ([w.exact for w in found], [w.stem for w in found], [w.lemma for w in found])
        click.echo("\t".join(map(" ".join, layers)))


def _standard_input() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode(errors="replace").rstrip("\r\n")


@rasad.command()
@click.argument("queries", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_INDEX
@click.option("--top", type=click.IntRange(1, 100), default=10, help="Hits a query [10].")
def batch(queries: Path, folder: Path | None, top: int) -> None:
    """Answer QUERIES.jsonl, {"id", "text"} a line, with {"id", "hits": [article ids]} lines."""
    with _service(folder) as service, queries.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                asked = json.loads(line.decode("utf-8-sig"))
                id, text = asked["id"], str(asked["text"])
            except (ValueError, KeyError, TypeError) as error:
                raise RasadError(
                    f'{queries}:{number} is not a query; expected {{"id": …, "text": …}} ({error})'
                ) from error
            hits = service.ranked(text, top)
            click.echo(json.dumps({"id": id, "hits": hits}, ensure_ascii=False))


@rasad.command()
@_INDEX
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(folder: Path | None, host: str, port: int) -> None:
    """Serve the search page and the JSON."""
    from webui.wsgi import run

    run(folder or settings().index, host, port)


@rasad.command()
@_INDEX
@click.option("--json", "as_json", is_flag=True)
def stats(folder: Path | None, as_json: bool) -> None:
    """Say what is in the index."""
    with _service(folder) as service:
        found = service.stats()
    if as_json:
        from webui.api import schemas

        click.echo(json.dumps(schemas.stats(found)))
        return
    click.echo(
        f"{found.stories} stories in {found.articles} articles, "
        f"{found.first or '?'} to {found.last or '?'}"
    )
    click.echo(", ".join(f"{found.distinct[name]} {name}" for name in FACET_IDS))
    click.echo(f"engine {found.engine}")


@rasad.command()
@_INDEX
def check(folder: Path | None) -> None:
    """Say whether the index is whole: counts, versions, damage."""
    complaints = _complaints(folder or settings().index)
    for complaint in complaints:
        click.echo(f"damaged: {complaint}", err=True)
    if complaints:
        sys.exit(1)
    click.echo("whole")


def _complaints(folder: Path) -> list[str]:
    """Say what is in an index; returns what is wrong with it. Raises ``IndexMissing``."""
    try:
        opened = Index.open(folder)
    except IndexMissing:
        raise
    except EngineError as error:
        return [str(error)]
    try:
        complaints = opened.complaints()
        with suppress(EngineError):  # it is among the complaints
            articles, engine = len(opened.engine.ids()), opened.engine.name
            click.echo(f"{articles} articles, engine {engine}, lemmas of {opened.lemmas}")
            analysis = opened.catalogue.meta("analysis") or ""
            if not analysis.startswith(fingerprint(settings().lexicon, settings().topics)):
                click.echo(
                    "analysed by another version of Rasad; «rasad index» reads its pages anew"
                )
    finally:
        opened.close()
    return complaints


def _seeds() -> Path:
    """The sample pages: in the wheel inside this package, in the repository beside it."""
    here = Path(__file__).parents[1]
    inside = here / "seeds"
    return inside if inside.is_dir() else here.parent / "seeds"


@rasad.group()
def people() -> None:
    """The people in the index; put right who is who."""


@people.command("list")
@_INDEX
@click.option("--limit", type=click.IntRange(1), default=50, help="How many [50].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_people(folder: Path | None, limit: int, as_json: bool) -> None:
    """The people of most articles: id, articles, name, Latin name."""
    with _opened(folder) as opened:
        _tell_people(opened.catalogue.frequent("people", limit), as_json)


@people.command("find")
@click.argument("text")
@_INDEX
@click.option("--limit", type=click.IntRange(1), default=20, help="How many [20].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def find_people(text: str, folder: Path | None, limit: int, as_json: bool) -> None:
    """People by a name in either script, in any usual spelling, or by id."""
    with _opened(folder) as opened:
        names = matching(opened.catalogue, text, limit)
    _tell_people(names, as_json)
    if not names:
        sys.exit(1)


@people.command()
@click.argument("kept", metavar="KEPT-ID")
@click.argument("other", metavar="OTHER-ID")
@_INDEX
def merge(kept: str, other: str, folder: Path | None) -> None:
    """OTHER-ID is the same person as KEPT-ID."""
    _correct(folder, "merge", kept, other, people=(kept, other))


@people.command("split")
@click.argument("id", metavar="ID")
@click.argument("other", metavar="NEW-ID")
@click.argument("what", metavar="WHAT")
@_INDEX
def split_person(id: str, other: str, what: str, folder: Path | None) -> None:
    """Where WHAT holds, ID is another person, NEW-ID.

    WHAT: article=ID, role=TEXT, country=XX or name=TEXT.
    """
    _correct(folder, "split", id, other, what, people=(id,))


@people.command("rename")
@click.argument("id", metavar="ID")
@click.argument("name", metavar="NAME")
@click.argument("latin", metavar="[LATIN]", required=False)
@_INDEX
def rename_person(id: str, name: str, latin: str | None, folder: Path | None) -> None:
    """Call the person ID by another name."""
    _correct(folder, "rename", id, name, *([latin] if latin else []), people=(id,))


@people.command()
@click.argument("id", metavar="ID")
@_INDEX
def hide(id: str, folder: Path | None) -> None:
    """ID is nobody: leave it out of all articles."""
    _correct(folder, "hide", id, people=(id,))


def _correct(folder: Path | None, *fields: str, people: tuple[str, ...]) -> None:
    """Write a correction into the file, and read anew the articles that it concerns."""
    chosen = settings()
    target = folder or chosen.index
    path = corrections_file(target, chosen.profiles)
    with _opened(target) as opened:
        for id in people:
            known(opened.catalogue, id)
        corrections = add_correction(path, *fields)
        ner = "camel" if opened.catalogue.meta("camel") else "rules"
        report = correct_profiles(opened, corrections, _reading(ner))
    click.echo(f"{report.corrected} articles read anew; the correction is in {path}")


def _tell_people(names: list[Name], as_json: bool) -> None:
    for name in names:
        if as_json:
            from webui.api import schemas

            click.echo(json.dumps(schemas.frequent(name), ensure_ascii=False))
        else:
            click.echo(f"{name.id}\t{name.articles}\t{name.name}\t{name.name_en}")


@contextmanager
def _opened(folder: Path | None) -> Iterator[Index]:
    opened = Index.open(folder or settings().index)
    try:
        yield opened
    finally:
        opened.close()


@rasad.group()
def lexicon() -> None:
    """A lexicon of your own: the words and names of your archive."""


@lexicon.command("build")
@_PATHS
@click.option("--out", type=click.Path(path_type=Path), default="var/lexicon.bin")
@click.option("--minimum", type=click.IntRange(1), default=3, help="How often a word stands [3].")
def build_lexicon(paths: tuple[Path, ...], out: Path, minimum: int) -> None:
    """Learn the words under PATH… that Rasad's lexicon lacks; RASAD_LEXICON then names the file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    texts = (f"{article.title}\n{article.body}" for article in _articles(paths))
    learnt = build_user_lexicon(texts, out, minimum=minimum)
    click.echo(f"{learnt} words in {out}; use them: export RASAD_LEXICON={out}")


def _reading(ner: str = "rules") -> Reading:
    """How the settings, and the option ``--ner``, say that pages are read."""
    chosen = settings()
    return Reading(chosen.lexicon, _camel(ner), chosen.topics)


def _camel(ner: str) -> Path | bool:
    """Whether CAMeL Tools are asked for names, or the folder of their model; loads it to see."""
    if ner != "camel":
        return False
    model = settings().camel_model
    Camel(model).check()
    return model or True


def _lemmas(asked: str | None = None) -> str | None:
    """Who shall give the lemmas, None for those of the index; loads CAMeL Tools to see."""
    chosen = settings()
    lemmas = asked or chosen.lemmas
    if lemmas == CAMEL:
        default_analyzer(chosen.lexicon, lemmas)
    return lemmas


def _articles(paths: tuple[Path, ...]) -> Iterator[Article]:
    """The articles under paths; pages that can't be read are named and passed over."""
    for found in walk(paths):
        try:
            if isinstance(found, Skipped):
                raise SourceError(found.why)
            article = read(found)
        except SourceError as error:
            _tell_skipped([Skipped(found.origin, str(error))])
            continue
        yield article


@contextmanager
def _service(folder: Path | None) -> Iterator[SearchService]:
    with _opened(folder) as opened:
        yield SearchService(opened, default_analyzer(settings().lexicon, opened.lemmas))


@contextmanager
def _progress(paths: tuple[Path, ...]) -> Iterator[Any]:
    """A bar with rate and time left on a terminal's standard error; nothing elsewhere."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.0f} a second"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("indexing", total=None, rate=0.0)

        def show(report: Report) -> None:
            done = report.indexed + report.unchanged + len(report.skipped)
            bar.update(task, completed=done, rate=report.rate)

        yield show


def _tell_skipped(pages: Iterable[Skipped]) -> None:
    for skipped in pages:
        click.echo(f"skipped {_one_line(skipped.origin)}: {_one_line(skipped.why)}", err=True)


def _show_report(report: Report) -> None:
    """What was read of each source and what was skipped, as tables."""
    if report.sources:
        table = Table("source", box=None, header_style="bold")
        for name in ("articles", "copies"):
            table.add_column(name, justify="right")
        for name in ("dates", "encodings", "removed lines", "skipped"):
            table.add_column(name)
        ordered = sorted(report.sources.items(), key=lambda item: -item[1].articles)
        for source, one in ordered[:_SHOWN_SOURCES]:
            _add_row(table, source or "?", one)
        if len(ordered) > 1:
            _add_row(table, f"all {len(ordered)}", report.whole)
        _console().print(table)
    if report.skipped:
        table = Table("skipped", "why", box=None, header_style="bold")
        for why, count in report.reasons.most_common():
            table.add_row(str(count), Text(_one_line(why)))
        _console().print(table)


def _add_row(table: Table, name: str, one: SourceReport) -> None:
    counters = (one.dates, one.encodings, one.removed_lines, one.skipped)
    counts = (_counts(counter) for counter in counters)
    table.add_row(Text(name), str(one.articles), str(one.copies), *counts)


def _counts(counter: Counter[str]) -> Text:
    return Text(", ".join(f"{name} {count}" for name, count in counter.most_common(_SHOWN_RULES)))


def _console() -> Console:
    """A wide one where the output is no terminal, so that no table is folded in a file."""
    console = Console()
    return console if console.is_terminal else Console(width=200)


def _show_record(record: Record) -> None:
    article = record.article
    click.echo(f"{article.id}: {article.title}")
    known = (article.date, article.date_origin, article.source, article.author, article.url)
    click.echo("  " + " · ".join(str(fact) for fact in known if fact))
    for facet in EXTRACTED:
        for value in record.facets.get(facet, ()):
            rules = ", ".join(sorted({mention.rule for mention in value.mentions}))
            roles = f" [{'; '.join(value.roles)}]" if value.roles else ""
            click.echo(
                f"  {facet}: {value.name} ({value.name_en}) {value.score:g}{roles} ← {rules}"
            )
    for piece in article.removed:
        click.echo(f"  removed ({piece.why}): {_one_line(piece.text)}")


def _show(page: SearchPage) -> None:
    for name in page.unknown:
        click.echo(f"«{name}:» was not understood; what follows it was searched as words.")
    if page.repaired:
        click.echo(f"Read as {page.repaired.q} ({page.repaired.kind}).")
    for code in page.notes:
        click.echo(f"Not all of the query was searched as written: {code}.")
    for taken in page.linked:
        click.echo(f"{taken.text} was also searched as {taken.name.name} ({taken.kind}).")
    if page.relaxed:
        click.echo(f"Nothing matches the whole query; relaxed: {page.relaxed}.")
    if page.suggestion:
        click.echo(f"Did you mean: {page.suggestion}")
    within = f"{page.articles} articles"
    if not page.request.copies:
        within = f"{page.total} stories in {within}"
    click.echo(f"{within} found for {page.parsed or 'everything'} ({page.took_ms:.0f} ms)")
    if 0 < page.total_full < page.total:
        click.echo(f"{page.total_full} of them hold all of the query, the others most of it")
    for result in page.results:
        article = result.record.article
        copies = f"{result.copies} more like it" if result.copies else ""
        facts = [article.id, str(article.date or ""), article.source or "", copies]
        click.echo(f"\n{article.title}\n  {' · '.join(fact for fact in facts if fact)}")
        click.echo(f"  {_one_line(result.snippet.text)}")
        if result.missing:
            click.echo(f"  lacks: {', '.join(result.missing)}")
    table = Table(show_header=False, box=None)
    for name, facet in page.facets.items():
        top = "، ".join(f"{value.name} {value.count}" for value in facet.values[:6])
        if top:
            table.add_row(name, Text(top))  # names are text, brackets and all
    Console().print(table)


def _one_line(text: str) -> str:
    return " ".join(text.split())
