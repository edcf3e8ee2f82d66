"""Who funds whom: a page, a picture and a table."""

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.graph.cluster import cluster
from enact_graph.topics.funding.export import table
from enact_graph.topics.funding.page import Funding
from enact_graph.topics.funding.read import Ledger, ledger
from enact_graph.web.address import Address
from enact_graph.web.openapi import LANGUAGE, PAGE, SVG_TYPE, answer
from enact_graph.web.reply import SVG, Content, kept, language
from enact_graph.web.state import serving

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
