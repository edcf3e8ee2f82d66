"""Where bodies are, as read: seats and sites with their points, and roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from enact_graph.graph.entity import Labels, Source
from enact_graph.topics.map.geodesy import Point

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
