"""The Stadtbezirke as shapes to draw: read from the file of outlines, simplified once, in the units of one drawing.

Neighbours share the simplified border to the point, because each border is simplified once and used by both. The
same happens to any other file of outlines that takes the place of this one, an official one for example.
"""

import csv
import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from django.conf import settings

from seniorportal.text import slug

OUTLINES = "dortmund_stadtbezirke_naeherung.geojson"
STRUCTURE = "dortmund_gebietsgliederung.csv"
WIDTH = 800  # units of the drawing; one is about 28 metres
SMALLEST = 90.0  # square units: what a corner must take away or add to be kept
ISLAND = 400.0  # square units: smaller pieces that belong elsewhere are left out
HALF_LABEL = 22  # half the height of a name on two lines
ENOUGH = 190  # more room than any name needs

Point = tuple[float, float]
Line = list[Point]
Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True)
class Shape:
    slug: str
    name: str
    rings: tuple[tuple[tuple[int, int], ...], ...]
    label: tuple[int, int]
    neighbours: frozenset[str]

    @cached_property
    def path(self) -> str:
        """For ``<path d>``: relative steps, which weigh least."""
        parts = []
        for ring in self.rings:
            steps = (f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(ring))
            parts.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps).replace(' -', '-')}z")
        return "".join(parts)

    @property
    def box(self) -> Box:
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class Spot:
    """The name of a quarter and the middle of its addresses."""

    name: str
    district: str
    at: tuple[int, int]


