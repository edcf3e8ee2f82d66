"""The OpenAPI 3.1 description of every address: parameters, bodies, media types, problems.

Written here rather than derived from handlers, since what is sent is negotiated and seldom JSON.
Formats, languages and limits come from the tables and settings that the handlers use.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph import terms
from enact_graph.formats import HTML, RDF_FORMATS, RESULT_FORMATS, Carries, Format
from enact_graph.settings import Settings
from enact_graph.web.made import Made
from enact_graph.web.reply import send, tag
from enact_graph.web.serving import serving

Json = dict[str, Any]

_PROBLEM: Final = "application/problem+json"
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_RDF: Final = tuple(f.media_type for f in RDF_FORMATS)
_RESULTS: Final = tuple(f.media_type for f in RESULT_FORMATS)
_PAGE: Final = HTML.media_type
#: What any address may answer, beside what is said of it.
_ANYWHERE: Final = (400, 404, 405, 406, 412, 414, 500, 503)
_ASKING: Final = (*_ANYWHERE, 403, 413, 415, 429)
_MEANING: Final = {
    400: "The request, a parameter or the query is malformed.",
    403: "The query asks for what is never done here: SERVICE, LOAD, an update.",
    404: "There is nothing at this address; `nearest` names what is like it.",
    405: "The address does not take this method; `Allow` names those it takes.",
    406: "Nothing is to be had as `Accept` or `Accept-Encoding` want; `offered` names what is.",
    412: "What `If-Match` or `If-Unmodified-Since` insists on is not what is there.",
    413: "The query or its answer is larger than the limit; `limit` names it.",
    414: "The address is longer than the limit; send the query by POST.",
    415: "The body is of a type that is not read here; `accepted` names those that are.",
    416: "The part asked for lies beyond the end.",
    429: "The client asks for too much at once; `Retry-After` says when to go on.",
    500: "The server made a mistake.",
    503: "A limit of time or memory was reached, or too many wait.",
}


def routes() -> list[Route]:
    """The one route of this description."""
    return [Route("/openapi.json", _openapi)]


async def _openapi(request: Request) -> Response:
    serve = serving(request)
    described = describe(serve.settings, serve.software)
    body = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return send(request, Made(body, "application/json", tag(body)))


def describe(settings: Settings, software: str) -> Json:
    """The description of a server with these settings; `software` is the version it runs."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "enact-graph",
            "version": software,
            "summary": "The knowledge graph of the ENACT cluster: linked data, SPARQL, downloads.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {**_asking(settings), **_documents(), **_wholes(), **_files(), **_service()},
        "components": {"schemas": _SCHEMAS},
    }


