"""What the addresses for people take and give: one function a topic."""

from enact_graph.web.openapi.asking import asking
from enact_graph.web.openapi.connecting import connecting
from enact_graph.web.openapi.parts import Json
from enact_graph.web.openapi.searching import searching


def pages() -> Json:
    """Every page that is no document about one IRI."""
    return {**searching(), **asking(), **connecting()}
