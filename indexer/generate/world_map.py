"""Make the shapes of the map of the world from Natural Earth, as in the npm package world-atlas.

    npm pack world-atlas@2.0.2
    python -m indexer.generate.world_map world-atlas-2.0.2.tgz

A line for each country: its id, a point inside it, and its outline as the path of an SVG. Outlines
are those for small maps (1:110m); countries too small for these have a point only, from 1:50m.
"""

import argparse
import json
import math
import tarfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from indexer.text.tables import TableHead

OUT = Path(__file__).parents[2] / "webui" / "pictures" / "world.tsv"
HEAD = TableHead(
    "Shapes of countries: a point inside each, and its outline as the path of an SVG.",
    "by indexer.generate.world_map from Natural Earth, as in the npm package world-atlas 2.0.2",
    "public domain (Natural Earth), ISC (world-atlas)",
    ("id", "x", "y", "outline"),
)
#: The picture is so wide; the projection is 2 * 0.8707 * π wide in its own units.
WIDTH = 2000
_SCALE = WIDTH / (2 * 0.8707 * math.pi)
_TOP = 83.7  # degrees north where the picture begins
#: Shapes to which Natural Earth gives no number of ISO 3166.
_UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
_LEFT_OUT = {"AQ"}
_LEAST = 2  # units of the picture; what is smaller is no island but a dot

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    """Read the atlas, write the shapes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="the package world-atlas")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    with tarfile.open(given.package) as package:
        fine, coarse = (shapes(atlas(package, scale)) for scale in ("50m", "110m"))
    lines = []
    for id in sorted(fine.keys() | coarse.keys()):
        rings = coarse.get(id) or fine[id]
        x, y = middle(max(rings, key=area))
        outline = "".join(map(path, rings)) if id in coarse else ""
        lines.append(f"{id}\t{x:.0f}\t{y:.0f}\t{outline}\n")
    given.out.write_text(HEAD.text() + "".join(lines), "utf-8")
    print(f"{len(lines)} countries, {given.out.stat().st_size} bytes")


def atlas(package: tarfile.TarFile, scale: str) -> dict[str, Any]:
    """The countries of the world as the package has them, in TopoJSON."""
    name = f"package/countries-{scale}.json"
    file = package.extractfile(name)
    if file is None:
        raise SystemExit(f"{name} is no file")
    found: dict[str, Any] = json.load(file)
    return found


def shapes(atlas: dict[str, Any]) -> dict[str, list[Ring]]:
    """The outer rings of each country, projected, by ISO 3166-1 alpha-2."""
    arcs = [list(_points(arc, atlas["transform"])) for arc in atlas["arcs"]]
    found: dict[str, list[Ring]] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        id = _alpha2(country)
        if id and id not in _LEFT_OUT:
            for ring in _rings(country, arcs):
                pieces = [[projected(*point) for point in piece] for piece in on_the_map(ring)]
                found.setdefault(id, []).extend(pieces)
    return found


def _alpha2(country: dict[str, Any]) -> str | None:
    if "id" not in country:
        return _UNNUMBERED.get(country["properties"]["name"])
    known: list[str] | None = get_global("territory_aliases").get(country["id"])
    return known[0] if known else None


def _points(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Iterator[Point]:
    """An arc of TopoJSON, which holds differences of whole numbers, in degrees."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def _rings(country: dict[str, Any], arcs: Sequence[Ring]) -> Iterator[Ring]:
    many = country["type"] == "MultiPolygon"
    for polygon in country["arcs"] if many else [country["arcs"]]:
        ring: Ring = []
        for number in polygon[0]:  # further rings are holes: other countries are drawn into them
            points = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += points[1:] if ring else points
        yield ring


def on_the_map(ring: Ring) -> Iterator[Ring]:
    """The pieces of a ring between 180 degrees west and east; some cross the border of the map."""
    unrolled = ring[:1]
    for longitude, latitude in ring[1:]:
        turns = round((unrolled[-1][0] - longitude) / 360)
        unrolled.append((longitude + 360 * turns, latitude))
    for shift in (-360.0, 0.0, 360.0):
        piece = [(longitude + shift, latitude) for longitude, latitude in unrolled]
        piece = _clipped([(-x, y) for x, y in _clipped(piece)])
        if piece:
            yield [(-x, y) for x, y in piece]


def _clipped(ring: Ring) -> Ring:
    """The part of a closed ring that is not beyond 180 degrees east, closed again."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        if x1 <= 180:
            kept.append((x1, y1))
        if (x1 <= 180) != (x2 <= 180):
            kept.append((180.0, y1 + (y2 - y1) * (180 - x1) / (x2 - x1)))
    return [*kept, kept[0]] if kept else []


def projected(longitude: float, latitude: float) -> Point:
    """A place on earth as a point of the picture: Tom Patterson's Natural Earth projection."""
    return _raw_x(longitude, latitude), _raw_y(_TOP) - _raw_y(latitude)


def _raw_x(longitude: float, latitude: float) -> float:
    p = math.radians(latitude)
    bend = 0.8707 - 0.131979 * p**2 - 0.013791 * p**4 + 0.003971 * p**10 - 0.001529 * p**12
    return WIDTH / 2 + _SCALE * math.radians(longitude) * bend


def _raw_y(latitude: float) -> float:
    p = math.radians(latitude)
    rise = 1.007226 + 0.015085 * p**2 - 0.044475 * p**6 + 0.028874 * p**8 - 0.005916 * p**10
    return _SCALE * p * rise


def area(ring: Ring) -> float:
    """Twice the area that a ring encloses."""
    return abs(sum(_cross(one, other) for one, other in pairwise(ring)))


def middle(ring: Ring) -> Point:
    """The centre of gravity of what a ring encloses."""
    crosses = [(a, b, _cross(a, b)) for a, b in pairwise(ring)]
    whole = 3 * sum(cross for *_, cross in crosses)
    if not whole:
        return ring[0]
    x, y = (sum((a[i] + b[i]) * cross for a, b, cross in crosses) / whole for i in (0, 1))
    return x, y


def _cross(one: Point, other: Point) -> float:
    return one[0] * other[1] - other[0] * one[1]


def path(ring: Ring) -> str:
    """A ring as a path of whole numbers, each point told from the one before."""
    points = [(round(x), round(y)) for x, y in ring]
    if max(max(side) - min(side) for side in zip(*points, strict=True)) < _LEAST:
        return ""
    (x, y), *others = points
    steps = []
    for nx, ny in others[:-1]:  # z leads back
        if (nx, ny) != (x, y):
            steps.append(f"{nx - x}{_signed(ny - y)}")
            x, y = nx, ny
    return f"M{points[0][0]} {points[0][1]}l{_joined(steps)}z"


def _signed(number: int) -> str:
    return str(number) if number < 0 else f" {number}"


def _joined(steps: list[str]) -> str:
    """Numbers one after the other; a minus parts them as well as a blank does."""
    return "".join(s if i == 0 or s.startswith("-") else f" {s}" for i, s in enumerate(steps))


if __name__ == "__main__":
    main()
