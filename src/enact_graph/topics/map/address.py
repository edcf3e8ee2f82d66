"""The map of seats: a page, a picture, and the same as GeoJSON, CSV and JSON."""

import re
from collections.abc import Collection, Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.graph.entity import local_name
from enact_graph.lookup.resolve import required
from enact_graph.release.store import OUTLINES
from enact_graph.settings import Settings
from enact_graph.topics.map import export as exports
from enact_graph.topics.map.atlas import GROUPS, Atlas
from enact_graph.topics.map.outlines import Outlines
from enact_graph.topics.map.page import Maps, Tiles
from enact_graph.topics.map.read import read
from enact_graph.topics.map.selection import ZOOMS, Selection, Wish, select
from enact_graph.web.address import Address
from enact_graph.web.headers import CONTENT_SECURITY_POLICY
from enact_graph.web.openapi import LANGUAGE, PAGE, SVG_TYPE, answer, in_query, of_text
from enact_graph.web.reply import SVG, Content, Made, kept, language, send, tag
from enact_graph.web.state import Serving, serving

#: Half way round the Earth, about.
FARTHEST: Final = 20_000
#: What can be in the middle: what lies somewhere, or has a seat.
_MIDDLES: Final = ("cluster", "alliance", "group", "organisation", "place")
#: The forms beside page and picture, by address: content type and writer.
_WRITERS: Final = {
    "/places.geojson": ("application/geo+json", exports.geojson),
    "/map.csv": (RESULTS_CSV.content_type, exports.table),
    "/map.json": ("application/json", exports.summary),
}
_ONE: Final = ("alliance", "country", "near", "km", "zoom")


async def _page(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    atlas = await _atlas(serve)
    wish = _wish(request, serve, atlas)
    tiles = _tiles(serve.settings)

    async def make() -> Content:
        selection = select(atlas, wish) if wish.centre else None
        page = await run_in_threadpool(serve.held(_maps).page, atlas, selection, lang, tiles)
        return HTML.content_type, page

    policy = {"Content-Security-Policy": _with_images_of(tiles.address)} if tiles else None
    return await kept(request, wish, make, policy)


async def _picture(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    atlas = await _atlas(serve)
    selection = _selection(request, serve, atlas)

    async def make() -> Content:
        return SVG, await run_in_threadpool(serve.held(_maps).svg, atlas, selection, lang)

    return await kept(request, selection.wish, make)


async def _data(request: Request) -> Response:
    serve = serving(request)
    atlas = await _atlas(serve)
    selection = _selection(request, serve, atlas)
    path = request.url.path
    key = (path, selection.wish)
    made = serve.made.get(key)
    if made is None:
        content_type, write = _WRITERS[path]
        body = await run_in_threadpool(write, atlas, selection)
        made = Made(body, content_type, tag(body))
        serve.made.put(key, made, made.size)
    return send(request, made)


def _maps(serve: Serving) -> Maps:
    told, release = serve.site.map, serve.release
    own = release.file(OUTLINES).read_text("utf-8") if release.has(OUTLINES) else ""
    return Maps(serve.frame, Outlines.load(told.region, own), told)


async def _atlas(serve: Serving) -> Atlas:
    return await serve.once(read, serve.site.cluster, serve.site.map.region)


def _tiles(settings: Settings) -> Tiles | None:
    return Tiles(settings.tiles, settings.tiles_attribution) if settings.tiles else None


def _with_images_of(address: str) -> str:
    """The policy of the page, with images of the host of these tiles and no other."""
    found = urlsplit(address)
    return CONTENT_SECURITY_POLICY.replace("img-src ", f"img-src {found.scheme}://{found.netloc} ")


def _middles(serve: Serving) -> frozenset[str]:
    return frozenset(e.iri for e in serve.index.entries if e.kind in _MIDDLES)


def _selection(request: Request, serve: Serving, atlas: Atlas) -> Selection:
    return select(atlas, _wish(request, serve, atlas))


def _wish(request: Request, serve: Serving, atlas: Atlas) -> Wish:
    """What the address asks for; BadParameter names what is wrong."""
    asked = request.query_params
    for name in _ONE:
        if len(asked.getlist(name)) > 1:
            raise BadParameter(f"{name} is given twice; give it once.", parameter=name)
    things = serve.held(_middles)
    middle = _thing(request, serve, "near", things) or _usual(atlas, serve.site.map.centre)
    if middle and atlas.point(middle) is None:
        raise BadParameter(
            f"near={asked['near'][:60]}: the graph knows no coordinates of {local_name(middle)};"
            " choose a town near it.",
            parameter="near",
        )
    show = [group for group in asked.getlist("show") if group]
    for group in show:
        _one_of("show", group, GROUPS)
    zoom = asked.get("zoom") or Wish.zoom
    _one_of("zoom", zoom, ZOOMS)
    return Wish(
        middle,
        _km(asked.get("km", ""), serve.site.map.radius),
        tuple(g for g in GROUPS if g in show) or Wish.show,
        _thing(request, serve, "alliance", atlas.alliances),
        _thing(request, serve, "country", atlas.countries),
        zoom,
    )


def _thing(request: Request, serve: Serving, name: str, among: Collection[str]) -> str | None:
    """The one of these things that a parameter names; None where it is left out."""
    text = request.query_params.get(name, "").strip()
    return required(serve.index, name, text, among, language(request)) if text else None


def _one_of(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise BadParameter(
            f"{name}={value[:40]}: choose among {', '.join(allowed)}.",
            parameter=name,
            allowed=list(allowed),
        )


def _km(text: str, usual: int) -> int:
    if not text:
        return usual
    number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
    if not 1 <= number <= FARTHEST:
        raise BadParameter(
            f"km={text[:40]}: the radius is a whole number of kilometres from 1 to {FARTHEST}.",
            parameter="km",
        )
    return number


def _usual(atlas: Atlas, usual: str) -> str:
    """The place to measure from unless one is named: that of the site, any; empty if none."""
    return usual if usual and atlas.point(usual) else min(atlas.towns, default="")


_TAKES: Final = (
    in_query(
        "show", {"type": "array", "items": {"enum": list(GROUPS)}, "description": "Roles shown."}
    ),
    in_query("alliance", of_text("An alliance, by name or address.")),
    in_query("country", of_text("A country, by name or address.")),
    in_query("near", of_text("The centre: a place or body by name, identifier or address.")),
    in_query("km", {"type": "integer", "minimum": 1, "maximum": FARTHEST}),
    in_query("zoom", {"enum": list(ZOOMS), "description": "What the drawing shows."}),
    LANGUAGE,
)
_DATA: Final = {
    "/map.csv": ("mapTable", "Seats and sites with distances"),
    "/map.json": ("mapSummary", "Members within a radius, and places"),
    "/places.geojson": ("places", "Seats and sites (RFC 7946)"),
}
ADDRESSES: Final = (
    Address(
        "/map",
        _page,
        "map",
        "The map of seats",
        answer("It.", PAGE),
        _TAKES,
        in_sitemap=True,
        menu="map",
    ),
    Address(
        "/map.svg",
        _picture,
        "mapPicture",
        "The map as a picture",
        answer("It.", SVG_TYPE),
        _TAKES,
        is_strict=True,
    ),
    *(
        Address(
            path,
            _data,
            key,
            title,
            answer("It.", _WRITERS[path][0].partition(";")[0]),
            _TAKES,
            is_strict=True,
        )
        for path, (key, title) in _DATA.items()
    ),
)
