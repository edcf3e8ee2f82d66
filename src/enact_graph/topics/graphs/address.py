"""The graph store: each graph as it is (SPARQL 1.1 Graph Store HTTP Protocol, reading only).

GET /graphs?graph=https%3A%2F%2Fw3id.org%2Fenact-graph%2Fgraph%2Fcuration
GET /graphs?default
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.errors import BadParameter, NotAcceptable, NotFound
from enact_graph.formats import (
    BY_KEY,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    TRIG,
    TURTLE,
    Format,
)
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.topics.sparql import protocol, streamed
from enact_graph.web import wanted
from enact_graph.web.address import Address
from enact_graph.web.files import send_file
from enact_graph.web.negotiation import choose
from enact_graph.web.openapi import ASKING, RDF, answer, in_query, of_format, of_text
from enact_graph.web.parameters import check
from enact_graph.web.reply import REVALIDATE, Made, accept, known, send, tag
from enact_graph.web.state import Serving, serving

PATH: Final = "/graphs"
#: The default graph has no name, so that it reads the same where names could stand.
_PLAIN: Final = {TRIG.key: TURTLE, N_QUADS.key: N_TRIPLES}


@dataclass(frozen=True)
class Asked:
    """One request: the IRI of a graph, None for the default graph, and in what form."""

    graph: str | None
    format: Format
    is_negotiated: bool
    download: str | None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that an answer has beside those of its content."""
        fields = [("graph", self.graph)] if self.graph is not None else [("default", "")]
        stem = (self.graph or "default").rstrip("/").rpartition("/")[2]
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in stem)
        headers = {
            "Content-Location": f"{PATH}?{urlencode([*fields, ('format', self.format.key)])}"
        }
        if self.is_negotiated:
            headers["Vary"] = "Accept"
        if self.download is not None or not self.is_negotiated:
            headers["Content-Disposition"] = wanted.disposition(
                self.download, safe[:60], self.format
            )
        return headers


async def _graph(request: Request) -> Response:
    asked = _read(request)
    serve = serving(request)
    if asked.graph is None:
        return _default(request, serve, asked)
    return await _named(request, serve, asked)


def _read(request: Request) -> Asked:
    fields = list(protocol.read_fields(request.scope["query_string"], "query string"))
    check(request, "graph", "default", "download", many=wanted.PARAMETERS)
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    graphs, defaults = values.get("graph", []), values.get("default", [])
    if len(graphs) + len(defaults) != 1:
        raise BadParameter(
            f"Name one graph: {PATH}?graph= and its IRI, or {PATH}?default for the merge of all;"
            " the description at /sparql lists the named graphs.",
            parameter="graph",
        )
    format_, is_negotiated = _format(request, fields)
    download = wanted.check(values.get("download", []))
    return Asked(graphs[0] if graphs else None, format_, is_negotiated, download)


def _format(request: Request, fields: Sequence[tuple[str, str]]) -> tuple[Format, bool]:
    meant = wanted.read(fields, results=())
    named = meant.graph if meant else None
    chosen = named or choose(accept(request), RDF_FORMATS)
    if chosen is None:
        offered = [f.media_type for f in RDF_FORMATS]
        raise NotAcceptable(
            f"A graph is not to be had as Accept: {accept(request)} wants; there are"
            f" {', '.join(offered)}. The parameter `format` goes before the header.",
            offered=offered,
        )
    return chosen, named is None


def _default(request: Request, serve: Serving, asked: Asked) -> Response:
    """The merge of all graphs, as it lies in the release: of any size, read bit by bit."""
    plain = _PLAIN.get(asked.format.key, asked.format)
    name = f"enact-graph.{plain.extension}"
    file = next(entry for entry in serve.release.manifest.files if entry.name == name)
    headers = asked.headers | {"Cache-Control": REVALIDATE, "Last-Modified": serve.changed}
    return send_file(request, serve.release, file, headers, asked.format.content_type)


async def _named(request: Request, serve: Serving, asked: Asked) -> Response:
    assert asked.graph is not None
    node = _node(asked.graph)
    etag = tag(serve.release.manifest.digest, serve.software, "graph", asked.graph, asked.format)
    made = serve.made.get(etag)
    for tagged in (etag, streamed.tag_of(etag)):
        if made is None and tagged.removeprefix("W/") in known(request):
            # Nobody can hold this tag but from an answer of ours: there is such a graph.
            made = Made(b"", "", tagged)
    if made is None:
        exists = await serve.asker.run(Ask(f"ASK {{ GRAPH {node} {{ ?s ?p ?o }} }}"))
        if not ox.parse_query_results(exists.body, format=ox.QueryResultsFormat.JSON):
            raise NotFound(
                f"There is no graph {node} in this release; the description at /sparql lists the"
                " named graphs."
            )
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}"
        answer = await streamed.ask(request, Ask(query, None, BY_KEY[asked.format.key]))
        if not isinstance(answer, Answer):
            etag = streamed.tag_of(etag)
            told = Made(b"", asked.format.content_type, etag, headers=asked.headers)
            return streamed.stream(request, answer, told)
        made = Made(answer.body, asked.format.content_type, etag)
        serve.made.put(etag, made, made.size)
    return send(request, replace(made, headers=asked.headers))


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise BadParameter(
            f"graph={iri[:200]}: this is not an absolute IRI; give the full name of a graph.",
            parameter="graph",
        ) from error


ADDRESSES: Final = (
    Address(
        PATH,
        _graph,
        "graph",
        "One graph",
        answer("The graph.", *RDF),
        (
            in_query("graph", of_text("The IRI of a named graph.")),
            in_query("default", of_text("The merge of all graphs; its value is not looked at.")),
            *(in_query(name, of) for name, of in of_format(RDF_FORMATS).items()),
            in_query("download", of_text("Save the answer, under this name if there is one.")),
        ),
        ASKING,
    ),
)
