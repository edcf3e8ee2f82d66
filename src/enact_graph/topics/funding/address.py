"""Who funds whom: a page, a picture and a table."""

from collections.abc import Callable, Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.graph.cluster import cluster
from enact_graph.graph.entity import Entity
from enact_graph.present.table import csv_of
from enact_graph.topics.funding.page import Funding
from enact_graph.topics.funding.read import Ledger, Sum, ledger
from enact_graph.vocabulary import ENACT
from enact_graph.web.address import Address
from enact_graph.web.openapi import LANGUAGE, PAGE, SVG_TYPE, answer
from enact_graph.web.reply import SVG, Content, kept, language
from enact_graph.web.state import serving

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


_Write = Callable[[Ledger, str], str | bytes]
_PAGE: Final = "/funding"


async def _answer(request: Request) -> Response:
    serve, lang, path = serving(request), language(request), request.url.path

    async def make() -> Content:
        about = await cluster(serve.reader, serve.site.cluster) or terms.BASE
        found = await ledger(serve.reader, about)
        pages = Funding(serve.frame)
        writers: dict[str, tuple[str, _Write]] = {
            _PAGE: (HTML.content_type, pages.page),
            "/funding.svg": (SVG, pages.svg),
            "/funding.csv": (RESULTS_CSV.content_type, table),
        }
        content_type, write = writers[path]
        return content_type, await run_in_threadpool(write, found, lang)

    return await kept(request, (), make)


ADDRESSES: Final = (
    Address(
        _PAGE,
        _answer,
        "funding",
        "Who funds whom with how much",
        answer("It.", PAGE),
        (LANGUAGE,),
        in_sitemap=True,
    ),
    Address(
        "/funding.svg",
        _answer,
        "fundingPicture",
        "The flows of money as a picture",
        answer("It.", SVG_TYPE),
        (LANGUAGE,),
        is_strict=True,
    ),
    Address(
        "/funding.csv",
        _answer,
        "fundingTable",
        "Fundings and budgets with their sources",
        answer("It.", RESULTS_CSV.media_type),
        (LANGUAGE,),
        is_strict=True,
    ),
)
