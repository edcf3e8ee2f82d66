"""What the addresses for people take and give: one module a topic."""

from enact_graph.web.openapi.asking import asking
from enact_graph.web.openapi.listing import glance, lists
from enact_graph.web.openapi.mapping import funding, seats
from enact_graph.web.openapi.parts import Json
from enact_graph.web.openapi.searching import searching
from enact_graph.web.openapi.tying import connections, pictures


def pages() -> Json:
    """Every page that is no document about one IRI."""
    return {
        **lists(),
        **glance(),
        **searching(),
        **seats(),
        **funding(),
        **connections(),
        **pictures(),
        **asking(),
    }
