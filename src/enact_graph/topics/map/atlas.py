"""Where bodies are, as read: seats and sites with their points, and roles."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from enact_graph.graph.entity import Labels, Source

#: The mean radius of the Earth in kilometres (IUGG), with which the engine's distances agree.
RADIUS: Final = 6371.0088
#: Half way round: no two points are farther apart.
FARTHEST: Final = math.pi * RADIUS
_WKT: Final = re.compile(r"(?:<[^>]*>\s*)?POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)")


@dataclass(frozen=True)
class Point:
    """A point in degrees east and north."""

    lon: float
    lat: float

    @classmethod
    def of(cls, wkt: str) -> Self | None:
        """Read the WKT of a point, longitude first (CRS84); None for anything else."""
        found = _WKT.fullmatch(wkt.strip())
        if not found:
            return None
        lon, lat = map(float, found.groups())
        return cls(lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None

    def distance(self, other: "Point") -> float:
        """Kilometres to another point along the great circle (haversine formula)."""
        here, there = math.radians(self.lat), math.radians(other.lat)
        lat, lon = there - here, math.radians(other.lon - self.lon)
        half = math.sin(lat / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(lon / 2) ** 2
        return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))

    def bearing(self, other: "Point") -> float:
        """The direction in which another point lies, in degrees clockwise from north."""
        here, there = math.radians(self.lat), math.radians(other.lat)
        lon = math.radians(other.lon - self.lon)
        east = math.sin(lon) * math.cos(there)
        north = math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(lon)
        return math.degrees(math.atan2(east, north)) % 360

    def away(self, bearing: float, kilometres: float) -> "Point":
        """The point so many kilometres away in a direction."""
        lat, lon = math.radians(self.lat), math.radians(self.lon)
        angle, course = kilometres / RADIUS, math.radians(bearing)
        sine = math.sin(lat) * math.cos(angle)
        sine += math.cos(lat) * math.sin(angle) * math.cos(course)
        there = math.asin(max(-1.0, min(1.0, sine)))
        east = math.sin(course) * math.sin(angle) * math.cos(lat)
        turn = math.atan2(east, math.cos(angle) - math.sin(lat) * math.sin(there))
        return Point((math.degrees(lon + turn) + 540) % 360 - 180, math.degrees(there))


def written(kilometres: float) -> int:
    """A distance as it is told: in whole kilometres, as the engine rounds it."""
    return math.floor(kilometres + 0.5)


#: The roles in which a body can be shown, the most telling first; `others` have a seat but none.
GROUPS: Final = ("members", "alliances", "coordinated", "partners", "clusters", "others")


@dataclass(frozen=True)
class Spot:
    """A seat or another site of a body: the place it lies in, its points, the graphs that say so.

    `point` is that of the place where there is one, so that the bodies of a city stand together;
    `exact` is the site's own.
    """

    site: str
    place: str | None
    country: str | None
    point: Point | None
    exact: Point | None
    is_seat: bool
    graphs: tuple[str, ...]

    def distance(self, other: Point) -> float | None:
        """Kilometres to a point, from the site or its place, whichever is nearer; None unknown."""
        points = [p for p in (self.exact, self.point) if p]
        return min((p.distance(other) for p in points), default=None)


@dataclass(frozen=True)
class Body:
    """An organisation: its roles, the alliances it is in today, its seat and sites, seat first."""

    iri: str
    groups: tuple[str, ...]
    alliances: tuple[str, ...]
    spots: tuple[Spot, ...]
    countries: tuple[str, ...]

    @property
    def seats(self) -> tuple[Spot, ...]:
        """The spots that are told of first: its seat; its sites where no seat has coordinates."""
        seats = tuple(s for s in self.spots if s.is_seat and s.point)
        return seats or tuple(s for s in self.spots if s.point)


@dataclass(frozen=True)
class Atlas:
    """All bodies that have a role or a seat, and where they and the towns are.

    `places` has the coordinates of the towns and of what lies in one of them without a seat.
    """

    cluster: str
    bodies: Mapping[str, Body]
    towns: frozenset[str]
    places: Mapping[str, Point]
    alliances: tuple[str, ...]
    countries: tuple[str, ...]
    labels: Mapping[str, Labels]
    sources: Mapping[str, Source]
    kinds: Mapping[str, tuple[str, ...]]

    def point(self, iri: str) -> Point | None:
        """The coordinates of a place, or of the seat of a body, or of the town it is in."""
        seats = self.bodies[iri].seats if iri in self.bodies else ()
        return next((s.exact or s.point for s in seats), self.places.get(iri))
