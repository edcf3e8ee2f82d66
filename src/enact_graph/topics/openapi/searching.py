"""What the addresses of the search take and give."""

from enact_graph.formats import RESULTS_CSV
from enact_graph.lookup.groups import KINDS
from enact_graph.lookup.match import CHARACTERS
from enact_graph.lookup.search import MOST as SUGGESTED
from enact_graph.topics.openapi.parts import (
    ANYWHERE,
    LANGUAGE,
    PAGE,
    Json,
    answer,
    described,
    in_query,
    of_text,
    operation,
)
from enact_graph.topics.search.address import MOST
from enact_graph.topics.search.suggest import DESCRIPTION, PLAIN, SUGGESTIONS

_STRING = {"type": "string"}
_TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": _STRING, "language": _STRING},
}


def searching() -> Json:
    """The search as a page and as JSON, the suggestions, and the description for browsers."""
    text = in_query("q", of_text("A name, an acronym, an identifier.", maxLength=CHARACTERS))
    kind = in_query("kind", {"type": "array", "items": {"enum": list(KINDS)}})
    page = in_query("page", _number(10_000))
    size = in_query("size", _number(MOST))
    few = in_query("size", _number(SUGGESTED))
    moved = {"303": described("The one thing with this identifier is at `Location`.")}
    found = answer("The hits.", PAGE) | moved
    as_json = answer("The hits.", "application/json", schema="Found")
    as_table = answer("The hits.", RESULTS_CSV.media_type)
    suggested = answer("The suggestions.", SUGGESTIONS.media_type, PLAIN.media_type)
    browser = answer("It.", DESCRIPTION)
    return {
        "/search": {
            "get": operation("search", "What a text finds", found, [text, kind, page, LANGUAGE])
        },
        "/search.json": {
            "get": operation(
                "searchJson", "What a text finds", as_json, [text, kind, page, size, LANGUAGE]
            )
        },
        "/search.csv": {
            "get": operation("searchCsv", "What a text finds", as_table, [text, kind, LANGUAGE])
        },
        "/suggest": {
            "get": operation("suggest", "What a text begins", suggested, [text, few, LANGUAGE])
        },
        "/opensearch.xml": {
            "get": operation("opensearch", "The search for browsers", browser, [LANGUAGE], ANYWHERE)
        },
    }


def _number(most: int) -> Json:
    return {"type": "integer", "minimum": 1, "maximum": most}


#: What `/search.json` answers; a hit is the same in `/suggest` as application/json.
SCHEMAS: Json = {
    "Found": {
        "type": "object",
        "required": ["query", "language", "total", "kinds", "page", "pages", "hits"],
        "properties": {
            "query": _STRING,
            "language": _STRING,
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
            "iri": _STRING,
            "page": _STRING,
            "kind": {"enum": list(KINDS)},
            "name": _TEXT,
            "description": {"anyOf": [_TEXT, {"type": "null"}]},
            "weight": {"type": "integer"},
            "match": {"type": "object", "required": ["by"], "properties": {"by": _STRING}},
        },
    },
}
