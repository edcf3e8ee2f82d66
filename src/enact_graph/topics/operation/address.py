"""For who runs the server: whether it lives, whether it can answer, and what it has counted."""

from typing import Any, cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph.errors import NotReady
from enact_graph.sparql.ask import Ask
from enact_graph.web.hot_swap import Running
from enact_graph.web.reply import NEVER, accept

_READ = ["GET", "HEAD"]


def routes() -> list[Route]:
    """The route of the figures."""
    return [Route("/metrics", _metrics)]


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
        running = _running(request)
        serve = running.serving
        if running.is_draining:
            raise NotReady("The server is about to end; ask another, or this one in a while.")
        if not serve.engine.heal():
            raise NotReady(
                "The query processes or their parent have ended; they are being started anew.",
                retry_after=1,
            )
        # In nobody's name: the queue of a busy server does not make it look dead.
        await serve.engine.run(Ask("ASK { ?s ?p ?o }"))
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
            # While another release is opened this one answers as ever.
            "switching_to": running.switching_to,
        }

    return router


async def _metrics(request: Request) -> Response:
    content, content_type = _running(request).meter.read(accept(request))
    headers = {"Cache-Control": NEVER, "Content-Type": content_type, "Vary": "Accept"}
    return Response(content, headers=headers)


def _running(request: Request) -> Running:
    return cast(Running, request.state.running)
