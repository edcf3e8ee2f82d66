"""The SPARQL endpoint: SPARQL 1.1 Protocol queries, a form for people, a service description."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.engine.protocol import Stream
from enact_graph.errors import EnactGraphError, NotAcceptable, QueryMissing
from enact_graph.formats import (
    ACCEPT_POST,
    BY_KEY,
    HTML,
    QUERY_TYPE,
    RDF_FORMATS,
    RESULT_FORMATS,
    RESULTS_JSON,
    XLSX,
    Format,
)
from enact_graph.graph import documents
from enact_graph.present.table import Example, Outcome, mentioned, read
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.sparql.prefilter import changes
from enact_graph.topics.sparql import protocol, streamed
from enact_graph.topics.sparql.description import describe
from enact_graph.topics.sparql.page import Bench, examples
from enact_graph.topics.sparql.sheet import sheet
from enact_graph.web import wanted
from enact_graph.web.headers import PREFLIGHT
from enact_graph.web.negotiation import choose, choose_unrefused
from enact_graph.web.parameters import check_names
from enact_graph.web.reply import (
    NEVER,
    REVALIDATE,
    Made,
    accept,
    known,
    language,
    origin,
    send,
    tag,
)
from enact_graph.web.state import Serving, serving

PATH: Final = "/sparql"
#: Clients of one kind all send the same header.
_choose: Final = lru_cache(maxsize=256)(choose)


async def respond(request: Request) -> Response:
    """Answer a request to the endpoint; an EnactGraphError tells why not."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_OPTIONS)
    serve = serving(request)
    asked = await protocol.read(request, serve.settings)
    wants_page = asked.wanted is not None and asked.wanted.is_page
    if asked.wanted is None and asked.download is None:
        wants_page = _choose(accept(request), _WITH_PAGE) == HTML
    if asked.query is None:
        return await _without_query(request, serve, asked, wants_page)
    if wants_page:
        return await _page(request, serve, asked)
    results, graph = _formats(request, asked)
    if results is None and graph is None:
        raise _nothing_acceptable(request)
    return await _answer(request, serve, asked, results, graph)


_TABLES: Final = (*RESULT_FORMATS, XLSX)
OFFERED: Final = (*_TABLES, *RDF_FORMATS)
_WITH_PAGE: Final = (*OFFERED, HTML)
_METHODS: Final = "GET, HEAD, OPTIONS, POST"
_OPTIONS: Final = {
    "Allow": _METHODS,
    "Accept-Post": ACCEPT_POST,
    "Access-Control-Allow-Methods": _METHODS,
    "Vary": "Origin",
    **PREFLIGHT,
}


async def _answer(
    request: Request,
    serve: Serving,
    asked: protocol.Asked,
    results: Format | None,
    graph: Format | None,
) -> Response:
    assert asked.query is not None
    is_sheet = results is not None and results.key == XLSX.key
    tongue, here = (language(request), origin(request)) if is_sheet else ("", "")
    vary = {"Vary": "Accept, Accept-Language" if is_sheet else "Accept"}
    # The tag stands for everything the answer depends on, and takes no more room than its digits.
    etag = tag(
        serve.release.manifest.digest,
        serve.software,
        replace(asked, wanted=None, download=None, others=()),
        results,
        graph,
        tongue,
        here,
    )
    volatile = changes(asked.query)
    made = None if volatile else serve.made.get(etag)
    found: Answer | Stream | None = None
    if not volatile and made is None and (tags := known(request)):
        # Nobody can hold these tags but from an answer of ours: no query is needed to say so.
        for tagged in (etag, streamed.tag_of(etag)):
            if tagged.removeprefix("W/") in tags:
                made = Made(b"", "", tagged, headers=vary)
    if made is None:
        found = await streamed.ask(
            request,
            Ask(
                asked.query,
                results and (RESULTS_JSON if is_sheet else BY_KEY[results.key]),
                graph and BY_KEY[graph.key],
                asked.default_graphs,
                asked.named_graphs,
            ),
        )
        sent = results if found.form in ("select", "ask") else graph
        assert sent is not None
        if is_sheet and sent is results:
            address = f"{here}{PATH}?{_fields(asked, XLSX)}"
            found = await sheet(serve, asked.query, address, tongue, found)
        is_whole = isinstance(found, Answer)
        made = Made(
            found.body if isinstance(found, Answer) else b"",
            sent.content_type,
            None if volatile else etag if is_whole else streamed.tag_of(etag),
            NEVER if volatile else REVALIDATE,
            vary,
        )
        if not volatile and is_whole:
            serve.made.put(etag, made, made.size)
    if made.content_type and (asked.download is not None or asked.wanted is not None):
        # The name of a file is this request's; the bytes and the tag are everybody's.
        sent = next(f for f in (results, graph) if f and f.content_type == made.content_type)
        name = wanted.disposition(asked.download, etag[1:9], sent)
        made = replace(made, headers={**made.headers, "Content-Disposition": name})
    if request.method == "POST":
        made = replace(made, etag=None)
    if found is not None and not isinstance(found, Answer):
        return streamed.stream(request, found, made)
    return send(request, made)


