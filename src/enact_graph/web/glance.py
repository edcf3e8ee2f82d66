"""The tree of the home page as files: a drawing and a table."""

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph.errors import NotFound
from enact_graph.formats import RESULTS_CSV
from enact_graph.present.pages.glance import Glance
from enact_graph.web import parameters
from enact_graph.web.headers import with_style_of
from enact_graph.web.reply import Made, language, send, tag
from enact_graph.web.serving import serving

_FORMS: Final[dict[str, tuple[str, Callable[[Glance, str], str | None]]]] = {
    "svg": ("image/svg+xml; charset=utf-8", Glance.svg),
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
    made = serve.made.get(key := ("glance", form, lang))
    if made is None:
        content_type, write = _FORMS[form]
        glance = Glance(serve.pages.frame, await serve.cluster())
        written = await run_in_threadpool(write, glance, lang)
        if written is None:
            raise NotFound("Nothing in this release is tied to a cluster, so there is no tree.")
        headers = {"Vary": "Accept-Language", "Content-Language": lang}
        if form == "svg":
            headers["Content-Security-Policy"] = with_style_of(written)
        made = Made(written.encode(), content_type, tag(written), headers=headers)
        serve.made.put(key, made, made.size)
    return send(request, made)
