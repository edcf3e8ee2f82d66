"""The terms that a query is written with, for editors that complete them."""

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.graph.entity import pick
from enact_graph.topics.sparql.glossary import Term, glossary
from enact_graph.web.reply import Made, language, send, tag
from enact_graph.web.state import serving

PATH: Final = "/terms.json"


async def respond(request: Request) -> Response:
    """Every term with its names in the language of the reader, the most used first."""
    tongue = language(request)
    serve = serving(request)
    made = serve.made.get(PATH + tongue)
    if made is None:
        found = await glossary(serve.reader)
        members = {
            "language": tongue,
            "prefixes": terms.PREFIXES,
            "terms": [_told(term, tongue) for term in found],
        }
        body = json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
        made = Made(body, "application/json", tag(body), headers=headers)
        serve.made.put(PATH + tongue, made, made.size)
    return send(request, made)


def _told(term: Term, tongue: str) -> dict[str, object]:
    name, gloss = pick(term.labels, tongue), pick(term.glosses, tongue)
    told: dict[str, object] = {"iri": term.iri, "kind": term.kind, "uses": term.uses}
    short = terms.shorten(term.iri)
    if short != term.iri:
        told["name"] = short
    if name:
        told["label"] = name.text
    if name and name.language != tongue:
        told["language"] = name.language
    if gloss and gloss.language == tongue:
        told["gloss"] = gloss.text
    return told
