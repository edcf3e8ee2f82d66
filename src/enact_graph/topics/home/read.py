"""What the home page asks beside the cluster itself: alliances compared, seats near, ways in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from enact_graph.graph.entity import Entity
from enact_graph.graph.reader import Reader
from enact_graph.site import Map
from enact_graph.topics.lists.facets import PROLOGUE

_EMPTY: Final = Entity("", (), (), 0, {}, {}, {})


@dataclass(frozen=True)
class Alliances:
    """The alliances of each member of the cluster that is in one today, and who says so.

    `said` has the memberships as nodes.
    """

    of: Mapping[str, tuple[str, ...]]
    said: Entity

    @property
    def shared(self) -> tuple[str, ...]:
        """The alliances that two members or more have in common."""
        every = [a for alliances in self.of.values() for a in alliances]
        return tuple(sorted({a for a in every if every.count(a) > 1}))


@dataclass(frozen=True)
class Near:
    """The members with a seat near the centre and how far it is, and who says where they are.

    `said` has the seats and their coordinates as nodes; `members` counts all of the cluster.
    """

    kilometres: Mapping[str, int]
    members: int
    said: Entity


_NOWHERE: Final = Near({}, 0, _EMPTY)


@dataclass(frozen=True)
class Asked:
    """What the home page asks beside the cluster itself."""

    alliances: Alliances = Alliances({}, _EMPTY)
    near: Near = _NOWHERE


async def ask(reader: Reader, of: str, where: Map) -> Asked:
    """Ask all of it of one cluster; `where` tells where it is."""
    return Asked(await _alliances(reader, of), await _near(reader, of, where))


async def _alliances(reader: Reader, of: str) -> Alliances:
    rows = await reader.select(
        f"{PROLOGUE} SELECT DISTINCT ?tie ?member ?alliance WHERE {{ <{of}> enact:hasMember ?member"
        " . ?tie a enact:AllianceMembership ; org:member ?member ; org:organization ?alliance"
        " FILTER NOT EXISTS { ?tie schema:endDate ?end } } ORDER BY ?member ?alliance"
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["member"].value, []).append(row["alliance"].value)
    said = await _said(reader, of, [row["tie"].value for row in rows])
    return Alliances({m: tuple(dict.fromkeys(a)) for m, a in found.items()}, said)


async def _near(reader: Reader, of: str, where: Map) -> Near:
    if not where.centre:
        return _NOWHERE
    rows = await reader.select(
        f"{PROLOGUE} PREFIX geof: <http://www.opengis.net/def/function/geosparql/>"
        " PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>"
        f" SELECT DISTINCT ?member ?seat ?place ?far WHERE {{ <{of}> enact:hasMember ?member ."
        f" <{where.centre}> geo:hasGeometry/geo:asWKT ?middle . ?member org:hasPrimarySite ?seat ."
        " { ?seat geo:hasGeometry ?place } UNION { ?seat dcterms:spatial/geo:hasGeometry ?place }"
        " ?place geo:asWKT ?point"
        " BIND(ROUND(geof:distance(?point, ?middle, uom:metre) / 1000) AS ?far) }"
        " ORDER BY ?far ?member"
    )
    total = await reader.select(
        f"{PROLOGUE} SELECT DISTINCT ?member WHERE {{ <{of}> enact:hasMember ?member }}"
    )
    found: dict[str, int] = {}
    for row in rows:
        far = int(float(row["far"].value))
        if far <= where.radius:
            found.setdefault(row["member"].value, far)
    told = {row[name].value for row in rows for name in ("seat", "place")}
    return Near(found, len(total), await _said(reader, of, sorted(told)))


async def _said(reader: Reader, of: str, nodes: list[str]) -> Entity:
    """Some nodes with who says what they are, and the names of all they lead to."""
    return (await reader.look_up_all({of: nodes}))[0] if nodes else _EMPTY
