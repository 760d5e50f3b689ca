"""The options by which commands ask for articles: facets, days, an order."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import click

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


def _restriction(facet: FacetField) -> str:
    """What a value of the facet asks of articles: «with this person», «from this source»."""
    noun = facet.noun or facet.keyword
    if not facet.extracted:
        return f"{'telling' if facet.id == EVENTS else 'from'} this {noun}"
    return f"with this {noun}" if facet.named else f"on this {noun}"


def days_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--from`` and ``--to``, as ``start`` and ``end``."""
    command = click.option("--to", "end", type=_DATE, help="Dated on this day or earlier.")(command)
    return click.option("--from", "start", type=_DATE, help="Dated on this day or later.")(command)


def request_of(
    query: str,
    values: Mapping[str, Iterable[str]],
    start: datetime | None,
    end: datetime | None,
    *,
    any_of: Iterable[str] = (),
    **others: Any,
) -> SearchRequest:
    """The request that the options ask for: ``values`` are those of facets, ``others`` its fields.

    A leading «-» excludes a value.
    """
    filters = (
        Filter(facet, id.removeprefix("-"), id.startswith("-"))
        for facet, ids in values.items()
        for id in ids
    )
    return SearchRequest(
        query,
        frozenset(filters),
        start.date() if start else None,
        end.date() if end else None,
        any_of=frozenset(any_of),
        **others,
    )


any_option = click.option(
    "--any",
    "any_of",
    multiple=True,
    type=click.Choice(SEVERAL),
    help="Any of the values given of this facet, not all of them; repeatable.",
)
sort_option = click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance"
)
copies_option = click.option(
    "--copies", is_flag=True, help="Show every copy of a story, not one for all."
)
