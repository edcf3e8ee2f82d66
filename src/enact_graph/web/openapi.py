"""The pieces of OpenAPI 3.1 that the description of an address is made of."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from enact_graph import terms
from enact_graph.formats import HTML, RDF_FORMATS, RESULT_FORMATS, Format
from enact_graph.web.wanted import PARAMETERS

Json = dict[str, Any]

PROBLEM: Final = "application/problem+json"
RDF: Final = tuple(f.media_type for f in RDF_FORMATS)
RESULTS: Final = tuple(f.media_type for f in RESULT_FORMATS)
PAGE: Final = HTML.media_type
SVG_TYPE: Final = "image/svg+xml"
STRING: Final[Json] = {"type": "string"}
#: What any address may answer, beside what is said of it.
ANYWHERE: Final = (400, 404, 405, 406, 408, 412, 414, 416, 421, 500, 501, 503)
ASKING: Final = (*ANYWHERE, 403, 413, 415, 429)
MEANING: Final = {
    400: "The request, a parameter or the query is malformed.",
    403: "The query asks for what is never done here: SERVICE, LOAD, an update.",
    404: "There is nothing at this address; `nearest` names what is like it.",
    405: "The address does not take this method; `Allow` names those it takes.",
    406: "Nothing is to be had as `Accept` or `Accept-Encoding` want; `offered` names what is.",
    408: "A head or a body began and did not come to its end in time.",
    412: "What `If-Match` or `If-Unmodified-Since` insists on is not what is there.",
    413: "The query or its answer is larger than the limit; `limit` names it.",
    414: "The address is longer than the limit; send the query by POST.",
    415: "The body is of a type that is not read here; `accepted` names those that are.",
    416: "The part asked for lies beyond the end.",
    421: "The server does not answer under the host that the request names.",
    422: "The proposal cannot be made, or rules object; `faults` and `objections` say why.",
    429: "The client asks for too much at once; `Retry-After` says when to go on.",
    500: "The server made a mistake.",
    501: "No HTTP server knows the method, or the body has a transfer coding but `chunked`.",
    503: "A limit of time or memory was reached, or too many wait.",
}


def operation(
    key: str,
    title: str,
    answers: Mapping[str, Json],
    parameters: Iterable[Json] = (),
    errors: Iterable[int] = ANYWHERE,
) -> Json:
    """What is asked at an address with one method, and what it may answer."""
    problem: Json = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {PROBLEM: problem, "application/json": problem, PAGE: {}}
    refused = {
        str(status): {"description": MEANING[status], "content": content}
        for status in sorted(errors)
    }
    return {
        "operationId": key,
        "summary": title,
        "parameters": list(parameters),
        "responses": {**answers, **refused},
    }


def answer(what: str, *media_types: str, schema: str | None = None) -> Json:
    """The answers of an address that can be asked again with the tag of an answer held."""
    held = {"description": "The client holds the answer already."}
    return {
        "200": described(what, *media_types, schema=schema),
        "206": described("A part of it, as `Range` wants.", *media_types),
        "304": held,
    }


def described(what: str, *media_types: str, schema: str | None = None) -> Json:
    """One answer with its media types."""
    of: Json = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    # Some clients ask for a format under another of its names, and get it under that one.
    also = [
        a for f in (*RESULT_FORMATS, *RDF_FORMATS) if f.media_type in media_types for a in f.also
    ]
    names = dict.fromkeys([*media_types, *also])
    return {"description": what} | ({"content": dict.fromkeys(names, of)} if names else {})


def in_query(name: str, schema: Json) -> Json:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "schema": schema}


def in_path(name: str, what: str = "") -> Json:
    """A parameter of the path."""
    # Without these a server could not tell one part of a path from two.
    schema = {"type": "string", "minLength": 1, "pattern": "^[^/]+$"}
    found: Json = {"name": name, "in": "path", "required": True, "schema": schema}
    return found | ({"description": what} if what else {})


def of_number(most: int) -> Json:
    """The schema of a whole number from 1."""
    return {"type": "integer", "minimum": 1, "maximum": most}


def of_text(what: str, **more: int) -> Json:
    """The schema of a text."""
    return {"type": "string", "description": what, **more}


def of_texts(what: str) -> Json:
    """The schema of a parameter that may be there any number of times."""
    return {"type": "array", "items": {"type": "string"}, "description": what}


def of_format(formats: Iterable[Format]) -> dict[str, Json]:
    """The schemas of the parameters that name some of these formats."""
    told = (
        "A name, an extension, or media types as `Accept` has them. Goes before that header; where"
        " it is repeated, or stands under both names, they must agree."
    )
    schema = {"type": "string", "examples": [f.key for f in formats], "description": told}
    return dict.fromkeys(PARAMETERS, schema)


LANGUAGE: Final = in_query("lang", {"enum": list(terms.LANGUAGES), "description": "Of the page."})
DAY: Final[Json] = {"type": "string", "format": "date"}
#: A document in every RDF format and as a page.
DOCUMENT: Final = answer("The document.", *RDF, PAGE)
