"""The drawing of a selection: which mark, name, arrow, ring goes where, in units of the sheet."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from enact_graph.present.map.outlines import Line, Outlines
from enact_graph.present.map.projection import (
    Around,
    Mercator,
    Projection,
    Spot,
    clip_line,
    clip_ring,
    path,
)
from enact_graph.present.map.selection import Selection, Stop
from enact_graph.query.places import GROUPS
from enact_graph.query.sphere import Point

#: The part of the Earth shown at each zoom: west, south, east, north.
WINDOWS: Final = {
    "region": (3.1, 47.2, 9.1, 50.78),
    "europe": (-10.5, 34.2, 27.5, 57.3),
}
#: How far the world reaches, in km: to Japan and beyond.
REACH: Final = 10_500
WIDTH: Final = 760.0
#: A drawing for narrow screens: its width, and how much smaller type and marks are in it.
SMALL: Final = 340.0
_SCALE_BARS: Final = (10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500)


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
class Words:
    """A name or lines of text at a point; `tip` is an arrow's head."""

    x: float
    y: float
    lines: tuple[str, ...]
    anchor: str = "middle"
    tip: str = ""
    style: str = ""


@dataclass(frozen=True)
class Drawing:
    """One size of the picture."""

    name: str
    width: float
    height: float
    scale: float
    size: int
    ring: str
    rings: str
    marks: tuple[Mark, ...]
    words: tuple[Words, ...]
    bar: tuple[float, float, int]
    centre: Spot | None


@dataclass
class _Taken:
    """The rectangles that hold something already."""

    width: float
    height: float
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def is_free(self, box: tuple[float, float, float, float], margin: float = 1) -> bool:
        left, top, right, bottom = box
        if left < 3 or top < 3 or right > self.width - 3 or bottom > self.height - 3:
            return False
        return not any(
            left < r + margin and right > le - margin and top < b + margin and bottom > t - margin
            for le, t, r, b in self.boxes
        )

    def take(self, box: tuple[float, float, float, float]) -> None:
        self.boxes.append(box)


