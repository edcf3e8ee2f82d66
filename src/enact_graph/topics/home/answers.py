"""The questions of the home page, answered from what is said of the cluster."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Entity, Name
from enact_graph.graph.relations import ROLES
from enact_graph.present.notes import Notary
from enact_graph.present.placement import DIFFERS
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording, is_now, joined
from enact_graph.present.view import Note, Part, address
from enact_graph.present.words import Voice
from enact_graph.topics.home.read import Asked
from enact_graph.vocabulary import ADMS, ENACT, FRAPO, ORG, RDF, SCHEMA

_V: Final = terms.VOCAB
_AGENTS: Final = (ORG.member, ENACT.agent)
_WHOLES: Final = (ORG.organization, ENACT.consortium)
#: Promises named on the home page; the rest is counted.
_SHOWN: Final = 3


@dataclass(frozen=True)
class Answer:
    """A question's key, its answer, what is said beside it, and who says so."""

    key: str
    main: tuple[Part, ...]
    more: tuple[Part, ...]
    note: Note


@dataclass(frozen=True)
class Front:
    """Answers from the entity of the cluster, and from what was asked beside it.

    A question nothing answers is left out.
    """

    cluster: Entity
    asked: Asked
    voice: Voice
    today: date

    @property
    def _wording(self) -> Wording:
        return Wording(self.cluster, self.voice)

    @property
    def _ties(self) -> Ties:
        cluster = self.cluster
        notary = Notary(self.voice, cluster.sources, cluster.labels, cluster.iri)
        return Ties(self._wording, notary)

    def answers(self) -> list[Answer]:
        """The answers, in the order of the page."""
        found = (self.lead(), self.alliances(), self.money(), self.near(), self.promises())
        return [a for a in found if a]

    def lead(self) -> Answer | None:
        """Who coordinates today and since when, and which institution leads."""
        leads = self._in_role("role-lead")
        coordinators = self._in_role("role-coordinator")
        main = joined((self._since(n) for n in coordinators), self._text(", "))
        more: list[Part] = []
        if leads and coordinators:
            more = [self._text(self.voice.text("home.led")), *self._people(leads)]
        return self._answer("lead", main or self._people(leads), more, [*coordinators, *leads])

    def alliances(self) -> Answer | None:
        """Which alliances members have in common, and which each is in."""
        told = self.asked.alliances
        if len(told.of) < 2:
            return None
        name = told.said.name
        shared = joined(
            ([Part(name(a, self.voice.lang), address(a))] for a in told.shared), self._text(", ")
        )
        none = Name(self.voice.text("home.none-shared"), self.voice.lang)
        each = (
            [
                Part(name(m, self.voice.lang), address(m)),
                self._text(self.voice.text("home.colon")),
                *joined(
                    ([Part(name(a, self.voice.lang), address(a))] for a in alliances),
                    self._text(", "),
                ),
            ]
            for m, alliances in told.of.items()
        )
        more = joined(each, self._text(self.voice.text("home.semicolon")))
        note = self._concluded(told.said, self.voice.text("home.compared"))
        return Answer("alliances", shared or (Part(none, "/alliances"),), more, note)

    def near(self) -> Answer | None:
        """How many members have their seat near the centre, and how far each is."""
        told = self.asked.near
        if not told.kilometres:
            return None
        count = self.voice.text(
            "home.of", n=self.voice.number(len(told.kilometres)), of=self.voice.number(told.members)
        )
        each = (
            [self._wording.link(m), self._text(f" ({self.voice.number(km)} km)")]
            for m, km in told.kilometres.items()
        )
        main = Part(Name(count, self.voice.lang), "/map")
        note = self._concluded(told.said, self.voice.text("home.measured"))
        return Answer("near", (main,), joined(each, self._text(", ")), note)

    def money(self) -> Answer | None:
        """How much from which programme, and of what total."""
        under = ENACT.fundedUnder
        fundings = sorted(
            (n for n in self._kind(ENACT.Funding) if self._amounts(n)),
            key=lambda n: (not self.cluster.objects(under, n), n),
        )
        budgets = [n for n in self._kind(FRAPO.ProjectBudget) if self._amounts(n)]
        main = joined(
            ([*self._amounts(n), self._text(" · "), *self._programme(n)] for n in fundings),
            self._text(self.voice.text("home.semicolon")),
        )
        budgets = sorted(budgets, key=self._day)[:1]
        more: list[Part] = []
        for node in budgets:
            more += [self._wording.link(node), self._text(self.voice.text("home.colon"))]
            more += self._amounts(node)
            for o in self.cluster.objects(ADMS.status, node):
                name = self.cluster.name(o.value, self.voice.lang)
                more += [self._text(" "), self._wording.tag(name.text, "hedge", name.language)]
            for o in self.cluster.objects(SCHEMA.duration, node):
                more.append(self._text(" · " + self._wording.duration(o.value)))
            if self.cluster.objects(DIFFERS, node):
                more.append(self._text(" · "))
                differ = Name(self.voice.text("note.disputed.how"), self.voice.lang)
                more.append(Part(differ, self._page + "#disputes"))
        return self._answer("money", main, more, [*fundings, *budgets])

    def promises(self) -> Answer | None:
        """The promises with a figure: the oldest source first, of one source those with a day."""
        due = ENACT.dueBy
        targets = sorted(
            self._kind(ENACT.Target),
            key=lambda n: (self._day(n), not self.cluster.objects(due, n), n),
        )
        shown = targets[:_SHOWN]
        main = joined(
            ([self._wording.link(n)] for n in shown), self._text(self.voice.text("home.semicolon"))
        )
        kinds = (ENACT.Target, ENACT.Initiative, ENACT.Ambition)
        others = len({n for k in kinds for n in self._kind(k)}) - len(shown)
        more = [self._text(self.voice.count("home.more-promises", others))] if others > 0 else []
        if counted := sum(1 for n in shown if self._ties.later(n)):
            text = self.voice.count("home.followed", counted)
            more += [self._text(" "), Part(Name(text, self.voice.lang), self._page + "#promises")]
        return self._answer("promises", main, more, shown)

    def _concluded(self, said: Entity, how: str) -> Note:
        """The note of what we found by comparing what the nodes of an entity say."""
        graphs = {g for node in said.nodes.values() for s in node for g in s.graphs}
        authored = {g for g in graphs if not g.startswith(terms.GRAPH_INFERRED)}
        note = Notary(self.voice, said.sources, said.labels).note(authored or graphs)
        return replace(note, mark="inferred", how=self.voice.text("home.concluded"), remarks=(how,))

    def _answer(
        self, key: str, main: Iterable[Part], more: Iterable[Part], nodes: Iterable[str]
    ) -> Answer | None:
        main = tuple(main)
        if not main:
            return None
        ties = self._ties
        graphs = {g for n in nodes for g in ties.graphs(n)}
        return Answer(key, main, tuple(more), ties.notary.note(graphs))

    @property
    def _page(self) -> str:
        return address(self.cluster.iri) or ""

    def _in_role(self, role: str) -> list[str]:
        """The ties to the cluster in a role, those that are over or not begun left out."""
        objects = self.cluster.objects
        return [
            n
            for n in self._ties.nodes()
            if any(o.value == _V + role for p in ROLES for o in objects(p, n))
            and any(o.value == self.cluster.iri for p in _WHOLES for o in objects(p, n))
            and is_now(self._wording, n, self.today)
        ]

    def _since(self, node: str) -> list[Part]:
        """Who has a function, and since when where that is known."""
        period = self._wording.period(node)
        parts = self._people([node])
        if period:
            parts += [self._text(", "), *self._wording.qualifiers(node), self._text(period)]
        return parts

    def _day(self, node: str) -> str:
        ties = self._ties
        return ties.notary.note(ties.graphs(node)).order

    def _kind(self, iri: str) -> list[str]:
        tied = self._ties.nodes()
        return [n for n in tied if iri in {o.value for o in self.cluster.objects(RDF.type, n)}]

    def _agents(self, nodes: Iterable[str]) -> list[str]:
        return [o.value for n in nodes for p in _AGENTS for o in self.cluster.objects(p, n)]

    def _people(self, nodes: Iterable[str]) -> list[Part]:
        links = ([self._wording.link(a)] for a in self._agents(nodes))
        return list(joined(links, self._text(", ")))

    def _amounts(self, node: str) -> list[Part]:
        figures = (self._wording.figure(o.value) for o in self.cluster.objects(SCHEMA.amount, node))
        return [p for figure in figures if figure for p in figure]

    def _programme(self, node: str) -> list[Part]:
        for predicate in (ENACT.fundedUnder, SCHEMA.funder):
            for o in self.cluster.objects(predicate, node):
                return [self._wording.link(o.value)]
        return []

    def _text(self, text: str) -> Part:
        return Part(Name(text, self.voice.lang))