def _asking(settings: Settings) -> Json:
    query = _text("The text of one SPARQL query.", maxLength=settings.query_chars)
    iris = {"type": "array", "items": {"type": "string"}}
    names = {
        "default-graph-uri": iris | {"description": "Graphs whose merge is the default graph."},
        "named-graph-uri": iris | {"description": "Graphs that GRAPH speaks of."},
        "format": _format((*RESULT_FORMATS, *RDF_FORMATS)),
        "download": _text("Save the answer, under this name if there is one."),
    }
    # What fits into an address however it is written: no more is promised there.
    short = query | {"maxLength": min(settings.query_chars, settings.url_bytes // 24)}
    parameters = [_query("query", short), *(_query(name, of) for name, of in names.items())]
    answers = _answer("The answer; without a query the service itself.", *_RESULTS, *_RDF, _PAGE)
    form = {"type": "object", "properties": {"query": query, **names}, "required": ["query"]}
    body = {"required": True, "content": {_FORM: {"schema": form}, _QUERY: {"schema": query}}}
    graph = [
        _query("graph", _text("The IRI of a named graph.")),
        _query("default", _text("The merge of all graphs; its value is not looked at.")),
        _query("format", _format(RDF_FORMATS)),
        _query("download", names["download"]),
    ]
    return {
        "/sparql": {
            "get": _operation("sparql", "Ask in SPARQL", answers, parameters, _ASKING),
            "post": _operation("sparqlPost", "Ask in SPARQL", answers, parameters[1:], _ASKING)
            | {"requestBody": body},
        },
        "/graphs": {
            "get": _operation(
                "graph", "One graph", _answer("The graph.", *_RDF), graph, (*_ASKING, 416)
            )
        },
    }


def _documents() -> Json:
    """The documents about things, concepts, graphs and sources."""
    name = _path("name", "The name, which the extension of a format may follow.")
    redirect = {"303": _described("The document about the thing is at `Location`.")}
    about = {
        "/doc/{name}": ("document", "All that is said of a thing"),
        "/source/{name}": ("source", "A document or a passage, and what it says"),
        "/graph/{name}": ("assertions", "The graph of a passage"),
        "/vocab/{name}": ("concept", "A vocabulary or a concept"),
    }
    found: Json = {
        "/id/{name}": {"get": _operation("thing", "A thing", redirect, [name], _ANYWHERE)}
    }
    for path, (key, title) in about.items():
        found[path] = {"get": _document(key, title, [name])}
    return found


def _wholes() -> Json:
    """What the release says of itself, each also under the extension of a format."""
    found: Json = {
        "/": {"get": _document("home", "The catalogue; for people the home page", [])},
        "/.well-known/void": {"get": _document("wellKnownVoid", "The VoID description", [])},
        "/vocab/": {"get": _document("vocabularies", "All vocabularies", [])},
        "/ontology/{version}": {
            "get": _document("ontologyVersion", "A version of the ontology", [_path("version")])
        },
        "/quality.json": {
            "get": _operation("figures", "The quality report", _answer("It.", "application/json"))
        },
        "/context.jsonld": {
            "get": _operation("context", "The JSON-LD context", _answer("It.", _RDF[1]))
        },
    }
    for name in ("catalog", "void", "ontology", "vocab", "shapes", "quality", "report"):
        found[f"/{name}"] = {"get": _document(name, f"The document {name}", [])}
        suffix = _path("suffix", "The extension of a format.")
        key = f"{name}In"
        found[f"/{name}.{{suffix}}"] = {"get": _document(key, f"{name} in a format", [suffix])}
    return found


def _files() -> Json:
    parts = _answer("The file.", "*/*") | {"206": _described("A part of it.", "*/*")}
    errors = (*_ANYWHERE, 416)
    file, release = _path("file"), _path("release")
    page = _answer("The list.", _PAGE)
    return {
        "/download/": {"get": _operation("downloads", "All files", page, [_LANGUAGE])},
        "/download": {"get": _operation("toDownloads", "All files", _MOVED)},
        "/download/{file}": {"get": _operation("file", "A file", parts, [file], errors)},
        "/download/{release}/{file}": {
            "get": _operation("kept", "A file of a release", parts, [release, file], errors)
        },
        "/static/{name}": {
            "get": _operation(
                "asset", "A file of the pages", _answer("It.", "*/*"), [_path("name")]
            )
        },
    }


def _service() -> Json:
    live = _answer("It lives.", "application/json", schema="Live")
    ready = _answer("It answers.", "application/json", schema="Ready")
    figures = _answer("In Prometheus's format.", "text/plain", "application/openmetrics-text")
    kind = _answer("The meaning.", "application/json", _PAGE)
    parameters = [_path("slug"), _LANGUAGE]
    return {
        "/health/live": {"get": _operation("live", "The process answers", live)},
        "/health/ready": {"get": _operation("ready", "Queries are answered", ready)},
        "/metrics": {"get": _operation("metrics", "What was counted", figures)},
        "/problem/{slug}": {"get": _operation("problem", "A kind of problem", kind, parameters)},
        "/robots.txt": {"get": _operation("robots", "For robots", _answer("It.", "text/plain"))},
        "/openapi.json": {
            "get": _operation("openapi", "This description", _answer("It.", "application/json"))
        },
    }


def _operation(
    key: str,
    title: str,
    answers: Mapping[str, Json],
    parameters: Iterable[Json] = (),
    errors: Iterable[int] = _ANYWHERE,
) -> Json:
    problem: Json = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {_PROBLEM: problem, "application/json": problem, _PAGE: {}}
    refused = {
        str(status): {"description": _MEANING[status], "content": content}
        for status in sorted(errors)
    }
    return {
        "operationId": key,
        "summary": title,
        "parameters": list(parameters),
        "responses": {**answers, **refused},
    }


def _document(key: str, title: str, parameters: list[Json]) -> Json:
    answers = _answer("The document.", *_RDF, _PAGE)
    return _operation(key, title, answers, [*parameters, _LANGUAGE])


def _answer(what: str, *media_types: str, schema: str | None = None) -> Json:
    held = {"description": "The client holds the answer already."}
    return {"200": _described(what, *media_types, schema=schema), "304": held}


def _described(what: str, *media_types: str, schema: str | None = None) -> Json:
    of: Json = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    # Some clients ask for a format under another of its names, and get it under that one.
    also = [
        a for f in (*RESULT_FORMATS, *RDF_FORMATS) if f.media_type in media_types for a in f.also
    ]
    names = dict.fromkeys([*media_types, *also])
    return {"description": what} | ({"content": dict.fromkeys(names, of)} if names else {})


def _query(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def _path(name: str, what: str = "") -> Json:
    # Without these a server could not tell one part of a path from two.
    schema = {"type": "string", "minLength": 1, "pattern": "^[^/]+$"}
    found: Json = {"name": name, "in": "path", "required": True, "schema": schema}
    return found | ({"description": what} if what else {})


def _text(what: str, **more: int) -> Json:
    return {"type": "string", "description": what, **more}


def _format(formats: Iterable[Format]) -> Json:
    keys = [f.key for f in formats if f.carries is not Carries.PAGE]
    return {"type": "string", "examples": keys, "description": "Goes before the header `Accept`."}


_LANGUAGE: Final = _query("lang", {"enum": list(terms.LANGUAGES), "description": "Of the page."})
_MOVED: Final = {"308": {"description": "It is at `Location`."}}
_STRING: Final = {"type": "string"}
_SCHEMAS: Final[Json] = {
    "Problem": {
        "type": "object",
        "description": "A problem document (RFC 9457); further members depend on the type.",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "pattern": f"^{terms.PROBLEM}"},
            "title": _STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": _STRING,
            "instance": _STRING,
        },
    },
    "Live": {"type": "object", "required": ["status"], "properties": {"status": {"const": "live"}}},
    "Ready": {
        "type": "object",
        "required": ["status", "release", "version", "issued", "digest", "counts"],
        "properties": {
            "status": {"const": "ready"},
            "release": _STRING,
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
    },
}
