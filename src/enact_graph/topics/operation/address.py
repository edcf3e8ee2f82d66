"""For who runs the server: whether it lives, whether it can answer, and what it has counted."""

from typing import Final, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from enact_graph.errors import NotReady
from enact_graph.sparql.ask import Ask
from enact_graph.web.address import Address
from enact_graph.web.hot_swap import Running
from enact_graph.web.openapi import STRING, Json, answer
from enact_graph.web.reply import NEVER, accept


async def _live(_: Request) -> Response:
    return JSONResponse({"status": "live"}, headers={"Cache-Control": NEVER})


async def _ready(request: Request) -> Response:
    """Whether the query processes answer, and which release they hold."""
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
    manifest = serve.release.manifest
    status = {
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
    return JSONResponse(status, headers={"Cache-Control": NEVER})


async def _metrics(request: Request) -> Response:
    content, content_type = _running(request).meter.read(accept(request))
    headers = {"Cache-Control": NEVER, "Content-Type": content_type, "Vary": "Accept"}
    return Response(content, headers=headers)


def _running(request: Request) -> Running:
    return cast(Running, request.state.running)


_HEALTH: Final[Json] = {
    "Live": {"type": "object", "required": ["status"], "properties": {"status": {"const": "live"}}},
    "Ready": {
        "type": "object",
        "required": ["status", "release", "version", "issued", "digest", "counts"],
        "properties": {
            "status": {"const": "ready"},
            "release": STRING,
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
    },
}
ADDRESSES: Final = (
    Address(
        "/health/live",
        _live,
        "live",
        "The process answers",
        answer("It lives.", "application/json", schema="Live"),
        schemas=_HEALTH,
    ),
    Address(
        "/health/ready",
        _ready,
        "ready",
        "Queries are answered",
        answer("It answers.", "application/json", schema="Ready"),
    ),
    Address(
        "/metrics",
        _metrics,
        "metrics",
        "What was counted",
        answer("In Prometheus's format.", "text/plain", "application/openmetrics-text"),
    ),
)
