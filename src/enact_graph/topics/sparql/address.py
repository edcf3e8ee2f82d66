"""The addresses of the SPARQL endpoint and of the terms that a query is written with."""

from collections.abc import Sequence
from typing import Final

from enact_graph.formats import FORM_TYPE, HTML, QUERY_TYPE, XLSX
from enact_graph.release.questions import Question
from enact_graph.settings import Settings
from enact_graph.topics.sparql import completion, endpoint
from enact_graph.topics.sparql.endpoint import OFFERED
from enact_graph.web.address import Address
from enact_graph.web.openapi import (
    ASKING,
    LANGUAGE,
    PAGE,
    RDF,
    RESULTS,
    Json,
    answer,
    in_query,
    of_format,
    of_text,
    operation,
)


def _operations(at: Address, settings: Settings, _: Sequence[Question]) -> dict[str, Json]:
    query = of_text("The text of one SPARQL query.", maxLength=settings.query_chars)
    iris = {"type": "array", "items": {"type": "string"}}
    names = {
        "default-graph-uri": iris | {"description": "Graphs whose merge is the default graph."},
        "named-graph-uri": iris | {"description": "Graphs that GRAPH speaks of."},
        **of_format((*OFFERED, HTML)),
        "download": of_text("Save the answer, under this name if there is one."),
    }
    # What fits into an address however it is written: no more is promised there.
    short = query | {"maxLength": min(settings.query_chars, settings.url_bytes // 24)}
    takes = [in_query("query", short), *(in_query(name, of) for name, of in names.items())]
    form = {"type": "object", "properties": {"query": query, **names}, "required": ["query"]}
    content = {FORM_TYPE: {"schema": form}, QUERY_TYPE: {"schema": query}}
    body = {"requestBody": {"required": True, "content": content}}
    post = operation("sparqlPost", at.title, at.answers, takes[1:], at.errors)
    get = at.operation() | {"parameters": takes}
    return {at.path: {"get": get, "post": post | body | {"tags": get["tags"]}}}


ADDRESSES: Final = (
    Address(
        endpoint.PATH,
        endpoint.respond,
        "sparql",
        "Ask in SPARQL",
        answer(
            "The answer; without a query the service itself.",
            *RESULTS,
            XLSX.media_type,
            *RDF,
            PAGE,
        ),
        errors=ASKING,
        methods=("GET", "POST", "OPTIONS"),
        in_sitemap=True,
        menu="sparql",
        robots=("/sparql?",),
        described=_operations,
    ),
    Address(
        completion.PATH,
        completion.respond,
        "terms",
        "Terms for queries",
        answer("Classes, properties and concepts, the most used first.", "application/json"),
        (LANGUAGE,),
        is_strict=True,
    ),
)