@dataclass(frozen=True)
class Chart:
    """Draws a selection at one zoom; `name_of` has the name of a place, a country, a body."""

    outlines: Outlines
    selection: Selection
    name_of: Callable[[str], str]
    lands: Mapping[str, str]
    more: Callable[[int], str]
    tell_km: Callable[[int], str]

    def projection(self, width: float) -> Projection:
        """The sheet at the zoom wished for."""
        window = WINDOWS.get(self.selection.wish.zoom)
        if window is None:
            return Around(self.selection.centre, REACH, width)
        return Mercator(*window, width)

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

    def drawings(self) -> tuple[Drawing, Drawing]:
        """The drawing for wide and the one for narrow screens."""
        return self._draw("at-m at-l", WIDTH), self._draw("at-s", SMALL)

    def _draw(self, name: str, width: float) -> Drawing:
        to = self.projection(width)
        is_small = width < WIDTH
        size = 14 if is_small else 17
        taken = _Taken(to.width, to.height)
        bar = self._bar(to)
        scale = (0.75 if is_small else 1.0) * (1 if self.selection.wish.zoom == "region" else 0.85)
        marks, off = self._marks(to, scale)
        bar_x = self._bar_place(bar[0], marks, to)
        taken.take((bar_x - 12, to.height - 30, bar_x + bar[0] + 76, to.height))
        for m in marks:
            taken.take((m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r))
        marks = [self._labelled(m, size, taken) for m in marks]
        words = [] if is_small else self._arrows(off, to, taken)
        if is_small and off:
            words = self._tips(off, to)
        words += self._ring_label(to, taken, is_small)
        words += self._countries(to, taken, is_small)
        ring = self._ring(to, self.selection.wish.km)
        far = [self._ring(to, km) for km in (2000, 5000, 10000)] if isinstance(to, Around) else []
        centre = to(self.selection.centre)
        is_on = 0 <= centre[0] <= to.width and 0 <= centre[1] <= to.height
        return Drawing(
            name,
            to.width,
            to.height,
            width / WIDTH,
            size,
            ring,
            "".join(far),
            tuple(marks),
            tuple(words),
            (bar_x, *bar),
            centre if is_on else None,
        )

    def _ring(self, to: Projection, km: float) -> str:
        around = (self.selection.centre.away(degrees, km) for degrees in range(0, 361, 4))
        return path(clip_line([to(p) for p in around], to.width, to.height))

    def _bar(self, to: Projection) -> tuple[float, int]:
        """The bar of the scale: its length on the sheet and in km."""
        most = to.width * 0.24 * to.unit()
        km = max((n for n in _SCALE_BARS if n <= most), default=_SCALE_BARS[0])
        return km / to.unit(), km

    def _bar_place(self, long: float, marks: Sequence[Mark], to: Projection) -> float:
        """Where the bar begins: in the left corner below, or the right where that is taken."""
        wide = long + 76
        if any(m.x - m.r < wide and m.y + m.r > to.height - 32 for m in marks):
            return to.width - wide
        return 14.0

    def _marks(self, to: Projection, scale: float) -> tuple[list[Mark], list[tuple[Stop, Spot]]]:
        """The places on the sheet, near ones as one mark, and those off it."""
        groups: list[tuple[Spot, list[Stop]]] = []
        off = []
        for stop in sorted(self.selection.stops, key=_importance):
            x, y = to(stop.point)
            if not (6 <= x <= to.width - 6 and 6 <= y <= to.height - 6):
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
            number = _bodies(of)
            kinds = {s.kind for s in of}
            kind = next((k for k in ("members", "alliances") if k in kinds), "others")
            r = round(_radius(number) * scale, 1)
            marks.append(Mark(round(x, 1), round(y, 1), r, number, kind, tuple(of)))
        return marks, off

    def _labelled(self, mark: Mark, size: int, taken: _Taken) -> Mark:
        """A mark with its name beside it, where there is room for it."""
        name = self.stop_name(mark.stops[0])
        wide, gap = _wide(name, size), mark.r + 4.5
        lift = size * 0.35
        places = (
            (mark.x + gap, mark.y + lift, "start"),
            (mark.x - gap, mark.y + lift, "end"),
            (mark.x + gap * 0.8, mark.y + lift - gap * 0.75, "start"),
            (mark.x + gap * 0.8, mark.y + lift + gap * 0.75, "start"),
            (mark.x - gap * 0.8, mark.y + lift - gap * 0.75, "end"),
            (mark.x - gap * 0.8, mark.y + lift + gap * 0.75, "end"),
            (mark.x, mark.y - mark.r - 5, "middle"),
            (mark.x, mark.y + mark.r + size, "middle"),
        )
        own = (mark.x - mark.r, mark.y - mark.r, mark.x + mark.r, mark.y + mark.r)
        taken.boxes.remove(own)
        try:
            for x, y, anchor in places:
                box = _box(x, y, wide, size, anchor)
                if taken.is_free(box):
                    taken.take(box)
                    return Mark(
                        mark.x,
                        mark.y,
                        mark.r,
                        mark.number,
                        mark.kind,
                        mark.stops,
                        name,
                        round(x, 1),
                        round(y, 1),
                        anchor,
                    )
        finally:
            taken.take(own)
        return mark

    def stop_name(self, stop: Stop) -> str:
        """The name of a place; of a site whose place is not known, that of its body."""
        return self.name_of(stop.place or stop.bodies[0].body.iri)

    def _arrows(
        self, off: Sequence[tuple[Stop, Spot]], to: Projection, taken: _Taken
    ) -> list[Words]:
        """At each edge the places beyond it, the members named, with an arrow's head."""
        found = []
        for side, stops in _by_side(off, to).items():
            spots = [to(s.point) for s in stops]
            words = self._beside(side, self._lines(stops), spots, to, taken)
            found += [words] if words else []
        return found

    def _lines(self, stops: Sequence[Stop]) -> list[str]:
        """A line for each place of members, one for a few of the others, and how many more."""
        lines = []
        rest = list(stops)
        for stop in stops:
            named = [h.body.iri for h in stop.bodies if "members" in h.body.groups]
            if named and len(lines) < 3:
                lines.append(f"{self.stop_name(stop)} : {', '.join(map(self.name_of, named[:3]))}")
                rest.remove(stop)
        told: list[str] = []
        for stop in rest[:3]:
            if len(", ".join([*told, self.stop_name(stop)])) <= 30:
                told.append(self.stop_name(stop))
        lines += [", ".join(told)] if told else []
        if len(rest) > len(told):
            lines.append(self.more(len(rest) - len(told)))
        return lines

    def _beside(
        self,
        side: str,
        lines: Sequence[str],
        spots: Sequence[Spot],
        to: Projection,
        taken: _Taken,
    ) -> Words | None:
        """The lines at an edge, as near as may be to where their places lie, in a free room."""
        wide, high = max(_wide(line, 14) for line in lines), 18 * len(lines)
        w, h = to.width, to.height
        upright = side in ("west", "east")
        wanted = sum(s[1 if upright else 0] for s in spots) / len(spots)
        length = (h - high) if upright else (w - wide)
        room = sorted(range(8, int(length) - 8, 6), key=lambda at: abs(at + high / 2 - wanted))
        for at in room:
            if upright:
                left = 28 if side == "west" else w - 28 - wide
                box = (left, at, left + wide, at + high)
                outer = (
                    (0.0, box[1], 28.0, box[3]) if side == "west" else (w - 28, box[1], w, box[3])
                )
                free = taken.is_free(box) and taken.is_free(
                    (max(outer[0], 3), outer[1], min(outer[2], w - 3), outer[3])
                )
                middle = at + high / 2
                tip = (
                    f"M8 {middle:.0f}l12 -6v12z"
                    if side == "west"
                    else f"M{w - 8:.0f} {middle:.0f}l-12 -6v12z"
                )
                x, anchor = (28.0, "start") if side == "west" else (w - 28, "end")
                y = at + 14.0
            else:
                top = 24 if side == "north" else h - 24 - high
                box = (at, top, at + wide, top + high)
                free = taken.is_free(box)
                middle = at + wide / 2
                tip = (
                    f"M{middle:.0f} 8l-6 12h12z"
                    if side == "north"
                    else f"M{middle:.0f} {h - 8:.0f}l-6 -12h12z"
                )
                x, anchor, y = middle, "middle", top + 14.0
            if free:
                taken.take(box)
                return Words(round(x), round(y), tuple(lines), anchor, tip, "off")
        return None

    def _tips(self, off: Sequence[tuple[Stop, Spot]], to: Projection) -> list[Words]:
        """On a small drawing only how many places lie beyond each edge."""
        found = []
        for side, stops in _by_side(off, to).items():
            w, h = to.width, to.height
            number = (str(len(stops)),)
            if side == "west":
                found.append(Words(20, h / 2 + 5, number, "start", f"M5 {h / 2:.0f}l10 -5v10z"))
            elif side == "east":
                tip = f"M{w - 5:.0f} {h / 2:.0f}l-10 -5v10z"
                found.append(Words(w - 20, h / 2 + 5, number, "end", tip))
            elif side == "north":
                tip = f"M{w / 2:.0f} 5l-5 10h10z"
                found.append(Words(w / 2 + 9, 16, number, "start", tip))
            else:
                tip = f"M{w / 2:.0f} {h - 5:.0f}l-5 -10h10z"
                found.append(Words(w / 2 + 9, h - 6, number, "start", tip))
        return found

    def _ring_label(self, to: Projection, taken: _Taken, is_small: bool) -> list[Words]:
        """The radius, written on the ring where it is free."""
        text = self.tell_km(self.selection.wish.km)
        size = 12 if is_small else 15
        wide = _wide(text, size)
        for degrees in (215, 235, 195, 250, 160, 140, 120, 300, 320, 340, 40, 60, 20, 90, 180, 0):
            x, y = to(self.selection.centre.away(degrees, self.selection.wish.km))
            box = _box(x, y, wide, size, "middle")
            if taken.is_free(box):
                taken.take(box)
                return [Words(round(x), round(y), (text,), "middle", style="ring")]
        return []

    def _countries(self, to: Projection, taken: _Taken, is_small: bool) -> list[Words]:
        """The names of countries and the region, where they do not hide anything."""
        found = []
        for slug, places in self.outlines.names.items():
            at, iri = places.get(self.selection.wish.zoom), self.lands.get(slug)
            if at is None or iri is None:
                continue
            is_region = slug == "grand-est"
            if is_small and not is_region and self.selection.wish.zoom == "europe":
                continue
            name = self.name_of(iri)
            text = name if is_region else name.upper()
            size = 12 if is_small else 16
            wide = _wide(text, size) * (1 if is_region else 1.3)
            step = 24 if self.selection.wish.zoom == "region" else 10
            for aside, down in ((0, 0), (0, -1), (0, 1), (0, 2), (-2, 0), (2, 0), (-3, 1), (0, -2)):
                x, y = to(at)
                x, y = x + aside * step, y + down * step
                box = _box(x, y, wide, size, "middle")
                if taken.is_free(box):
                    taken.take(box)
                    style = "region" if is_region else "country"
                    found.append(Words(round(x), round(y), (text,), style=style))
                    break
        return found


