"""The bundled outlines: coasts, borders, regions, rivers; outlines.json says whence.

Each stretch of a border is stored once, as an arc that the shapes on both its sides refer to: so
neighbours fit together however much was left out, and each line is drawn once.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any, Self

from enact_graph.graph.entity import local_name
from enact_graph.topics.map.atlas import Point

Line = tuple[Point, ...]


@dataclass(frozen=True)
class Outlines:
    """Arcs, the shapes made of them, where names go at each zoom, and rivers.

    Of the regions with a shape of their own `parts` names the country; `shown` is the one that
    stands out.
    """

    arcs: tuple[Line, ...]
    shapes: Mapping[str, Sequence[Sequence[Sequence[int]]]]
    names: Mapping[str, Mapping[str, Point]]
    rivers: tuple[Line, ...]
    parts: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""

    @classmethod
    def load(cls, region: str = "", text: str = "") -> Self:
        """Read outlines.json, or a text in its form; `region` is the one that stands out."""
        bundled = files("enact_graph.topics.map").joinpath("outlines.json")
        told: dict[str, Any] = json.loads(text or bundled.read_text("utf-8"))
        return cls(
            tuple(_steps(arc) for arc in told["arcs"]),
            told["shapes"],
            {
                name: {zoom: Point(*at) for zoom, at in places.items()}
                for name, places in told["names"].items()
            },
            tuple(tuple(_pairs(river)) for river in told["rivers"]),
            told["parts"],
            local_name(region),
        )

    @cached_property
    def region(self) -> tuple[Line, ...]:
        """The rings of the region."""
        return tuple(
            self._ring(ring) for polygon in self.shapes.get(self.shown, ()) for ring in polygon
        )

    @cached_property
    def coasts(self) -> tuple[Line, ...]:
        """The rings of all land: the arcs on whose other side is water, joined end to end."""
        alone = {a for a, uses in self._uses.items() if len(uses) == 1}
        lines = [self._arc(i) for of in self._directed.values() for i in of if _bare(i) in alone]
        starts = {line[0]: line for line in lines if line[0] != line[-1]}
        rings = [line for line in lines if line[0] == line[-1]]
        while starts:
            _, line = starts.popitem()
            joined = list(line)
            while joined[-1] in starts:
                joined += starts.pop(joined[-1])[1:]
            rings.append(tuple(joined))
        return tuple(rings)

    @cached_property
    def borders(self) -> tuple[Line, ...]:
        """The lines between two countries."""
        between = (a for a, uses in self._uses.items() if len(uses) == 2 and not self._within(uses))
        return tuple(self.arcs[a] for a in sorted(between))

    @cached_property
    def inner_border(self) -> tuple[Line, ...]:
        """The border of the region inside its country."""
        inner = (a for a, uses in self._uses.items() if self.shown in uses and self._within(uses))
        return tuple(self.arcs[a] for a in inner)

    def _within(self, uses: Sequence[str]) -> bool:
        """Whether two shapes are a region and its country, or regions of one."""
        return len(set(uses)) == 2 and len({self.parts.get(name, name) for name in uses}) == 1

    @cached_property
    def _directed(self) -> dict[str, list[int]]:
        return {
            name: [i for polygon in polygons for ring in polygon for i in ring]
            for name, polygons in self.shapes.items()
        }

    @cached_property
    def _uses(self) -> dict[int, tuple[str, ...]]:
        """The shapes beside each arc; one of them twice where it has the arc on both sides."""
        counted: Counter[tuple[int, str]] = Counter(
            (_bare(i), name) for name, of in self._directed.items() for i in of
        )
        uses: dict[int, tuple[str, ...]] = {}
        for (arc, name), times in sorted(counted.items()):
            uses[arc] = (*uses.get(arc, ()), *(name,) * times)
        return uses

    def _ring(self, ids: Iterable[int]) -> Line:
        points: list[Point] = []
        for i in ids:
            points += self._arc(i)[1 if points else 0 :]
        return tuple(points)

    def _arc(self, i: int) -> Line:
        return self.arcs[i] if i >= 0 else self.arcs[~i][::-1]


def _bare(i: int) -> int:
    """An arc without its direction: ~i is arc i walked backwards."""
    return i if i >= 0 else ~i


def _steps(numbers: Sequence[int]) -> Line:
    """The points of steps in thousandths of a degree."""
    east = north = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        east, north = east + dx, north + dy
        points.append(Point(east / 1000, north / 1000))
    return tuple(points)


def _pairs(numbers: Sequence[float]) -> Iterable[Point]:
    return (Point(lon, lat) for lon, lat in zip(numbers[::2], numbers[1::2], strict=True))
