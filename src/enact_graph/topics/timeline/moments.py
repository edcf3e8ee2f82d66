"""The timeline: what happened and what is due, as a strip, a list with sources, CSV and SVG."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from enact_graph import terms
from enact_graph.graph.entity import Entity
from enact_graph.graph.relations import DATE, END, ROLES, START
from enact_graph.present.notes import Notary
from enact_graph.present.placement import AMOUNTS, DUE, MONTHS
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording
from enact_graph.present.view import Note, Part
from enact_graph.present.words import Voice
from enact_graph.vocabulary import ENACT, PRECISION, RDF, SCHEMA

#: The kinds of moments in their order, and the classes whose nodes are of each.
KINDS: Final = ("event", "call", "term", "money", "promise", "count")
_OF_CLASS: Final = (
    (SCHEMA.Event, "event"),
    (ENACT.CallForProjects, "call"),
    (ENACT.Selection, "call"),
    (ENACT.Funding, "money"),
    (ENACT.Commitment, "promise"),
    (SCHEMA.Observation, "count"),
)
_COLUMNS: Final[tuple[str, ...]] = (
    *("day", "when", "precision", "kind", "phase", "planned"),
    *("node", "name", "graphs"),
)
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
class _Told:
    """How a moment is told: in which phase, by which statement; a delay instead of a day."""

    phase: str
    day: str
    predicate: str
    months: int = 0


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

    @property
    def whole(self) -> str:
        """The address of the same with all kinds."""
        return Chosen(self.thing, (), self.is_named).href()

    def href(self, suffix: str = "") -> str:
        """The address."""
        fields = urlencode(self.fields())
        return "/timeline" + suffix + ("?" + fields if fields else "")


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
        found = [
            m
            for node in self.entity.nodes
            if (kind := self._kind(node))
            for m in self._of(node, kind)
        ]
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

    def attested(self, node: str) -> list[str]:
        """The days by the release on which documents attest a node, the earliest first."""
        found = (o.value for o in self.entity.objects(ENACT.attestedOn, node))
        return sorted(day for day in found if day <= self.today.isoformat())

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
        types = {o.value for o in objects(RDF.type, node)}
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
        moments = [self._moment(node, kind, _Told(phase, day, p)) for p, phase, day in found]
        if kind == "promise":
            moments += [
                self._moment(node, kind, _Told("due", "", MONTHS, int(o.value)))
                for o in objects(MONTHS, node)
                if o.value.isdigit()
            ]
        return moments

    def _moment(self, node: str, kind: str, told: _Told) -> Moment:
        phase, day, predicate = told.phase, told.day, told.predicate
        ties, voice = self.ties, self.voice
        when = (
            ties.wording.day(day, predicate, node)
            if day
            else voice.count("value.within", told.months)
        )
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

    def csv(self) -> list[tuple[str, ...]]:
        """The moments as lines, the names of the columns first."""
        rows = [_COLUMNS]
        for m in self.moments:
            planned = "true" if m.is_ahead else "false"
            told = (m.day, m.when, m.precision, m.kind, m.phase, planned)
            rows.append((*told, m.node, m.main.name.text, " ".join(m.note.graphs)))
        return rows
