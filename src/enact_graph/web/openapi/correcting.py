"""What the report of an error takes and gives."""

from typing import Final

from enact_graph.proposal import CHANGES
from enact_graph.web.openapi.parts import (
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

#: What the form of a correction takes.
_ANSWERS: Final = {
    "s": "The thing: `inria`, `v:role-member`, `src:…`, `g:…`, `enact:Target`.",
    "g": "The graph that says so, by its name.",
    "t": "The statement, by the digest that the page gives it.",
    "value": "The new value: a text, a number, a date (2025, 2025-03, 2025-03-14) or a name.",
    "concept": "The new value of a role, a kind and the like: `v:role-member`.",
    "in": "The language of a text.",
    "end": "Until when it was true.",
    "thing": "The thing that is meant: its name or its address.",
    "url": "The address of the document that shows it.",
    "par": "The paragraph of that document.",
    "title": "Of a document that is not described yet: its title.",
    "by": "Its publisher.",
    "issued": "When it appeared, as far as that is known.",
    "tongue": "Its language.",
    "read": "The day it was read.",
}


def corrections() -> Json:
    """Reporting an error."""
    what = {"enum": list(CHANGES), "description": "What is wrong; with it the answer is checked."}
    parameters = [in_query(name, of_text(told)) for name, told in _ANSWERS.items()]
    parameters += [in_query("what", what), LANGUAGE]
    name = in_query("name", of_text("A name or an address to begin with."))
    patch = {"200": described("The patch of a proposal that holds.", "text/x-diff")}
    patch["304"] = {"description": "The client holds the answer already."}
    return {
        "/correct": {
            "get": operation(
                "correct", "Report an error", answer("The page.", PAGE), [name, *parameters]
            )
        },
        "/correct.patch": {
            "get": operation(
                "correctPatch", "The patch of a correction", patch, parameters, (*ANYWHERE, 422)
            )
        },
    }
