"""What the SPARQL editor completes with."""

from enact_graph.topics.openapi.parts import LANGUAGE, Json, answer, operation


def asking() -> Json:
    """The terms for queries."""
    listed = answer("Classes, properties and concepts, the most used first.", "application/json")
    return {"/terms.json": {"get": operation("terms", "Terms for queries", listed, [LANGUAGE])}}
