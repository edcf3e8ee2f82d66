"""The OpenAPI 3.1 description of every address: parameters, bodies, media types, problems.

Written here rather than derived from handlers, since what is sent is negotiated and seldom JSON.
Formats, languages and limits come from the tables and settings that the handlers use.
"""

import json
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph import terms
from enact_graph.release.questions import Question
from enact_graph.settings import Settings
from enact_graph.topics.openapi import addresses, portal
from enact_graph.topics.openapi.parts import Json
from enact_graph.topics.openapi.searching import SCHEMAS
from enact_graph.web.made import Made
from enact_graph.web.reply import send, tag
from enact_graph.web.state import serving


def routes() -> list[Route]:
    """The one route of this description."""
    return [Route("/openapi.json", _openapi)]


async def _openapi(request: Request) -> Response:
    serve = serving(request)
    about = serve.site.title, serve.frame.voice("en").text("frame.summary")
    described = describe(serve.settings, serve.software, serve.questions, about)
    body = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return send(request, Made(body, "application/json", tag(body)))


def describe(
    settings: Settings,
    software: str,
    asked: Sequence[Question] = (),
    about: tuple[str, str] = ("", ""),
) -> Json:
    """The description of a server with these settings; `software` is the version it runs.

    `asked` are the questions of the release it serves, `about` is its title and a summary.
    """
    title, summary = about
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": software,
            "summary": summary,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            **addresses.asking(settings),
            **addresses.documents(),
            **addresses.wholes(),
            **addresses.files(),
            **addresses.service(),
            **portal.pages(asked),
        },
        "components": {"schemas": _SCHEMAS | SCHEMAS},
    }


_STRING: Final = {"type": "string"}
_SCHEMAS: Final[Json] = {
    "Problem": {
        "type": "object",
        "description": "A problem document (RFC 9457); further members depend on the type.",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "pattern": f"^{terms.PROBLEM}"},
            "title": _STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": _STRING,
            "instance": _STRING,
        },
    },
    "Ways": {
        "type": "object",
        "description": "The shortest chains of ties between two things.",
        "required": ["from", "to", "avoids_hubs", "without", "max", "at", "complete", "ways"],
        "properties": {
            "complete": {"type": "boolean", "description": "Whether the search was not cut off."},
            "ways": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["length", "sentence", "hubs", "stops", "steps", "sparql"],
                    "properties": {
                        "length": {"type": "integer", "minimum": 1},
                        "sentence": _STRING,
                        "hubs": {"type": "array", "items": _STRING},
                        "stops": {"type": "array", "items": {"type": "object"}},
                        "steps": {
                            "type": "array",
                            "items": {"type": "array", "items": {"type": "object"}},
                        },
                        "sparql": _STRING,
                    },
                },
            },
        },
    },
    "Live": {"type": "object", "required": ["status"], "properties": {"status": {"const": "live"}}},
    "Ready": {
        "type": "object",
        "required": ["status", "release", "version", "issued", "digest", "counts"],
        "properties": {
            "status": {"const": "ready"},
            "release": _STRING,
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
    },
}
