"""How two things are related: the path finder, as a page and as JSON."""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph import terms
from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, JSON
from enact_graph.graph.evidence import evidence
from enact_graph.graph.network import Network, Tie
from enact_graph.graph.network import read as read_network
from enact_graph.lookup.resolve import meant
from enact_graph.present.sentences import Teller
from enact_graph.topics.connections.page import End, Paths, Question, as_json
from enact_graph.topics.connections.route import LENGTH, LONGEST, Search, Ways, ways
from enact_graph.web import parameters
from enact_graph.web.kept import Content, kept
from enact_graph.web.reply import language
from enact_graph.web.state import Serving, serving

#: Characters of a name that are looked at.
_NAME: Final = 200


def routes() -> list[Route]:
    """The routes of the path finder."""
    return [Route("/path", _page), Route("/path.json", _data)]


async def _page(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    question = await _question(request, serve)

    async def make() -> Content:
        network, found, telling = await _answer(serve, question, lang)
        render = Paths(serve.frame, serve.site.examples.pairs).page
        html = await run_in_threadpool(render, question, network, lang, found, telling)
        return HTML.content_type, html

    return await kept(request, question, make)


async def _data(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    parameters.check(request, "from", "to", "max", "at", many=("avoid",))
    question = await _question(request, serve, is_strict=True)
    for field, end in (("from", question.start), ("to", question.end)):
        if not end.thing:
            near = [iri.removeprefix(terms.ID) for iri in end.near]
            hint = f"it may mean {', '.join(near)}" if near else "see /list for what there is"
            raise BadParameter(
                f"{field}={end.text[:80]}: name one thing by slug, name or IRI; {hint}.",
                parameter=field,
                nearest=near,
            )

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


async def _question(request: Request, serve: Serving, *, is_strict: bool = False) -> Question:
    """What is asked; BadParameter where a limit is none, or `is_strict` and nothing to avoid is."""
    asked = request.query_params
    avoided = [v for text in asked.getlist("avoid") for v in text.split(",") if v]
    known = (await serve.once(read_network)).ties
    lang = language(request)
    ends = []
    for field in ("from", "to"):
        text = asked.get(field, "").strip()[:_NAME]
        found = meant(serve.index, text, known, lang)
        ends.append(End("" if found.thing else text, found.thing, found.near))
    named = [v[:_NAME] for v in avoided if v not in ("hubs", "none")]
    without = [meant(serve.index, v, known, lang).thing for v in named]
    if is_strict and None in without:
        raise BadParameter(
            f"avoid={named[without.index(None)][:80]}: this names no thing, or several; name each"
            " by its slug, with commas between them, or leave it out.",
            parameter="avoid",
        )
    return Question(
        ends[0],
        ends[1],
        avoids_hubs="hubs" in avoided or "none" not in avoided,
        without=tuple(sorted({t for t in without if t})),
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


def day(text: str, field: str = "at") -> str:
    """A day as an xsd:date, empty where none is named; BadParameter where it is no day."""
    if text:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise BadParameter(
                f"{field}={text[:20]}: a day is written 2026-11-22; name one, or leave the"
                " parameter out.",
                parameter=field,
            ) from None
    return ""
