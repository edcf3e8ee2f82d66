"""The fundings and budgets as a table for spreadsheets."""

from collections.abc import Sequence

from enact_graph import terms
from enact_graph.graph.entity import Entity
from enact_graph.present.table import csv_of
from enact_graph.topics.funding.read import Ledger, Sum
from enact_graph.vocabulary import ENACT

_P = terms.PREFIXES
COLUMNS = (
    *("kind", "iri", "to", "to_name", "from", "from_name", "operated_by", "amount", "currency"),
    *("hedge", "status", "start", "end", "duration", "sources"),
)


def table(ledger: Ledger, lang: str) -> bytes:
    """One line a funding or budget (RFC 4180); an amount that no source states is left empty."""
    rows: list[Sequence[object]] = [COLUMNS]
    for grant in sorted(ledger.grants, key=lambda g: g.iri):
        e = grant.entity
        names = "; ".join(e.name(iri, lang).text for iri in grant.payers)
        money = _money(e, grant.amount)
        who = [grant.item, e.name(grant.item, lang).text, " ".join(grant.payers), names]
        when = _when(e, grant.status, grant.graphs)
        rows.append(["funding", e.iri, *who, " ".join(grant.operators), *money, *when])
    for budget in sorted(ledger.budgets, key=lambda b: b.entity.iri):
        e = budget.entity
        money, when = _money(e, budget.amount), _when(e, budget.status, budget.graphs)
        of = [budget.of, e.name(budget.of, lang).text, "", "", ""]
        rows.append(["budget", e.iri, *of, *money, *when])
    return csv_of(rows).encode()


def _money(entity: Entity, amount: Sum | None) -> list[str]:
    if amount is None:
        return ["", "", ""]
    hedges = entity.objects(ENACT.qualifier, amount.node)
    hedge = " ".join(o.value.removeprefix(terms.VOCAB) for o in hedges)
    return [str(amount.value), amount.currency, hedge]


def _when(entity: Entity, status: str | None, graphs: tuple[str, ...]) -> list[str]:
    schema = _P["schema"]
    told = [
        " ".join(o.value for o in entity.objects(schema + p))
        for p in ("startDate", "endDate", "duration")
    ]
    sources = {s.document or g for g in graphs if (s := entity.sources.get(g))}
    return [(status or "").removeprefix(terms.VOCAB), *told, " ".join(sorted(sources))]
