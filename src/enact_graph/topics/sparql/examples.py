"""The example queries of a server: the named questions that its release carries."""

from collections.abc import Iterable
from typing import Final

from enact_graph.present.table import Example
from enact_graph.release.questions import Question
from enact_graph.terms import LANGUAGES


def examples(asked: Iterable[Question]) -> tuple[Example, ...]:
    """Questions as examples to start from; where there are none, one that fits any graph."""
    return tuple(_example(question) for question in asked) or (FIRST,)


def _example(question: Question) -> Example:
    texts = {lang: question.spoken(lang) for lang in LANGUAGES}
    return Example(question.name, question.titles, question.text, question.topic, texts)


#: Where a release carries no question.
FIRST: Final = Example(
    "things",
    {
        "fr": "De quoi parle ce graphe ?",
        "en": "What does this graph speak of?",
        "de": "Wovon spricht dieser Graph?",
    },
    """SELECT ?kind (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing a ?kind .
}
GROUP BY ?kind
ORDER BY DESC(?things) ?kind
LIMIT 20
""",
)