@dataclass(frozen=True)
class City:
    width: int
    height: int
    shapes: dict[str, Shape]
    quarters: tuple[Spot, ...]
    frame: tuple[float, float, float, float]  # west, north, units per degree of longitude and of latitude

    def place(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Where on the drawing a point of the earth lies."""
        west, north, across, down = self.frame
        return round((longitude - west) * across), round((north - latitude) * down)


@cache
def city() -> City:
    """Read once per process, about 20 ms."""
    with open(settings.BASE_DIR / "data" / OUTLINES, encoding="utf-8") as file:
        features = json.load(file)["features"]
    names = {slug(f["properties"]["name"]): f["properties"]["name"] for f in features}
    rings = {slug(f["properties"]["name"]): _rings(f["geometry"]) for f in features}
    points = [point for found in rings.values() for ring in found for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    across = WIDTH / (east - west)
    frame = (west, north, across, across / math.cos(math.radians((north + south) / 2)))
    drawn = City(WIDTH, math.ceil((north - south) * frame[3]), {}, (), frame)
    borders = _Borders(
        {
            name: [[((x - west) * across, (north - y) * frame[3]) for x, y in ring] for ring in found]
            for name, found in rings.items()
        }
    )
    shapes = {}
    for feature in features:
        key = slug(feature["properties"]["name"])
        simple = borders.simplified(key)
        shapes[key] = Shape(key, names[key], simple, label_of(simple[0]), borders.neighbours(key))
    ordered = {key: shapes[key] for key in sorted(shapes)}
    return City(WIDTH, drawn.height, ordered, tuple(_quarters(drawn)), frame)


def label_of(ring: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Where a name of two lines has the most room to both sides, rather in the middle than at an end."""
    return room_in(list(ring), HALF_LABEL)[1]


def room_in(
    points: list[tuple[int, int]], half: int, within: Box | None = None
) -> tuple[float, tuple[int, int]]:
    """The room to both sides, and the place that has it; only as far as the drawing shows the ring."""
    west, top, east, bottom = within or (-math.inf, -math.inf, math.inf, math.inf)
    first_line = round(max(top, min(y for _, y in points))) + half
    last_line = round(min(bottom, max(y for _, y in points))) - half
    best = (-math.inf, points[0])
    for y in range(first_line, last_line, 6):
        left, right = west, east
        for line in (y, y - half, y + half):
            middle = (left + right) / 2
            spans = [(max(left, first), min(right, last)) for first, last in _spans(points, line)]
            inside = [span for span in spans if line == y or span[0] <= middle <= span[1]]
            left, right = max(inside, key=lambda span: span[1] - span[0], default=(0.0, 0.0))
        room = min(right - left, ENOUGH) - abs(2 * y - first_line - last_line) / 8
        best = max(best, (room, (round((left + right) / 2), y)))
    return best


def _spans(points: list[tuple[int, int]], y: int) -> list[tuple[float, float]]:
    """Where a level line runs inside the ring."""
    level = y + 0.5  # never through a corner
    crossings = sorted(
        a[0] + (level - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in pairwise([*points, points[0]])
        if (a[1] > level) != (b[1] > level)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _rings(geometry: dict) -> list[Line]:
    """The outer rings, without the repeated last point."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(x, y) for x, y, *_height in polygon[0][:-1]] for polygon in polygons]


def _quarters(drawn: City) -> list[Spot]:
    """From the middles of the Unterbezirke, weighted by their addresses."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    with open(settings.BASE_DIR / "data" / STRUCTURE, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weight = float(row["anzahl_adressen"])
            found = sums[row["stat_bezirk"], slug(row["stadtbezirk"])]
            for at, value in enumerate((1, float(row["lat_median"]), float(row["lon_median"]))):
                found[at] += weight * value
    return [
        Spot(name, district, drawn.place(north / n, east / n))
        for (name, district), (n, north, east) in sums.items()
    ]


class _Borders:
    """Rings cut where three areas meet, so that a border between two of them is one line with one fate."""

    def __init__(self, rings: dict[str, list[Line]]) -> None:
        self.rings = {
            name: [ring for ring in found if abs(area(ring)) >= ISLAND] for name, found in rings.items()
        }
        self.owners: dict[frozenset[Point], set[str]] = defaultdict(set)
        beside: dict[Point, set[Point]] = defaultdict(set)
        for name, found in self.rings.items():
            for ring in found:
                for a, b in pairwise([*ring, ring[0]]):
                    self.owners[frozenset((a, b))].add(name)
                    beside[a].add(b)
                    beside[b].add(a)
        self.corners = {point for point, others in beside.items() if len(others) > 2}
        self.kept: dict[tuple[Point, ...], Line] = {}

    def neighbours(self, name: str) -> frozenset[str]:
        touching = (owners for owners in self.owners.values() if name in owners)
        return frozenset(other for owners in touching for other in owners if other != name)

    def simplified(self, name: str) -> tuple[tuple[tuple[int, int], ...], ...]:
        return tuple(self._ring(ring) for ring in self.rings[name])

    def _ring(self, ring: Line) -> tuple[tuple[int, int], ...]:
        start = next((at for at, point in enumerate(ring) if point in self.corners), 0)
        turned = [*ring[start:], *ring[:start], ring[start]]
        cuts = [at for at, point in enumerate(turned) if point in self.corners] or [0, len(turned) - 1]
        whole: list[tuple[int, int]] = []
        for first, last in pairwise(cuts):
            line = self._line(turned[first : last + 1])
            whole += [(round(x), round(y)) for x, y in line[:-1]]
        return tuple(whole)

    def _line(self, line: Line) -> Line:
        """The same points for both sides, whichever of them asks first."""
        forwards, backwards = tuple(line), tuple(reversed(line))
        if backwards in self.kept:
            return self.kept[backwards][::-1]
        if forwards not in self.kept:
            self.kept[forwards] = thinned(line)
        return self.kept[forwards]


def thinned(line: Line, smallest: float = SMALLEST) -> Line:
    """Visvalingam's way: again and again without the corner that matters least; the ends stay."""
    before = {at: at - 1 for at in range(1, len(line))}
    after = {at: at + 1 for at in range(len(line) - 1)}
    heap = [(corner(line[at - 1], line[at], line[at + 1]), at) for at in range(1, len(line) - 1)]
    heapq.heapify(heap)
    size = {at: found for found, at in heap}
    while heap:
        found, at = heapq.heappop(heap)
        if size.get(at) != found:
            continue  # measured before a neighbour went
        if found >= smallest:
            break
        del size[at]
        a, b = before.pop(at), after.pop(at)
        before[b], after[a] = a, b
        for near in (a, b):
            if near in size:
                size[near] = max(found, corner(line[before[near]], line[near], line[after[near]]))
                heapq.heappush(heap, (size[near], near))
    return [point for at, point in enumerate(line) if at in size or at in (0, len(line) - 1)]


def corner(a: Point, b: Point, c: Point) -> float:
    """The area of the triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(ring: Line) -> float:
    """Signed: the direction of travel decides."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2
