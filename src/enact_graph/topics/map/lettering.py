"""The words on the map: names of countries, the radius on its ring, what lies beyond the edges."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from enact_graph.present.drawing import Box, Room, box, wide
from enact_graph.topics.map.outlines import Outlines
from enact_graph.topics.map.projection import Projection, Spot
from enact_graph.topics.map.selection import Selection, Stop

#: Where the radius may be written on its ring, in degrees, the first free one.
_RING: Final = (215, 235, 195, 250, 160, 140, 120, 300, 320, 340, 40, 60, 20, 90, 180, 0)
#: Where a country's name may stand beside its own place, in steps.
_ASIDE: Final = ((0, 0), (0, -1), (0, 1), (0, 2), (-2, 0), (2, 0), (-3, 1), (0, -2))
_LEADING: Final = 18


@dataclass(frozen=True)
class Words:
    """Lines of text at a point; `tip` is an arrow's head, `style` country, region, ring or off."""

    x: float
    y: float
    lines: tuple[str, ...]
    anchor: str = "middle"
    tip: str = ""
    style: str = ""


@dataclass(frozen=True)
class Speech:
    """What the drawing needs of a language."""

    name_of: Callable[[str], str]
    more: Callable[[int], str]
    km: Callable[[int], str]
    colon: str

    def stop(self, stop: Stop) -> str:
        """The name of a place; of a site whose place is not known, that of its body."""
        return self.name_of(stop.place or stop.bodies[0].body.iri)


@dataclass(frozen=True)
class Lettering:
    """Writes on one sheet what is not a mark; `lands` maps names of outlines to countries."""

    selection: Selection
    speech: Speech
    to: Projection
    room: Room
    is_small: bool

    def ring(self) -> list[Words]:
        """The radius, written on the ring where it is free."""
        text = self.speech.km(self.selection.wish.km)
        size = 12 if self.is_small else 15
        for degrees in _RING:
            x, y = self.to(self.selection.centre.away(degrees, self.selection.wish.km))
            if self.room.take(box(x, y, wide(text, size), size)):
                return [Words(round(x), round(y), (text,), style="ring")]
        return []

    def countries(self, outlines: Outlines, lands: Mapping[str, str]) -> list[Words]:
        """The names of countries and the region, where they do not hide anything."""
        found = []
        zoom = self.selection.wish.zoom
        step, size = (24 if zoom == "region" else 10), (12 if self.is_small else 16)
        for slug, places in outlines.names.items():
            at, iri = places.get(zoom), lands.get(slug)
            is_region = slug == outlines.shown
            if at is None or iri is None or (self.is_small and zoom == "europe"):
                continue
            name = self.speech.name_of(iri)
            text = name if is_region else name.upper()
            width = wide(text, size) * (1 if is_region else 1.3)
            x, y = self.to(at)
            for aside, down in _ASIDE:
                if self.room.take(box(x + aside * step, y + down * step, width, size)):
                    spot = (round(x + aside * step), round(y + down * step))
                    found.append(Words(*spot, (text,), style="region" if is_region else "country"))
                    break
        return found

    def beyond(self, off: Sequence[tuple[Stop, Spot]]) -> list[Words]:
        """At each edge the places beyond it, with an arrow's head; in a small drawing how many."""
        found = []
        for side, stops in self._by_side(off).items():
            if self.is_small:
                found.append(self._count(side, len(stops)))
            elif words := self._beside(side, self._lines(stops), [self.to(s.point) for s in stops]):
                found.append(words)
        return found

    def _by_side(self, off: Iterable[tuple[Stop, Spot]]) -> dict[str, list[Stop]]:
        """The places beyond each edge: the edge that the way to them crosses."""
        sides: dict[str, list[Stop]] = {}
        for stop, (x, y) in off:
            east = (x - self.to.width / 2) / self.to.width
            south = (y - self.to.height / 2) / self.to.height
            if abs(east) >= abs(south):
                side = "east" if east > 0 else "west"
            else:
                side = "south" if south > 0 else "north"
            sides.setdefault(side, []).append(stop)
        return sides

    def _lines(self, stops: Sequence[Stop]) -> list[str]:
        """A line for each place of members, one for a few of the others, and how many more."""
        lines: list[str] = []
        rest = list(stops)
        for stop in stops:
            named = [h.body.iri for h in stop.bodies if "members" in h.body.groups]
            if named and len(lines) < 3:
                members = ", ".join(map(self.speech.name_of, named[:3]))
                lines.append(self.speech.stop(stop) + self.speech.colon + members)
                rest.remove(stop)
        told: list[str] = []
        for stop in rest[:3]:
            if len(", ".join([*told, self.speech.stop(stop)])) <= 30:
                told.append(self.speech.stop(stop))
        lines += [", ".join(told)] if told else []
        if len(rest) > len(told):
            lines.append(self.speech.more(len(rest) - len(told)))
        return lines

    def _beside(self, side: str, lines: Sequence[str], spots: Sequence[Spot]) -> Words | None:
        """The lines at an edge, as near as may be to where their places lie, in a free room."""
        width, high = max(wide(line, 14) for line in lines), _LEADING * len(lines)
        w, h = self.to.width, self.to.height
        upright = side in ("west", "east")
        wanted = sum(s[1 if upright else 0] for s in spots) / len(spots)
        length, half = (h - high, high / 2) if upright else (w - width, width / 2)
        for at in sorted(range(8, int(length) - 8, 6), key=lambda at: abs(at + half - wanted)):
            text: Box
            whole: Box
            if upright:
                left = 28 if side == "west" else w - 28 - width
                text = (left, at, left + width, at + high)
                whole = (
                    (3, at, text[2], at + high) if side == "west" else (left, at, w - 3, at + high)
                )
            else:
                top = 24 if side == "north" else h - 24 - high
                text = (at, top, at + width, top + high)
                whole = text
            if self.room.take(whole):
                x = {"west": 28.0, "east": w - 28}.get(side, at + width / 2)
                anchor = {"west": "start", "east": "end"}.get(side, "middle")
                tip = self._tip(side, at + half, 12)
                return Words(round(x), round(text[1] + 14), tuple(lines), anchor, tip, "off")
        return None

    def _count(self, side: str, number: int) -> Words:
        """How many places lie beyond an edge."""
        w, h = self.to.width, self.to.height
        x, y, anchor = {
            "west": (20, h / 2 + 4, "start"),
            "east": (w - 20, h / 2 + 4, "end"),
            "north": (w / 2 + 9, 16, "start"),
            "south": (w / 2 + 9, h - 6, "start"),
        }[side]
        along = h / 2 if side in ("west", "east") else w / 2
        tip = self._tip(side, along, 10)
        return Words(round(x), round(y), (str(number),), anchor, tip, "off")

    def _tip(self, side: str, along: float, size: int) -> str:
        """An arrow's head that points over an edge."""
        w, h, half, at = self.to.width, self.to.height, size // 2, round(along)
        return {
            "west": f"M8 {at}l{size} -{half}v{size}z",
            "east": f"M{w - 8:.0f} {at}l-{size} -{half}v{size}z",
            "north": f"M{at} 8l-{half} {size}h{size}z",
            "south": f"M{at} {h - 8:.0f}l-{half} -{size}h{size}z",
        }[side]
