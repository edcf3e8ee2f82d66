"""Searching: as a page, as JSON, and as a table."""

import json
from typing import Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from enact_graph import terms
from enact_graph.errors import BadParameter, NotFound
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.lookup.groups import KINDS
from enact_graph.lookup.hit import Hit
from enact_graph.lookup.match import CHARACTERS
from enact_graph.lookup.search import Result, identified, nearest, search
from enact_graph.topics.search.export import as_csv, told
from enact_graph.topics.search.page import PAGE as PER_PAGE
from enact_graph.topics.search.page import Asked, SearchPage
from enact_graph.web.address import Address
from enact_graph.web.openapi import (
    LANGUAGE,
    PAGE,
    STRING,
    Json,
    answer,
    described,
    in_query,
    of_number,
    of_text,
)
from enact_graph.web.reply import Content, Made, kept, language, origin, send, tag
from enact_graph.web.state import Serving, path_of, serving

#: Hits in one answer for machines.
SIZE: Final = 20
MOST: Final = 100
_PAGES: Final = 10_000
_JSON: Final = "application/json"


def text_of(request: Request) -> str:
    """The text that is looked for; BadParameter where there are two, or it is too long."""
    asked = request.query_params.getlist("q")
    if len(asked) > 1:
        raise BadParameter("q is there more than once; ask for one text.", parameter="q")
    text = asked[0].strip() if asked else ""
    if len(text) > CHARACTERS:
        raise BadParameter(
            f"q has {len(text)} characters, the limit is {CHARACTERS}; ask for a name or an"
            " identifier.",
            parameter="q",
            limit=CHARACTERS,
        )
    return text


def number_of(request: Request, name: str, default: int, most: int) -> int:
    """A whole number from 1 to `most`; BadParameter where it is none."""
    asked = request.query_params.get(name, str(default))
    if (
        not asked.isascii()
        or not asked.isdecimal()
        or len(asked) > 6
        or not 1 <= int(asked) <= most
    ):
        raise BadParameter(
            f"{name}={asked[:40]}: this is no whole number from 1 to {most}; name one, or leave the"
            " parameter out.",
            parameter=name,
        )
    return int(asked)


def kinds_of(request: Request) -> tuple[str, ...]:
    """The kinds chosen, each once; BadParameter where there is no such kind."""
    asked = dict.fromkeys(k for k in request.query_params.getlist("kind") if k)
    for kind in asked:
        if kind not in KINDS:
            raise BadParameter(
                f"kind={kind[:40]}: there is no such kind; there are {', '.join(KINDS)}.",
                parameter="kind",
                allowed=list(KINDS),
            )
    return tuple(k for k in KINDS if k in asked)


def as_json(request: Request, hit: Hit, tongue: str) -> dict[str, object]:
    """A hit as JSON, with its address on this host."""
    return told(hit, tongue, origin(request), path_of(hit.entry.iri))


async def _page(request: Request) -> Response:
    tongue = language(request)
    asked = Asked(text_of(request), kinds_of(request), number_of(request, "page", 1, _PAGES))
    serve = serving(request)
    text = _of_ours(request, asked.text)
    if hit := identified(serve.index, text):
        return RedirectResponse(_with_language(request, path_of(hit.entry.iri)), 303)

    async def make() -> Content:
        return HTML.content_type, await run_in_threadpool(_render, serve, asked, text, tongue)

    return await kept(request, (asked, text), make)


def _render(serve: Serving, asked: Asked, text: str, tongue: str) -> str:
    frame = serve.frame
    page = SearchPage(frame, serve.index, frame.voice(tongue))
    if not asked.text:
        return page.empty()
    result = search(serve.index, text, tongue)
    near = () if result.hits else nearest(serve.index, text, tongue)
    if asked.page > _last(result.of(asked.kinds), PER_PAGE):
        raise NotFound(f"The search has no page {asked.page}.")
    return page.found(asked, result, near)


