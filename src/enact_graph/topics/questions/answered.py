"""The answer of a named question with all that its page tells beside it."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.provenance import DERIVED_FROM
from enact_graph.graph.reader import Reader
from enact_graph.topics.questions.answers import Answer, Record
from enact_graph.topics.questions.grounds import grounds, tying

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
