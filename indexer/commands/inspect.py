"""``rasad inspect`` and ``rasad analyze``: what is read out of a page, and out of a word."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from indexer.commands.options import (
    articles,
    inspecting,
    json_option,
    lemmas_option,
    ner_option,
    paths_argument,
)
from indexer.commands.printing import tell_json, tell_record
from indexer.config import settings
from indexer.schema import RASAD


@click.command()
@paths_argument()
@ner_option
@json_option("One JSON object a line.")
def inspect(paths: tuple[Path, ...], recogniser: str | None, as_json: bool) -> None:
    """Show what the indexer reads out of each page under PATH…, and why."""
    from indexer.indexing.documents import document_builder

    builder, shown = document_builder(inspecting(recogniser)), 0
    for article in articles(paths):
        record = builder.of(article).record
        shown += 1
        if as_json:
            from webui.api import schemas

            tell_json(schemas.inspected(record))
        else:
            tell_record(record)
    if not shown:
        sys.exit(1)


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD… | -]")
@lemmas_option
def analyze(words: tuple[str, ...], lemmas: str | None) -> None:
    """Print exact TAB stem TAB lemma for each WORD, or for each line of standard input (-)."""
    from indexer.text import default_analyzer

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
