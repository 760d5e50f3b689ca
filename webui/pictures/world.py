"""The map of the world, each country shaded by how much of what is found names it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from indexer.model import SearchRequest
from indexer.search.results import Facet
from indexer.text.tables import rows
from webui import language, links
from webui.pictures.scale import Shades

#: The picture's own units; see ``indexer.generate.world_map``. The south ends below Cape Horn.
WIDTH, HEIGHT = 2000, 880


class Shape(NamedTuple):
    """A country's id, a point in it, and its outline; empty for one too small to have any."""

    id: str
    x: int
    y: int
    outline: str


class Land(NamedTuple):
    """A country as it is drawn. One that nothing names is mere land: no name, no address."""

    shape: Shape
    shade: int
    name: str = ""
    total: int = 0
    address: str = ""


class Line(NamedTuple):
    """A country in the table behind the map."""

    name: str
    other: str
    total: int
    address: str


@dataclass(frozen=True, slots=True)
class Map:
    """All countries: those with an outline first, the small ones above them."""

    lands: tuple[Land, ...]
    lines: tuple[Line, ...]
    legend: Sequence[tuple[int, int, int]]


@cache
def shapes() -> tuple[Shape, ...]:
    """The shapes of the world."""
    table = rows("webui.pictures", "world.tsv", ("id", "x", "y", "outline"))
    found = [Shape(id, int(x), int(y), outline) for id, x, y, outline in table]
    return tuple(sorted(found, key=lambda shape: not shape.outline))


def world(countries: Facet, request: SearchRequest, to: links.Links, lang: str) -> Map:
    """The map for the countries of a request, as counted under it."""
    present = {value.id: value for value in countries.values if value.count}
    shades = Shades(value.count for value in present.values())
    addresses = {id: to.search(links.counted(request, "countries", id)) for id in present}
    lands = []
    for shape in shapes():
        value = present.get(shape.id)
        if value:
            name = language.label(value, lang)
            shade = shades.of(value.count)
            lands.append(Land(shape, shade, name, value.count, addresses[shape.id]))
        elif shape.outline:
            lands.append(Land(shape, 0))
    lines = tuple(
        Line(
            language.label(value, lang),
            language.other_label(value, lang),
            value.count,
            addresses[id],
        )
        for id, value in present.items()
    )
    return Map(tuple(lands), lines, shades.ranges())
