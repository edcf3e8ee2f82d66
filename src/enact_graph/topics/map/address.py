"""The map of seats: a page, a picture, and the same as GeoJSON, CSV and JSON."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph import terms
from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.graph.entity import local_name
from enact_graph.release.store import OUTLINES
from enact_graph.settings import Settings
from enact_graph.site import Map
from enact_graph.topics.map import centre
from enact_graph.topics.map import export as exports
from enact_graph.topics.map.atlas import GROUPS, Atlas
from enact_graph.topics.map.outlines import Outlines
from enact_graph.topics.map.page import Maps, Tiles
from enact_graph.topics.map.read import read
from enact_graph.topics.map.selection import ZOOMS, Selection, Wish, select
from enact_graph.web import parameters
from enact_graph.web.headers import CONTENT_SECURITY_POLICY
from enact_graph.web.kept import SVG, Content, kept
from enact_graph.web.reply import Made, language, send, tag
from enact_graph.web.state import Serving, serving

#: Half way round the Earth, about.
FARTHEST: Final = 20_000
#: The forms beside page and picture, by address: content type and writer.
_WRITERS: Final = {
    "/places.geojson": ("application/geo+json", exports.geojson),
    "/map.csv": (RESULTS_CSV.content_type, exports.table),
    "/map.json": ("application/json", exports.summary),
}
_ONE: Final = ("alliance", "country", "near", "km", "zoom")
_MANY: Final = ("show",)


def routes() -> list[Route]:
    """The routes of the map."""
    return [
        Route("/map", _page),
        Route("/map.svg", _picture),
        *(Route(path, _data) for path in _WRITERS),
    ]


async def _page(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    atlas = await _atlas(serve)
    wish = _wish(request, atlas, serve.site.map)
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
    selection = _selection(request, atlas, serve.site.map)

    async def make() -> Content:
        return SVG, await run_in_threadpool(serve.held(_maps).svg, atlas, selection, lang)

    return await kept(request, selection.wish, make)


async def _data(request: Request) -> Response:
    serve = serving(request)
    atlas = await _atlas(serve)
    selection = _selection(request, atlas, serve.site.map)
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


def _selection(request: Request, atlas: Atlas, told: Map) -> Selection:
    parameters.check(request, *_ONE, many=_MANY)
    return select(atlas, _wish(request, atlas, told))


def _wish(request: Request, atlas: Atlas, told: Map) -> Wish:
    """What the address asks for; BadParameter names what is wrong."""
    asked = request.query_params
    for name in _ONE:
        if len(asked.getlist(name)) > 1:
            raise BadParameter(f"{name} is given twice; give it once.", parameter=name)
    middle = _centre(asked.get("near", ""), atlas, told.centre)
    show = [group for group in asked.getlist("show") if group]
    for group in show:
        _one_of("show", group, GROUPS)
    zoom = asked.get("zoom") or Wish.zoom
    _one_of("zoom", zoom, ZOOMS)
    return Wish(
        middle,
        _km(asked.get("km", ""), told.radius),
        tuple(g for g in GROUPS if g in show) or Wish.show,
        _thing("alliance", asked.get("alliance", ""), atlas.alliances),
        _thing("country", asked.get("country", ""), atlas.countries),
        zoom,
    )


def _one_of(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise BadParameter(
            f"{name}={value[:40]}: choose among {', '.join(allowed)}.",
            parameter=name,
            allowed=list(allowed),
        )


def _thing(name: str, slug: str, among: Sequence[str]) -> str | None:
    """One of these things by the last part of its IRI; None where nothing is asked."""
    if not slug:
        return None
    _one_of(name, slug, [local_name(iri) for iri in among])
    return terms.ID + slug


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


def _centre(text: str, atlas: Atlas, usual: str) -> str:
    """The place or body to measure from: the one named, the usual, any; empty if none."""
    if not (usual and atlas.point(usual)):
        usual = min(atlas.towns, default="")
    if text.strip():
        found = centre.find(atlas, text)
        if found.iri is None:
            like = f"; like it are {', '.join(found.nearest)}" if found.nearest else ""
            raise BadParameter(
                f"near={text[:60]}: the graph has no place or organisation of this name{like}."
                " Give a name in any language or the last part of an address"
                + (f", such as {local_name(usual)}." if usual else "."),
                parameter="near",
                nearest_names=list(found.nearest),
            )
        if atlas.point(found.iri) is None:
            raise BadParameter(
                f"near={text[:60]}: the graph knows no coordinates of"
                f" {local_name(found.iri)}; choose a town near it.",
                parameter="near",
            )
        return found.iri
    return usual
