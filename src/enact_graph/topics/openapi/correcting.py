"""What the report of an error, the guides and what harvesters read take and give."""

from typing import Final

from enact_graph.proposal import CHANGES
from enact_graph.topics.guides.citation import FORMS
from enact_graph.topics.openapi.parts import (
    ANYWHERE,
    LANGUAGE,
    PAGE,
    Json,
    answer,
    described,
    in_path,
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
    "doc": "Which document, where several have that address: `src:…`.",
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


def guides() -> Json:
    """What explains the graph: how to read, cite and link it."""
    of = [in_query(name, of_text(_ANSWERS[name])) for name in ("s", "g", "t")]
    page = answer("The page.", PAGE)
    files = answer("The citation.", *(form[0].partition(";")[0] for form in FORMS.values()))
    suffix = in_path("suffix", f"One of {', '.join(FORMS)}.")
    return {
        "/about": {"get": operation("about", "What this is, how to read it", page, [LANGUAGE])},
        "/link": {"get": operation("link", "How to link to it", page, [LANGUAGE])},
        "/cite": {"get": operation("cite", "How to cite it", page, [*of, LANGUAGE])},
        "/cite.{suffix}": {
            "get": operation("citation", "A citation", files, [suffix, *of, LANGUAGE])
        },
    }


def harvesting() -> Json:
    """What harvesters and agents read first."""
    part = in_path("part", "The number of the part.")
    sitemap = answer("It.", "application/xml")
    text, markdown = answer("It.", "text/plain"), answer("It.", "text/markdown")
    return {
        "/sitemap.xml": {"get": operation("sitemap", "Every page, or the list of parts", sitemap)},
        "/sitemap-{part}.xml": {
            "get": operation("sitemapPart", "A part of the sitemap", sitemap, [part])
        },
        "/llms.txt": {"get": operation("llms", "A briefing for agents", markdown)},
        "/.well-known/security.txt": {
            "get": operation("security", "The contact for security (RFC 9116)", text)
        },
    }
