"""The options by which commands ask for articles: facets, days, an order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from indexer.model import Filter
from indexer.schema import EXTRACTED, FACETS, FacetField

_DATE = click.DateTime(["%Y-%m-%d"])
#: Those with an option of their own; months are asked for by --from and --to.
_FACETS = tuple(facet for facet in FACETS if facet.id != "dates")


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
        return f"from this {noun}"
    return f"with this {noun}" if facet.named else f"on this {noun}"


def days_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--from`` and ``--to``, as ``start`` and ``end``."""
    command = click.option("--to", "end", type=_DATE, help="Dated on this day or earlier.")(command)
    return click.option("--from", "start", type=_DATE, help="Dated on this day or later.")(command)


def filters_of(values: Mapping[str, Sequence[str]]) -> frozenset[Filter]:
    """The filters that the options of facets ask for."""
    return frozenset(
        Filter(facet, id.removeprefix("-"), id.startswith("-"))
        for facet, ids in values.items()
        for id in ids
    )


any_option = click.option(
    "--any",
    "any_of",
    multiple=True,
    type=click.Choice(EXTRACTED),
    help="Any of the values given of this facet, not all of them; repeatable.",
)
sort_option = click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance"
)
copies_option = click.option(
    "--copies", is_flag=True, help="Show every copy of a story, not one for all."
)