async def _page(request: Request, serve: Serving, asked: protocol.Asked) -> Response:
    """The form with the answer below it, or with what is wrong with the query."""
    assert asked.query is not None
    tongue = language(request)
    status = 200
    unknown: tuple[str, ...] = ()
    try:
        ask = Ask(asked.query, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs)
        answer = await serve.asker.run(ask)
    except EnactGraphError as error:
        outcome, status = Outcome(problem=error), error.status
    else:
        unknown = answer.unknown
        if answer.form in ("select", "ask"):
            iris = await run_in_threadpool(mentioned, answer.body)
            labels = await serve.reader.labels(iris)
            links = _same(asked, _TABLES)
            outcome = await run_in_threadpool(read, answer.body, links, labels=labels, lang=tongue)
        else:
            outcome = Outcome(text=answer.body.decode(), links=_same(asked, RDF_FORMATS))
    page = await _rendered(request, serve, tongue, asked.query, outcome, unknown)
    return _html(page, tongue, status)


async def _rendered(  # noqa: PLR0913, PLR0917 - a request, and what came of its query
    request: Request,
    serve: Serving,
    tongue: str,
    query: str = "",
    outcome: Outcome | None = None,
    unknown: Sequence[str] = (),
) -> str:
    bench = Bench(serve.frame, serve.held(_examples), serve.settings, origin(request))
    return await run_in_threadpool(bench.page, tongue, query, outcome, unknown)


async def _without_query(
    request: Request, serve: Serving, asked: protocol.Asked, wants_page: bool
) -> Response:
    if request.method == "POST":
        raise QueryMissing(
            "There is no query in this request; send one as the field `query` of a form, or as a"
            f" body of type {QUERY_TYPE}."
        )
    if wants_page:
        tongue = language(request)
        return _html(await _rendered(request, serve, tongue), tongue)
    check_names(asked.others, protocol.PARAMETERS)
    graph = asked.wanted.graph if asked.wanted else _rdf(request)
    if graph is None:
        raise QueryMissing(
            "There is no query in this request; send one as the parameter `query`. Without one,"
            " the description of this service is at this address as RDF, and a form as HTML."
        )
    endpoint = str(request.url.replace(query="", fragment=""))
    key = tag("description", endpoint, graph)
    made = serve.made.get(key)
    if made is None:
        triples = await describe(serve, endpoint)
        body = documents.convert(triples, graph, serve.context)
        headers = {"Vary": "Accept", "Content-Location": f"/sparql?format={graph.key}"}
        made = Made(body, graph.content_type, tag(body, graph.key), headers=headers)
        serve.made.put(key, made, made.size)
    return send(request, made)


def _rdf(request: Request) -> Format | None:
    return choose(accept(request), RDF_FORMATS)


def _formats(request: Request, asked: protocol.Asked) -> tuple[Format | None, Format | None]:
    """The formats for a table and for a graph; whoever names one for tables gets every graph.

    Many clients send one header with every query, for the answers that most of them have.
    """
    if asked.wanted is not None:
        return asked.wanted.results, asked.wanted.graph
    header = accept(request)
    results, graph = _choose(header, _TABLES), _choose(header, RDF_FORMATS)
    if results and not graph:
        graph = choose_unrefused(header, RDF_FORMATS)
    return results, graph


def _nothing_acceptable(request: Request) -> NotAcceptable:
    offered = [f.media_type for f in (*OFFERED, HTML)]
    return NotAcceptable(
        f"Nothing here is of a type that Accept: {accept(request)} admits; there are"
        f" {', '.join(offered)}. The parameter `format` goes before the header.",
        offered=offered,
    )


def _same(asked: protocol.Asked, offered: Sequence[Format]) -> list[tuple[str, str]]:
    """The title and address of the same answer as a file in each of these formats."""
    return [(f.title, f"{PATH}?{_fields(asked, f)}&download=") for f in offered]


def _fields(asked: protocol.Asked, format_: Format) -> str:
    """What an address says to ask the same in a format."""
    fields = [
        ("query", asked.query or ""),
        *(("default-graph-uri", iri) for iri in asked.default_graphs),
        *(("named-graph-uri", iri) for iri in asked.named_graphs),
        ("format", format_.key),
    ]
    return urlencode(fields)


def _html(page: str, tongue: str, status: int = 200) -> Response:
    return Response(
        page,
        status,
        {
            "Content-Type": HTML.content_type,
            "Content-Language": tongue,
            "Vary": "Accept, Accept-Language",
            "Cache-Control": NEVER if status >= 500 else REVALIDATE,
        },
    )


def _examples(serve: Serving) -> tuple[Example, ...]:
    return examples(serve.questions)
