"""What query answers and facts amount to: statements, facts of a subject, the source of a graph."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Facts, Object, Source, Statement, order
from enact_graph.vocabulary import OA, PROV

DERIVED_FROM = PROV.wasDerivedFrom
HAS_SOURCE = OA.hasSource
HAS_SELECTOR = OA.hasSelector


def statements(rows: Iterable[ox.QuerySolution]) -> tuple[Statement, ...]:
    """The triples of rows ?g ?s ?p ?o, each once with all its graphs, sorted."""
    graphs: dict[tuple[str, str, Object], set[str]] = {}
    for row in rows:
        key = (row["s"].value, row["p"].value, row["o"])
        graphs.setdefault(key, set()).add(row["g"].value)
    found = (Statement(s, p, o, tuple(sorted(gs))) for (s, p, o), gs in graphs.items())
    return tuple(sorted(found, key=order))


def by_subject(said: Iterable[Statement]) -> dict[str, tuple[Statement, ...]]:
    """The statements of each subject."""
    found: dict[str, list[Statement]] = {}
    for statement in said:
        found.setdefault(statement.subject, []).append(statement)
    return {subject: tuple(of) for subject, of in found.items()}


def facts(said: Iterable[Statement]) -> dict[str, Facts]:
    """What is said of each subject: predicate to objects."""
    found: dict[str, dict[str, tuple[Object, ...]]] = {}
    for s in said:
        of = found.setdefault(s.subject, {})
        of[s.predicate] = (*of.get(s.predicate, ()), s.object)
    return dict(found)


def first(of: Facts, predicate: str) -> str | None:
    """The first object of a predicate; None where there is none."""
    return next((o.value for o in of.get(predicate, ())), None)


def source(graph: str, origin: Facts, told: Mapping[str, Facts]) -> Source:
    """The source of a graph, from what is said of it and `told` of the passage it leads to."""
    passage = first(origin, DERIVED_FROM)
    if passage is None or graph.startswith(terms.GRAPH_INFERRED):
        inferred = graph.startswith(terms.GRAPH_INFERRED)
        curated = graph == terms.GRAPH_CURATION
        status = "inferred" if inferred else "curated" if curated else "described"
        return Source(graph, status, graph_facts=origin)
    of = told.get(passage, {})
    offsets = told.get(first(of, HAS_SELECTOR) or "", {})
    document = first(of, HAS_SOURCE) or passage
    told_of = told.get(document, {})
    return Source(graph, "stated", passage, document, {**offsets, **of}, told_of, origin)
