"""From the sphere to a sheet of paper: Mercator for regions, true distances for the world.

Mercator near and in Europe, because tiles of others, where an operator wants them, are made in it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

from enact_graph.topics.map.atlas import Point

Spot = tuple[float, float]
#: Beyond this latitude Mercator has no end.
_LIMIT: Final = 85.0


class Projection(Protocol):
    """A map of a part of the Earth, `width` by `height` units."""

    @property
    def width(self) -> float:
        """How wide the sheet is."""

    @property
    def height(self) -> float:
        """How high the sheet is."""

    def __call__(self, point: Point) -> Spot:
        """Where a point is on the sheet, from its upper left corner; it may lie outside."""

    def unit(self) -> float:
        """Kilometres to one unit, in the middle of the sheet."""


@dataclass(frozen=True)
class Mercator:
    """Web Mercator between two corners: angles are true."""

    west: float
    south: float
    east: float
    north: float
    width: float

    @property
    def scale(self) -> float:
        """Units to one radian of longitude."""
        return self.width / math.radians(self.east - self.west)

    @property
    def height(self) -> float:
        """How high the sheet is, in whole units."""
        return round(self.scale * (_stretched(self.north) - _stretched(self.south)))

    def __call__(self, point: Point) -> Spot:
        """Where a point is on the sheet."""
        x = self.scale * math.radians(point.lon - self.west)
        return x, self.scale * (_stretched(self.north) - _stretched(point.lat))

    def unit(self) -> float:
        """Kilometres to one unit, in the middle of the sheet."""
        middle = Point((self.west + self.east) / 2, (self.south + self.north) / 2)
        beside = Point(middle.lon + math.degrees(1 / self.scale), middle.lat)
        return middle.distance(beside)


@dataclass(frozen=True)
class Around:
    """Azimuthal and equidistant: distance and direction from the centre are true."""

    centre: Point
    reach: float
    width: float

    @property
    def height(self) -> float:
        """As high as wide."""
        return self.width

    def __call__(self, point: Point) -> Spot:
        """Where a point is; what is far beyond the edge is kept at a little distance from it."""
        far = min(self.centre.distance(point), self.reach * 1.6) / self.unit()
        bearing = math.radians(self.centre.bearing(point))
        half = self.width / 2
        return half + far * math.sin(bearing), half - far * math.cos(bearing)

    def unit(self) -> float:
        """Kilometres to one unit."""
        return 2 * self.reach / self.width


def clip_ring(ring: Iterable[Spot], width: float, height: float, margin: float = 4) -> list[Spot]:
    """The part of a filled ring on the sheet (Sutherland and Hodgman); empty where none is."""
    points = list(ring)
    for axis, limit, sign in (
        (0, -margin, 1),
        (0, width + margin, -1),
        (1, -margin, 1),
        (1, height + margin, -1),
    ):
        kept: list[Spot] = []
        for here, there in zip(points, [*points[1:], *points[:1]], strict=True):
            inside, next_inside = ((p[axis] - limit) * sign >= 0 for p in (here, there))
            if inside:
                kept.append(here)
            if inside != next_inside:
                part = (limit - here[axis]) / (there[axis] - here[axis])
                x, y = (a + part * (b - a) for a, b in zip(here, there, strict=True))
                kept.append((x, y))
        points = kept
    return points


def clip_line(
    line: Iterable[Spot], width: float, height: float, margin: float = 4
) -> list[list[Spot]]:
    """The stretches of a line on the sheet, each with the step that leads out of it."""
    points = list(line)
    runs: list[list[Spot]] = []
    is_on = False
    for here, there in pairwise(points):
        meets = all(
            max(a, b) >= -margin and min(a, b) <= size + margin
            for a, b, size in ((here[0], there[0], width), (here[1], there[1], height))
        )
        if meets and not is_on:
            runs.append([here])
        if meets:
            runs[-1].append(there)
        is_on = meets
    return runs


def path(lines: Iterable[Iterable[Spot]], *, closed: bool = False) -> str:
    """The `d` of an SVG path through these points, in tenths, each told as a step."""
    written = []
    for line in lines:
        tenths = [(round(x * 10), round(y * 10)) for x, y in line]
        if len(tenths) < (3 if closed else 2):
            continue
        x, y = tenths[0]
        steps = [f"M{_tenth(x)} {_tenth(y)}l"]
        for x2, y2 in tenths[1:]:
            if (x2, y2) != (x, y):
                steps.append(_step(x2 - x, y2 - y))
            x, y = x2, y2
        if len(steps) > (2 if closed else 1):
            written.append(" ".join(steps).replace("l ", "l").replace(" -", "-"))
    return "".join(d + ("z" if closed else "") for d in written)


def _step(x: int, y: int) -> str:
    return f"{_tenth(x)} {_tenth(y)}"


def _tenth(number: int) -> str:
    whole = f"{number / 10:.1f}".removesuffix(".0")
    return whole if whole != "-0" else "0"


def _stretched(lat: float) -> float:
    lat = max(-_LIMIT, min(_LIMIT, lat))
    return math.asinh(math.tan(math.radians(lat)))
