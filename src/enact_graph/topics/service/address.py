"""The service itself: health and figures, its description, what pages load, what problems mean."""

import json
from collections.abc import Mapping, Sequence
from typing import Final, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from enact_graph import errors, terms
from enact_graph.errors import NotAcceptable, NotFound, NotReady
from enact_graph.formats import HTML, JSON
from enact_graph.present.frame import problem_page
from enact_graph.release.questions import Question
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Ask
from enact_graph.web.address import Address, held
from enact_graph.web.hot_swap import Running
from enact_graph.web.negotiation import choose
from enact_graph.web.openapi import LANGUAGE, PAGE, STRING, Json, answer, in_path
from enact_graph.web.reply import IMMUTABLE, NEVER, Made, accept, language, send, tag
from enact_graph.web.state import serving


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
_OPERATION: Final = (
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


async def _openapi(request: Request) -> Response:
    serve = serving(request)
    about = serve.site.title, serve.frame.voice("en").text("frame.summary")
    described = describe(held(request), serve.settings, serve.software, serve.questions, about)
    body = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return send(request, Made(body, "application/json", tag(body)))


def describe(
    addresses: Sequence[Address],
    settings: Settings,
    software: str,
    asked: Sequence[Question] = (),
    about: tuple[str, str] = ("", ""),
) -> Json:
    """The description of a server with these addresses; `software` is the version it runs.

    `asked` are the questions of the release it serves, `about` is its title and a summary.
    """
    paths: Json = {}
    schemas = dict(_SCHEMAS)
    for address in addresses:
        paths.update(address.items(settings, asked))
        schemas.update(address.schemas)
    title, summary = about
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": software,
            "summary": summary,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": schemas},
    }


_SCHEMAS: Final[Json] = {
    "Problem": {
        "type": "object",
        "description": "A problem document (RFC 9457); further members depend on the type.",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "pattern": f"^{terms.PROBLEM}"},
            "title": STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": STRING,
            "instance": STRING,
        },
    },
}
_DESCRIPTION: Final = (
    Address(
        "/openapi.json", _openapi, "openapi", "This description", answer("It.", "application/json")
    ),
)


async def _asset(request: Request) -> Response:
    asset = serving(request).frame.site.assets.get(request.path_params["name"])
    if asset is None:
        raise NotFound("There is no such file; the pages name those there are.")
    return send(
        request,
        Made(asset.content, asset.media_type, tag(asset.content), IMMUTABLE),
    )


async def _problem(request: Request) -> Response:
    """What a kind of problem means, for those who follow the `type` of a problem document."""
    slug = request.path_params["slug"]
    kind = errors.family().get(slug)
    if kind is None:
        raise NotFound(f"There is no kind of problem {slug[:80]!r}.")
    meaning = " ".join((kind.__doc__ or "").split())
    chosen = choose(accept(request), (JSON, HTML))
    if chosen is None:
        raise NotAcceptable(
            "The explanation is to be had as application/json or text/html.",
            offered=[JSON.media_type, HTML.media_type],
        )
    headers: Mapping[str, str] = {"Vary": "Accept, Accept-Language", "Content-Language": "en"}
    if chosen == HTML:
        tongue = language(request)
        frame = serving(request).frame
        page = problem_page(frame, kind(meaning), request.url.path, tongue).encode()
        headers = {**headers, "Content-Language": tongue}
        return send(request, Made(page, HTML.content_type, tag(page), headers=headers))
    members = {
        "type": terms.PROBLEM + slug,
        "title": kind.title,
        "status": kind.status,
        "description": meaning,
    }
    body = (json.dumps(members, ensure_ascii=False, indent=1) + "\n").encode()
    return send(request, Made(body, JSON.media_type, tag(body), headers=headers))


_FILES: Final = (
    Address(
        "/static/{name}",
        _asset,
        "asset",
        "A file of the pages",
        answer("It.", "*/*"),
        (in_path("name"),),
    ),
    Address(
        "/problem/{slug}",
        _problem,
        "problem",
        "A kind of problem",
        answer("The meaning.", JSON.media_type, PAGE),
        (in_path("slug"), LANGUAGE),
    ),
)


ADDRESSES: Final = (*_FILES, *_DESCRIPTION, *_OPERATION)
