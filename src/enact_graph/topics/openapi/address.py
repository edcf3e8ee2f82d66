"""The OpenAPI 3.1 description of every address: parameters, bodies, media types, problems.

It is made of what the topics declare of their addresses. What is sent is negotiated and seldom
JSON, so that media types stand where frameworks would describe models.
"""

import json
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.release.questions import Question
from enact_graph.settings import Settings
from enact_graph.web.address import Address, held
from enact_graph.web.made import Made
from enact_graph.web.openapi import STRING, Json, answer
from enact_graph.web.reply import send, tag
from enact_graph.web.state import serving


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
ADDRESSES: Final = (
    Address(
        "/openapi.json", _openapi, "openapi", "This description", answer("It.", "application/json")
    ),
)
