"""What several commands share: their options, how settings and index are opened, pages read."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.commands.printing import tell_changes, tell_skipped, tell_warning
from indexer.config import COMMIT_EVERY, settings
from indexer.errors import SourceError
from indexer.schema import CAMEL, LEMMAS, MEANINGS, RECOGNISERS, RULES

if TYPE_CHECKING:
    from indexer.entities.corrections import Corrections
    from indexer.index import Asked, Index, IndexSettings
    from indexer.model import Article
    from indexer.search.service import SearchService

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

#: A file that has to be there.
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NONE = "none"


class _PathOrNone(click.Path):
    """A path that has to be there, or «none»."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        return value if value == _NONE else super().convert(value, param, ctx)


FILE_OR_NONE = _PathOrNone(exists=True, dir_okay=False, path_type=Path)
FOLDER_OR_NONE = _PathOrNone(exists=True, file_okay=False, path_type=Path)

index_option = click.option(
    "--index", "folder", type=click.Path(path_type=Path), help="The index's folder [var/index]."
)
engine_option = click.option(
    "--engine", help="whoosh or tantivy [whoosh]; an index keeps the one it has."
)
ner_option = click.option(
    "--ner",
    "recogniser",
    type=click.Choice(RECOGNISERS),
    help="Who finds names: Rasad's rules and model, or CAMeL Tools as well [rules].",
)
lemmas_option = click.option(
    "--lemmas",
    type=click.Choice(LEMMAS),
    help="Who gives the lemmas, Rasad or CAMeL Tools [rasad]; an index keeps those it has.",
)
meaning_option = click.option(
    "--meaning",
    type=click.Choice(MEANINGS),
    help="What gives articles their meaning: words, or the whole model, an extra [words].",
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), help="Worker processes [one a core]."
)


commit_every_option = click.option(
    "--commit-every",
    type=click.IntRange(1),
    default=COMMIT_EVERY,
    help=f"Articles between two commits [{COMMIT_EVERY}].",
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
    with opened(folder) as index:
        yield searching(index)


def searching(index: "Index") -> "SearchService":
    """Searches over an open index."""
    from indexer.search.service import SearchService

    return SearchService.over(index, tell_warning)


@dataclass(frozen=True, slots=True)
class Target:
    """An index open for writing, the corrections of its profiles, and what options ask of it."""

    folder: Path
    index: "Index"
    corrections: "Corrections"
    named: "Asked"


@contextmanager
def writing(
    folder: Path | None,
    named: "Asked | None" = None,
    *,
    rebuild: bool = False,
    existing: bool = False,
) -> Iterator[Target]:
    """The index to write to, made where there is none, unless it has to be an ``existing`` one.

    It stays as it was made: what options ask for by name is changed and said aloud, but settings of
    the environment that ask for something else are a conflict. Raises what
    ``indexer.index.writable`` raises, and ``ConfigError`` where what the index needs is not there.
    """
    from indexer.entities.contradictions import contradictions
    from indexer.entities.profiles_file import read_corrections
    from indexer.index import Index, refuse, remembered, writable

    target = chosen_folder(folder)
    before = remembered(target)
    if existing and before is None:
        Index.open(target).close()  # says what is wrong
    named = _with_model(named or {})
    wanted = environment((before or defaults()).changed(named))
    if before and not rebuild:
        refuse(target, before, wanted, named)
    ready((before or defaults()).changed(wanted).changed(named))
    with writable(target, wanted, named, rebuild=rebuild) as index:
        if before:
            tell_changes(before.differences(named))
        # While an index is made anew, the corrections are those of the old one.
        profiles = index.settings.changed(named).profiles_in(target)
        corrections = read_corrections(profiles)
        for one, other in contradictions(corrections.entries):
            tell_warning(f"{profiles}: {one.told()} contradicts {other.told()}.")
        yield Target(target, index, corrections, named)


def _with_model(named: "Asked") -> "Asked":
    """What is named, with the model of the recogniser that is named."""
    if "recogniser" not in named:
        return named
    model = settings().camel_model if named["recogniser"] == CAMEL else None
    return {**named, "camel_model": model}


def asked(options: Mapping[str, Any]) -> "Asked":
    """What options ask of an index by name; those that are not given ask for nothing."""
    given = {name: value for name, value in options.items() if value is not None}
    named: Asked = {}
    for name, value in given.items():
        none = isinstance(value, str) and value == _NONE and name not in ("engine", "lemmas")
        named[name] = None if none else value  # type: ignore[literal-required]
    return named


def defaults() -> "IndexSettings":
    """How an index is made that nothing is asked of."""
    from indexer.index import IndexSettings

    return IndexSettings()


def environment(made: "IndexSettings") -> "Asked":
    """What settings of the environment ask of an index; of a model only where one is used."""
    from indexer.index import Asked

    chosen = settings()
    asked = Asked()
    if chosen.engine:
        asked["engine"] = chosen.engine
    if chosen.lemmas:
        asked["lemmas"] = chosen.lemmas
    if chosen.meaning:
        asked["meaning"] = chosen.meaning
    if chosen.topics:
        asked["topics"] = chosen.topics
    if chosen.lexicon:
        asked["lexicon"] = chosen.lexicon
    if chosen.profiles:
        asked["profiles"] = chosen.profiles
    if chosen.camel_model and made.recogniser == CAMEL:
        asked["camel_model"] = chosen.camel_model
    return asked


def inspecting(recogniser: str | None) -> "IndexSettings":
    """How pages are read where no index says it: as settings and option say."""
    from indexer.index import Asked

    made = defaults().changed(Asked(recogniser=recogniser or RULES))
    asked = environment(made)
    asked.pop("profiles", None)
    asked.pop("meaning", None)  # it shows in nothing that is inspected
    made = made.changed(asked)
    ready(made)
    return made


def ready(made: "IndexSettings") -> None:
    """Load what reads pages so, and say what people should know of it.

    Raises ``RasadError`` where something is not there or can't be read.
    """
    from indexer.indexing.documents import document_builder

    made.check("lexicon", "topics", "profiles")
    if made.recogniser == CAMEL:
        from indexer.facets.ner.camel import Camel

        Camel(made.camel_model).check()
    for warning in document_builder(made).warnings:
        tell_warning(warning)


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
