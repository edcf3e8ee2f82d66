"""The lists: every kind of thing with its facets, as a page, as CSV and as JSON."""

import asyncio
import re
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph.errors import BadParameter, NotFound
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.present.listed import as_csv, as_json
from enact_graph.present.pages.listing import Listing, Told, pages, slug
from enact_graph.query.choice import Choice
from enact_graph.query.kinds import KINDS, Kind
from enact_graph.query.shelf import Shelf
from enact_graph.web import parameters
from enact_graph.web.reply import Made, language, send, tag
from enact_graph.web.serving import serving

_KINDS: Final = {kind.key: kind for kind in KINDS}
_JSON: Final = "application/json"
#: The forms of a list beside its page, by suffix.
_WRITERS: Final = {"csv": (RESULTS_CSV.content_type, as_csv), "json": (_JSON, as_json)}


def routes() -> list[Route]:
    """The routes of the overview and of each list."""
    return [Route("/list", _overview), Route("/list/{kind}", _list)]


async def _overview(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    made = serve.made.get(key := ("lists", lang))
    if made is None:
        shelves = await asyncio.gather(*(serve.shelf(kind) for kind in KINDS))
        by_key = {s.kind.key: s for s in shelves}
        listing = Listing(serve.pages.frame)
        made = _page(await run_in_threadpool(listing.overview, by_key, lang), lang)
        serve.made.put(key, made, made.size)
    return send(request, made)


async def _list(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    name, dot, suffix = request.path_params["kind"].partition(".")
    kind = _KINDS.get(name)
    if kind is None or (dot and suffix not in _WRITERS):
        raise NotFound(
            f"There is no list {request.path_params['kind'][:80]!r}; there are"
            f" {', '.join(_KINDS)}, each also under .csv and .json."
        )
    shelf = await serve.shelf(kind)
    if suffix:
        parameters.check(request, many=[facet.key for facet in kind.facets])
    choice = _choice(request, shelf)
    number = 1 if suffix else _number(request, len(choice.entries(shelf)), kind)
    key = ("list", name, suffix, tuple(choice.pairs()), number, lang)
    made = serve.made.get(key)
    if made is None:
        if suffix:
            content_type, write = _WRITERS[suffix]
            told = Told(shelf, serve.pages.frame.voice(lang))
            body = await run_in_threadpool(write, told, choice)
            made = _made(body, content_type, lang)
        else:
            listing = Listing(serve.pages.frame)
            made = _page(await run_in_threadpool(listing.page, shelf, choice, lang, number), lang)
        serve.made.put(key, made, made.size)
    return send(request, made)


def _choice(request: Request, shelf: Shelf) -> Choice:
    """The values chosen in the address; BadParameter names a value there is not."""
    pairs: list[tuple[str, str]] = []
    facets = [f.key for f in shelf.kind.facets]
    for facet, asked in request.query_params.multi_items():
        if facet not in facets or not asked:
            continue
        values = {v for e in shelf.entries for v in e.values.get(facet, ())}
        found = [v for v in values if slug(v) == asked]
        if not found:
            raise BadParameter(
                f"{facet}={asked[:60]}: nothing in this list is filed under that.",
                parameter=facet,
                allowed=sorted(map(slug, values)),
            )
        pairs += [(facet, v) for v in found]
    return Choice.of(pairs)


def _number(request: Request, entries: int, kind: Kind) -> int:
    """The page asked for; BadParameter where it is no number, NotFound beyond the last."""
    asked = request.query_params.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", asked):
        raise BadParameter(
            f"page={asked[:40]}: the pages of a list are numbered from 1; name one, or leave the"
            " parameter out.",
            parameter="page",
        )
    if int(asked) > pages(entries):
        raise NotFound(f"/list/{kind.key} has {pages(entries)} pages; there is no page {asked}.")
    return int(asked)


def _page(html: str, lang: str) -> Made:
    return _made(html.encode(), HTML.content_type, lang)


def _made(body: bytes, content_type: str, lang: str) -> Made:
    headers = {"Vary": "Accept-Language", "Content-Language": lang}
    return Made(body, content_type, tag(body), headers=headers)
