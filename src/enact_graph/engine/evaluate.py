"""One query over one store: from the text to the bytes of the answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

import pyoxigraph as ox

from enact_graph import formats
from enact_graph.engine.dataset import Dataset, Result, form_of
from enact_graph.engine.dialect import in_order, rendered
from enact_graph.engine.native import fault, solve
from enact_graph.engine.output import Limits, Sink, too_many
from enact_graph.errors import NotAcceptable, QueryError
from enact_graph.formats import Format
from enact_graph.rdf.xml_safe import check_rdf_xml
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.sparql.diagnostics import explain
from enact_graph.sparql.prefilter import may_name_graphs
from enact_graph.sparql.service import Table, inlined
from enact_graph.terms import PREFIXES

_RESULTS: Final = {
    formats.RESULTS_JSON: ox.QueryResultsFormat.JSON,
    formats.RESULTS_XML: ox.QueryResultsFormat.XML,
    formats.RESULTS_CSV: ox.QueryResultsFormat.CSV,
    formats.RESULTS_TSV: ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    formats.TURTLE: ox.RdfFormat.TURTLE,
    formats.JSON_LD: ox.RdfFormat.JSON_LD,
    formats.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    formats.RDF_XML: ox.RdfFormat.RDF_XML,
    formats.TRIG: ox.RdfFormat.TRIG,
    formats.N_QUADS: ox.RdfFormat.N_QUADS,
}
_WITH_PREFIXES: Final = (formats.TURTLE, formats.TRIG, formats.RDF_XML)
#: N-Triples are longer than Turtle; beyond this ratio no format would fit the limit.
_SPREAD: Final = 4


#: Takes a part of an answer, which is in this format and of a query of this form.
Out = Callable[[Format, str, bytes], None]


def evaluate(
    store: ox.Store,
    ask: Ask,
    limits: Limits,
    tables: Sequence[Table] = (),
    out: Out | None = None,
) -> Answer:
    """Answer a query from a store whose default graph is the merge of its named graphs.

    QuerySyntax with line and column; NotAcceptable when the form has no format; AnswerTooLarge
    beyond the limit; QueryError for what the engine cannot do. The triples of a graph come once
    each and sorted, and its blank nodes are named by RDFC-1.0, so that the bytes are always the
    same. What outgrows `limits.whole` goes to `out` part by part, but for the last one, which is
    the answer's; such a graph is in the engine's order and has the engine's blank nodes. `tables`
    are what other endpoints answered, each for the place in the query where it belongs.
    """
    sink: Sink | None = None
    try:
        result, unknown = _run(store, ask, tables)
        if isinstance(result, ox.QueryTriples):
            form, target = form_of(ask.query), _accepted(ask.graph, "graph")
        else:
            form = "select" if isinstance(result, ox.QuerySolutions) else "ask"
            target = _accepted(ask.results, "table")
        send = (lambda part: out(target, form, part)) if out else None
        sink = Sink(target, limits, send, is_table=form == "select")
        if isinstance(result, ox.QueryTriples):
            _write_graph(result, target, sink, limits)
        else:
            result.serialize(sink.file, format=_RESULTS[target])
        return Answer(sink.end(), target, form, unknown)
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        if sink and sink.failure:
            raise sink.failure from None
        raise QueryError(f"The engine cannot answer this query: {error}") from error


def _run(store: ox.Store, ask: Ask, tables: Sequence[Table]) -> tuple[Result, tuple[str, ...]]:
    dataset = Dataset.of_request(ask.default_graphs, ask.named_graphs)
    try:
        if tables:
            rendered(ask.query)  # what it refuses has its place in the text that was sent
        if dataset is None and may_name_graphs(ask.query):
            solve(ox.Store(), ask.query, None)  # a text that is not SPARQL names no graphs
            dataset = Dataset.of_query(ask.query)
        result, unknown = solve(store, inlined(ask.query, tables), dataset)
        if isinstance(result, ox.QuerySolutions):
            names = [variable.value for variable in result.variables]
            if ordered := in_order(ask.query, names):
                # Nothing has been evaluated yet: the engine works as its rows are read. The columns
                # stand before all that comes from elsewhere.
                added = len(ordered) - len(ask.query)
                moved = [replace(t, start=t.start + added, end=t.end + added) for t in tables]
                result, unknown = solve(store, inlined(ordered, moved), dataset)
        return result, unknown
    except SyntaxError as error:
        message = fault(ask.query) or str(error)
        raise explain(ask.query, message, fault) from error


def check_syntax(query: str) -> None:
    """Raise QuerySyntax, with line and column, where a text is not SPARQL.

    QueryError for what the engine has nothing for.
    """
    if message := fault(query):
        raise explain(query, message, fault)
    rendered(query)


def _accepted(wanted: Format | None, kind: str) -> Format:
    if wanted:
        return wanted
    offered = formats.RESULT_FORMATS if kind == "table" else formats.RDF_FORMATS
    listed = ", ".join(f.media_type for f in offered)
    raise NotAcceptable(f"This query answers with a {kind}; ask for one of {listed}.")


def _write_graph(triples: Iterable[ox.Triple], target: Format, sink: Sink, limits: Limits) -> None:
    found: dict[str, ox.Triple] = {}
    size, is_anonymous = 0, False
    rest = iter(triples)
    for triple in rest:
        line = str(triple)
        if line in found:
            continue
        found[line] = triple
        if len(found) > limits.rows:
            sink.refuse(too_many(limits.rows))
        size += len(line)
        if sink.may_stream and size > (limits.whole or 0):
            break
        sink.reserve(size // _SPREAD)
        is_anonymous = is_anonymous or "_:" in line
    else:
        _write_sorted(found, target, sink, is_anonymous=is_anonymous)
        return
    _check(found.values(), target)
    sink.stream()
    prefixes = PREFIXES if target in _WITH_PREFIXES else None
    graph = _checked(chain(found.values(), rest), target, sink, limits.rows)
    del found
    ox.serialize(graph, sink.file, format=_GRAPHS[target], prefixes=prefixes)


def _write_sorted(
    found: dict[str, ox.Triple], target: Format, sink: Sink, *, is_anonymous: bool
) -> None:
    if is_anonymous:
        found = _canonical(found.values())
    _check(found.values(), target)
    lines = sorted(found)
    prefixes = None
    if target in _WITH_PREFIXES:
        text = "\n".join(lines)
        prefixes = {p: ns for p, ns in PREFIXES.items() if f"<{ns}" in text}
    graph = (found[line] for line in lines)
    ox.serialize(graph, sink.file, format=_GRAPHS[target], prefixes=prefixes)


def _checked(
    triples: Iterable[ox.Triple], target: Format, sink: Sink, rows: int
) -> Iterator[ox.Triple]:
    """The same triples, of which the engine gives each once, as far as they may be sent."""
    for count, triple in enumerate(triples, 1):
        if count > rows:
            sink.refuse(too_many(rows))
        try:
            _check((triple,), target)
        except NotAcceptable as error:
            sink.refuse(error)
        yield triple


def _check(triples: Iterable[ox.Triple], target: Format) -> None:
    """Raise NotAcceptable where the format cannot tell one of the triples."""
    if target == formats.JSON_LD:
        if any(isinstance(triple.object, ox.Triple) for triple in triples):
            raise NotAcceptable("JSON-LD has no triple terms (RDF 1.2) yet; ask for Turtle.")
    elif target == formats.RDF_XML:
        for triple in triples:
            check_rdf_xml(triple)


def _canonical(triples: Iterable[ox.Triple]) -> dict[str, ox.Triple]:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad.triple): quad.triple for quad in dataset}