async def _json(request: Request) -> Response:
    tongue = language(request)
    text, kinds = text_of(request), kinds_of(request)
    number, size = number_of(request, "page", 1, _PAGES), number_of(request, "size", SIZE, MOST)
    serve = serving(request)
    ours = _of_ours(request, text)
    result = await run_in_threadpool(search, serve.index, ours, tongue)
    chosen = result.of(kinds)
    first = (number - 1) * size
    members = {
        "query": text,
        "language": tongue,
        "total": len(chosen.hits),
        "kinds": result.kinds,
        "page": number,
        "pages": _last(chosen, size),
        "hits": [as_json(request, hit, tongue) for hit in chosen.hits[first : first + size]],
    }
    body = (json.dumps(members, ensure_ascii=False, indent=1) + "\n").encode()
    headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
    return send(request, Made(body, _JSON, tag(body), headers=headers))


async def _csv(request: Request) -> Response:
    """Every hit of the kinds chosen, since a table is sorted and cut where it is read."""
    tongue = language(request)
    text, kinds = text_of(request), kinds_of(request)
    serve = serving(request)
    result = await run_in_threadpool(search, serve.index, _of_ours(request, text), tongue)
    body = as_csv(as_json(request, hit, tongue) for hit in result.of(kinds).hits)
    headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
    return send(request, Made(body, RESULTS_CSV.content_type, tag(body), headers=headers))


def _last(result: Result, size: int) -> int:
    return max(1, -(-len(result.hits) // size))


def _of_ours(request: Request, text: str) -> str:
    """A text with the address of this host, which people paste, as that of the graph."""
    here = origin(request) + "/"
    return terms.BASE + text.removeprefix(here) if text.startswith(here) else text


def _with_language(request: Request, path: str) -> str:
    """A path with the language that was asked for."""
    asked = request.query_params.get("lang")
    where, sharp, part = path.partition("#")
    return where + (f"?{urlencode({'lang': asked})}" if asked else "") + sharp + part


_TEXT: Final = in_query("q", of_text("A name, an acronym, an identifier.", maxLength=CHARACTERS))
_KIND: Final = in_query("kind", {"type": "array", "items": {"enum": list(KINDS)}})
_NUMBER: Final = in_query("page", of_number(_PAGES))
_SPOKEN: Final[Json] = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": STRING, "language": STRING},
}
#: What `/search.json` answers; a hit is the same in `/suggest` as application/json.
_FOUND: Final[Json] = {
    "Found": {
        "type": "object",
        "required": ["query", "language", "total", "kinds", "page", "pages", "hits"],
        "properties": {
            "query": STRING,
            "language": STRING,
            "total": {"type": "integer"},
            "kinds": {"type": "object", "additionalProperties": {"type": "integer"}},
            "page": {"type": "integer"},
            "pages": {"type": "integer"},
            "hits": {"type": "array", "items": {"$ref": "#/components/schemas/Hit"}},
        },
    },
    "Hit": {
        "type": "object",
        "required": ["iri", "page", "kind", "name", "description", "weight", "match"],
        "properties": {
            "iri": STRING,
            "page": STRING,
            "kind": {"enum": list(KINDS)},
            "name": _SPOKEN,
            "description": {"anyOf": [_SPOKEN, {"type": "null"}]},
            "weight": {"type": "integer"},
            "match": {"type": "object", "required": ["by"], "properties": {"by": STRING}},
        },
    },
}
ADDRESSES: Final = (
    Address(
        "/search",
        _page,
        "search",
        "What a text finds",
        answer("The hits.", PAGE)
        | {"303": described("The one thing with this identifier is at `Location`.")},
        (_TEXT, _KIND, _NUMBER, LANGUAGE),
        robots=("/search",),
    ),
    Address(
        "/search.json",
        _json,
        "searchJson",
        "What a text finds",
        answer("The hits.", _JSON, schema="Found"),
        (_TEXT, _KIND, _NUMBER, in_query("size", of_number(MOST)), LANGUAGE),
        is_strict=True,
        schemas=_FOUND,
    ),
    Address(
        "/search.csv",
        _csv,
        "searchCsv",
        "What a text finds",
        answer("The hits.", RESULTS_CSV.media_type),
        (_TEXT, _KIND, LANGUAGE),
        is_strict=True,
    ),
)
