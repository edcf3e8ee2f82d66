"""The home page, which is also the catalogue; the tree of the home page as files."""

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.formats import RESULTS_CSV
from enact_graph.topics.home import page, read
from enact_graph.topics.home.export import Glance
from enact_graph.topics.home.page import LISTS, Home
from enact_graph.topics.lists.kinds import KINDS
from enact_graph.topics.lists.read import read as read_list
from enact_graph.web.address import Address
from enact_graph.web.dereference import Document, Visit, addresses, released, whole
from enact_graph.web.openapi import DOCUMENT, LANGUAGE, SVG_TYPE, answer, in_path
from enact_graph.web.reply import SVG, Content, kept, language
from enact_graph.web.state import Serving, serving


async def _home(serve: Serving, visit: Visit) -> str:
    cluster = await serve.cluster()
    asked = await read.ask(serve.reader, cluster.iri, serve.site.map)
    kinds = (k for k in KINDS if k.key in LISTS)
    shelves = {k.key: await serve.once(read_list, k) for k in kinds}
    shown = Home(cluster, visit.origin, asked, shelves, serve.site.examples.searches)
    return await run_in_threadpool(page.page, serve.frame, shown, visit.language)


_CATALOGUE: Final = Document(
    "/catalog", terms.BASE, released("catalog.ttl"), _home, shows_origin=True
)


_FORMS: Final[dict[str, tuple[str, Callable[[Glance, str], str | None]]]] = {
    "svg": (SVG, Glance.svg),
    "csv": (RESULTS_CSV.content_type, Glance.csv),
}


async def _glance(request: Request) -> Response:
    serve, lang, form = serving(request), language(request), request.path_params["form"]
    if form not in _FORMS:
        raise NotFound(f"/glance has no form .{form[:20]}; there are .{' and .'.join(_FORMS)}.")

    async def make() -> Content:
        content_type, write = _FORMS[form]
        glance = Glance(serve.frame, await serve.cluster())
        written = await run_in_threadpool(write, glance, lang)
        if written is None:
            raise NotFound("Nothing in this release is tied to a cluster, so there is no tree.")
        return content_type, written

    return await kept(request, (), make)


ADDRESSES: Final = (
    Address(
        "/",
        whole(_CATALOGUE),
        "home",
        "The catalogue; for people the home page",
        DOCUMENT,
        (LANGUAGE,),
        in_sitemap=True,
    ),
    *addresses(_CATALOGUE, "catalog"),
    Address(
        "/glance.{form}",
        _glance,
        "glance",
        "Who is tied to the cluster",
        answer("It.", SVG_TYPE, RESULTS_CSV.media_type),
        (in_path("form", "svg or csv."), LANGUAGE),
        is_strict=True,
    ),
)
