"""What several commands share: their options, how settings and index are opened, pages read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.commands.printing import tell_skipped
from indexer.config import settings
from indexer.errors import SourceError
from indexer.schema import CAMEL, LEMMAS, RECOGNISERS, RULES

if TYPE_CHECKING:
    from indexer.entities.corrections import Corrections
    from indexer.index import Index
    from indexer.indexing.run import Reading
    from indexer.model import Article
    from indexer.search.service import SearchService

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

#: A file that has to be there.
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

index_option = click.option(
    "--index", "folder", type=click.Path(path_type=Path), help="The index's folder [var/index]."
)
engine_option = click.option(
    "--engine", help="whoosh or tantivy [whoosh]; an index keeps the one it has."
)
ner_option = click.option(
    "--ner",
    type=click.Choice(RECOGNISERS),
    default=RULES,
    help="Who finds names: Rasad's rules and model, or CAMeL Tools as well [rules].",
)
lemmas_option = click.option(
    "--lemmas",
    type=click.Choice(LEMMAS),
    help="Who gives the lemmas, Rasad or CAMeL Tools [rasad]; an index keeps those it has.",
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), help="Worker processes [one a core]."
)


def paths_argument(*, required: bool = True) -> Option:
    """PATH…, the folders and files to read."""
    path = click.Path(path_type=Path)
    return click.argument("paths", nargs=-1, required=required, type=path, metavar="PATH…")


def json_option(help: str | None = None) -> Option:
    """``--json``, the switch ``as_json``; ``help`` says what is printed then."""
    return click.option("--json", "as_json", is_flag=True, help=help)


def limit_option(default: int) -> Option:
    """``--limit``, how many are listed at most."""
    help = f"How many [{default}]."
    return click.option("--limit", type=click.IntRange(1), default=default, help=help)


def chosen_folder(folder: Path | None) -> Path:
    """The index's folder: the option's, else the setting's."""
    return folder or settings().index


@contextmanager
def opened(folder: Path | None) -> Iterator["Index"]:
    """The index that is there, to read; raises ``IndexMissing``."""
    from indexer.index import Index

    index = Index.open(chosen_folder(folder))
    try:
        yield index
    finally:
        index.close()


@contextmanager
def service(folder: Path | None) -> Iterator["SearchService"]:
    """Searches over the index that is there; raises ``IndexMissing``."""
    from indexer.search.service import SearchService
    from indexer.text import default_analyzer

    with opened(folder) as index:
        yield SearchService(index, default_analyzer(settings().lexicon, index.lemmas))


@dataclass(frozen=True, slots=True)
class Target:
    """An index open for writing, how its pages are read, and the corrections of its profiles."""

    folder: Path
    index: "Index"
    reading: "Reading"
    corrections: "Corrections"


@contextmanager
def writing(
    folder: Path | None,
    engine: str | None = None,
    *,
    lemmas: str | None = None,
    ner: str = RULES,
    profiles: Path | None = None,
    rebuild: bool = False,
) -> Iterator[Target]:
    """The index to write to, made where there is none; options come before the settings.

    What ``indexer.index.writable`` promises and raises holds here as well.
    """
    from indexer.index import writable
    from indexer.search.entity_lookup import corrections_file, read_corrections

    chosen = settings()
    target = folder or chosen.index
    corrections = read_corrections(corrections_file(target, profiles or chosen.profiles))
    with writable(target, engine or chosen.engine, _lemmas(lemmas), rebuild=rebuild) as index:
        yield Target(target, index, reading(ner), corrections)


def _lemmas(asked: str | None) -> str | None:
    """Who shall give the lemmas, None for those of the index; loads CAMeL Tools to see."""
    from indexer.text import default_analyzer

    chosen = settings()
    lemmas = asked or chosen.lemmas
    if lemmas == CAMEL:
        default_analyzer(chosen.lexicon, lemmas)
    return lemmas


def reading(ner: str = RULES) -> "Reading":
    """How the settings, and the option ``--ner``, say that pages are read."""
    from indexer.indexing.run import Reading

    chosen = settings()
    return Reading(chosen.lexicon, _camel(ner), chosen.topics)


def _camel(ner: str) -> Path | bool:
    """Whether CAMeL Tools are asked for names, or the folder of their model; loads it to see."""
    if ner != CAMEL:
        return False
    from indexer.facets.ner.camel import Camel

    model = settings().camel_model
    Camel(model).check()
    return model or True


def articles(paths: tuple[Path, ...]) -> Iterator["Article"]:
    """The articles under paths; pages that can't be read are named and passed over."""
    from indexer.sources import Skipped, read, walk

    for found in walk(paths):
        try:
            if isinstance(found, Skipped):
                raise SourceError(found.why)
            article = read(found)
        except SourceError as error:
            tell_skipped([Skipped(found.origin, str(error))])
            continue
        yield article
