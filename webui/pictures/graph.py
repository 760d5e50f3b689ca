"""Who appears with whom, as a graph: names near those they appear with, lines for the ties.

``networkx`` finds the places; then the labels are pushed apart until each can be read.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import networkx  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from indexer.model import SearchRequest
from indexer.search.results import Together
from webui import language, links
from webui.pictures.grid import short

#: The picture's own units.
WIDTH, HEIGHT = 1100, 760
_MARGIN = 20
#: Each name is tied to those that it appears with most; so many lines can still be followed.
_TIES = 3
_LETTER, _LINE = 7.4, 17  # how wide a letter and how high a line of a label is
_PUSHES = 400
_LEAST_RADIUS, _MOST_RADIUS = 4.0, 16.0

Points = NDArray[np.float64]


class Node(NamedTuple):
    """A name with its circle; the label stands below it."""

    name: str
    label: str
    total: int
    address: str
    x: float
    y: float
    radius: float


class Tie(NamedTuple):
    """Two names that appear together: where the line runs, and how thick (1 to 4)."""

    names: tuple[str, str]
    total: int
    address: str
    x1: float
    y1: float
    x2: float
    y2: float
    weight: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Ties, strongest first, and the names that have any."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


class _Edge(NamedTuple):
    one: int
    other: int
    total: int


def graph(
    found: Together, facet: str, request: SearchRequest, to: links.Links, lang: str
) -> Graph | None:
    """The graph of one facet's values; None where nobody appears with anybody."""
    edges = tuple(sorted(_edges(found), key=lambda e: (-e.total, e.one, e.other)))
    if not edges:
        return None
    tied = sorted({place for edge in edges for place in edge[:2]})
    names = {place: language.label(found.rows[place], lang) for place in tied}
    most = max(found.rows[place].count for place in tied)
    radii = {
        place: max(_LEAST_RADIUS, _MOST_RADIUS * math.sqrt(found.rows[place].count / most))
        for place in tied
    }
    sizes = tuple((_width(short(names[p]), radii[p]), 2 * radii[p] + _LINE) for p in tied)
    points = dict(zip(tied, _placed(tuple(tied), edges, sizes), strict=True))
    nodes = tuple(
        Node(
            names[place],
            short(names[place]),
            found.rows[place].count,
            to.search(links.holding(request, facet, found.rows[place].id)),
            *points[place],
            round(radii[place], 1),
        )
        for place in tied
    )
    return Graph(nodes, tuple(_ties(found, edges, points, names, facet, request, to)))


def _edges(found: Together) -> Iterator[_Edge]:
    """The strongest ties of each value: of two that are named often, much is shared by chance."""
    strength = {
        (one, other): count / math.sqrt(found.rows[one].count * found.rows[other].count)
        for one, line in enumerate(found.counts)
        for other, count in enumerate(line)
        if count and one != other
    }
    kept = set()
    for one in range(len(found.rows)):
        theirs = [pair for pair in strength if pair[0] == one]
        theirs.sort(key=lambda pair: (-strength[pair], pair))
        kept |= {(min(pair), max(pair)) for pair in theirs[:_TIES]}
    for one, other in kept:
        yield _Edge(one, other, found.counts[one][other])


def _ties(
    found: Together,
    edges: Sequence[_Edge],
    points: dict[int, tuple[float, float]],
    names: dict[int, str],
    facet: str,
    request: SearchRequest,
    to: links.Links,
) -> Iterator[Tie]:
    most = edges[0].total
    for one, other, count in edges:
        pair = found.rows[one].id, found.rows[other].id
        yield Tie(
            (names[one], names[other]),
            count,
            to.search(links.holding(request, facet, *pair)),
            *points[one],
            *points[other],
            1 + round(3 * math.sqrt(count / most)),
        )


def _width(label: str, radius: float) -> float:
    return max(2 * radius, _LETTER * len(label))


@lru_cache(maxsize=64)
def _placed(
    tied: tuple[int, ...],
    edges: tuple[_Edge, ...],
    sizes: tuple[tuple[float, float], ...],
) -> list[tuple[float, float]]:
    """Where each name's circle stands; the same for equal ties, whenever it is asked."""
    graph = networkx.Graph()
    graph.add_nodes_from(tied)
    graph.add_weighted_edges_from((e.one, e.other, 1 + math.log(e.total)) for e in edges)
    spread = 2.2 / math.sqrt(len(tied))
    laid = networkx.spring_layout(graph, k=spread, iterations=120, seed=1)
    points = np.array([laid[place] for place in tied])
    boxes = np.array(sizes)
    points = _apart(_filling(points, boxes), boxes)
    return [(round(float(x), 1), round(float(y) - _LINE / 2, 1)) for x, y in points]


def _filling(points: Points, boxes: Points) -> Points:
    """The points stretched to the whole picture, labels inside.

    Places are given by half their rank and half their distance: a cluster opens up, and who is
    far from all others does not leave the rest in a corner.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    shares = (points - low) / np.where(high > low, high - low, 1)
    ranks = points.argsort(axis=0).argsort(axis=0) / max(1, len(points) - 1)
    half = boxes / 2 + _MARGIN
    room = np.array([WIDTH, HEIGHT]) - 2 * half
    filled: Points = half + (shares + ranks) / 2 * room
    return filled


def _apart(points: Points, boxes: Points) -> Points:
    """The points moved as little as may be until no two boxes overlap, if there is room."""
    points = points.copy()
    half = boxes / 2
    limits = np.array([WIDTH, HEIGHT])
    need = half[:, None, :] + half[None, :, :] + 3
    for _ in range(_PUSHES):
        away = points[:, None, :] - points[None, :, :]
        overlap = need - abs(away)
        both = np.all(overlap > 0, axis=2)
        np.fill_diagonal(both, False)
        if not both.any():
            break
        side = np.where(away >= 0, 1.0, -1.0)
        # Equal places are parted by their order.
        tie = np.triu(np.ones(both.shape), 1)[:, :, None]
        side = np.where(away == 0, 1 - 2 * tie, side)
        along_x = overlap[:, :, 0] < overlap[:, :, 1]
        push = np.stack([along_x, ~along_x], axis=2) * overlap * side / 2
        points += (push * both[:, :, None]).sum(axis=1) * 0.5
        points = np.clip(points, half + 2, limits - half - 2)
    return points
