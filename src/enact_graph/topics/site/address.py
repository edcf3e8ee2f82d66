"""What keeps the site going: style sheet, explanations of problems."""

import json
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from enact_graph import errors, terms
from enact_graph.errors import NotAcceptable, NotFound
from enact_graph.formats import HTML, JSON
from enact_graph.present import problem
from enact_graph.web.address import Address
from enact_graph.web.negotiation import choose
from enact_graph.web.openapi import LANGUAGE, PAGE, answer, in_path
from enact_graph.web.reply import IMMUTABLE, Made, accept, language, send, tag
from enact_graph.web.state import serving


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
        page = problem.page(frame, kind(meaning), request.url.path, tongue).encode()
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


ADDRESSES: Final = (
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
