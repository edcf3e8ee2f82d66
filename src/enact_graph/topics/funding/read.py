"""Who funds whom with how much, as the graph says it: fundings, budgets, and the calls behind them.

    found = await ledger(reader)
    found.grants[0].amount.value

Nothing is added up here: amounts that disagree stand beside each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Entity, Statement
from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import ADMS, ENACT, FRAPO, SCHEMA

FUNDED: Final = SCHEMA.fundedItem
FUNDER: Final = SCHEMA.funder
UNDER: Final = ENACT.fundedUnder
OPERATED: Final = ENACT.operatedBy
AMOUNT: Final = SCHEMA.amount
STATUS: Final = ADMS.status
BUDGET_OF: Final = ENACT.budgetOf
DURATION: Final = SCHEMA.duration


@dataclass(frozen=True)
class Sum:
    """An amount of money at its node, whose qualifiers tell how firm it is."""

    node: str
    value: Decimal
    currency: str


@dataclass(frozen=True)
class Grant:
    """One funding: who pays whom, under what, operated by whom; no amount where none is stated."""

    entity: Entity
    item: str
    funders: tuple[str, ...]
    programmes: tuple[str, ...]
    operators: tuple[str, ...]
    amount: Sum | None
    status: str | None
    graphs: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The funding itself."""
        return self.entity.iri

    @property
    def payers(self) -> tuple[str, ...]:
        """Who is named as paying: the funders, else the programme."""
        return self.funders or self.programmes


@dataclass(frozen=True)
class Budget:
    """A whole budget, as some sources state it."""

    entity: Entity
    of: str
    amount: Sum
    status: str | None
    graphs: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """All fundings and budgets; those chosen in the same calls as the cluster."""

    cluster: str
    grants: tuple[Grant, ...]
    budgets: tuple[Budget, ...]
    calls: dict[str, tuple[str, ...]]
    chosen: frozenset[str]

    def of_cluster(self) -> list[Grant]:
        """What the cluster receives, the largest amount first."""
        return self._sorted(g for g in self.grants if g.item == self.cluster)

    def of_call(self) -> list[Grant]:
        """What each winner of the cluster's calls receives under them, the cluster among these."""
        under = {p for call, over in self.calls.items() for p in (call, *over)}
        return self._sorted(
            g for g in self.grants if g.item in self.chosen and under & set(g.programmes)
        )

    def others(self) -> list[Grant]:
        """Every other funding."""
        told = {g.iri for g in (*self.of_cluster(), *self.of_call())}
        return self._sorted(g for g in self.grants if g.iri not in told)

    def _sorted(self, grants: Iterable[Grant]) -> list[Grant]:
        return sorted(grants, key=lambda g: (-(g.amount.value if g.amount else 0), g.iri))


async def ledger(reader: Reader, cluster: str) -> Ledger:
    """Read every funding and budget; `cluster` is the one whose money is told first."""
    wholes = await _wholes(reader)
    entities = await reader.look_up_all(wholes)
    calls, chosen = await _calls(reader, cluster)
    over = {p for of in calls.values() for p in of}
    found = [_grant(e, item) for e in entities for item in _targets(e, FUNDED)]
    grants = tuple(_specific(g, over) for g in found)
    budgets = tuple(b for e in entities for of in _targets(e, BUDGET_OF) if (b := _budget(e, of)))
    return Ledger(cluster, grants, budgets, calls, chosen)


async def _wholes(reader: Reader) -> dict[str, list[str]]:
    """Fundings and budgets with the nodes of their amounts."""
    rows = await reader.select(
        f"SELECT DISTINCT ?it ?amount WHERE {{ {{ ?it a <{ENACT.Funding}> ; <{FUNDED}> ?x }} UNION"
        f" {{ ?it a <{FRAPO.ProjectBudget}> ; <{BUDGET_OF}> ?x }}"
        f" OPTIONAL {{ ?it <{AMOUNT}> ?amount }} }} ORDER BY ?it ?amount"
    )
    wholes: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        amount = row["amount"]
        wholes[row["it"].value] += [amount.value] if amount else []
    return wholes


async def _calls(reader: Reader, cluster: str) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """The calls that chose the cluster, each with its programmes, and everybody they chose."""
    rows = await reader.select(
        f"SELECT DISTINCT ?call ?over ?chosen WHERE {{ ?won <{ENACT.selected}> <{cluster}> ;"
        f" <{ENACT.call}> ?call . ?selection <{ENACT.call}> ?call ; <{ENACT.selected}> ?chosen"
        f" OPTIONAL {{ ?call <{UNDER}> ?over }} }} ORDER BY ?call ?over ?chosen"
    )
    calls: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        over = row["over"]
        calls[row["call"].value] |= {over.value: None} if over else {}
    chosen = frozenset(row["chosen"].value for row in rows)
    return {call: tuple(of) for call, of in calls.items()}, chosen


def _grant(entity: Entity, item: str) -> Grant:
    return Grant(
        entity,
        item,
        tuple(_targets(entity, FUNDER)),
        tuple(_targets(entity, UNDER)),
        tuple(_targets(entity, OPERATED)),
        _sum(entity),
        next(iter(_targets(entity, STATUS)), None),
        _graphs(entity, (FUNDED, FUNDER, UNDER, AMOUNT)),
    )


def _specific(grant: Grant, over: set[str]) -> Grant:
    """A funding without the programme over a call that it names as well."""
    programmes = grant.programmes
    if len(programmes) > 1 and any(p not in over for p in programmes):
        programmes = tuple(p for p in programmes if p not in over)
    return replace(grant, programmes=programmes)


def _budget(entity: Entity, of: str) -> Budget | None:
    amount = _sum(entity)
    if amount is None:
        return None
    status = next(iter(_targets(entity, STATUS)), None)
    return Budget(entity, of, amount, status, _graphs(entity, (BUDGET_OF, AMOUNT)))


def _sum(entity: Entity) -> Sum | None:
    for node in _targets(entity, AMOUNT):
        numbers = entity.objects(SCHEMA.value, node)
        currency = next((o.value for o in entity.objects(SCHEMA.currency, node)), "")
        if numbers and currency:
            try:
                return Sum(node, Decimal(numbers[0].value), currency)
            except InvalidOperation:
                continue
    return None


def _targets(entity: Entity, predicate: str) -> list[str]:
    return sorted({s.target for s in entity.statements if s.predicate == predicate and s.target})


def _graphs(entity: Entity, predicates: Iterable[str]) -> tuple[str, ...]:
    """The graphs that say what is told of a funding: the parties, and the amount where stated."""
    wanted = set(predicates)
    told: list[Statement] = [s for s in entity.statements if s.predicate in wanted]
    for node in entity.nodes.values():
        told += [s for s in node if s.predicate == SCHEMA.value]
    found = {g for s in told for g in s.graphs if not g.startswith(terms.GRAPH_INFERRED)}
    return tuple(sorted(found))
