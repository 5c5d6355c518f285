"""Build ``src/arxtract/view/data/world.json``: the outlines that the page's map is drawn from.

    python scripts/build_map.py countries-50m.json

The input is Natural Earth's countries at 1:50 million (public domain) as TopoJSON, from the npm
package world-atlas 2.0.2 (ISC): ``npm pack world-atlas@2.0.2``. What comes out are three SVG paths
in Mercator coordinates: ``land`` (filled), ``borders`` and ``disputed`` (drawn in dashes: lines
that touch a territory whose standing is disputed; Natural Earth's choice of lines is kept, and
the dashes take no side). The unit is a tenth of a degree of longitude, y runs down from the
80th parallel north. Lines are simplified by Visvalingam's algorithm, more finely around the
Mediterranean, the Arab countries and the Sahel than elsewhere.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

TARGET = Path(__file__).parent.parent / "src" / "arxtract" / "view" / "data" / "world.json"
NORTH, SOUTH = 80.0, -58.0
SCALE = 10.0
"""Units a degree of longitude."""
FINE_BOX = (-19.0, 8.0, 62.0, 47.0)
"""West, south, east, north of what is drawn more finely."""
FINE, COARSE = 0.25, 3.0
"""Smallest triangle that is kept, in square units."""
SMALLEST = 3.0
"""Smallest island that is kept, in square units; a third of that in the fine box."""
DISPUTED = {
    "W. Sahara", "Palestine", "Israel", "Kosovo", "N. Cyprus", "Somaliland", "Siachen Glacier",
}  # fmt: skip


def main() -> None:
    """Read the TopoJSON named on the command line and write the paths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topojson", type=Path)
    world = json.loads(parser.parse_args().topojson.read_text(encoding="utf-8"))
    arcs = [simplify([project(p) for p in arc]) for arc in decode(world)]
    countries = world["objects"]["countries"]["geometries"]
    inner, disputed = borders(countries)
    out = {
        "source": "Natural Earth 1:50m (public domain) through world-atlas 2.0.2 (ISC)",
        "width": round(360 * SCALE),
        "height": round(y_of(SOUTH)),
        "scale": SCALE,
        "north": NORTH,
        "land": "".join(path(ring, True) for ring in land(world, arcs)),
        "borders": "".join(path(arcs[i], False) for i in inner),
        "disputed": "".join(path(arcs[i], False) for i in disputed),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(out, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.stat().st_size} bytes, {len(inner)} borders, {len(disputed)} disputed")


def decode(world: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the arcs in degrees of longitude and latitude."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        yield points


def mercator(lat: float) -> float:
    """Return Mercator's northing in degrees."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def y_of(lat: float) -> float:
    """Return the map's y of a latitude, cut at the map's edges."""
    return (mercator(NORTH) - mercator(min(max(lat, SOUTH), NORTH))) * SCALE


def project(point: Point) -> Point:
    """Return the place on the map of a longitude and latitude."""
    return (point[0] + 180) * SCALE, y_of(point[1])


def is_fine(point: Point) -> bool:
    """Say whether a place on the map lies in the part that is drawn more finely."""
    west, south, east, north = FINE_BOX
    return west < point[0] / SCALE - 180 < east and y_of(north) < point[1] < y_of(south)


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplify(points: list[Point]) -> list[Point]:
    """Return a line without the points whose triangle is too small to see; ends stay."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    area = [math.inf] * len(points)
    heap = []

    def weigh(i: int) -> None:
        if 0 < i < len(points) - 1:
            size = triangle(points[before[i]], points[i], points[after[i]])
            area[i] = size / (FINE if is_fine(points[i]) else COARSE)
            heapq.heappush(heap, (area[i], i))

    for i in range(len(points)):
        weigh(i)
    gone = set()
    while heap:
        size, i = heapq.heappop(heap)
        if i in gone or size != area[i]:
            continue
        if size >= 1:
            break
        gone.add(i)
        after[before[i]], before[after[i]] = after[i], before[i]
        weigh(before[i])
        weigh(after[i])
    return [p for i, p in enumerate(points) if i not in gone]


def land(world: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """Yield the closed rings of the land, small islands left out."""
    for geometry in world["objects"]["land"]["geometries"]:
        for polygon in polygons(geometry):
            for ring in polygon:
                points = unwrap(join(ring, arcs))
                if len(points) > 3 and big(points):
                    yield points


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return the polygons of a geometry as lists of rings of arc numbers."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry.get("arcs", []))


def join(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return the points of a ring; a negative arc number is an arc backwards."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc if not points else arc[1:])
    return points


def unwrap(points: list[Point]) -> list[Point]:
    """Return a ring that crosses the 180th meridian as one piece, beyond the map's edge."""
    world = 360 * SCALE
    out = points[:1]
    for x, y in points[1:]:
        x += world * round((out[-1][0] - x) / world)
        out.append((x, y))
    return out


def big(points: list[Point]) -> bool:
    """Say whether a ring is large enough to be drawn."""
    size = abs(
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))
    )
    return size / 2 > (SMALLEST / 3 if is_fine(points[0]) else SMALLEST)


def borders(countries: list[dict[str, Any]]) -> tuple[list[int], list[int]]:
    """Return the arcs that two countries share: the plain ones and the disputed ones."""
    sides: dict[int, list[str]] = {}
    for country in countries:
        for polygon in polygons(country):
            for ring in polygon:
                for number in ring:
                    arc = number if number >= 0 else ~number
                    sides.setdefault(arc, []).append(country["properties"]["name"])
    shared = sorted(arc for arc, names in sides.items() if len(set(names)) > 1)
    disputed = [arc for arc in shared if DISPUTED & set(sides[arc])]
    return [arc for arc in shared if arc not in set(disputed)], disputed


def path(points: Iterable[Point], closed: bool) -> str:
    """Return an SVG path in whole units, steps relative to the point before."""
    whole: list[tuple[int, int]] = []
    for x, y in points:
        point = (round(x), round(y))
        if not whole or whole[-1] != point:
            whole.append(point)
    if len(whole) < (3 if closed else 2):
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole)]
    line = " ".join(steps).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{line}" + ("z" if closed else "")


if __name__ == "__main__":
    main()
