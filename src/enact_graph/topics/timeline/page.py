"""The page of a timeline and its strip: a line for each kind of moment, the release marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import escape

from enact_graph.graph.entity import Entity
from enact_graph.present.drawing import standalone
from enact_graph.present.frame import Frame, Heading
from enact_graph.topics.timeline.moments import Chosen, Moment, Timeline

#: One drawing for each width of the page, so that text never shrinks: name, width, where years
#: begin. In the narrowest the names of the lines stand above them.
_WIDTHS: Final = (("at-s", 300, 0), ("at-m", 680, 130), ("at-l", 980, 150))
_EDGE: Final = 8
#: Between the points of two links; each reaches half of it to either side.
ROOM: Final = 30


@dataclass(frozen=True)
class Point:
    """One moment on its line: where, which entry of the list it is, its words."""

    x: float
    anchor: str
    label: str
    is_ahead: bool


@dataclass(frozen=True)
class Cluster:
    """Points too near each other to be hit one by one: together they lead to the first entry."""

    points: tuple[Point, ...]

    @property
    def anchor(self) -> str:
        """The entry it leads to."""
        return self.points[0].anchor

    @property
    def label(self) -> str:
        """What it stands for."""
        return "; ".join(p.label for p in self.points)


@dataclass(frozen=True)
class Line:
    """The moments of one kind: points, and spans as (from, to, whether only expected)."""

    label: str
    y: float
    clusters: tuple[Cluster, ...]
    spans: tuple[tuple[float, float, bool], ...]


@dataclass(frozen=True)
class Strip:
    """The drawing for one width: its box, the years on its axis, the day of the release."""

    name: str
    width: int
    height: int
    years: tuple[tuple[float, int, str], ...]
    now: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Scale:
    """Where a day stands on an axis from one year to another."""

    first: int
    last: int
    left: float
    width: float

    def year(self, year: int) -> float:
        """Where a year begins."""
        return round(self.left + (year - self.first) / (self.last - self.first) * self.width, 1)

    def at(self, text: str, precision: str = "day") -> float:
        """Where a day is; what is known by its year or month only stands in the middle of it."""
        day = date.fromisoformat(text)
        if precision == "year":
            day = day.replace(month=7, day=1)
        elif precision == "month":
            day = day.replace(day=15)
        part = day.year - self.first + (day.timetuple().tm_yday - 1) / 366
        return round(self.left + part / (self.last - self.first) * self.width, 1)

    def of(self, moment: Moment, today: date) -> float:
        """Where a moment stands; what is to come in a year that has begun, after today."""
        place = self.at(moment.day, moment.precision)
        return max(place, self.at(today.isoformat()) + _EDGE) if moment.is_ahead else place


def strips(timeline: Timeline) -> tuple[Strip, ...]:
    """The strip for each width; none where nothing has a day."""
    dated = [m for m in timeline.moments if m.day]
    if not dated:
        return ()
    days = [timeline.today, *(date.fromisoformat(m.day) for m in dated)]
    first, last = min(d.year for d in days), max(d.year for d in days) + 1
    found = []
    for name, width, left in _WIDTHS:
        scale = _Scale(first, last, left + _EDGE, width - left - 2 * _EDGE)
        step, top = (46, 54.0) if left == 0 else (34, 40.0)
        kinds = [k for k, _ in timeline.kinds() if any(m.kind == k for m in dated)]
        lines = tuple(
            _line(timeline, kind, [m for m in dated if m.kind == kind], scale, top + n * step)
            for n, kind in enumerate(kinds)
        )
        now = scale.at(timeline.today.isoformat())
        found.append(Strip(name, width, int(lines[-1].y + 24), _years(scale), now, lines))
    return tuple(found)


def svg(timeline: Timeline) -> str:
    """The widest strip as a file."""
    found = strips(timeline)
    if not found:
        return standalone("", _WIDTHS[-1][1], 20, timeline.finding(), timeline.voice.lang)
    strip = found[-1]
    marks = [
        f'<path class="s-grid" d="M{x} 26V{strip.height}"/>'
        f'<text class="s-axis" x="{x}" y="18" text-anchor="{anchor}">{year}</text>'
        for x, year, anchor in strip.years
    ]
    marks.append(f'<path class="s-now" d="M{strip.now} 24V{strip.height}"/>')
    for line in strip.lines:
        marks.append(f'<text x="0" y="{line.y + 5}">{escape(line.label)}</text>')
        marks += [
            f'<rect class="{_look(is_ahead)}" x="{start}" y="{line.y - 3}"'
            f' width="{max(end - start, 1):.1f}" height="6"/>'
            for start, end, is_ahead in line.spans
        ]
        marks += [
            f'<circle class="{_look(p.is_ahead)}" cx="{p.x}" cy="{line.y}" r="6">'
            f"<title>{escape(p.label)}</title></circle>"
            for cluster in line.clusters
            for p in cluster.points
        ]
    title, lang = timeline.finding(), timeline.voice.lang
    return standalone("".join(marks), strip.width, strip.height, title, lang)


def _look(is_ahead: bool) -> str:
    return "s-open s-hollow" if is_ahead else "s-bar"


def _line(timeline: Timeline, kind: str, of: Sequence[Moment], scale: _Scale, y: float) -> Line:
    spans = []
    for node in dict.fromkeys(m.node for m in of):
        phases = {m.phase: m for m in of if m.node == node}
        if {"from", "until"} & phases.keys():
            spans += _spans(timeline, phases, scale)
    points = (
        Point(scale.of(m, timeline.today), m.anchor, f"{m.when} – {m.main.name.text}", m.is_ahead)
        for m in of
    )
    label = timeline.voice.text(f"timeline.kind.{kind}")
    return Line(label, y, _clustered(points), tuple(spans))


def _clustered(points: Iterable[Point]) -> tuple[Cluster, ...]:
    """Points in clusters that leave each other the room of a finger."""
    found: list[list[Point]] = []
    for point in sorted(points, key=lambda p: p.x):
        if found and point.x - found[-1][-1].x < ROOM:
            found[-1].append(point)
        else:
            found.append([point])
    return tuple(Cluster(tuple(of)) for of in found)


def _spans(
    timeline: Timeline, phases: dict[str, Moment], scale: _Scale
) -> list[tuple[float, float, bool]]:
    """From beginning to end: solid as far as it is attested, dashed beyond (True)."""
    begins, ends = phases.get("from"), phases.get("until")
    node = next(iter(phases.values())).node
    seen = [scale.at(day) for day in timeline.attested(node)]
    if begins:
        start = scale.of(begins, timeline.today)
    elif seen:
        start = seen[0]
    else:
        return []
    if ends and not ends.is_ahead:
        return [(start, scale.of(ends, timeline.today), False)]
    today = timeline.today
    end = scale.of(ends, today) if ends else scale.at(today.isoformat())
    known = max([start, *seen])
    solid = [(start, known, False)] if seen else []
    return [*solid, (known, end, True)]


def _years(scale: _Scale) -> tuple[tuple[float, int, str], ...]:
    """The years with their places and how their names are set: as many as there is room for."""
    room = scale.width / (scale.last - scale.first)
    every = 1 if room > 52 else 2 if room > 26 else 5
    shown = range(scale.first, scale.last + 1, every)
    edges = {scale.first: "start", scale.last: "end"}
    return tuple((scale.year(year), year, edges.get(year, "middle")) for year in shown)


@dataclass(frozen=True)
class Timelines:
    """Renders the page of a timeline."""

    frame: Frame

    def page(self, entity: Entity, chosen: Chosen, lang: str) -> str:
        """Finding, strip, filters, list."""
        timeline = Timeline(entity, chosen, self.frame.voice(lang), self.frame.today)
        voice = timeline.voice
        name = entity.name(entity.iri, lang).text
        return self.frame.render(
            "timeline/page.html",
            lang,
            Heading(
                voice.text("timeline.title", name=name),
                timeline.finding(),
                "explore",
                path="/timeline",
            ),
            kept=chosen.fields(),
            chosen=chosen,
            timeline=timeline,
            finding=timeline.finding(),
            strips=strips(timeline),
            reach=ROOM // 2,
            kinds=timeline.kinds(),
            page_href=timeline.ties.wording.link(entity.iri).href,
        )
