"""The timeline: what happened and what is due, as a strip, a list with sources, CSV and SVG."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from enact_graph import terms
from enact_graph.present.labels import Voice
from enact_graph.present.pages.frame import Frame, Heading
from enact_graph.present.pages.kinds import AMOUNTS, DUE, MONTHS, ROLES
from enact_graph.present.pages.notes import Notary
from enact_graph.present.pages.picture import standalone
from enact_graph.present.pages.ties import Ties
from enact_graph.present.pages.values import DATE, END, PRECISION, START, Wording
from enact_graph.present.pages.view import Note, Part
from enact_graph.query.entity import Entity

_E: Final = terms.ENACT
_P: Final = terms.PREFIXES
#: The kinds of moments in their order, and the classes whose nodes are of each.
KINDS: Final = ("event", "call", "term", "money", "promise", "count")
_OF_CLASS: Final = (
    (_P["schema"] + "Event", "event"),
    (_E + "CallForProjects", "call"),
    (_E + "Selection", "call"),
    (_E + "Funding", "money"),
    (_E + "Commitment", "promise"),
    (_P["schema"] + "Observation", "count"),
)
_ATTESTED: Final = _E + "attestedOn"
#: Roles whose terms are told; other members are told on the pages of things.
_TERMS: Final = frozenset(
    terms.VOCAB + f"role-{name}"
    for name in ("coordinator", "interim-coordinator", "co-coordinator", "director", "president")
)


@dataclass(frozen=True)
class Moment:
    """One day and what it brings: `phase` is on, from, until or due; `order` sorts.

    `day` is the xsd:date, empty where a delay alone is stated; `when` is as precise as it is known.
    """

    node: str
    kind: str
    phase: str
    day: str
    when: str
    main: Part
    more: tuple[Part, ...]
    gist: tuple[Part, ...]
    note: Note
    is_ahead: bool
    anchor: str
    precision: str

    @property
    def order(self) -> tuple[str, str, str]:
        """By day; what is known by its month or year only stands at its own end of it."""
        return self.day or "9", self.phase, self.node


@dataclass(frozen=True)
class Chosen:
    """What is shown: of which thing, which kinds of moments."""

    thing: str
    kinds: tuple[str, ...] = ()
    is_named: bool = False

    def fields(self) -> list[tuple[str, str]]:
        """The fields of the address."""
        of = [("of", self.thing.removeprefix(terms.ID))] if self.is_named else []
        return [*of, *(("kind", k) for k in self.kinds)]

    def href(self, suffix: str = "") -> str:
        """The address."""
        fields = urlencode(self.fields())
        return "/timeline" + suffix + ("?" + fields if fields else "")


@dataclass(frozen=True)
class Line:
    """The moments of one kind on the strip: its name, its points and spans, in units of the box."""

    kind: str
    label: str
    y: float
    points: tuple[tuple[float, str, str, bool], ...]
    spans: tuple[tuple[float, float, bool], ...]


@dataclass(frozen=True)
class Strip:
    """The compact picture for one width."""

    name: str
    width: int
    height: int
    years: tuple[tuple[float, int], ...]
    now: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Timeline:
    """The moments of one entity in one language, as of the day of the release."""

    entity: Entity
    chosen: Chosen
    voice: Voice
    today: date

    @cached_property
    def ties(self) -> Ties:
        """The nodes, as pages tell them."""
        notary = Notary(self.voice, self.entity.sources, self.entity.labels)
        return Ties(Wording(self.entity, self.voice), notary)

    @cached_property
    def every(self) -> tuple[Moment, ...]:
        """All moments of all kinds, the earliest first, those without a day last."""
        found = [m for node in self.entity.nodes if (kind := self._kind(node)) for m in self._of(node, kind)]
        return tuple(sorted(found, key=lambda m: m.order))

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Those of the kinds chosen."""
        kinds = self.chosen.kinds
        return tuple(m for m in self.every if not kinds or m.kind in kinds)

    def kinds(self) -> list[tuple[str, int]]:
        """The kinds there are and how many moments each has."""
        counts = Counter(m.kind for m in self.every)
        return [(k, counts[k]) for k in KINDS if counts[k]]

    def past(self) -> tuple[Moment, ...]:
        """What came by the day of the release."""
        return tuple(m for m in self.moments if not m.is_ahead)

    def ahead(self) -> tuple[Moment, ...]:
        """What is to come."""
        return tuple(m for m in self.moments if m.is_ahead)

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        name = self.entity.name(self.entity.iri, self.voice.lang).text
        ahead = self.voice.count("timeline.ahead", len(self.ahead()))
        past = self.voice.count("timeline.past", len(self.past()))
        told = self.voice.text("timeline.finding", name=name, past=past, ahead=ahead)
        for moment in self.ahead():
            return self.voice.text(
                "timeline.next", told=told, what=moment.main.name.text, when=moment.when
            )
        return told

    def _kind(self, node: str) -> str | None:
        objects = self.entity.objects
        types = {o.value for o in objects(terms.RDF_TYPE, node)}
        if any(o.value in _TERMS for p in ROLES for o in objects(p, node)):
            tied = {s.target for s in self.entity.said(node)}
            return "term" if self.entity.iri in tied else None
        return next((kind for c, kind in _OF_CLASS if c in types), None)

    def _of(self, node: str, kind: str) -> list[Moment]:
        """The moments of one node: its day, its beginning and end, what is due."""
        objects = self.entity.objects
        starts, ends = (sorted({o.value for o in objects(p, node)}) for p in (START, END))
        found = [(DATE, "on", o.value) for o in objects(DATE, node)]
        lasts = kind in ("term", "money") or (ends and ends != starts)
        found += [(START, "from" if lasts else "on", day) for day in starts]
        found += [(END, "until", day) for day in ends if lasts]
        found += [(DUE, "due", o.value) for o in objects(DUE, node)]
        moments = [self._moment(node, kind, phase, day, p) for p, phase, day in found]
        if kind == "promise":
            moments += [
                self._moment(node, kind, "due", "", MONTHS, int(o.value))
                for o in objects(MONTHS, node)
                if o.value.isdigit()
            ]
        return moments

    def _moment(
        self, node: str, kind: str, phase: str, day: str, predicate: str, months: int = 0
    ) -> Moment:
        ties, voice = self.ties, self.voice
        when = ties.wording.day(day, predicate, node) if day else voice.count("value.within", months)
        more: list[Part] = []
        if phase in ("from", "until"):
            more.append(ties.wording.plain(voice.text(f"timeline.{phase}")))
        if kind == "promise":
            more += ties.goal(node).aside
        elif kind == "count":
            more += ties.wording.figure(node) or []
        elif kind == "money":
            amounts = [o.value for p in AMOUNTS for o in self.entity.objects(p, node)]
            more += [p for amount in amounts for p in ties.wording.figure(amount) or []]
        stated = PRECISION.get(predicate, "")
        is_ahead = not day or day > self.today.isoformat()
        return Moment(
            node,
            kind,
            phase,
            day,
            when,
            ties.name(node),
            tuple(more),
            ties.gist(node),
            ties.note(node),
            is_ahead,
            f"{node.rpartition('/')[2]}-{phase}" + (f"-{day}" if phase == "on" else ""),
            next((o.value.rpartition("-")[2] for o in self.entity.objects(stated, node)), "day"),
        )

    def strips(self) -> tuple[Strip, ...]:
        """The strip for three widths, so that its text never shrinks."""
        if not any(m.day for m in self.moments):
            return ()
        return tuple(
            self.strip(name, width, left)
            for name, width, left in (("at-s", 300, 0), ("at-m", 680, 130), ("at-l", 980, 150))
        )

    def strip(self, name: str, width: int, left: int) -> Strip:
        """The strip for one width: a line for each kind, years above, the release marked."""
        dated = [m for m in self.moments if m.day]
        days = [date.fromisoformat(m.day) for m in dated] + [self.today]
        first, last = min(d.year for d in days), max(d.year for d in days) + 1
        inner = width - left - 16

        def at(day: str, precision: str = "day") -> float:
            """Where a day is; what is known by its year or month only, in the middle of it."""
            d = date.fromisoformat(day)
            if precision == "year":
                d = d.replace(month=7, day=1)
            elif precision == "month":
                d = d.replace(day=15)
            part = d.year - first + (d.timetuple().tm_yday - 1) / 366
            return round(left + 8 + part / (last - first) * inner, 1)

        lines = []
        step = 46 if left == 0 else 34
        for n, (kind, _) in enumerate((k, c) for k, c in self.kinds() if self._has(k)):
            of = [m for m in dated if m.kind == kind]
            spans = []
            for node in dict.fromkeys(m.node for m in of):
                phases = {m.phase: m for m in of if m.node == node}
                if {"from", "until"} & phases.keys():
                    spans += self._spans(node, phases.get("from"), phases.get("until"), at)
            points = tuple(
                (at(m.day, m.precision), m.anchor, f"{m.when} – {m.main.name.text}", m.is_ahead)
                for m in of
            )
            y = 40.0 + n * step + (14 if left == 0 else 0)
            label = self.voice.text(f"timeline.kind.{kind}")
            lines.append(Line(kind, label, y, points, tuple(spans)))
        every = 1 if inner / (last - first) > 52 else 2
        years = tuple(
            (round(left + 8 + (year - first) / (last - first) * inner, 1), year)
            for year in range(first, last + 1, every)
            if year < last or left
        )
        height = int(lines[-1].y + 24)
        return Strip(name, width, height, years, at(self.today.isoformat()), tuple(lines))

    def _spans(
        self, node: str, begins: Moment | None, ends: Moment | None, at: Callable[[str, str], float]
    ) -> list[tuple[float, float, bool]]:
        """From beginning to end: solid as far as it is attested, dashed beyond (True)."""
        today = self.today.isoformat()
        seen = sorted(o.value for o in self.entity.objects(_ATTESTED, node) if o.value <= today)
        if begins:
            start = at(begins.day, begins.precision)
        elif seen:
            start = at(seen[0], "day")
        else:
            return []
        end = at(ends.day, ends.precision) if ends else at(today, "day")
        if ends and not ends.is_ahead:
            return [(start, end, False)]
        known = max(start, at(seen[-1], "day")) if seen else start
        return [(start, known, False), (known, end, True)]

    def _has(self, kind: str) -> bool:
        return any(m.kind == kind and m.day for m in self.moments)

    def svg(self) -> str:
        """The widest strip as a file."""
        strips = self.strips()
        strip = strips[-1] if strips else Strip("at-l", 980, 40, (), 0, ())
        marks = [
            f'<path class="s-grid" d="M{x} 26V{strip.height}"/>'
            f'<text class="s-axis" x="{x}" y="18" text-anchor="middle">{year}</text>'
            for x, year in strip.years
        ]
        if strips:
            marks.append(f'<path class="s-now" d="M{strip.now} 24V{strip.height}"/>')
        for line in strip.lines:
            marks.append(f'<text x="0" y="{line.y + 5}">{line.label}</text>')
            for start, end, is_ahead in line.spans:
                wide = round(max(end - start, 1), 1)
                look = "s-open" if is_ahead else "s-bar"
                marks.append(
                    f'<rect class="{look}" x="{start}" y="{line.y - 3}" width="{wide}" height="6"/>'
                )
            for x, _, label, is_ahead in line.points:
                look = "s-open" if is_ahead else "s-bar"
                said = label.replace("&", "&amp;").replace("<", "&lt;")
                marks.append(
                    f'<circle class="{look}" cx="{x}" cy="{line.y}" r="6"><title>{said}</title></circle>'
                )
        return standalone(
            "".join(marks), strip.width, strip.height, self.finding(), self.voice.lang
        )

    def csv(self) -> list[tuple[str, ...]]:
        """The moments as lines, the names of the columns first."""
        rows = [("day", "when", "kind", "phase", "planned", "node", "name", "graphs")]
        for m in self.moments:
            rows.append(
                (m.day, m.when, m.kind, m.phase, "true" if m.is_ahead else "false", m.node)
                + (m.main.name.text, " ".join(m.note.graphs))
            )
        return rows


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
            "timeline.html",
            lang,
            Heading(voice.text("timeline.title", name=name), timeline.finding(), "explore"),
            kept=chosen.fields(),
            chosen=chosen,
            timeline=timeline,
            finding=timeline.finding(),
            strips=timeline.strips(),
            kinds=timeline.kinds(),
            page_href=timeline.ties.wording.link(entity.iri).href,
        )
