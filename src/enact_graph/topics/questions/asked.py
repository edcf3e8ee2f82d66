"""The page of a named question: its form as it was filled in, and the answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import BadParameter, EnactGraphError, NotFound
from enact_graph.formats import HTML
from enact_graph.graph.entity import Name, pick
from enact_graph.graph.provenance import DERIVED_FROM
from enact_graph.graph.reader import Reader
from enact_graph.present import collation
from enact_graph.release.questions import Question
from enact_graph.sparql.ask import Ask
from enact_graph.sparql.prefilter import changes
from enact_graph.topics.questions import values
from enact_graph.topics.questions.answers import Answer, Record
from enact_graph.topics.questions.grounds import grounds, tying
from enact_graph.topics.questions.page import LINES, Asked, Field, Questions
from enact_graph.topics.questions.values import LISTED, Given, alternates
from enact_graph.web.reply import NEVER, Made, language, origin, send, tag
from enact_graph.web.state import Serving

#: IRIs whose graphs are asked for at once.
_BLOCK: Final = 100


async def answered(reader: Reader, query: str, body: bytes) -> Answer:
    """Read SPARQL results in JSON, and for each row names, sources and grounds."""
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    variables = tuple(v.value for v in found.variables)
    rows: list[Record] = [{v: _term(row[v]) for v in variables} for row in found]
    told = await grounds(reader, query)
    of_rows = [told.of(row) for row in rows]
    pairs = {pair for ground in of_rows for pair in ground.inferred}
    nodes = await tying(reader, pairs)
    iris = {t.value for row in rows for t in row.values() if isinstance(t, ox.NamedNode)}
    behind = await _behind(reader, iris)
    graphs = {g for ground in of_rows for g in ground.graphs}
    graphs |= {g for gs in behind.values() for g in gs}
    sources = await reader.sources(graphs)
    iris |= {n for ns in nodes.values() for n in ns} | graphs
    iris |= {iri for source in sources.values() for iri in source.mentions}
    iris |= {s.document for s in sources.values() if s.document}
    labels = await reader.labels(iris)
    ties = {pair: dict.fromkeys(sorted(ns), ()) for pair, ns in nodes.items()}
    return Answer(variables, tuple(rows), labels, sources, behind, of_rows, ties)


async def _behind(reader: Reader, iris: Iterable[str]) -> dict[str, list[str]]:
    """The graphs that come from each passage or document, and each graph itself."""
    found = {iri: [iri] for iri in iris if iri.startswith(terms.GRAPH)}
    sources = sorted(iri for iri in iris if iri.startswith(terms.SOURCE))
    for start in range(0, len(sources), _BLOCK):
        values = " ".join(str(ox.NamedNode(s)) for s in sources[start : start + _BLOCK])
        rows = await reader.select(
            f"SELECT DISTINCT ?s ?g WHERE {{ VALUES ?s {{ {values} }}"
            f" ?g {ox.NamedNode(DERIVED_FROM)} ?s }} ORDER BY ?s ?g"
        )
        for row in rows:
            found.setdefault(row["s"].value, []).append(row["g"].value)
    return found


def _term(term: object) -> ox.NamedNode | ox.Literal | None:
    if isinstance(term, (ox.NamedNode, ox.Literal)):
        return term
    # A blank node or a triple is told as what it is written as.
    return None if term is None else ox.Literal(str(term))


#: Things offered beside a field: more is a list nobody reads.
_OFFERED: Final = 250
#: Further questions that a page leads to.
_OTHERS: Final = 5


async def show(
    request: Request,
    serve: Serving,
    question: Question,
    fields: Sequence[tuple[str, str]],
    part: int,
) -> Response:
    """The question with its answer, or with what is wrong with the values."""
    tongue, here = language(request), origin(request)
    key = ("question", question.name, tuple(fields), part, tongue, here)
    made = serve.made.get(key)
    if made is not None:
        return send(request, made)
    problem: EnactGraphError | None = None
    answer: Answer | str | bool | None = None
    given = Given({}, "", tongue)
    try:
        given = await values.read(serve, question, [*fields, ("lang", tongue)])
    except BadParameter as error:
        problem = error
    else:
        answer = await _answer(serve, given.query)
        rows = len(answer.rows) if isinstance(answer, Answer) else 0
        if part > max(-(-rows // LINES), 1):
            raise NotFound(f"This answer has no part {part}; leave the parameter out.")
    typed = dict(fields)
    asked = Asked(
        question,
        here,
        await _fields(serve, question, given, typed, problem, tongue),
        given.stated,
        given.query,
        [(f.title, f.extension, f.media_type) for f in LISTED],
        problem,
        _others(serve, question),
    )
    page = await run_in_threadpool(Questions(serve.frame).one, asked, tongue, answer, part)
    headers = {
        "Content-Language": tongue,
        "Vary": "Accept, Accept-Language",
        "Link": alternates(serve, question, given),
    }
    if problem:
        refused = {"Content-Type": HTML.content_type, "Cache-Control": NEVER, **headers}
        return Response(page, problem.status, refused)
    body = page.encode()
    if changes(given.query):
        return send(request, Made(body, HTML.content_type, None, NEVER, headers))
    made = Made(body, HTML.content_type, tag(body), headers=headers)
    serve.made.put(key, made, made.size)
    return send(request, made)


async def _answer(serve: Serving, query: str) -> Answer | str | bool:
    found = await serve.asker.run(Ask(query))
    if found.form == "ask":
        return bool(ox.parse_query_results(found.body, format=ox.QueryResultsFormat.JSON))
    if found.form != "select":
        return found.body.decode()
    return await answered(serve.reader, query, found.body)


async def _fields(  # noqa: PLR0913, PLR0917 - a form as it was filled in
    serve: Serving,
    question: Question,
    given: Given,
    typed: Mapping[str, str],
    problem: EnactGraphError | None,
    tongue: str,
) -> list[Field]:
    """The form: what was typed where it is wrong, else the names of the values."""
    found = []
    for p in question.parameters:
        if p.kind == "language":
            continue  # the language of the page
        options: list[tuple[str, object]] = []
        value = typed.get(p.name) if problem else given.values.get(p.name)
        value = value or p.default
        if p.kind == "iri":
            default = values.iri(p.default)
            told = await _like(serve.reader, default, tongue)
            options = [*told]
            if not problem or p.name not in typed:
                value = values.name(serve.index, values.iri(value), tongue)
        wrong = problem is not None and problem.extra.get("parameter") == p.name
        found.append(Field(p, value, options, wrong))  # type: ignore[arg-type]
    return found


def _others(serve: Serving, question: Question) -> list[Question]:
    """Further questions of the same topic, those that follow it first."""
    group = [q for q in serve.questions if q.topic == question.topic]
    at = group.index(question)
    return (group[at + 1 :] + group[:at])[:_OTHERS]


async def _like(reader: Reader, iri: str, language: str) -> list[tuple[str, Name]]:
    """Things of the most special kind of one thing, with their names in a language, by name."""
    thing = ox.NamedNode(iri)
    kinds = await reader.select(
        f"SELECT ?kind (COUNT(DISTINCT ?other) AS ?n) WHERE {{ {thing} a ?kind . ?other a ?kind"
        f' FILTER(STRSTARTS(STR(?other), "{terms.ID}")) }} GROUP BY ?kind ORDER BY ?n ?kind LIMIT 1'
    )
    if not kinds:
        return []
    rows = await reader.select(
        f"SELECT DISTINCT ?s WHERE {{ ?s a {kinds[0]['kind']}"
        f' FILTER(STRSTARTS(STR(?s), "{terms.ID}")) }} ORDER BY ?s LIMIT {_OFFERED}'
    )
    labels = await reader.labels(row["s"].value for row in rows)
    told = ((one, pick(of, language)) for one, of in labels.items())
    return sorted(((i, n) for i, n in told if n), key=lambda f: (collation.key(f[1].text), f[0]))
