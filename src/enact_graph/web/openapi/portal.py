"""What the addresses for people take and give: one function a topic."""

from collections.abc import Iterable

from enact_graph.question import Question
from enact_graph.web.openapi.parts import Json
from enact_graph.web.openapi.questions import questions


def pages(asked: Iterable[Question] = ()) -> Json:
    """Every page that is no document about one IRI; `asked` are the questions of the release."""
    return {**questions(asked)}
