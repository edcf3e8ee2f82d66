"""What sources say differently: the statements side by side, none merged, none preferred."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from enact_graph.present.notes import Notary
from enact_graph.present.placement import DIFFERS, ENDS
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording
from enact_graph.present.view import Note, Part


@dataclass(frozen=True)
class Claim:
    """One of the statements that differ: what is said, beside what, when, by whom."""

    value: tuple[Part, ...]
    is_figure: bool
    aside: tuple[Part, ...]
    gist: tuple[Part, ...]
    note: Note


@dataclass(frozen=True)
class Dispute:
    """Statements that cannot all be right, the oldest source first; `documents` counts sources."""

    anchor: str
    what: Part
    claims: tuple[Claim, ...]
    documents: int


@dataclass(frozen=True)
class Disputes:
    """Finds the disputes on the page of one thing."""

    wording: Wording
    notary: Notary

    def groups(self, about: Iterable[str]) -> tuple[Dispute, ...]:
        """The disputes in which one of the nodes `about`, or the thing itself, has a part."""
        entity = self.wording.entity
        found, told = [], set[str]()
        for start in sorted({entity.iri, *about}):
            group = self._group(start)
            if len(group) > 1 and start not in told:
                told |= group
                found.append(self._dispute(sorted(group)))
        return tuple(found)

    def _group(self, start: str) -> set[str]:
        """All nodes joined to one by differences, those that are told on this page."""
        entity = self.wording.entity
        group, new = {start}, {start}
        while new:
            near = {o.value for n in new for o in entity.objects(DIFFERS, n)}
            new = {n for n in near - group if entity.said(n)}
            group |= new
        return group

    def _dispute(self, group: list[str]) -> Dispute:
        ties = Ties(self.wording, self.notary)
        # What all of them are about goes without saying.
        shared = frozenset.intersection(*(self._ends(n) for n in group))
        claims = sorted(
            (self._claim(ties, n, shared) for n in group),
            key=lambda c: (c.note.order, c.note.what),
        )
        graphs = {g for n in group for g in ties.graphs(n)}
        what = next((ties.wording.link(k) for n in group if (k := ties.kind(n))), None)
        return Dispute(
            "differ-" + group[0].rpartition("/")[2],
            what or self.wording.link(DIFFERS),
            tuple(claims),
            len(self.notary.documents(graphs)),
        )

    def _ends(self, node: str) -> frozenset[str]:
        return frozenset(o.value for p in ENDS for o in self.wording.entity.objects(p, node))

    def _claim(self, ties: Ties, node: str, shared: frozenset[str]) -> Claim:
        note = self.notary.note(ties.graphs(node))
        if ties.kind(node) is None:
            value = tuple(self.wording.parts(ox.NamedNode(node)))
            return Claim(value, False, (), ties.gist(node), note)
        item = ties.item(node, without=shared)
        return Claim(item.main, ties.has_figure(node), item.aside, item.gist, note)
