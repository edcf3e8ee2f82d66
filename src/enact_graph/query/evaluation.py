"""One query over one store: from the text to the bytes of the answer."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from enact_graph import formats
from enact_graph.errors import AnswerTooLarge, NotAcceptable, QueryError
from enact_graph.formats import Format
from enact_graph.query.columns import in_order
from enact_graph.query.dataset import Dataset, Result, form_of, run
from enact_graph.query.glance import may_name_graphs
from enact_graph.query.rows import is_longer
from enact_graph.query.syntax import explain
from enact_graph.query.wellformed import well_formed
from enact_graph.terms import PREFIXES

if TYPE_CHECKING:
    from typing_extensions import Buffer

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


@dataclass(frozen=True)
class Request:
    """A query and how to answer it.

    `results` is the format for SELECT and ASK, `graph` that for CONSTRUCT and DESCRIBE, None
    where the client takes none; `limit` is the size of the answer in bytes, `rows` that in rows
    of a table or triples of a graph.
    """

    query: str
    results: Format | None
    graph: Format | None
    limit: int
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    rows: int = 500_000


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer, their format, and the query's form: select, ask, construct …"""

    body: bytes
    format: Format
    form: str


def evaluate(store: ox.Store, request: Request) -> Answer:
    """Answer a query from a store whose default graph is the merge of its named graphs.

    QuerySyntax with line and column; NotAcceptable when the form has no format; AnswerTooLarge
    beyond the limit; QueryError for what the engine cannot do. The triples of a graph come once
    each and sorted, and its blank nodes are named by RDFC-1.0, so that the bytes are always the
    same.
    """
    sink = _Sink(request.limit)
    try:
        result = _run(store, request)
        if isinstance(result, ox.QueryTriples):
            form, target = form_of(request.query), _accepted(request.graph, "graph")
            _write_graph(result, target, sink, request.rows)
        else:
            form = "select" if isinstance(result, ox.QuerySolutions) else "ask"
            target = _accepted(request.results, "table")
            result.serialize(sink, format=_RESULTS[target])
            if form == "select" and is_longer(sink.getbuffer(), target, request.rows):
                raise _too_many(request.rows)
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        if sink.is_full:
            raise _too_large(request.limit) from None
        raise QueryError(f"The engine cannot answer this query: {error}") from error
    return Answer(well_formed(sink.getvalue(), target), target, form)


class _Sink(io.BytesIO):
    """A file that refuses to grow beyond a size, which ends the query that writes to it."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.is_full = False
        self._limit = limit

    def write(self, part: "Buffer") -> int:
        self.reserve(self.tell() + memoryview(part).nbytes)
        return super().write(part)

    def reserve(self, size: int) -> None:
        if size > self._limit:
            self.is_full = True
            raise OverflowError("the answer exceeds the limit")


def _run(store: ox.Store, request: Request) -> Result:
    dataset = Dataset.of_request(request.default_graphs, request.named_graphs)
    try:
        if dataset is None and may_name_graphs(request.query):
            run(ox.Store(), request.query, None)  # a text that is not SPARQL names no graphs
            dataset = Dataset.of_query(request.query)
        result = run(store, request.query, dataset)
        if isinstance(result, ox.QuerySolutions):
            names = [variable.value for variable in result.variables]
            if ordered := in_order(request.query, names):
                # Nothing has been evaluated yet: the engine works as its rows are read.
                result = run(store, ordered, dataset)
        return result
    except SyntaxError as error:
        raise explain(request.query, str(error), _fault) from error


def _fault(query: str) -> str | None:
    try:
        run(ox.Store(), query, None)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError):
        pass  # it parses; what the engine cannot do is no fault of its form
    return None


def _accepted(wanted: Format | None, kind: str) -> Format:
    if wanted:
        return wanted
    offered = formats.RESULT_FORMATS if kind == "table" else formats.RDF_FORMATS
    listed = ", ".join(f.media_type for f in offered)
    raise NotAcceptable(f"This query answers with a {kind}; ask for one of {listed}.")


def _write_graph(triples: Iterable[ox.Triple], target: Format, sink: _Sink, rows: int) -> None:
    found: dict[str, ox.Triple] = {}
    size, is_anonymous = 0, False
    for triple in triples:
        line = str(triple)
        if line not in found:
            found[line] = triple
            if len(found) > rows:
                raise _too_many(rows)
            size += len(line)
            sink.reserve(size // _SPREAD)
            is_anonymous = is_anonymous or "_:" in line
    if target == formats.JSON_LD and any(isinstance(t.object, ox.Triple) for t in found.values()):
        raise NotAcceptable("JSON-LD has no triple terms (RDF 1.2) yet; ask for Turtle.")
    if is_anonymous:
        found = _canonical(found.values())
    lines = sorted(found)
    prefixes = None
    if target in _WITH_PREFIXES:
        text = "\n".join(lines)
        prefixes = {p: ns for p, ns in PREFIXES.items() if f"<{ns}" in text}
    graph = (found[line] for line in lines)
    ox.serialize(graph, sink, format=_GRAPHS[target], prefixes=prefixes)


def _canonical(triples: Iterable[ox.Triple]) -> dict[str, ox.Triple]:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad.triple): quad.triple for quad in dataset}


def _too_many(rows: int) -> AnswerTooLarge:
    return AnswerTooLarge(
        f"The answer has more than {rows} rows; ask for a part of them with ORDER BY, LIMIT and"
        " OFFSET, or download the whole graph.",
        limit=rows,
    )


def _too_large(limit: int) -> AnswerTooLarge:
    return AnswerTooLarge(
        f"The answer is larger than {limit} bytes; ask for fewer rows with LIMIT and OFFSET, for"
        " fewer variables, or download the whole graph.",
        limit=limit,
    )
