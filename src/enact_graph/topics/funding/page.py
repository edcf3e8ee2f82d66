"""Who funds whom, as a page: flows in one scale each, tables with sources, budgets side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Entity, Name, local_name
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.notes import Notary
from enact_graph.present.values import Wording
from enact_graph.present.view import Note, Part
from enact_graph.present.words import Voice
from enact_graph.topics.funding.draw import Flow, Sheet, sheets
from enact_graph.topics.funding.read import DURATION, Budget, Grant, Ledger

_GRANTED: Final = terms.VOCAB + "status-granted"


@dataclass(frozen=True)
class Line:
    """A funding in the table."""

    anchor: str
    payers: tuple[Part, ...]
    operators: tuple[Part, ...]
    receiver: Part
    amount: tuple[Part, ...]
    aside: tuple[Part, ...]
    note: Note


@dataclass(frozen=True)
class Panel:
    """Some fundings that can be drawn in one scale: the finding, the drawings, the table."""

    key: str
    title: str
    finding: str
    described: str
    sheets: tuple[Sheet, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Claim:
    """A budget as some sources state it."""

    value: tuple[Part, ...]
    aside: tuple[Part, ...]
    note: Note


@dataclass(frozen=True)
class Budgets:
    """The budgets of one thing, side by side."""

    of: Part
    anchor: str
    counted: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class FundingPage:
    """A ledger in one language."""

    ledger: Ledger
    voice: Voice

    def panels(self) -> list[Panel]:
        """The flows to the cluster, to the winners of its call, and all others."""
        name = self._cluster_name()
        found = (
            ("cluster", self.ledger.of_cluster(), self._cluster_finding),
            ("call", self.ledger.of_call(), self._call_finding),
            ("others", self.ledger.others(), self._others_finding),
        )
        return [
            self._panel(key, self.voice.text(f"funding.section.{key}", name=name), grants, say)
            for key, grants, say in found
            if grants
        ]

    def _panel(
        self, key: str, title: str, grants: list[Grant], say: Callable[[list[Grant]], str]
    ) -> Panel:
        flows = [self._flow(g) for g in grants]
        return Panel(
            key,
            title,
            say(grants),
            self._described(flows),
            sheets(flows),
            tuple(self._line(g) for g in grants),
        )

    def _described(self, flows: Sequence[Flow]) -> str:
        told = self.voice.text("funding.join").join(
            self.voice.text("funding.one-flow", payer=f.payer, receiver=f.receiver, amount=f.amount)
            for f in flows
        )
        return told + "."

    def _flow(self, grant: Grant) -> Flow:
        wording = Wording(grant.entity, self.voice)
        kind = "solid" if grant.status in (None, _GRANTED) else "hatched"
        amount = self._amount(grant)
        # What is in another currency cannot be drawn in the scale of the euro.
        size = grant.amount.value if grant.amount and grant.amount.currency == "EUR" else None
        return Flow(
            grant.iri,
            self._payer(grant),
            wording.link(grant.item).name.text,
            amount,
            size,
            kind if size else "dashed",
            grant.item == self.ledger.cluster,
        )

    def _payer(self, grant: Grant) -> str:
        wording = Wording(grant.entity, self.voice)
        names = [wording.link(iri).name.text for iri in grant.payers]
        text = self.voice.listed(names) if names else self.voice.text("funding.unnamed")
        return text[:1].upper() + text[1:]

    def _amount(self, grant: Grant) -> str:
        """The amount in words, hedges and all."""
        parts = self._figure(grant)
        return " ".join(p.name.text for p in parts)

    def _figure(self, grant: Grant) -> list[Part]:
        wording = Wording(grant.entity, self.voice)
        figure = wording.figure(grant.amount.node) if grant.amount else None
        return figure or [wording.tag(self.voice.text("funding.silent"), "open")]

    def _line(self, grant: Grant) -> Line:
        wording = Wording(grant.entity, self.voice)
        aside = [wording.link(grant.status)] if grant.status else []
        if period := wording.period(None):
            aside.append(wording.plain(period))
        return Line(
            f"f-{local_name(grant.iri)}",
            tuple(wording.link(iri) for iri in grant.payers),
            tuple(wording.link(iri) for iri in grant.operators),
            wording.link(grant.item),
            tuple(self._figure(grant)),
            tuple(aside),
            self._note(grant.entity, grant.graphs),
        )

    def _note(self, entity: Entity, graphs: Sequence[str]) -> Note:
        return Notary(self.voice, entity.sources, entity.labels).note(graphs)

    def _cluster_name(self) -> str:
        told = [g.entity for g in self.ledger.grants] + [b.entity for b in self.ledger.budgets]
        names = (e.name(self.ledger.cluster, self.voice.lang).text for e in told)
        return next((n for n in names if n), local_name(self.ledger.cluster))

    def _cluster_finding(self, grants: list[Grant]) -> str:
        """What is granted and by whom, and how many others pay that no source says how much."""
        firm = [g for g in grants if g.amount and g.status in (None, _GRANTED)]
        told = {p for g in grants if g.amount for p in g.payers}
        silent = {p for g in grants if not g.amount for p in g.payers} - told
        parts = [
            self.voice.text(
                "funding.finding.granted",
                payer=self._payer(g),
                amount=self._amount(g),
                name=self._cluster_name(),
            )
            for g in firm[:1]
        ]
        if silent:
            parts.append(self.voice.count("funding.finding.silent", len(silent)))
        return self.voice.text("funding.join").join(parts) or self.voice.text("funding.silent")

    def _call_finding(self, grants: list[Grant]) -> str:
        sizes = sorted(g.amount.value for g in grants if g.amount and g.amount.currency == "EUR")
        if not sizes:
            return self.voice.text("funding.silent")
        least, most = (self.voice.money(Decimal(n), "EUR") for n in (sizes[0], sizes[-1]))
        key = "funding.finding.range" if least != most else "funding.finding.same"
        return self.voice.text(key, least=least, most=most, n=self.voice.number(len(sizes)))

    def _others_finding(self, grants: list[Grant]) -> str:
        without = sum(g.amount is None for g in grants)
        counted = (
            self.voice.count("funding.finding.others", len(grants)),
            self.voice.count("funding.finding.without", without),
        )
        return ", ".join(counted)

    def budgets(self) -> list[Budgets]:
        """The budgets of each thing, the largest amount first; those of the cluster first."""
        things = dict.fromkeys(b.of for b in self.ledger.budgets)
        ordered = sorted(things, key=lambda iri: (iri != self.ledger.cluster, iri))
        return [self._budgets(iri) for iri in ordered]

    def _budgets(self, of: str) -> Budgets:
        found = [b for b in self.ledger.budgets if b.of == of]
        found.sort(key=lambda b: (-b.amount.value, b.entity.iri))
        part = Wording(found[0].entity, self.voice).link(of)
        return Budgets(
            part,
            f"b-{local_name(of)}",
            self.voice.count("funding.finding.budgets", len(found)),
            tuple(self._claim(b) for b in found),
        )

    def _claim(self, budget: Budget) -> Claim:
        wording = Wording(budget.entity, self.voice)
        aside = [wording.link(budget.status)] if budget.status else []
        aside += [wording.plain(wording.duration(o.value)) for o in budget.entity.objects(DURATION)]
        figure = wording.figure(budget.amount.node) or [Part(Name(str(budget.amount.value), ""))]
        return Claim(tuple(figure), tuple(aside), self._note(budget.entity, budget.graphs))


@dataclass(frozen=True)
class Funding:
    """Renders the page and the picture of money."""

    frame: Frame

    def page(self, ledger: Ledger, lang: str) -> str:
        """The page of /funding."""
        page = FundingPage(ledger, self.frame.voice(lang))
        voice = page.voice
        panels, budgets = page.panels(), page.budgets()
        entries = [(p.key, p.title) for p in panels]
        entries += [("budgets", voice.text("funding.section.budgets"))] if budgets else []
        return self.frame.render(
            "funding/page.html",
            lang,
            Heading(
                voice.text("funding.title"), voice.text("funding.description"), path="/funding"
            ),
            panels=panels,
            disputed=[b for b in budgets if len(b.claims) > 1],
            single=[b for b in budgets if len(b.claims) == 1],
            entries=entries,
        )

    def svg(self, ledger: Ledger, lang: str) -> str:
        """The pictures of /funding.svg, one under the other, with a style of their own."""
        page = FundingPage(ledger, self.frame.voice(lang))
        tops, top = [], 16.0
        for panel in (panels := page.panels()):
            tops.append(top)
            top += panel.sheets[-1].height + 64
        return self.frame.picture(
            "funding/picture.svg",
            lang,
            panels=list(zip(panels, tops, strict=True)),
            height=round(top),
            title=page.voice.text("funding.title"),
        )
