"""The key facts at the top of a page: a few figures, each with what it counts and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Name
from enact_graph.graph.relations import ROLES, START
from enact_graph.present.notes import Notary
from enact_graph.present.placement import AMOUNTS
from enact_graph.present.ties import Ties, witnesses
from enact_graph.present.values import VALUE, Wording, is_now
from enact_graph.present.view import Note, Part
from enact_graph.vocabulary import ENACT, ORG, RDF

_V: Final = terms.VOCAB
_WHOLES: Final = (ORG.organization, ENACT.consortium)
_AGENTS: Final = (ORG.member, ENACT.agent)
_MEMBERS: Final = frozenset(
    _V + role for role in ("role-lead", "role-member", "role-coordinating-member")
)
_ALLIANCES: Final = frozenset({_V + "role-supporting-alliance"})


@dataclass(frozen=True)
class Fact:
    """A figure, what it counts, and who says so."""

    figure: tuple[Part, ...]
    label: Part
    note: Note


@dataclass(frozen=True)
class Brief:
    """The key facts of a cluster or an alliance, as of a day; other things have none."""

    wording: Wording
    notary: Notary
    today: date

    def facts(self) -> tuple[Fact, ...]:
        """The facts, those left out that nothing tells."""
        types = self.wording.entity.types
        found: Iterable[Fact | None] = ()
        if ENACT.Cluster in types:
            found = (
                self._money(),
                self._tied("members", _MEMBERS, "#who"),
                self._promises(),
                self._tied("alliances", _ALLIANCES, "#who"),
            )
        elif ENACT.UniversityAlliance in types:
            found = (self._since(), self._roster(now=True), self._roster(now=False))
        return tuple(fact for fact in found if fact)

    @property
    def _ties(self) -> Ties:
        return Ties(self.wording, self.notary)

    def _money(self) -> Fact | None:
        """The largest sum from a programme."""
        objects = self.wording.entity.objects
        sums: list[tuple[Decimal, str, str]] = []
        for node in self._ties.nodes():
            if not objects(ENACT.fundedUnder, node):
                continue
            for amount in (o.value for p in AMOUNTS for o in objects(p, node)):
                for value in objects(VALUE, amount):
                    try:
                        sums.append((Decimal(value.value), node, amount))
                    except InvalidOperation:
                        continue
        if not sums:
            return None
        _, node, amount = max(sums)
        programme = self.wording.link(objects(ENACT.fundedUnder, node)[0].value)
        text = self.wording.voice.text("brief.from", name=programme.name.text)
        label = Part(Name(text, programme.name.language), programme.href)
        return Fact(tuple(self.wording.figure(amount) or ()), label, self._note([node]))

    def _tied(self, key: str, roles: frozenset[str], href: str) -> Fact | None:
        """How many are tied to the cluster in one of these roles today."""
        objects = self.wording.entity.objects
        nodes = [
            n
            for n in self._ties.nodes()
            if self._leads_here(n, _WHOLES)
            and any(o.value in roles for p in ROLES for o in objects(p, n))
            and self._is_now(n)
        ]
        agents = {o.value for n in nodes for p in _AGENTS for o in objects(p, n)}
        return self._count(key, len(agents), href, nodes)

    def _promises(self) -> Fact | None:
        """How many promises are given in figures."""
        objects = self.wording.entity.objects
        nodes = [
            n for n in self._ties.nodes() if ENACT.Target in {o.value for o in objects(RDF.type, n)}
        ]
        return self._count("promises", len(nodes), "#promises", nodes)

    def _since(self) -> Fact | None:
        """When it began, as it is known."""
        wording = self.wording
        said = [s for s in wording.entity.statements if s.predicate == START]
        if not said:
            return None
        label = wording.plain(wording.voice.text("brief.since"))
        day = wording.plain(wording.day(said[0].object.value, START))
        return Fact((day,), label, self.notary.note(witnesses(said)))

    def _roster(self, *, now: bool) -> Fact | None:
        """How many members it has, or had."""
        objects = self.wording.entity.objects
        kind = ENACT.AllianceMembership
        nodes = [
            n
            for n in self._ties.nodes()
            if kind in {o.value for o in objects(RDF.type, n)}
            and self._leads_here(n, (ORG.organization,))
            and any(o.value in _MEMBERS for p in ROLES for o in objects(p, n))
        ]
        present = [n for n in nodes if self._is_now(n)]
        chosen = present if now else [n for n in nodes if n not in present]
        agents = {o.value for n in chosen for p in _AGENTS for o in objects(p, n)}
        if not now:
            agents -= {o.value for n in present for p in _AGENTS for o in objects(p, n)}
        return self._count("members" if now else "former", len(agents), "#roster", chosen)

    def _count(self, key: str, number: int, href: str, nodes: Iterable[str]) -> Fact | None:
        if not number:
            return None
        voice = self.wording.voice
        label = Part(Name(voice.count(f"brief.{key}", number), voice.lang), href)
        figure = Part(Name(voice.number(number), voice.lang))
        return Fact((figure,), label, self._note(nodes))

    def _note(self, nodes: Iterable[str]) -> Note:
        ties = self._ties
        return self.notary.note({g for n in nodes for g in ties.graphs(n)})

    def _leads_here(self, node: str, predicates: Iterable[str]) -> bool:
        entity = self.wording.entity
        return any(o.value == entity.iri for p in predicates for o in entity.objects(p, node))

    def _is_now(self, node: str) -> bool:
        return is_now(self.wording, node, self.today)
