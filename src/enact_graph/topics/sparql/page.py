"""The page to ask in SPARQL: a form, examples, the answer, and the same query from elsewhere.

The editor in the browser takes the answers out of this same page; only its words stand in an
attribute beside.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from enact_graph.errors import EnactGraphError
from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS
from enact_graph.present.frame import Frame, Heading, title_of
from enact_graph.present.table import Example, Outcome
from enact_graph.present.typography import set_text
from enact_graph.present.words import Voice
from enact_graph.release.questions import Question
from enact_graph.settings import Settings
from enact_graph.terms import LANGUAGES
from enact_graph.topics.sparql.hints import hints

#: Where the query comes in a text; nothing else in the texts looks like this.
PLACE: Final = "{query}"

_PYTHON: Final = '''from SPARQLWrapper import JSON, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}", returnFormat=JSON)
endpoint.setQuery("""
{query}
""")
answer = endpoint.queryAndConvert()
print(answer)'''
_PYTHON_GRAPH: Final = '''from SPARQLWrapper import TURTLE, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}", returnFormat=TURTLE)
endpoint.setQuery("""
{query}
""")
answer = endpoint.query().response.read().decode()
print(answer)'''
_CURL: Final = """curl -G -H 'Accept: {media_type}' '{endpoint}' --data-urlencode 'query=
{query}
'"""
_R: Final = """query <- '
{query}
'
address <- paste0('{endpoint}?format=csv&query=', URLencode(query, reserved = TRUE))
answer <- read.csv(address, encoding = 'UTF-8')
print(answer)"""
_R_GRAPH: Final = """query <- '
{query}
'
address <- paste0('{endpoint}?format=turtle&query=', URLencode(query, reserved = TRUE))
answer <- readLines(address, encoding = 'UTF-8')
cat(answer, sep = '\\n')"""


@dataclass(frozen=True)
class Sample:
    """A program that asks a query; `escapes` are replaced in the query one after the other."""

    title: str
    text: str
    escapes: tuple[tuple[str, str], ...]

    def asking(self, query: str) -> str:
        """The program that asks this query."""
        for written, escaped in self.escapes:
            query = query.replace(written, escaped)
        return self.text.replace(PLACE, query.strip("\n"))


def samples(origin: str, *, is_graph: bool) -> Sequence[Sample]:
    """The programs for the endpoint of a host; `is_graph` where the answer is no table."""
    endpoint = f"{origin}/sparql"
    media_type = "text/turtle" if is_graph else "text/csv"
    curl = _CURL.replace("{endpoint}", endpoint).replace("{media_type}", media_type)
    python = (_PYTHON_GRAPH if is_graph else _PYTHON).replace("{endpoint}", endpoint)
    r = (_R_GRAPH if is_graph else _R).replace("{endpoint}", endpoint)
    return (
        Sample("curl", curl, (("'", "'\\''"),)),
        Sample("Python", python, (("\\", "\\\\"), ('"""', '\\"\\"\\"'))),
        Sample("R", r, (("\\", "\\\\"), ("'", "\\'"))),
    )


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


#: How the keys of the editor's words begin.
_EDITOR: Final = ".".join(("editor", ""))
#: The views of an answer that the editor draws, the first being the one without it.
_VIEWS: Final = ("table", "chart", "map", "graph", "raw")
#: Lines of the field.
_LOWEST: Final = 10
_HIGHEST: Final = 23
#: Bytes of an address beside the query.
_REST: Final = 100
#: What may be expected at a place, by the sign that begins it.
_SIGNS: Final = {"?": "variable", "<": "iri", ":": "name", '"': "literal"}


@dataclass(frozen=True)
class Bench:
    """The page for one host; `settings` are the limits that hold there."""

    frame: Frame
    examples: Sequence[Example]
    settings: Settings
    origin: str

    def page(
        self,
        lang: str,
        query: str = "",
        outcome: Outcome | None = None,
        unknown: Sequence[str] = (),
    ) -> str:
        """The form with a query, else the first example; with `outcome`, what came of it.

        `unknown` are the functions in the query that the engine does not have.
        """
        voice = self.frame.voice(lang)
        problem = outcome.problem if outcome else None
        shown = query or (self.examples[0].spoken(lang) if self.examples else "")
        asked = {"query": query, "lang": lang}
        is_too_long = len(urlencode({"query": query})) + _REST > self.settings.url_bytes
        is_graph = outcome is not None and outcome.text is not None
        return self.frame.render(
            "sparql/page.html",
            lang,
            Heading(
                voice.text("sparql.title"),
                voice.text("sparql.description"),
                "sparql",
                ("editor",),
                "/sparql",
            ),
            # A link in another language would be longer than an address may be.
            kept=[("query", query)] if query and not is_too_long else [],
            examples=self.examples,
            query=shown,
            outcome=outcome,
            seconds=voice.number(Decimal(f"{self.settings.query_timeout:g}")),
            rows=voice.number(self.settings.answer_rows),
            height=min(max(shown.count("\n") + 1, _LOWEST), _HIGHEST),
            is_live="editor.js" in self.frame.site.built,
            views=[
                (view, voice.text(f"editor.view.{view}"), urlencode({**asked, "view": view}))
                for view in _VIEWS
            ],
            share=urlencode(asked) if query else "",
            is_too_long=is_too_long,
            formats=[(f.key, f.title) for f in (*RESULT_FORMATS, *RDF_FORMATS)],
            # Each of them holds the query again: of a long one, once is enough.
            programs=[]
            if is_too_long
            else [(s.title, s.asking(shown)) for s in samples(self.origin, is_graph=is_graph)],
            problem_title=title_of(problem, voice),
            problem_told=told(problem, voice),
            hints=[h.told(voice) for h in hints(query, outcome.table, unknown)] if outcome else [],
            texts=self._texts(voice),
        )

    def _texts(self, voice: Voice) -> str:
        """The words of the editor, as JSON."""
        table = voice.labels.table
        keys = [key for key in table if key.startswith(_EDITOR)]
        texts = {key: set_text(table[key][voice.lang], voice.lang) for key in keys}
        return json.dumps(texts, ensure_ascii=False)


def told(problem: EnactGraphError | None, voice: Voice) -> str | None:
    """Where the fault lies or what helps, in the language; None where only the detail says so."""
    if problem is None:
        return None
    extra = problem.extra
    if "line" in extra:
        if fault := _fault(problem, voice):
            return voice.text("sparql.place", line=extra["line"], column=extra["column"]) + fault
        return None
    key = f"sparql.cure.{problem.slug}"
    return voice.text(key) if voice.has(key) else None


def _fault(problem: EnactGraphError, voice: Voice) -> str | None:
    extra = problem.extra
    if prefix := extra.get("prefix"):
        namespace = extra["namespace"] or "…"
        return voice.text("sparql.fault.prefix", prefix=prefix, namespace=namespace)
    if fault := extra.get("fault"):
        return voice.text(f"sparql.wrong.{fault}", **{k: str(v) for k, v in extra.items()})
    if "found" not in extra:
        return None
    found = extra["found"]
    fault = (
        voice.text("sparql.fault.found", found=found)
        if found
        else voice.text("sparql.fault.unfinished")
    )
    wanted = [
        voice.text(f"sparql.fault.{_SIGNS[sign]}") if sign in _SIGNS else sign
        for sign in extra["expected"]
    ]
    if not wanted:
        return fault
    return fault + voice.text("sparql.fault.expected", wanted=", ".join(wanted))
