"""``rasad search`` and ``rasad batch``: one query for a person, many for a program."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from indexer.commands.options import FILE, index_option, json_option, service
from indexer.commands.printing import tell_json, tell_page
from indexer.errors import RasadError
from indexer.model import Filter, SearchRequest
from indexer.schema import EVENTS, FACETS, SEVERAL, FacetField

_DATE = click.DateTime(["%Y-%m-%d"])
#: Those with an option of their own; months are asked for by --from and --to.
_FACETS = tuple(facet for facet in FACETS if facet.counted and facet.id != "dates")


def facet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each facet, in their order."""
    for facet in reversed(_FACETS):
        repeatable = "; repeatable" if facet is _FACETS[0] else ""
        only = f"Only {_restriction(facet)}{repeatable}."
        option = click.option(f"--{facet.id}", multiple=True, metavar="ID", help=only)
        command = option(command)
    return command


def filters_of(values: Mapping[str, Iterable[str]]) -> frozenset[Filter]:
    """The filters that these options ask for."""
    return frozenset(
        Filter(facet, id.removeprefix("-"), id.startswith("-"))
        for facet, ids in values.items()
        for id in ids
    )


def _restriction(facet: FacetField) -> str:
    """What a value of the facet asks of articles: «with this person», «from this source»."""
    noun = facet.noun or facet.keyword
    if not facet.extracted:
        return f"{'telling' if facet.id == EVENTS else 'from'} this {noun}"
    return f"with this {noun}" if facet.named else f"on this {noun}"


@click.command()
@click.argument("query")
@index_option
@facet_options
@click.option(
    "--any",
    "any_of",
    multiple=True,
    type=click.Choice(SEVERAL),
    help="Any of the values given of this facet, not all of them; repeatable.",
)
@click.option("--from", "start", type=_DATE, help="Dated on this day or later.")
@click.option("--to", "end", type=_DATE, help="Dated on this day or earlier.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option("--copies", is_flag=True, help="Show every copy of a story, not one for all.")
@click.option("--full", is_flag=True, help="Only articles that hold all of the query.")
@click.option("--meaning/--no-meaning", default=True, help="Find by meaning, too [on].")
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--size", type=click.IntRange(1, 100), default=10)
@json_option("Print the answer of /api/v1/search.")
def search(
    query: str,
    folder: Path | None,
    any_of: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    sort: Any,
    copies: bool,
    full: bool,
    meaning: bool,
    page: int,
    size: int,
    as_json: bool,
    **values: tuple[str, ...],
) -> None:
    """Search for QUERY; a leading - before an ID excludes it.

    Of people, countries, organisations, topics and events an article has all that are given.
    """
    request = SearchRequest(
        query,
        filters_of(values),
        start.date() if start else None,
        end.date() if end else None,
        sort,
        page,
        size,
        copies,
        full,
        frozenset(any_of),
        meaning,
    )
    with service(folder) as searches:
        found = searches.page(request)
        if as_json:
            from webui.api.schemas import search_page

            tell_json(search_page(found))
        else:
            tell_page(found)


@click.command()
@click.argument("queries", type=FILE)
@index_option
@click.option("--top", type=click.IntRange(1, 100), default=10, help="Hits a query [10].")
def batch(queries: Path, folder: Path | None, top: int) -> None:
    """Answer QUERIES.jsonl, {"id", "text"} a line, with {"id", "hits": [article ids]} lines."""
    with service(folder) as searches, queries.open("rb") as lines:
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
            hits = searches.ranked(text, top)
            tell_json({"id": id, "hits": hits})
