"""Suggestions as people type, in the form browsers know, and how a browser adds this search."""

import json
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.errors import NotAcceptable
from enact_graph.formats import Carries, Format
from enact_graph.lookup.match import CHARACTERS
from enact_graph.lookup.search import MOST, suggest
from enact_graph.topics.search.address import as_json, number_of, text_of
from enact_graph.topics.search.export import suggestions
from enact_graph.web.address import Address
from enact_graph.web.negotiation import choose
from enact_graph.web.openapi import LANGUAGE, answer, in_query, of_number, of_text
from enact_graph.web.reply import Made, accept, language, origin, send, tag
from enact_graph.web.state import path_of, serving

#: OpenSearch Suggestions 1.0: the text, then names, descriptions and addresses.
SUGGESTIONS: Final = Format(
    "suggestions",
    "OpenSearch Suggestions",
    "application/x-suggestions+json",
    "json",
    Carries.PAGE,
)
PLAIN: Final = Format("plain-json", "JSON", "application/json", "json", Carries.PAGE)
DESCRIPTION: Final = "application/opensearchdescription+xml"
#: Suggestions where no number is asked for.
COUNT: Final = 8


async def _suggest(request: Request) -> Response:
    chosen = choose(accept(request), (SUGGESTIONS, PLAIN))
    if chosen is None:
        offered = [SUGGESTIONS.media_type, PLAIN.media_type]
        raise NotAcceptable(
            f"Suggestions are to be had as {' or '.join(offered)}.", offered=offered
        )
    tongue, text = language(request), text_of(request)
    count = number_of(request, "size", COUNT, MOST)
    serve = serving(request)
    hits = await run_in_threadpool(suggest, serve.index, text, tongue, count) if text else ()
    members: object
    if chosen == PLAIN:
        told = [as_json(request, hit, tongue) for hit in hits]
        members = suggestions(text, hits, told, serve.frame.voice(tongue))
    else:
        gists = [hit.entry.gist(tongue) for hit in hits]
        members = [
            text,
            [hit.entry.label(tongue).text for hit in hits],
            [gist[0] if gist else "" for gist in gists],
            [f"{origin(request)}{path_of(hit.entry.iri)}" for hit in hits],
        ]
    body = json.dumps(members, ensure_ascii=False).encode()
    headers = {"Content-Language": tongue, "Vary": "Accept, Accept-Language"}
    return send(request, Made(body, chosen.media_type, tag(body), headers=headers))


async def _opensearch(request: Request) -> Response:
    tongue = language(request)
    serve = serving(request)
    voice, here = serve.frame.voice(tongue), origin(request)
    icon = f"{here}/static/{serve.frame.site.icon}"
    urls = (
        ("text/html", "results", "search?q={searchTerms}"),
        (SUGGESTIONS.media_type, "suggestions", "suggest?q={searchTerms}"),
        ("application/json", "results", "search.json?q={searchTerms}"),
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(serve.site.title)}</ShortName>",
        f"<LongName>{escape(voice.text('search.title'))}</LongName>",
        f"<Description>{escape(voice.text('search.description'))}</Description>",
        f'<Image width="16" height="16" type="image/svg+xml">{escape(icon)}</Image>',
        *(
            f"<Url type={quoteattr(kind)} rel={quoteattr(rel)}"
            f" template={quoteattr(f'{here}/{rest}&lang={tongue}')}/>"
            for kind, rel, rest in urls
        ),
        f"<Language>{tongue}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        "</OpenSearchDescription>",
    ]
    body = ("\n".join(lines) + "\n").encode()
    headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
    return send(request, Made(body, DESCRIPTION, tag(body), headers=headers))


ADDRESSES: Final = (
    Address(
        "/suggest",
        _suggest,
        "suggest",
        "What a text begins",
        answer("The suggestions.", SUGGESTIONS.media_type, PLAIN.media_type),
        (
            in_query("q", of_text("A name, an acronym, an identifier.", maxLength=CHARACTERS)),
            in_query("size", of_number(MOST)),
            LANGUAGE,
        ),
        is_strict=True,
    ),
    Address(
        "/opensearch.xml",
        _opensearch,
        "opensearch",
        "The search for browsers",
        answer("It.", DESCRIPTION),
        (LANGUAGE,),
        is_strict=True,
    ),
)
