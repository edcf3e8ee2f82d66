"""The ways into the graph from the home page: the alliances and clusters, by name."""

from dataclasses import dataclass

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.query.entity import Labels
from enact_graph.query.reader import Reader

_P = terms.PREFIXES
_DESCRIPTION = _P["schema"] + "description"


@dataclass(frozen=True)
class Door:
    """A thing to begin with: its names, a line about it, how many are members of it today."""

    iri: str
    labels: Labels
    gists: Labels
    members: int


@dataclass(frozen=True)
class Ways:
    """The alliances with a roster and the clusters, each by address."""

    alliances: tuple[Door, ...]
    clusters: tuple[Door, ...]


async def ways(reader: Reader) -> Ways:
    """Read the ways in; empty where the graph knows neither alliances nor clusters."""
    return Ways(
        await _doors(
            reader, f"?m a <{terms.ENACT}AllianceMembership> ; <{_P['org']}organization> ?thing ."
        ),
        await _doors(reader, f"?thing a <{terms.ENACT}Cluster> ."),
    )


async def _doors(reader: Reader, pattern: str) -> tuple[Door, ...]:
    rows = await reader.select(
        f"SELECT ?thing (COUNT(DISTINCT ?member) AS ?members) WHERE {{ {pattern}"
        f" OPTIONAL {{ ?tie <{_P['org']}organization> ?thing ; <{_P['org']}member> ?member ;"
        f" <{_P['org']}role> ?role FILTER(?role IN (<{terms.VOCAB}role-member>,"
        f" <{terms.VOCAB}role-coordinating-member>, <{terms.VOCAB}role-lead>))"
        f" FILTER NOT EXISTS {{ ?tie <{_P['schema']}endDate> ?end }} }} }}"
        " GROUP BY ?thing ORDER BY ?thing"
    )
    counts = {row["thing"].value: int(row["members"].value) for row in rows}
    labels = await reader.labels(counts)
    gists: dict[str, dict[str, str]] = {}
    for s in await reader.about(counts):
        if s.predicate == _DESCRIPTION and isinstance(s.object, ox.Literal):
            gists.setdefault(s.subject, {})[s.object.language or ""] = s.object.value
    return tuple(Door(iri, labels.get(iri, {}), gists.get(iri, {}), n) for iri, n in counts.items())
