"""What is said of some ties, by whom: read for those that are shown, not for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph.graph.entity import Labels, Source, Statement, mentioned
from enact_graph.graph.network import Tie
from enact_graph.graph.provenance import by_subject, statements
from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import ENACT, SCHEMA

_AMOUNTS: Final = frozenset({SCHEMA.amount, ENACT.targetValue})
#: Pairs of things in one query.
_BLOCK: Final = 60


@dataclass(frozen=True)
class Evidence:
    """The statements of each node and of each thing tied directly, their sources, all labels."""

    said: Mapping[str, tuple[Statement, ...]]
    sources: Mapping[str, Source]
    labels: Mapping[str, Labels]


async def evidence(reader: Reader, ties: Iterable[Tie]) -> Evidence:
    """Read what is said of these ties."""
    ties = tuple(ties)
    nodes = {t.node for t in ties if t.node}
    of_nodes = await reader.about(nodes)
    parts = {s.target for s in of_nodes if s.predicate in _AMOUNTS and s.target}
    pairs = {(t.one, t.node if t.node and t.relation.is_site else t.other) for t in ties}
    pairs |= {(other, one) for one, other in pairs}
    direct = await _between(reader, sorted(pairs)) if pairs else ()
    every = (*of_nodes, *await reader.about(parts), *direct)
    sources = await reader.sources({g for s in every for g in s.graphs})
    cited = {iri for s in sources.values() for iri in s.mentions}
    return Evidence(by_subject(every), sources, await reader.labels({*mentioned(every), *cited}))


async def _between(reader: Reader, pairs: list[tuple[str, str]]) -> tuple[Statement, ...]:
    found: list[ox.QuerySolution] = []
    for start in range(0, len(pairs), _BLOCK):
        values = " ".join(
            f"({ox.NamedNode(s)} {ox.NamedNode(o)})" for s, o in pairs[start : start + _BLOCK]
        )
        found += await reader.select(
            f"SELECT ?g ?s ?p ?o WHERE {{ VALUES (?s ?o) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        )
    return statements(found)
