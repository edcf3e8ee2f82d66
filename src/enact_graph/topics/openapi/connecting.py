"""How to ask how things are tied, and for the pictures with a page of their own."""

from enact_graph.graph.relations import KINDS
from enact_graph.topics.connections.route import LENGTH, LONGEST
from enact_graph.topics.openapi.parts import (
    LANGUAGE,
    PAGE,
    Json,
    answer,
    in_path,
    in_query,
    of_text,
    of_texts,
    operation,
)
from enact_graph.topics.timeline import moments

_DAY: Json = {"type": "string", "format": "date"}
_JSON = "application/json"
_CSV = "text/csv"
_SVG = "image/svg+xml"


def connecting() -> Json:
    """The path finder, the networks, the alliances and the timeline."""
    return {**connections(), **pictures()}


def connections() -> Json:
    """How things are tied: the path finder and the network of one thing."""
    ends = [
        in_query("from", of_text("A thing by name, identifier or address.")),
        in_query("to", of_text("Another one.")),
    ]
    limits = [
        in_query(
            "avoid",
            of_texts(
                "Things no chain may pass through, also with commas; `hubs`, which is usual, or"
                " `none` to pass through hubs as well."
            ),
        ),
        in_query("max", {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": LENGTH}),
        in_query("at", _DAY | {"description": "A day on which every tie holds."}),
        LANGUAGE,
    ]
    needed = [end | {"required": True} for end in ends]
    kinds = {"type": "array", "items": {"enum": list(KINDS)}}
    shown = [
        in_path("name", "The slug of a thing, which `.json`, `.csv` or `.svg` may follow."),
        in_query("kind", kinds | {"description": "Kinds of ties; all where none is named."}),
        in_query("at", _DAY | {"description": "A day on which the ties hold."}),
        in_query("open", of_texts("Things whose ties are unfolded, also with commas.")),
        LANGUAGE,
    ]
    forms = answer("Who is tied to it.", PAGE, _JSON, _CSV, _SVG)
    found = answer("The shortest chains.", _JSON, schema="Ways")
    return {
        "/path": {
            "get": operation(
                "path", "How two things are related", answer("The chains.", PAGE), [*ends, *limits]
            )
        },
        "/path.json": {"get": operation("pathData", "The same as data", found, [*needed, *limits])},
        "/network/{name}": {"get": operation("network", "Who is tied to a thing", forms, shown)},
    }


def pictures() -> Json:
    """The pictures with a page of their own, and what they show as files."""
    found: Json = {}
    members = of_texts("Universities, also with commas; the members of the cluster as usual.")
    kinds = {"type": "array", "items": {"enum": list(moments.KINDS)}}
    of = of_text("A thing by name, identifier or address; the cluster as usual.")
    drawn = {
        "alliances": (
            "Who sits in which alliance",
            [in_query("members", members), in_query("date", _DAY), LANGUAGE],
        ),
        "timeline": (
            "What happened and what is due",
            [in_query("of", of), in_query("kind", kinds), LANGUAGE],
        ),
    }
    for name, (title, parameters) in drawn.items():
        for suffix, media_type in (("", PAGE), (".csv", _CSV), (".svg", _SVG)):
            key = name + suffix.removeprefix(".").capitalize()
            told = answer(f"{title}.", media_type)
            found[f"/{name}{suffix}"] = {"get": operation(key, title, told, parameters)}
    return found
