"""The drawing of a selection: which mark, name, arrow, ring goes where, in units of the sheet."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from enact_graph.present.drawing import Room, box, wide
from enact_graph.topics.map.atlas import GROUPS, Point
from enact_graph.topics.map.lettering import Lettering, Speech, Words
from enact_graph.topics.map.outlines import Line, Outlines
from enact_graph.topics.map.projection import (
    Around,
    Mercator,
    Projection,
    Spot,
    clip_line,
    clip_ring,
    path,
)
from enact_graph.topics.map.selection import Selection, Stop

#: Degrees west, south, east, north.
Window = tuple[float, float, float, float]
EUROPE: Final[Window] = (-10.5, 34.2, 27.5, 57.3)
#: How many degrees to each side, and to the north and south, a region has that is not said.
_ASIDE: Final = (3.0, 1.8)
#: How far the world reaches, in km: to Japan and beyond.
REACH: Final = 10_500
WIDTH: Final = 760.0
#: A drawing for narrow screens: its width, and how much smaller type and marks are in it.
SMALL: Final = 288.0
#: Rings that give the world its scale.
_RINGS: Final = (2000, 5000, 10000)
_SCALE_BARS: Final = (10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500)
#: The room for the words beside the bar of the scale, and for the buttons of the widget, in the
#: right corner above; in a wide and in a narrow drawing.
_BAR_WORDS: Final = (76, 56)
_BUTTONS: Final = ((50, 128), (112, 38))


@dataclass(frozen=True)
class Ground:
    """What lies under the marks: paths, the same for every size of the drawing."""

    land: str
    region: str
    borders: str
    inner: str
    rivers: str


@dataclass(frozen=True)
class Mark:
    """A point with the number of bodies there; `stops` are the places it stands for."""

    x: float
    y: float
    r: float
    number: int
    kind: str
    stops: tuple[Stop, ...]
    label: str = ""
    label_x: float = 0
    label_y: float = 0
    anchor: str = "start"


@dataclass(frozen=True)
class Bar:
    """The bar of the scale: where it begins, how long it is, the kilometres that stand for."""

    x: float
    long: float
    km: int


@dataclass(frozen=True)
class Drawing:
    """One size of the picture; `scale` is that of the ground in it."""

    name: str
    width: float
    height: float
    scale: float
    size: int
    ring: str
    rings: str
    marks: tuple[Mark, ...]
    words: tuple[Words, ...]
    bar: Bar
    centre: Spot | None


@dataclass(frozen=True)
class Chart:
    """Draws a selection at the zoom wished for; `lands` maps names of outlines to countries."""

    outlines: Outlines
    selection: Selection
    speech: Speech
    lands: Mapping[str, str]
    region: Window | None = None

    @property
    def window(self) -> Window | None:
        """The part of the Earth that is shown, in degrees; None of the whole."""
        wish, at = self.selection.wish, self.selection.centre
        around = EUROPE
        if wish.centre:
            across, along = _ASIDE
            around = (at.lon - across, at.lat - along, at.lon + across, at.lat + along)
        return {"region": self.region or around, "europe": EUROPE}.get(wish.zoom)

    def projection(self, width: float) -> Projection:
        """The sheet."""
        if self.window is None:
            return Around(self.selection.centre, REACH, width)
        return Mercator(*self.window, width)

    def ground(self) -> Ground:
        """Land, borders and rivers on a sheet `WIDTH` wide."""
        to = self.projection(WIDTH)
        is_region = self.selection.wish.zoom == "region"
        return Ground(
            _filled(self.outlines.coasts, to),
            _filled(self.outlines.region, to),
            _drawn(self.outlines.borders, to),
            _drawn(self.outlines.inner_border, to),
            _drawn(self.outlines.rivers, to) if is_region else "",
        )

    def points(self) -> list[tuple[Spot, Stop]]:
        """The places on a sheet `WIDTH` wide, the most important first."""
        to = self.projection(WIDTH)
        placed = [(to(s.point), s) for s in sorted(self.selection.stops, key=_importance)]
        return [(spot, s) for spot, s in placed if _is_on(spot, to)]

    def drawings(self) -> tuple[Drawing, Drawing]:
        """The drawing for wide and the one for narrow screens."""
        return self._draw("at-m at-l", WIDTH), self._draw("at-s", SMALL)

    def _draw(self, name: str, width: float) -> Drawing:
        to, is_small = self.projection(width), width < WIDTH
        room = Room(to.width, to.height)
        scale = (0.68 if is_small else 1.0) * (1 if self.selection.wish.zoom == "region" else 0.85)
        marks, off = self._marks(to, scale)
        bar = self._bar(to, marks)
        room.fill((bar.x - 12, to.height - 30, bar.x + bar.long + _BAR_WORDS[is_small], to.height))
        across, down = _BUTTONS[is_small]
        room.fill((to.width - across, 0, to.width, down))
        for m in marks:
            room.fill((m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r))
        size = 13 if is_small else 17
        marks = [self._labelled(m, size, room) for m in marks]
        lettering = Lettering(self.selection, self.speech, to, room, is_small)
        words = lettering.beyond(off) + lettering.ring()
        words += lettering.countries(self.outlines, self.lands)
        far = [self._ring(to, km) for km in _RINGS] if isinstance(to, Around) else []
        x, y = to(self.selection.centre)
        is_on = 0 <= x <= to.width and 0 <= y <= to.height
        return Drawing(
            name,
            to.width,
            to.height,
            width / WIDTH,
            size,
            self._ring(to, self.selection.wish.km),
            "".join(far),
            tuple(marks),
            tuple(words),
            bar,
            (round(x, 1), round(y, 1)) if is_on else None,
        )

    def _ring(self, to: Projection, km: float) -> str:
        around = (self.selection.centre.away(degrees, km) for degrees in range(0, 361, 4))
        return path(clip_line([to(p) for p in around], to.width, to.height))

    def _bar(self, to: Projection, marks: Sequence[Mark]) -> Bar:
        """The bar of the scale, in the left corner below, or the right where that is taken."""
        most = to.width * 0.24 * to.unit()
        km = max((n for n in _SCALE_BARS if n <= most), default=_SCALE_BARS[0])
        long = km / to.unit()
        end = long + _BAR_WORDS[to.width < WIDTH]
        is_taken = any(m.x - m.r < end and m.y + m.r > to.height - 32 for m in marks)
        return Bar(round(to.width - end) if is_taken else 14, round(long, 1), km)

    def _marks(self, to: Projection, scale: float) -> tuple[list[Mark], list[tuple[Stop, Spot]]]:
        """The places on the sheet, near ones as one mark, and those off it."""
        groups: list[tuple[Spot, list[Stop]]] = []
        off = []
        for stop in sorted(self.selection.stops, key=_importance):
            x, y = to(stop.point)
            if not _is_on((x, y), to):
                off.append((stop, (x, y)))
                continue
            for (gx, gy), of in groups:
                reach = (_radius(_bodies(of)) + _radius(len(stop.bodies))) * scale
                if math.hypot(gx - x, gy - y) < max(reach * 0.66, 17 * scale):
                    of.append(stop)
                    break
            else:
                groups.append(((x, y), [stop]))
        marks = []
        for (x, y), of in groups:
            number, kinds = _bodies(of), {s.kind for s in of}
            kind = next((k for k in ("members", "alliances") if k in kinds), "others")
            r = round(_radius(number) * scale, 1)
            marks.append(Mark(round(x, 1), round(y, 1), r, number, kind, tuple(of)))
        return marks, off

    def _labelled(self, mark: Mark, size: int, room: Room) -> Mark:
        """A mark with its name beside it, where there is room for it."""
        name = self.speech.stop(mark.stops[0])
        width, gap = wide(name, size), mark.r + 4.5
        lift = size * 0.35
        near, off = gap * 0.8, gap * 0.75
        for dx, dy, anchor in (
            (gap, lift, "start"),
            (-gap, lift, "end"),
            (near, lift - off, "start"),
            (near, lift + off, "start"),
            (-near, lift - off, "end"),
            (-near, lift + off, "end"),
            (0, -mark.r - 5, "middle"),
            (0, mark.r + size, "middle"),
        ):
            x, y = round(mark.x + dx, 1), round(mark.y + dy, 1)
            # A name over a corner of its own mark's square does not touch the circle in it.
            own = (mark.x - mark.r, mark.y - mark.r, mark.x + mark.r, mark.y + mark.r)
            others = replace(room, taken=[b for b in room.taken if b != own])
            if others.is_free(box(x, y, width, size, anchor)):
                room.fill(box(x, y, width, size, anchor))
                return replace(mark, label=name, label_x=x, label_y=y, anchor=anchor)
        return mark


def _is_on(spot: Spot, to: Projection) -> bool:
    """Whether a mark at a spot is seen."""
    return 6 <= spot[0] <= to.width - 6 and 6 <= spot[1] <= to.height - 6


def _bodies(stops: Iterable[Stop]) -> int:
    """How many bodies there are in some places, each counted once."""
    return len({h.body.iri for s in stops for h in s.bodies})


def _radius(number: int) -> float:
    """The radius of the mark of so many bodies."""
    return min(10.8 + 2.3 * math.sqrt(number - 1), 24)


def _importance(stop: Stop) -> tuple[bool, int, float]:
    """Places of members first, then those with more bodies, then the nearer ones."""
    rank = min(GROUPS.index(g) for h in stop.bodies for g in h.body.groups)
    return (rank != 0, -len(stop.bodies), stop.km)


def _filled(rings: Iterable[Line], to: Projection) -> str:
    clipped = (clip_ring([to(p) for p in ring], to.width, to.height) for ring in rings)
    return path(clipped, closed=True)


def _drawn(lines: Iterable[Sequence[Point]], to: Projection) -> str:
    return path(
        run for line in lines for run in clip_line([to(p) for p in line], to.width, to.height)
    )
