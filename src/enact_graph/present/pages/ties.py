"""Memberships, partnerships, fundings, promises: each node as one line of the pages it ties."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.present.pages.notes import Notary
from enact_graph.present.pages.values import (
    END,
    NOT_STATED,
    PRECISION,
    QUALIFIER,
    START,
    Wording,
    joined,
)
from enact_graph.present.pages.view import Item, Part, Row
from enact_graph.query.entity import Name, Statement

_P: Final = terms.PREFIXES
_E: Final = terms.ENACT
_SCHEMA: Final = _P["schema"]

#: The section in which a node of a class is told; a node may be in several, the first counts.
SECTIONS: Final = {
    _E + "ConsortiumMembership": "who",
    _P["org"] + "Membership": "who",
    _E + "Partnership": "who",
    _E + "Support": "who",
    _E + "InnovationCoordination": "who",
    _P["frapo"] + "ProjectBudget": "money",
    _E + "Funding": "money",
    _E + "Selection": "money",
    _E + "Target": "promises",
    _E + "Initiative": "promises",
    _E + "Ambition": "promises",
}

ROLES: Final = (_P["org"] + "role", _E + "role")
#: The ends of a node: their names stand first, without the word for the relation.
_ENDS: Final = (
    _P["org"] + "member",
    _E + "agent",
    _SCHEMA + "funder",
    _E + "fundedUnder",
    _E + "call",
    _E + "selected",
    _P["org"] + "organization",
    _E + "consortium",
    _SCHEMA + "fundedItem",
    _E + "budgetOf",
    _E + "commitmentOf",
)
_AMOUNTS: Final = (_SCHEMA + "amount", _E + "targetValue")
_DUE: Final = _E + "dueBy"
_MONTHS: Final = _E + "dueWithinMonths"
_VALUE_KIND: Final = _E + "valueKind"
_RATIO: Final = terms.VOCAB + "ratio-to-baseline"
_STATUS: Final = _P["adms"] + "status"
GISTS: Final = (_P["dcterms"] + "description", _SCHEMA + "description")
LABELS: Final = frozenset(
    {
        _P["skos"] + "prefLabel",
        _P["rdfs"] + "label",
        _P["foaf"] + "name",
        _P["dcterms"] + "title",
        _P["schema"] + "name",
    }
)
#: Never shown as a line of its own: shown elsewhere, or bookkeeping.
SILENT: Final = (
    frozenset({terms.RDF_TYPE, QUALIFIER, NOT_STATED, _P["dcterms"] + "source"})
    | LABELS
    | frozenset(GISTS)
    | frozenset(PRECISION.values())
)
#: On the node's own page alone, or told in words of their own.
_TOLD: Final = SILENT.union(
    (START, END, _DUE, _MONTHS, _STATUS, _VALUE_KIND, _P["dcterms"] + "isPartOf"),
    ROLES,
    _ENDS,
    _AMOUNTS,
)


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
        types = {o.value for o in self.wording.entity.objects(terms.RDF_TYPE, node)}
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
        return self.wording.link(self.kind(node) or terms.RDF_TYPE)

    def line(self, node: str) -> tuple[Part, Item, tuple[str, ...]]:
        """A node under its label, with what its list may be called: its class, its roles."""
        return self.label(node), self.item(node), self._lists(node)

    def promise(self, node: str) -> tuple[Part, Item, tuple[str, ...]]:
        """A promise under its label."""
        return self.label(node), self.goal(node), self._lists(node)

    def _lists(self, node: str) -> tuple[str, ...]:
        roles = [o.value for p in ROLES for o in self.wording.entity.objects(p, node)]
        return (self.kind(node) or "", *roles)

    def item(self, node: str) -> Item:
        """One node as a line, told from the thing's side."""
        wording, voice = self.wording, self.wording.voice
        objects = wording.entity.objects
        figures = [self._figure(o.value, node) for p in _AMOUNTS for o in objects(p, node)]
        ends = [
            [wording.link(o.value)]
            for p in _ENDS
            for o in objects(p, node)
            if o.value != wording.entity.iri
        ]
        tags = [
            wording.tag(n.text, "hedge", n.language)
            for o in objects(_STATUS, node)
            for n in [wording.entity.name(o.value, voice.lang)]
        ]
        tags += wording.gaps(node)
        asides = [[wording.plain(period)]] if (period := wording.period(node)) else []
        asides += [*self.due(node), *self._others(node)]
        dot = wording.plain(" · ")
        named = [self.name(node)] if wording.entity.labels.get(node) else []
        return Item(
            main=joined([*figures, *ends] or [named], dot),
            aside=(*tags, *joined(asides, dot)),
            gist=self.gist(node),
            note=self.notary.note(self.graphs(node)),
            anchor=node.rpartition("/")[2],
        )

    def goal(self, node: str) -> Item:
        """A promise: its name, its figure and due date, what the source says of it."""
        objects = self.wording.entity.objects
        figures = [self._figure(o.value, node) for p in _AMOUNTS for o in objects(p, node)]
        due = [*self.due(node), *([tag] for tag in self.wording.gaps(node))]
        return Item(
            main=(self.name(node),),
            aside=joined(figures, self.wording.plain(" · ")),
            due=joined(due, self.wording.plain(" ")),
            gist=self.gist(node),
            note=self.notary.note(self.graphs(node)),
            anchor=node.rpartition("/")[2],
        )

    def name(self, node: str) -> Part:
        """The name of a node, linked to its own page."""
        return self.wording.link(node)

    def due(self, node: str) -> list[list[Part]]:
        """By when."""
        wording, found = self.wording, []
        for o in wording.entity.objects(_DUE, node):
            day = wording.day(o.value, _DUE, node)
            found.append([wording.plain(wording.voice.text("value.due-by", day=day))])
        for o in wording.entity.objects(_MONTHS, node):
            if o.value.isdigit():
                found.append([wording.plain(wording.voice.count("value.within", int(o.value)))])
        return found

    def gist(self, node: str) -> tuple[Part, ...]:
        """Our paraphrase of what is said about a node."""
        for predicate in GISTS:
            parts = [
                p for o in self.wording.objects(predicate, node) for p in self.wording.parts(o)
            ]
            if parts:
                return tuple(parts)
        return ()

    def graphs(self, node: str) -> tuple[str, ...]:
        """The graphs that say what a node is; names and conclusions count only if nothing else."""
        said = self.wording.entity.nodes[node]
        return witnesses(s for s in said if s.predicate not in LABELS) or witnesses(said)

    def _figure(self, value: str, node: str) -> list[Part]:
        wording = self.wording
        figure = wording.figure(value) or [wording.link(value)]
        kinds = {o.value for o in wording.entity.objects(_VALUE_KIND, node)}
        if _RATIO in kinds:
            last = figure[-1]
            figure[-1] = Part(Name(f"× {last.name.text}", last.name.language))
        return figure

    def _others(self, node: str) -> list[list[Part]]:
        """What else is said of a node: the word for the relation, then its objects."""
        found = []
        predicates = {s.predicate for s in self.wording.entity.nodes[node]} - _TOLD
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


def rows(labelled: Iterable[tuple[Part, Item, tuple[str, ...]]], notary: Notary) -> tuple[Row, ...]:
    """Items under their labels: those with one label and the same witnesses share a note.

    Beside label and item stand the classes, roles or properties whose list a source may leave open.
    """
    by_label: dict[Part, dict[tuple[str, ...], list[Item]]] = {}
    lists: dict[Part, tuple[str, ...]] = {}
    for label, item, kinds in labelled:
        graphs = item.note.graphs if item.note else ()
        by_label.setdefault(label, {}).setdefault(graphs, []).append(item)
        lists[label] = kinds
    found = []
    for label, by_graphs in by_label.items():
        for position, (graphs, items) in enumerate(by_graphs.items()):
            note = items[0].note or notary.note(graphs)
            is_open = notary.is_open(graphs, lists[label])
            found.append(Row(label, tuple(items), note, again=position > 0, is_open=is_open))
    return tuple(found)
