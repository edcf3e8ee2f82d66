"""Memberships, partnerships, fundings, promises: each node as one line of the pages it ties."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from enact_graph import terms
from enact_graph.graph.entity import Name, Statement
from enact_graph.graph.relations import DATE, END, ROLES, START
from enact_graph.present.notes import Notary
from enact_graph.present.placement import (
    ABOUT,
    ABSOLUTE,
    AMOUNTS,
    DIFFERS,
    DUE,
    ENDS,
    EVENT,
    GISTS,
    INDICATOR,
    LABELS,
    MEASURED,
    MONTHS,
    NAMED,
    RATIO,
    SECTIONS,
    STATUS,
    TARGET_VALUE,
    TOLD,
    VALUE_KIND,
)
from enact_graph.present.values import VALUE, Wording, joined
from enact_graph.present.view import Item, Later, Note, Part
from enact_graph.vocabulary import RDF, SCHEMA


@dataclass(frozen=True)
class Ties:
    """The nodes tied to one thing, as rows."""

    wording: Wording
    notary: Notary

    def nodes(self) -> list[str]:
        """The nodes that point to the thing and have a section, in the order of SECTIONS."""
        entity = self.wording.entity
        order = list(SECTIONS)
        found = []
        for node, said in entity.nodes.items():
            kind = self.kind(node)
            if kind and any(s.target == entity.iri for s in said):
                found.append((order.index(kind), node))
        return [node for _, node in sorted(found)]

    def kind(self, node: str) -> str | None:
        """The class by which a node is told; None for a value or an unknown node."""
        types = {o.value for o in self.wording.entity.objects(RDF.type, node)}
        return next((c for c in SECTIONS if c in types), None)

    def section(self, node: str) -> str:
        """The key of the section a node belongs to."""
        return SECTIONS[self.kind(node) or ""]

    def label(self, node: str) -> Part:
        """What the row of a node is called: its role, else its class."""
        objects = self.wording.entity.objects
        for predicate in ROLES:
            for role in objects(predicate, node):
                return self.wording.link(role.value)
        return self.wording.link(self.kind(node) or RDF.type)

    def line(self, node: str) -> tuple[Part, Item, tuple[str, ...]]:
        """A node under its label, with what its list may be called: its class, its roles."""
        return self.label(node), self.item(node), self._lists(node)

    def promise(self, node: str) -> tuple[Part, Item, tuple[str, ...]]:
        """A promise under its label."""
        return self.label(node), self.goal(node), self._lists(node)

    def _lists(self, node: str) -> tuple[str, ...]:
        roles = [o.value for p in ROLES for o in self.wording.entity.objects(p, node)]
        return (self.kind(node) or "", *roles)

    def item(self, node: str, *, dated: bool = True, without: frozenset[str] | None = None) -> Item:
        """One node as a line, told from the thing's side; its date in the line if `dated`.

        Ends that go without saying are left out: those of `without`, else the thing itself.
        """
        wording, voice = self.wording, self.wording.voice
        objects = wording.entity.objects
        figures = [self._figure(o.value, node) for p in AMOUNTS for o in objects(p, node)]
        if self.kind(node) == SCHEMA.Observation:
            figures.append(wording.figure(node) or [])
        ends = [
            [wording.link(o.value)]
            for p in ENDS
            for o in objects(p, node)
            if o.value not in ({wording.entity.iri} if without is None else without)
        ]
        tags = [
            wording.tag(n.text, "hedge", n.language)
            for o in objects(STATUS, node)
            for n in [wording.entity.name(o.value, voice.lang)]
        ]
        tags += wording.gaps(node)
        tags += wording.qualifiers(node) if self.kind(node) != SCHEMA.Observation else []
        dot = wording.plain(" · ")
        named = [self.name(node)] if wording.entity.labels.get(node) else []
        when = self.when(node)
        asides = [[wording.plain(when)]] if when and dated else []
        # The first role names the row.
        roles = [o.value for p in ROLES for o in objects(p, node)]
        asides += [[wording.link(role)] for role in roles[1:]]
        asides += [*self.due(node), *self._others(node)]
        if self.kind(node) in NAMED:
            asides = [*asides, *ends]
            ends = [named]
        return Item(
            main=joined([*figures, *ends] or [named], dot),
            aside=(*tags, *joined(asides, dot)),
            when=when,
            gist=self.gist(node),
            note=self.note(node),
            anchor=node.rpartition("/")[2],
        )

    def goal(self, node: str) -> Item:
        """A promise: its name, its figure and due date, what the source says of it."""
        objects = self.wording.entity.objects
        figures = [self._figure(o.value, node) for p in AMOUNTS for o in objects(p, node)]
        due = [*self.due(node), *([tag] for tag in self.wording.gaps(node))]
        return Item(
            main=(self.name(node),),
            aside=joined(figures, self.wording.plain(" · ")),
            due=joined(due, self.wording.plain(" ")),
            gist=self.gist(node),
            note=self.note(node),
            anchor=node.rpartition("/")[2],
            later=self.later(node),
        )

    def has_figure(self, node: str) -> bool:
        """Whether an amount or a count is what a node tells."""
        objects = self.wording.entity.objects
        return any(objects(p, node) for p in (*AMOUNTS, VALUE))

    def when(self, node: str) -> str:
        """The day of a node, else from when until when; empty where no date is stated."""
        wording = self.wording
        for o in wording.entity.objects(DATE, node):
            return wording.day(o.value, DATE, node)
        if self.kind(node) == EVENT and not wording.entity.objects(END, node):
            for o in wording.entity.objects(START, node):
                return wording.day(o.value, START, node)
        return wording.period(node) or ""

    def name(self, node: str) -> Part:
        """The name of a node, linked to its own page."""
        return self.wording.link(node)

    def due(self, node: str) -> list[list[Part]]:
        """By when."""
        wording, found = self.wording, []
        for o in wording.entity.objects(DUE, node):
            day = wording.day(o.value, DUE, node)
            key = "value.due-around" if wording.is_about(node) else "value.due-by"
            found.append([wording.plain(wording.voice.text(key, day=day))])
        for o in wording.entity.objects(MONTHS, node):
            if o.value.isdigit():
                found.append([wording.plain(wording.voice.count("value.within", int(o.value)))])
        return found

    def gist(self, node: str) -> tuple[Part, ...]:
        """Our paraphrase of what is said about a node."""
        for predicate in GISTS:
            told = [self.wording.parts(o) for o in self.wording.objects(predicate, node)]
            if told:
                return joined(told, self.wording.plain(" "))
        return ()

    def graphs(self, node: str) -> tuple[str, ...]:
        """The graphs that say what a node is; names and conclusions count only if nothing else."""
        said = self.wording.entity.said(node)
        return witnesses(s for s in said if s.predicate not in LABELS) or witnesses(said)

    def note(self, node: str) -> Note:
        """Who says what a node is, and how many say otherwise."""
        note = self.notary.note(self.graphs(node))
        others = [o.value for o in self.wording.entity.objects(DIFFERS, node)]
        told = [n for n in others if self.wording.entity.said(n)]
        if not others:
            return note
        graphs = {g for n in told for g in self.graphs(n)}
        return self.notary.disputed(note, graphs, tuple(self.wording.link(n) for n in others))

    def later(self, node: str) -> tuple[Later, ...]:
        """What was counted after a promise, the first count first."""
        wording, objects = self.wording, self.wording.entity.objects
        found = []
        for other in wording.entity.nodes:
            if node not in {o.value for o in objects(ABOUT, other)}:
                continue
            what = next((wording.link(o.value) for o in objects(MEASURED, other)), None)
            day = next((o.value for o in objects(DATE, other)), "9")
            later = Later(
                self.when(other) or wording.voice.text("date.undated"),
                tuple(wording.figure(other) or [wording.link(other)]),
                what or wording.link(other),
                self.gist(other),
                self.note(other),
                self.share(node, other),
                wording.link(other) if wording.entity.labels.get(other) else None,
            )
            found.append((day, later))
        return tuple(later for _, later in sorted(found, key=lambda f: f[0]))

    def share(self, target: str, observation: str) -> str | None:
        """The part of a promise that is reached, in percent; None unless both count the same."""
        objects = self.wording.entity.objects
        same = set(objects(INDICATOR, target)) & set(objects(MEASURED, observation))
        is_count = ABSOLUTE in {o.value for o in objects(VALUE_KIND, target)}
        promised = [v for o in objects(TARGET_VALUE, target) for v in objects(VALUE, o.value)]
        # A count without a date says nothing of how far a promise has come.
        counted = objects(VALUE, observation) if objects(DATE, observation) else ()
        if not (same and is_count and len(promised) == len(counted) == 1):
            return None
        try:
            part = Decimal(counted[0].value) / Decimal(promised[0].value) * 100
        except (InvalidOperation, ZeroDivisionError):
            return None
        return f"{min(part, Decimal(100)):.1f}"

    def _figure(self, value: str, node: str) -> list[Part]:
        wording = self.wording
        figure = wording.figure(value) or [wording.link(value)]
        kinds = {o.value for o in wording.entity.objects(VALUE_KIND, node)}
        if RATIO in kinds:
            last = figure[-1]
            figure[-1] = Part(Name(f"× {last.name.text}", last.name.language))
        return figure

    def _others(self, node: str) -> list[list[Part]]:
        """What else is said of a node: the word for the relation, then its objects."""
        found = []
        predicates = {s.predicate for s in self.wording.entity.said(node)} - TOLD
        for predicate in sorted(predicates):
            terms_ = [
                o
                for o in self.wording.objects(predicate, node)
                if o.value != self.wording.entity.iri
            ]
            if terms_:
                word = self.wording.entity.name(predicate, self.wording.voice.lang)
                values = joined(
                    (self.wording.parts(o, predicate, node) for o in terms_),
                    self.wording.plain(", "),
                )
                named = Part(
                    Name(self.wording.voice.text("value.named", what=word.text), word.language)
                )
                found.append([named, *values])
        return found


def witnesses(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The graphs of some statements, those of rules only where there are no others."""
    graphs = {g for s in statements for g in s.graphs}
    authored = {g for g in graphs if not g.startswith(terms.GRAPH_INFERRED)}
    return tuple(sorted(authored or graphs))
