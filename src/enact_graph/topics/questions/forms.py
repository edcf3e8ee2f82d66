"""The forms in which the answer to a question is had, and the address of each."""

from typing import Final
from urllib.parse import quote, urlencode

from enact_graph import formats, terms
from enact_graph.formats import HTML, TURTLE, XLSX, Format
from enact_graph.release.questions import Question
from enact_graph.topics.questions.page import PATH
from enact_graph.topics.questions.values import Given
from enact_graph.web.reply import links
from enact_graph.web.state import Serving

#: The forms of an answer; the first is what a client gets that takes anything.
FORMS: Final = (
    formats.RESULTS_JSON,
    formats.RESULTS_CSV,
    formats.RESULTS_TSV,
    formats.RESULTS_XML,
    XLSX,
    TURTLE,
    HTML,
)
FILES: Final = tuple(f for f in FORMS if f != HTML)
BY_EXTENSION: Final = {f.extension: f for f in FORMS}
#: Opened by another program than a browser.
SAVED: Final = (formats.RESULTS_CSV, formats.RESULTS_TSV, XLSX)
#: How the page names the files, in its order.
LISTED: Final = (
    formats.RESULTS_CSV,
    XLSX,
    formats.RESULTS_TSV,
    formats.RESULTS_JSON,
    formats.RESULTS_XML,
    TURTLE,
)


def address(question: Question, format_: Format | None, given: Given) -> str:
    """The address of an answer, with the values that are not the defaults."""
    suffix = f".{format_.extension}" if format_ else ""
    fields = [*given.stated, *([("lang", given.lang)] if given.is_lang_given else [])]
    query = urlencode(fields, quote_via=quote, safe=":")
    return f"{PATH}/{question.name}{suffix}" + (f"?{query}" if query else "")


def alternates(serve: Serving, question: Question, given: Given) -> str:
    """The Link header of an answer: its other forms, its lasting address, its licence."""
    targets: list[tuple[str, str, dict[str, str]]] = [
        (address(question, f, given), "alternate", {"type": f.media_type}) for f in FILES
    ]
    targets.append((address(question, None, given), "alternate", {"type": HTML.media_type}))
    targets.append((terms.BASE + f"queries/{question.name}", "cite-as", {}))
    if serve.licence:
        targets.append((serve.licence, "license", {}))
    return links(*targets)
