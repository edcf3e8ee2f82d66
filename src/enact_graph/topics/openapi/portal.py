"""What the addresses for people take and give: one module a topic."""

from collections.abc import Iterable

from enact_graph.release.questions import Question
from enact_graph.topics.openapi.asking import asking
from enact_graph.topics.openapi.connecting import connecting
from enact_graph.topics.openapi.correcting import corrections, guides, harvesting
from enact_graph.topics.openapi.listing import glance, lists
from enact_graph.topics.openapi.parts import Json
from enact_graph.topics.openapi.picturing import picturing
from enact_graph.topics.openapi.questions import questions
from enact_graph.topics.openapi.searching import searching


def pages(asked: Iterable[Question] = ()) -> Json:
    """Every page that is no document about one IRI; `asked` are the questions of the release."""
    return {
        **lists(),
        **glance(),
        **searching(),
        **picturing(),
        **connecting(),
        **questions(asked),
        **corrections(),
        **guides(),
        **harvesting(),
        **asking(),
    }
