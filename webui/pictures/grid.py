"""Counts of pairs as a grid of shaded cells: who with whom, which topics when."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.model import SearchRequest
from indexer.schema import YEARS
from indexer.search.event_search import EventMatrix, EventRequest
from indexer.search.results import Together
from indexer.search.service import SearchService
from webui import language, links
from webui.event_links import EventLinks
from webui.pictures.scale import Shades
from webui.pictures.timeline import are_many, days, is_period, label_of, periods_between, within

_CELL = 24
_LABELS = 190  # beside the grid
_SLANT = 50  # degrees that the heads above it rise
_LETTER = 6.6  # how wide a letter of a label is
_LONGEST = 26  # letters of a label in the picture
#: More months than this are shown as years.
MOST_MONTHS = 36

Counts = Sequence[Sequence[int]]


class Cell(NamedTuple):
    """A pair that occurs, and the search for it."""

    row: str
    column: str
    total: int
    shade: int
    address: str
    x: int
    y: int


class Label(NamedTuple):
    """What a row or column is called, in full and short, and where the label stands."""

    name: str
    short: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells with their labels; None where a pair does not occur."""

    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    legend: Sequence[tuple[int, int, int]]
    width: int
    height: int
    slant: int  # degrees
    size: int = _CELL - 2


def matrix(
    found: Together, facet: str, request: SearchRequest, to: links.Links, lang: str
) -> Grid | None:
    """Who appears with whom: rows and columns are the same values of one facet."""
    names = [language.label(value, lang) for value in found.rows]
    counts = [
        [0 if row == column else count for column, count in enumerate(line)]
        for row, line in enumerate(found.counts)
    ]

    def address(row: int, column: int) -> str:
        pair = found.rows[row].id, found.columns[column].id
        return to.search(links.holding(request, facet, *pair))

    return _grid(names, names, counts, address, lang)


def between_countries(
    found: EventMatrix, request: SearchRequest, asked: EventRequest, to: EventLinks, lang: str
) -> Grid | None:
    """Which countries have events with each other: rows and columns are the same countries."""
    pairs = {frozenset((cell.one, cell.other)): cell.count for cell in found.cells}
    met = frozenset[str]().union(*pairs)
    countries = [value for value in found.countries if value.id in met]
    ids = [value.id for value in countries]
    counts = [[pairs.get(frozenset((row, column)), 0) for column in ids] for row in ids]
    names = [language.label(value, lang) for value in countries]

    def address(row: int, column: int) -> str:
        both = dict.fromkeys((*asked.countries, ids[row], ids[column]))
        return to.events(request, replace(asked, countries=tuple(both), page=1))

    return _grid(names, names, counts, address, lang)


def topics_over_time(search: SearchService, request: SearchRequest) -> Together:
    """The topics of a request with its months or, where these are many, its years."""
    found = search.together(request, "topics", "dates", (None, None))
    if are_many((value.id for value in found.columns), MOST_MONTHS):
        return search.together(request, "topics", YEARS, (None, None))
    return found


def heat(found: Together, request: SearchRequest, to: links.Links, lang: str) -> Grid | None:
    """Which topics when; ``found`` has topics as rows and months or years as columns."""
    places = {v.id: place for place, v in enumerate(found.columns) if is_period(v.id)}
    if not places:
        return None
    periods = list(periods_between(min(places), max(places)))
    counts = [[line[places[p]] if p in places else 0 for p in periods] for line in found.counts]

    def address(row: int, column: int) -> str:
        narrowed = within(request, *days(periods[column]))
        return to.search(links.holding(narrowed, "topics", found.rows[row].id))

    topics = [language.label(value, lang) for value in found.rows]
    return _grid(topics, [label_of(period, lang) for period in periods], counts, address, lang)


def _grid(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Counts,
    address: Callable[[int, int], str],
    lang: str,
) -> Grid | None:
    if not any(map(any, counts)):
        return None
    shades = Shades(count for line in counts for count in line)
    right_to_left = language.direction(lang) == "rtl"
    longest = _LETTER * max(len(short(column)) for column in columns)
    heads = round(20 + longest * math.sin(math.radians(_SLANT)))
    lean = round(longest * math.cos(math.radians(_SLANT)))  # the last one sticks out
    width = _LABELS + _CELL * len(columns) + lean

    def across(x: int) -> int:
        return width - x if right_to_left else x

    def cell(row: int, column: int) -> Cell | None:
        count = counts[row][column]
        if not count:
            return None
        left = across(_LABELS + _CELL * column) - (_CELL if right_to_left else 0)
        top = heads + _CELL * row
        shade, to_both = shades.of(count), address(row, column)
        return Cell(rows[row], columns[column], count, shade, to_both, left + 1, top + 1)

    return Grid(
        tuple(
            Label(name, short(name), across(_LABELS - 8), heads + _CELL * row + 17)
            for row, name in enumerate(rows)
        ),
        tuple(
            Label(name, short(name), across(_LABELS + _CELL * column + 12), heads - 8)
            for column, name in enumerate(columns)
        ),
        tuple(
            tuple(cell(row, column) for column in range(len(columns))) for row in range(len(rows))
        ),
        shades.ranges(),
        width,
        heads + _CELL * len(rows),
        _SLANT if right_to_left else -_SLANT,
    )


def short(name: str) -> str:
    """A name as it fits beside a picture."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
