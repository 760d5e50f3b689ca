"""Who visits whom, on the map of the world: countries shaded by the visits that they receive, and
a line for each way that visits take, from the country that visits."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.model import SearchRequest
from indexer.search.event_search import EventRequest, EventValue, VisitFlow
from webui import language
from webui.event_links import EventLinks
from webui.pictures.scale import Shades
from webui.pictures.world import Land, shapes

VISIT = "visit"
#: So many lines can still be followed; the table has all of them.
_LINES = 40
#: Fewer visits than this are no thick line, if they are the most.
_MANY = 12
#: How far a line bends, of its length.
_BEND = 0.18


class Way(NamedTuple):
    """Visits from one country to another: a bent line of some thickness (1 to 4)."""

    home: str
    visited: str
    total: int
    address: str
    path: str
    weight: int


@dataclass(frozen=True, slots=True)
class VisitMap:
    """Countries as they are drawn, the ways that most visits take, and all ways for the table."""

    lands: tuple[Land, ...]
    drawn: tuple[Way, ...]
    ways: tuple[Way, ...]
    legend: Sequence[tuple[int, int, int]]


def visit_map(
    flows: Sequence[VisitFlow],
    request: SearchRequest,
    asked: EventRequest,
    to: EventLinks,
    lang: str,
) -> VisitMap | None:
    """The map of these visits; None where there are none."""
    if not flows:
        return None
    most = max(_MANY, *(flow.count for flow in flows))
    ways = tuple(_way(flow, most, request, asked, to, lang) for flow in flows)
    received = Counter[str]()
    for flow in flows:
        received[flow.visited.id] += flow.count
    shades = Shades(received.values())
    visited = {flow.visited.id: flow.visited for flow in flows}
    return VisitMap(
        tuple(_lands(received, visited, shades, request, asked, to, lang)),
        tuple(way for way in ways if way.path)[:_LINES],
        ways,
        shades.ranges(),
    )


def _lands(
    received: Counter[str],
    visited: dict[str, EventValue],
    shades: Shades,
    request: SearchRequest,
    asked: EventRequest,
    to: EventLinks,
    lang: str,
) -> Iterator[Land]:
    for shape in shapes():
        if count := received[shape.id]:
            address = to.events(request, replace(asked, targets=(shape.id,)))
            name = language.label(visited[shape.id], lang)
            yield Land(shape, shades.of(count), name, count, address)
        elif shape.outline:
            yield Land(shape, 0)


def _way(
    flow: VisitFlow,
    most: int,
    request: SearchRequest,
    asked: EventRequest,
    to: EventLinks,
    lang: str,
) -> Way:
    home, visited = flow.home, flow.visited
    return Way(
        language.label(home, lang),
        language.label(visited, lang),
        flow.count,
        to.events(request, replace(asked, actors=(home.id,), targets=(visited.id,))),
        _bent(home.id, visited.id),
        1 + round(3 * math.sqrt(flow.count / most)),
    )


def _bent(home: str, visited: str) -> str:
    """The line as the path of an SVG; empty where a country is not on the map."""
    points = {shape.id: (shape.x, shape.y) for shape in shapes() if shape.id in (home, visited)}
    if len(points) < 2:
        return ""
    (x1, y1), (x2, y2) = points[home], points[visited]
    # Bent to the left of the way, so that the way back is another line.
    x, y = (x1 + x2) / 2 + (y2 - y1) * _BEND, (y1 + y2) / 2 - (x2 - x1) * _BEND
    return f"M{x1} {y1}Q{x:.0f} {y:.0f} {x2} {y2}"
