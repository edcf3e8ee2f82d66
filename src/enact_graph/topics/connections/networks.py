"""Who is tied to one thing: as a page, as JSON, as CSV and as a drawing."""

import json
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import BadParameter, NotFound
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.graph.network import Network
from enact_graph.graph.network import read as read_network
from enact_graph.graph.relations import KINDS
from enact_graph.lookup.index import Index
from enact_graph.lookup.resolve import required
from enact_graph.present.table import csv_of
from enact_graph.topics.connections.address import teller
from enact_graph.topics.connections.around import Around, View, shown
from enact_graph.topics.connections.network_page import Networks, as_json, as_rows, as_svg
from enact_graph.web import parameters
from enact_graph.web.address import Address
from enact_graph.web.openapi import (
    DAY,
    LANGUAGE,
    PAGE,
    SVG_TYPE,
    answer,
    in_path,
    in_query,
    of_texts,
)
from enact_graph.web.parameters import day
from enact_graph.web.reply import SVG, Content, kept, language
from enact_graph.web.state import serving

#: Things that may be unfolded at once.
_OPENED: Final = 12


_WRITERS: Final[dict[str, tuple[str, Callable[[Around], str]]]] = {
    "csv": (RESULTS_CSV.content_type, lambda around: csv_of(as_rows(around))),
    "json": (
        "application/json",
        lambda around: json.dumps(as_json(around), ensure_ascii=False, indent=1) + "\n",
    ),
    "svg": (SVG, as_svg),
}


async def _network(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    name = request.path_params["name"]
    slug, dot, suffix = name.rpartition(".")
    if not dot or suffix not in _WRITERS:
        slug, suffix = name, ""
    network = await serve.once(read_network)
    if terms.ID + slug not in network.ties:
        raise NotFound(f"Nothing in this release is called {slug[:200]!r} and could be tied.")
    if suffix:
        parameters.check(request, "at", many=("kind", "open"))
    view = _view(request, serve.index, network, terms.ID + slug, is_strict=bool(suffix))

    async def make() -> Content:
        telling = await teller(serve, network, shown(network, view), lang)
        if suffix:
            content_type, write = _WRITERS[suffix]
            return content_type, await run_in_threadpool(write, Around(network, view, telling))
        render = Networks(serve.frame).page
        return HTML.content_type, await run_in_threadpool(render, network, view, telling, lang)

    return await kept(request, view, make)


def _view(request: Request, index: Index, network: Network, thing: str, *, is_strict: bool) -> View:
    """What is looked at; BadParameter where a kind of tie or what is to be unfolded is none.

    With `is_strict` also where more is named than is unfolded; on a page the rest stays folded.
    """
    asked = request.query_params
    kinds = [k for text in asked.getlist("kind") for k in text.split(",") if k]
    for kind in kinds:
        if kind not in KINDS:
            raise BadParameter(
                f"kind={kind[:40]}: there is no such kind of tie; there are {', '.join(KINDS)}.",
                parameter="kind",
                allowed=list(KINDS),
            )
    names = [o for text in asked.getlist("open") for o in text.split(",") if o.strip()]
    meant = [required(index, "open", o, network.ties, language(request)) for o in names]
    opened = [o for o in dict.fromkeys(meant) if o != thing]
    if is_strict and len(opened) > _OPENED:
        raise BadParameter(
            f"open names {len(opened)} things, the limit is {_OPENED}; ask in parts.",
            parameter="open",
            limit=_OPENED,
        )
    return View(
        thing,
        tuple(k for k in KINDS if k in kinds),
        day(asked.get("at", "")),
        tuple(opened[:_OPENED]),
    )


ADDRESSES: Final = (
    Address(
        "/network/{name}",
        _network,
        "network",
        "Who is tied to a thing",
        answer("Who is tied to it.", PAGE, "application/json", RESULTS_CSV.media_type, SVG_TYPE),
        (
            in_path("name", "The slug of a thing, which `.json`, `.csv` or `.svg` may follow."),
            in_query(
                "kind",
                {
                    "type": "array",
                    "items": {"enum": list(KINDS)},
                    "description": "Kinds of ties; all where none is named.",
                },
            ),
            in_query("at", DAY | {"description": "A day on which the ties hold."}),
            in_query("open", of_texts("Things whose ties are unfolded, also with commas.")),
            LANGUAGE,
        ),
    ),
)
