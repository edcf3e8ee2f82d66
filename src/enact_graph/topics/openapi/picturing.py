"""What the addresses of the pictures take and give: the map, the flows of money."""

from enact_graph.topics.map.address import FARTHEST
from enact_graph.topics.map.atlas import GROUPS
from enact_graph.topics.map.selection import ZOOMS
from enact_graph.topics.openapi.parts import (
    LANGUAGE,
    PAGE,
    Json,
    answer,
    in_query,
    of_text,
    operation,
)


def picturing() -> Json:
    """Every picture with its page and its data."""
    return {**_map(), **_funding()}


def _map() -> Json:
    """The map of seats and the same as data."""
    groups = {"type": "array", "items": {"enum": list(GROUPS)}, "description": "Roles shown."}
    filters = [
        in_query("show", groups),
        in_query("alliance", of_text("An alliance, by name or address.")),
        in_query("country", of_text("A country, by name or address.")),
        in_query("near", of_text("The centre: a place or body by name, identifier or address.")),
        in_query("km", {"type": "integer", "minimum": 1, "maximum": FARTHEST}),
        in_query("zoom", {"enum": list(ZOOMS), "description": "What the drawing shows."}),
        LANGUAGE,
    ]
    forms = {
        "/map": ("map", "The map of seats", PAGE),
        "/map.svg": ("mapPicture", "The map as a picture", "image/svg+xml"),
        "/map.csv": ("mapTable", "Seats and sites with distances", "text/csv"),
        "/map.json": ("mapSummary", "Members within a radius, and places", "application/json"),
        "/places.geojson": ("places", "Seats and sites (RFC 7946)", "application/geo+json"),
    }
    return {
        path: {"get": operation(key, title, answer("It.", kind), filters)}
        for path, (key, title, kind) in forms.items()
    }


def _funding() -> Json:
    """Who funds whom."""
    forms = {
        "/funding": ("funding", "Who funds whom with how much", PAGE),
        "/funding.svg": ("fundingPicture", "The flows of money as a picture", "image/svg+xml"),
        "/funding.csv": ("fundingTable", "Fundings and budgets with their sources", "text/csv"),
    }
    return {
        path: {"get": operation(key, title, answer("It.", kind), [LANGUAGE])}
        for path, (key, title, kind) in forms.items()
    }
