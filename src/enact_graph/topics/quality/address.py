"""The quality report, as a page, as RDF and in figures."""

import json
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.topics.quality import page
from enact_graph.web.address import Address
from enact_graph.web.dereference import Document, Visit, addresses, released
from enact_graph.web.openapi import answer
from enact_graph.web.reply import Made, send, tag
from enact_graph.web.state import Serving, serving

_NUMBERS: Final = "quality.json"


async def _quality(serve: Serving, visit: Visit) -> str:
    report = json.loads(serve.release.file(_NUMBERS).read_bytes())
    return await run_in_threadpool(page.page, serve.frame, report, visit.language)


async def _numbers(request: Request) -> Response:
    """The quality report as plain JSON, for programs that read no RDF."""
    body = serving(request).release.file(_NUMBERS).read_bytes()
    return send(request, Made(body, "application/json", tag(body)))


_QUALITY: Final = Document("/quality", terms.BASE + "quality", released("quality.ttl"), _quality)
ADDRESSES: Final = (
    # Before the suffixes of the document, of which it is none.
    Address(
        "/quality.json",
        _numbers,
        "figures",
        "The quality report",
        answer("It.", "application/json"),
    ),
    *addresses(_QUALITY, "quality", in_sitemap=True, menu="quality"),
)
