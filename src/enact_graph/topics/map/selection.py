"""What a reader wants on the map, and what is there: places by distance with their bodies."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from enact_graph.topics.map.atlas import GROUPS, Atlas, Body, Point, Spot, written

#: What is shown unless the reader says otherwise.
SHOWN: Final = ("members", "alliances", "coordinated", "partners")
ZOOMS: Final = ("region", "europe", "world")


@dataclass(frozen=True)
class Wish:
    """The filters: roles, an alliance, a country; the centre, the radius in km, the zoom.

    The centre is empty where nothing has coordinates.
    """

    centre: str
    km: int = 150
    show: tuple[str, ...] = SHOWN
    alliance: str | None = None
    country: str | None = None
    zoom: str = "region"


@dataclass(frozen=True)
class Here:
    """A body at one of its sites, and how far that is from the centre."""

    body: Body
    spot: Spot
    km: float


@dataclass(frozen=True)
class Stop:
    """A place with the bodies in it; one for each site where the place is not known."""

    place: str | None
    point: Point
    km: float
    bodies: tuple[Here, ...]

    @property
    def kind(self) -> str:
        """What the place is drawn as: that of its most telling body."""
        groups = {g for h in self.bodies for g in h.body.groups}
        return next((g for g in ("members", "alliances") if g in groups), "others")


@dataclass(frozen=True)
class Selection:
    """The places shown, the nearest first; the bodies without coordinates; the members' seats."""

    wish: Wish
    centre: Point
    stops: tuple[Stop, ...]
    without: tuple[Body, ...]
    members: tuple[Here, ...]
    counts: dict[str, int]

    @property
    def near(self) -> tuple[Here, ...]:
        """The members whose seat is within the radius, the nearest first."""
        return tuple(h for h in self.members if written(h.km) <= self.wish.km)


def select(atlas: Atlas, wish: Wish) -> Selection:
    """What the wish leaves of the atlas; a centre must have coordinates."""
    centre = atlas.point(wish.centre) if wish.centre else Point(0, 0)
    assert centre is not None, "a centre without coordinates is refused before"
    chosen = [b for b in atlas.bodies.values() if _fits(b, wish)]
    shown = [b for b in chosen if set(b.groups) & set(wish.show)]
    members = [b for b in atlas.bodies.values() if "members" in b.groups]
    counts = {g: sum(g in b.groups for b in chosen) for g in GROUPS}
    by_place: dict[object, list[Here]] = defaultdict(list)
    for body in shown:
        for here in _heres(body, body.spots, centre):
            by_place[here.spot.place or here.spot.site].append(here)
    stops = [_stop(of, centre) for of in by_place.values()]
    stops.sort(key=lambda s: (round(s.km, 3), s.place or s.bodies[0].spot.site))
    without = tuple(b for b in shown if not b.seats)
    seats = [min(h, key=lambda s: s.km) for b in members if (h := _heres(b, b.seats, centre))]
    seats.sort(key=lambda h: (h.km, h.body.iri))
    return Selection(wish, centre, tuple(stops), without, tuple(seats), counts)


def _fits(body: Body, wish: Wish) -> bool:
    if wish.alliance and wish.alliance not in (*body.alliances, body.iri):
        return False
    return not wish.country or wish.country in body.countries


def _heres(body: Body, spots: tuple[Spot, ...], centre: Point) -> list[Here]:
    return [Here(body, s, km) for s in spots if (km := s.distance(centre)) is not None]


def _stop(bodies: list[Here], centre: Point) -> Stop:
    once: dict[str, Here] = {}
    for here in sorted(bodies, key=lambda h: (_rank(h.body), not h.spot.is_seat, h.body.iri)):
        once.setdefault(here.body.iri, here)
    first = bodies[0].spot
    assert first.point is not None, "what is here has a point"
    return Stop(first.place, first.point, first.point.distance(centre), tuple(once.values()))


def _rank(body: Body) -> int:
    return min(GROUPS.index(g) for g in body.groups)
