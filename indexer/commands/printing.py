"""What commands print: progress, reports, articles and pages of results, one line a thing."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from indexer.schema import EXTRACTED, MODEL, facet_field

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from indexer.index import Index
    from indexer.indexing.report import Report, SourceReport
    from indexer.model import Record
    from indexer.search.results import SearchPage
    from indexer.sources import Skipped

_SHOWN_SOURCES = 25  # of a report's table, and rules of each
_SHOWN_RULES = 4
#: What a setting that is changed brings with it.
_ANEW = "; pages are read anew"
#: What a search did with a query, for people.
_REPAIRED = {
    "keyboard": "as if typed with another keyboard layout",
    "arabizi": "as Arabic in Latin letters",
}
_NOTES = {
    "too-long": "The query has more than 64 words; the rest were ignored.",
    "too-deep": "Brackets nested too deeply were ignored.",
    "too-many-patterns": "Only the first 4 words with * or ? inside them were searched.",
    "too-many-signs": "Too many phrases or words with ~ or *; the last ones were plain words.",
    "hosts-only": "inurl: finds sources by host name; the rest of the address is not searched.",
    "no-vectors": "This index cannot search by meaning yet; `rasad index` adds what it needs.",
}
_RELAXED = {
    "no-phrase": "these match it without its quotation marks and =",
    "no-fields": "these match it without its places and names",
    "any-word": "these contain some of its words",
    "related": "these contain related words",
}
_LINKED = {"organisation": "an organisation", "demonym": "a nationality"}
_THEN = {"profiles": "; articles of other people are read anew", "meaning": ""}


def tell_json(data: Any) -> None:
    """Print data as one line of JSON, Arabic as it is."""
    click.echo(json.dumps(data, ensure_ascii=False))


def tell_changes(changes: Mapping[str, tuple[str, str]]) -> None:
    """What of an index is made otherwise from now on: setting → how it was, how it is."""
    for name, (was, now) in changes.items():
        click.echo(f"changed: {name} {now}, before {was}{_THEN.get(name, _ANEW)}", err=True)


def tell_warning(warning: str) -> None:
    """What people should know and can go on without, on standard error."""
    click.echo(f"warning: {warning}", err=True)


def tell_waiting(index: "Index") -> None:
    """How many articles of an index with the whole model have no vector of it yet, if any."""
    from indexer.meaning.whole_model import DIMENSIONS
    from indexer.meaning.word_encoder import word_encoder

    if index.settings.meaning != MODEL:
        return
    hopeless = index.engine.vectorless(word_encoder().dimensions)
    if waiting := len(set(index.engine.vectorless(DIMENSIONS)).difference(hopeless)):
        click.echo(
            f"{counted(waiting, 'article has', 'articles have')} no vector of the whole model yet; "
            "until «rasad meaning build» has made them, those of words are used",
            err=True,
        )


def tell_skipped(pages: Iterable["Skipped"]) -> None:
    """Name each page that was skipped, and why, on standard error."""
    for skipped in pages:
        click.echo(f"skipped {one_line(skipped.origin)}: {one_line(skipped.why)}", err=True)


def tell_notes(report: "Report") -> None:
    """Name what a run skipped, and what else is to be known of pages, on standard error."""
    tell_skipped(report.skipped)
    for one in report.warnings:
        tell_warning(f"{one_line(one.origin)}: {one_line(one.why)}")


def counted(count: int, one: str, many: str = "") -> str:
    """A number with what it counts.

    >>> counted(1, "story", "stories"), counted(1200, "article")
    ('1 story', '1,200 articles')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def one_line(text: str) -> str:
    """The text with each run of blanks and line ends as one blank.

    >>> one_line("two   words")
    'two words'
    """
    return " ".join(text.split())


@contextmanager
def progress(what: str = "indexing") -> Iterator[Callable[["Report"], None]]:
    """A bar with rate and time left on a terminal's standard error; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} a second"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=None, rate=0.0)

        def show(report: "Report") -> None:
            bar.update(task, completed=report.read, total=report.expected, rate=report.rate)

        yield show


def tell_report(report: "Report") -> None:
    """What was read of each source and what was skipped, as tables."""
    from rich.table import Table
    from rich.text import Text

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
            table.add_row(str(count), Text(one_line(why)))
        _console().print(table)


def _add_row(table: "Table", name: str, one: "SourceReport") -> None:
    from rich.text import Text

    counters = (one.dates, one.encodings, one.removed_lines, one.skipped)
    counts = (_counts(counter) for counter in counters)
    table.add_row(Text(name), str(one.articles), str(one.copies), *counts)


def _counts(counter: Counter[str]) -> "Text":
    from rich.text import Text

    return Text(", ".join(f"{name} {count}" for name, count in counter.most_common(_SHOWN_RULES)))


def _console() -> "Console":
    """A wide one where the output is no terminal, so that no table is folded in a file."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=200)


def tell_record(record: "Record") -> None:
    """What was read out of a page, and by which rules."""
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
        click.echo(f"  removed ({piece.why}): {one_line(piece.text)}")


def tell_page(page: "SearchPage") -> None:
    """How the query was read, the results, and the first values of each facet."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    for name in page.unknown:
        click.echo(f"«{name}:» was not understood; what follows it was searched as words.")
    if page.repaired:
        click.echo(f"Read {_REPAIRED[page.repaired.kind]}: {page.repaired.q}")
    for code in page.notes:
        click.echo(_NOTES[code])
    for taken in page.linked:
        kind = _LINKED.get(taken.kind, f"a {taken.kind}")
        click.echo(f"{taken.text} was also searched as {taken.name.name}, {kind}.")
    for one in page.near.words if page.near else ():
        click.echo(f"{one.text} was also searched near {'، '.join(one.words)}.")
    near = page.near.total if page.near else 0
    if page.relaxed:
        click.echo(f"No article matches the whole query; {_RELAXED[page.relaxed]}.")
    if page.suggestion:
        click.echo(f"Did you mean: {page.suggestion}")
    within = counted(page.articles, "article")
    if not page.request.copies:
        within = f"{counted(page.total, 'story', 'stories')} in {within}"
    click.echo(f"{within} found for {page.parsed or 'everything'} ({page.took_ms:.0f} ms)")
    if 0 < page.total_full < page.total:
        others = "the others" if not near else "others"
        rest = f", {others} most of it" if page.total_full + near < page.total else ""
        verb = "contains" if page.total_full == 1 else "contain"
        click.echo(f"{page.total_full} of them {verb} the whole query{rest}")
    if page.near and near:
        click.echo(f"found by meaning: {near} of them (similarity {page.near.floor:g} or more)")
    for result in page.results:
        article = result.record.article
        copies = counted(result.copies, "other copy", "other copies") if result.copies else ""
        by = "(by meaning)" if result.by == "meaning" else ""
        facts = [article.id, str(article.date or ""), article.source or "", copies, by]
        click.echo(f"\n{article.title}\n  {' · '.join(fact for fact in facts if fact)}")
        click.echo(f"  {one_line(result.snippet.text)}")
        if result.missing:
            click.echo(f"  missing: {', '.join(result.missing)}")
    table = Table(show_header=False, box=None)
    for name, facet in page.facets.items():
        top = "، ".join(f"{value.name} {value.count}" for value in facet.values[:6])
        if top:
            table.add_row(facet_field(name).label, Text(top))  # names are text, brackets and all
    Console().print(table)
