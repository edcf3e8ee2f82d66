"""What keeps the site going: style sheet, explanations of problems, robots, health."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph import errors, terms
from enact_graph.errors import NotAcceptable, NotFound
from enact_graph.formats import HTML, RESULTS_JSON, Carries, Format
from enact_graph.present.negotiate import choose
from enact_graph.web.reply import IMMUTABLE, NEVER, Made, accept, language, send, tag
from enact_graph.web.serving import serving

_JSON = Format("plain-json", "JSON", "application/json", "json", Carries.PAGE)
_READ = ["GET", "HEAD"]
_ROBOTS = """User-agent: *
Disallow: /sparql?
Allow: /
"""


def routes() -> list[Route]:
    """The routes of style sheet, problems and robots."""
    return [
        Route("/static/{name}", _asset),
        Route("/problem/{slug}", _problem),
        Route("/robots.txt", _robots),
    ]


def health() -> APIRouter:
    """Whether the server lives, and whether it can answer."""
    router = APIRouter(prefix="/health", tags=["health"])

    @router.api_route("/live", methods=_READ, summary="The process answers")
    async def live(response: Response) -> dict[str, str]:
        response.headers["Cache-Control"] = NEVER
        return {"status": "live"}

    @router.api_route(
        "/ready", methods=_READ, summary="The query processes answer; which release they hold"
    )
    async def ready(request: Request, response: Response) -> dict[str, Any]:
        serve = serving(request)
        await serve.pool.run("ASK { ?s ?p ?o }", results=RESULTS_JSON, graph=None)
        response.headers["Cache-Control"] = NEVER
        manifest = serve.release.manifest
        return {
            "status": "ready",
            "release": serve.release.name,
            "version": manifest.version,
            "issued": manifest.issued,
            "digest": manifest.digest,
            "software": serve.software,
            "counts": dict(manifest.counts),
        }

    return router


async def _asset(request: Request) -> Response:
    asset = serving(request).pages.asset(request.path_params["name"])
    if asset is None:
        raise NotFound("There is no such file; the pages name those there are.")
    return send(
        request,
        Made(asset.content, f"{asset.media_type}; charset=utf-8", tag(asset.content), IMMUTABLE),
    )


async def _problem(request: Request) -> Response:
    """What a kind of problem means, for those who follow the `type` of a problem document."""
    slug = request.path_params["slug"]
    kind = errors.family().get(slug)
    if kind is None:
        raise NotFound(f"There is no kind of problem {slug[:80]!r}.")
    meaning = " ".join((kind.__doc__ or "").split())
    chosen = choose(accept(request), (_JSON, HTML))
    if chosen is None:
        raise NotAcceptable(
            "The explanation is to be had as application/json or text/html.",
            offered=[_JSON.media_type, HTML.media_type],
        )
    headers: Mapping[str, str] = {"Vary": "Accept, Accept-Language", "Content-Language": "en"}
    if chosen == HTML:
        tongue = language(request)
        page = serving(request).pages.problem(kind(meaning), request.url.path, tongue).encode()
        headers = {**headers, "Content-Language": tongue}
        return send(request, Made(page, HTML.content_type, tag(page), headers=headers))
    members = {
        "type": terms.PROBLEM + slug,
        "title": kind.title,
        "status": kind.status,
        "description": meaning,
    }
    body = (json.dumps(members, ensure_ascii=False, indent=1) + "\n").encode()
    return send(request, Made(body, _JSON.media_type, tag(body), headers=headers))


async def _robots(request: Request) -> Response:
    body = _ROBOTS.encode()
    return send(request, Made(body, "text/plain; charset=utf-8", tag(body)))
