"""The tree of the home page as files: a drawing and a table."""

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph.errors import NotFound
from enact_graph.formats import RESULTS_CSV
from enact_graph.topics.home.export import Glance
from enact_graph.web import parameters
from enact_graph.web.kept import SVG, Content, kept
from enact_graph.web.reply import language
from enact_graph.web.state import serving

_FORMS: Final[dict[str, tuple[str, Callable[[Glance, str], str | None]]]] = {
    "svg": (SVG, Glance.svg),
    "csv": (RESULTS_CSV.content_type, Glance.csv),
}


def routes() -> list[Route]:
    """The route of the drawing and of the table."""
    return [Route("/glance.{form}", _glance)]


async def _glance(request: Request) -> Response:
    serve, lang, form = serving(request), language(request), request.path_params["form"]
    if form not in _FORMS:
        raise NotFound(f"/glance has no form .{form[:20]}; there are .{' and .'.join(_FORMS)}.")
    parameters.check(request)

    async def make() -> Content:
        content_type, write = _FORMS[form]
        glance = Glance(serve.frame, await serve.cluster())
        written = await run_in_threadpool(write, glance, lang)
        if written is None:
            raise NotFound("Nothing in this release is tied to a cluster, so there is no tree.")
        return content_type, written

    return await kept(request, (), make)
