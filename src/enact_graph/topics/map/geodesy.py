"""Points on the sphere of the Earth and the great circles between them."""

import math
import re
from dataclasses import dataclass
from typing import Final, Self

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
