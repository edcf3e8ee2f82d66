"""How two things are related: the path finder, as a page and as JSON."""

import json
import re
from collections.abc import Iterable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, JSON
from enact_graph.graph.network import Network, Tie, evidence
from enact_graph.graph.network import read as read_network
from enact_graph.lookup.resolve import required, resolve, unclear
from enact_graph.present.sentences import Teller
from enact_graph.topics.connections.chains import LENGTH, LONGEST, Search, Ways, ways
from enact_graph.topics.connections.page import End, Paths, Question, as_json
from enact_graph.web.address import Address
from enact_graph.web.openapi import (
    DAY,
    LANGUAGE,
    PAGE,
    STRING,
    Json,
    answer,
    in_query,
    of_text,
    of_texts,
)
from enact_graph.web.parameters import day
from enact_graph.web.reply import Content, kept, language, refused
from enact_graph.web.state import Serving, serving


async def _page(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    question = await _question(request, serve)

    async def make() -> tuple[str, str]:
        network, found, telling = await _answer(serve, question, lang)
        render = Paths(serve.frame, serve.site.examples.pairs).page
        html = await run_in_threadpool(render, question, network, lang, found, telling)
        return HTML.content_type, html

    if question.start.is_unclear or question.end.is_unclear:
        return refused((await make())[1], lang)
    return await kept(request, question, make)


async def _data(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    question = await _question(request, serve)
    for field, end in (("from", question.start), ("to", question.end)):
        if not end.thing:
            raise unclear(serve.index, field, end.text, end.found, lang)

    async def make() -> Content:
        _, found, telling = await _answer(serve, question, lang)
        told = as_json(question, found or Ways(()), telling)
        return JSON.content_type, json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    return await kept(request, question, make)


async def _answer(
    serve: Serving, question: Question, lang: str
) -> tuple[Network, Ways | None, Teller]:
    network = await serve.once(read_network)
    found = None
    start, end = question.start.thing, question.end.thing
    if start and end and start != end:
        held = network.on(question.day) if question.day else network
        search = Search(question.avoids_hubs, question.without, question.length)
        found = await run_in_threadpool(ways, held, start, end, search)
    shown = {tie for way in (found.all if found else ()) for step in way.steps for tie in step}
    return network, found, await teller(serve, network, shown, lang)


async def teller(serve: Serving, network: Network, ties: Iterable[Tie], lang: str) -> Teller:
    """Who tells these ties of a network, once it was read what is said of them."""
    told = await evidence(serve.reader, ties)
    frame = serve.frame
    return Teller(network, told, frame.voice(lang), frame.today)


async def _question(request: Request, serve: Serving) -> Question:
    """What is asked; BadParameter where a limit is none, or what is to be avoided."""
    asked = request.query_params
    avoided = [v for text in asked.getlist("avoid") for v in text.split(",") if v]
    known = (await serve.once(read_network)).ties
    lang = language(request)
    ends = []
    for field in ("from", "to"):
        text = asked.get(field, "").strip()
        found = resolve(serve.index, text, known, lang)
        ends.append(End("" if found.thing else text, found))
    named = [v for v in avoided if v not in ("hubs", "none")]
    without = {required(serve.index, "avoid", v, known, lang) for v in named}
    return Question(
        ends[0],
        ends[1],
        avoids_hubs="hubs" in avoided or "none" not in avoided,
        without=tuple(sorted(without)),
        length=_length(asked.get("max") or str(LENGTH)),
        day=day(asked.get("at", "")),
    )


def _length(text: str) -> int:
    if not re.fullmatch(rf"[1-{LONGEST}]", text):
        raise BadParameter(
            f"max={text[:20]}: a chain has 1 to {LONGEST} steps; name such a number, or leave the"
            " parameter out.",
            parameter="max",
        )
    return int(text)


_ENDS: Final = (
    in_query("from", of_text("A thing by name, identifier or address.")),
    in_query("to", of_text("Another one.")),
)
_LIMITS: Final = (
    in_query(
        "avoid",
        of_texts(
            "Things no chain may pass through, also with commas; `hubs`, which is usual, or"
            " `none` to pass through hubs as well."
        ),
    ),
    in_query("max", {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": LENGTH}),
    in_query("at", DAY | {"description": "A day on which every tie holds."}),
    LANGUAGE,
)
_WAYS: Final[Json] = {
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
                    "sentence": STRING,
                    "hubs": {"type": "array", "items": STRING},
                    "stops": {"type": "array", "items": {"type": "object"}},
                    "steps": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "object"}},
                    },
                    "sparql": STRING,
                },
            },
        },
    },
}
ADDRESSES: Final = (
    Address(
        "/path",
        _page,
        "path",
        "How two things are related",
        answer("The chains.", PAGE),
        (*_ENDS, *_LIMITS),
        in_sitemap=True,
        menu="path",
        robots=("/path?",),
    ),
    Address(
        "/path.json",
        _data,
        "pathData",
        "The same as data",
        answer("The shortest chains.", JSON.media_type, schema="Ways"),
        (*(end | {"required": True} for end in _ENDS), *_LIMITS),
        is_strict=True,
        schemas={"Ways": _WAYS},
    ),
)
