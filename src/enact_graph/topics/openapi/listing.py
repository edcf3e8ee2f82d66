"""What the lists and the tree of the home page take and give."""

from typing import Final

from enact_graph.formats import RESULTS_CSV
from enact_graph.topics.lists.kinds import KINDS
from enact_graph.topics.openapi.parts import (
    LANGUAGE,
    PAGE,
    Json,
    answer,
    in_path,
    in_query,
    of_text,
    operation,
)

_PAGE: Final = in_query(
    "page",
    {
        "type": "integer",
        "minimum": 1,
        "maximum": 999_999,
        "description": "Of the page for people; 404 beyond the last.",
    },
)


def lists() -> Json:
    """The lists and their overview."""
    kinds = ", ".join(kind.key for kind in KINDS)
    kind = in_path("kind", f"One of {kinds}; as a table behind it .csv or .json.")
    facets = sorted({facet.key for k in KINDS for facet in k.facets})
    chosen = {"type": "array", "items": of_text("The last part of the IRI of a value, or a year.")}
    parameters = [in_query(facet, chosen) for facet in facets]
    told = answer("The list.", PAGE, RESULTS_CSV.media_type, "application/json")
    return {
        "/list": {
            "get": operation("lists", "All lists", answer("The overview.", PAGE), [LANGUAGE])
        },
        "/list/{kind}": {
            "get": operation(
                "list", "The things of a kind", told, [kind, *parameters, _PAGE, LANGUAGE]
            )
        },
    }


def glance() -> Json:
    """The tree of the home page."""
    drawn = answer("It.", "image/svg+xml", RESULTS_CSV.media_type)
    form = in_path("form", "svg or csv.")
    title = "Who is tied to the cluster"
    return {"/glance.{form}": {"get": operation("glance", title, drawn, [form, LANGUAGE])}}
