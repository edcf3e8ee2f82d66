"""What the addresses for people take and give: one function a topic."""

from enact_graph.web.openapi.parts import LANGUAGE, Json, answer, operation


def pages() -> Json:
    """Every page that is no document about one IRI."""
    return {**_editor()}


def _editor() -> Json:
    """What the SPARQL editor completes with."""
    listed = answer("Classes, properties and concepts, the most used first.", "application/json")
    return {"/terms.json": {"get": operation("terms", "Terms for queries", listed, [LANGUAGE])}}