def _bodies(stops: Iterable[Stop]) -> int:
    """How many bodies there are in some places, each counted once."""
    return len({h.body.iri for s in stops for h in s.bodies})


def _radius(number: int) -> float:
    """The radius of the mark of so many bodies."""
    return min(10.8 + 2.3 * math.sqrt(number - 1), 24)


def _importance(stop: Stop) -> tuple[int, int, float]:
    """Places of members first, then those with more bodies, then the nearer ones."""
    rank = min(GROUPS.index(g) for h in stop.bodies for g in h.body.groups)
    return (rank != 0, -len(stop.bodies), stop.km)


def _by_side(off: Sequence[tuple[Stop, Spot]], to: Projection) -> dict[str, list[Stop]]:
    """The places beyond each edge: the edge that the way to them crosses."""
    sides: dict[str, list[Stop]] = {}
    for stop, (x, y) in off:
        east = (x - to.width / 2) / to.width
        south = (y - to.height / 2) / to.height
        if abs(east) >= abs(south):
            side = "east" if east > 0 else "west"
        else:
            side = "south" if south > 0 else "north"
        sides.setdefault(side, []).append(stop)
    return sides


def _wide(text: str, size: float) -> float:
    """How wide a text is, about: half its size to a character."""
    return len(text) * size * 0.52


def _box(
    x: float, y: float, wide: float, size: float, anchor: str
) -> tuple[float, float, float, float]:
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    return (left, y - size * 0.8, left + wide, y + size * 0.25)


def _filled(rings: Iterable[Line], to: Projection) -> str:
    clipped = (clip_ring([to(p) for p in ring], to.width, to.height) for ring in rings)
    return path(clipped, closed=True)


def _drawn(lines: Iterable[Sequence[Point]], to: Projection) -> str:
    return path(
        run for line in lines for run in clip_line([to(p) for p in line], to.width, to.height)
    )
