"""Where the bodies of the graph are: their seats and sites, the places these lie in, in which role.

    found = await read(reader)
    found.bodies["https://…/id/inria"].spots[0].point

A body without coordinates is there all the same, with spots that have no point, or none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.cluster import cluster as cluster_of
from enact_graph.graph.entity import Statement
from enact_graph.graph.reader import Reader
from enact_graph.topics.map.atlas import GROUPS, Atlas, Body, Point, Spot
from enact_graph.vocabulary import DCTERMS, GEO, ORG

_CITY: Final = terms.VOCAB + "kind-city"
_COUNTRY: Final = terms.VOCAB + "kind-country"
#: How each role but the last is read: ?whole is what the body belongs to.
_ROLES: Final = {
    "members": "?cluster <{e}hasMember> ?body BIND(?cluster AS ?whole)",
    "coordinated": "?cluster <{e}coordinatesActionsOf> ?body BIND(?cluster AS ?whole)",
    "partners": "?cluster <{e}hasPartner>|<{e}partnersCooperateWith> ?body BIND(?cluster AS ?whole)"
    " FILTER NOT EXISTS {{ ?cluster <{e}hasMember> ?body }}",
    "alliances": "?whole a <{e}UniversityAlliance> ; <{e}hasMember> ?body",
    "clusters": "?whole a <{e}Cluster> ; <{e}hasMember> ?body FILTER(?whole != ?cluster)",
}


async def read(reader: Reader, of: str = "", region: str = "") -> Atlas:
    """Read where everything is; members and partners are those of the cluster.

    `of` is the cluster that the site names, `region` the region that it shows at large.
    """
    cluster = await cluster_of(reader, of) or terms.BASE
    roles, wholes, alliances = await _roles(reader, cluster)
    sites = await _sites(reader)
    told = _by_subject(await reader.about({site for of in sites.values() for site in of}))
    spatial = {o for said in told.values() for o in _targets(said, DCTERMS.spatial)}
    lands = await _lands(reader)
    about = _by_subject(await reader.about(spatial | lands.keys()))
    both = {**about, **told}
    points = await _points(reader, both)
    gazetteer = _Gazetteer(both, points, lands)
    bodies: dict[str, Body] = {}
    for iri in sorted(roles.keys() | sites.keys()):
        spots = [
            gazetteer.spot(site, graphs, seat)
            for site, (graphs, seat) in sites.get(iri, {}).items()
        ]
        spots.sort(key=lambda s: (not s.is_seat, s.point is None, s.site))
        own = {s.country for s in spots if s.country}
        bodies[iri] = Body(
            iri,
            tuple(g for g in GROUPS if g in roles.get(iri, {"others"})),
            tuple(sorted(wholes.get(iri, ()))),
            tuple(spots),
            tuple(sorted(own)),
        )
    towns = {iri for iri in about if iri in points}
    places = {iri: points[iri][0] for iri in towns} | await _located(reader, points)
    graphs = {g for b in bodies.values() for s in b.spots for g in s.graphs}
    kinds = await _kinds(reader, bodies)
    countries = {c for b in bodies.values() for c in b.countries}
    named = {*bodies, *places, *alliances, *countries, cluster, *lands.values(), region} - {""}
    named |= {s.place for b in bodies.values() for s in b.spots if s.place}
    sources = await reader.sources(graphs)
    named |= {iri for s in sources.values() for iri in s.mentions}
    named |= {kind for of in kinds.values() for kind in of}
    return Atlas(
        cluster,
        bodies,
        frozenset(towns),
        places,
        alliances,
        tuple(sorted(countries)),
        await reader.labels(named),
        sources,
        kinds,
    )


async def _roles(
    reader: Reader, cluster: str
) -> tuple[dict[str, set[str]], dict[str, set[str]], tuple[str, ...]]:
    """The roles of each body, the alliances of each, and the alliances that have members."""
    roles: dict[str, set[str]] = defaultdict(set)
    alliances: dict[str, set[str]] = defaultdict(set)
    for group, pattern in _ROLES.items():
        rows = await reader.select(
            f"SELECT DISTINCT ?body ?whole WHERE {{ VALUES ?cluster {{ {ox.NamedNode(cluster)} }}"
            f" {pattern.format(e=terms.ENACT)} }}"
        )
        for row in rows:
            body = row["body"].value
            roles[body].add(group)
            if group == "alliances":
                alliances[body].add(row["whole"].value)
    return roles, alliances, tuple(sorted({a for of in alliances.values() for a in of}))


async def _sites(reader: Reader) -> dict[str, dict[str, tuple[set[str], bool]]]:
    """The sites of each body: the graphs that say so, and whether it is the seat."""
    rows = await reader.select(
        "SELECT DISTINCT ?body ?p ?site ?g WHERE"
        f" {{ VALUES ?p {{ <{ORG.hasPrimarySite}> <{ORG.hasSite}> }}"
        " GRAPH ?g { ?body ?p ?site } } ORDER BY ?body ?site ?g"
    )
    sites: dict[str, dict[str, tuple[set[str], bool]]] = defaultdict(dict)
    for row in rows:
        graphs, seat = sites[row["body"].value].get(row["site"].value, (set(), False))
        graph = row["g"].value
        # That a seat is a site follows; who says that it is one is what matters.
        told = graphs | ({graph} if not graph.startswith(terms.GRAPH_INFERRED) else set())
        sites[row["body"].value][row["site"].value] = (
            told,
            seat or row["p"].value == ORG.hasPrimarySite,
        )
    return sites


async def _lands(reader: Reader) -> dict[str, str]:
    """The country of each place that is part of one, and of the country itself."""
    rows = await reader.select(
        f"SELECT DISTINCT ?place ?country WHERE {{ ?country <{DCTERMS.type}> <{_COUNTRY}> ."
        f" ?place <{DCTERMS.isPartOf}>* ?country }} ORDER BY ?place ?country"
    )
    return {row["place"].value: row["country"].value for row in rows}


async def _points(
    reader: Reader, told: Mapping[str, tuple[Statement, ...]]
) -> dict[str, tuple[Point, tuple[str, ...]]]:
    """The first point of each thing that has a geometry, and the graphs that say it."""
    geometries = _by_subject(
        await reader.about({g for said in told.values() for g in _targets(said, GEO.hasGeometry)})
    )
    found: dict[str, tuple[Point, tuple[str, ...]]] = {}
    for iri, said in told.items():
        for geometry in sorted(_targets(said, GEO.hasGeometry)):
            for s in geometries.get(geometry, ()):
                point = Point.of(s.object.value) if s.predicate == GEO.asWKT else None
                if point and iri not in found:
                    found[iri] = (point, s.graphs)
    return found


@dataclass(frozen=True)
class _Gazetteer:
    """What is said of sites and places, their points, which places are cities, and of what land."""

    told: Mapping[str, tuple[Statement, ...]]
    points: Mapping[str, tuple[Point, tuple[str, ...]]]
    lands: Mapping[str, str]

    def spot(self, site: str, graphs: set[str], is_seat: bool) -> Spot:
        """A site with its place, its country, its points, and every graph that says so."""
        statements = self.told.get(site, ())
        within = sorted(_targets(statements, DCTERMS.spatial))
        place = next((p for p in within if self._is_city(p)), "")
        country = next((self.lands[p] for p in (place, *within) if p in self.lands), None)
        said = set(graphs)
        for s in statements:
            if s.predicate == DCTERMS.spatial and s.target == place:
                said |= set(s.graphs)
        for iri in (site, place):
            said |= set(self.points[iri][1]) if iri in self.points else set()
        own, city = (self.points[i][0] if i in self.points else None for i in (site, place))
        return Spot(site, place or None, country, city or own, own, is_seat, tuple(sorted(said)))

    def _is_city(self, place: str) -> bool:
        return _CITY in _targets(self.told.get(place, ()), DCTERMS.type)


async def _kinds(reader: Reader, bodies: Iterable[str]) -> dict[str, tuple[str, ...]]:
    rows = await reader.select(
        f"SELECT DISTINCT ?body ?kind WHERE {{ ?body <{ORG.classification}> ?kind }}"
        " ORDER BY ?body ?kind"
    )
    wanted = set(bodies)
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["body"].value in wanted:
            kinds[row["body"].value].append(row["kind"].value)
    return {body: tuple(of) for body, of in kinds.items()}


async def _located(
    reader: Reader, points: Mapping[str, tuple[Point, tuple[str, ...]]]
) -> dict[str, Point]:
    """Where the things are that lie in one town and no other: a cluster, a laboratory."""
    rows = await reader.select(
        "SELECT DISTINCT ?thing ?place WHERE"
        f" {{ ?place <{GEO.hasGeometry}> ?g ; <{DCTERMS.type}> <{_CITY}> ."
        f" ?thing <{DCTERMS.spatial}> ?place FILTER NOT EXISTS {{ ?thing a <{ORG.Site}> }} }}"
    )
    towns: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        towns[row["thing"].value].append(row["place"].value)
    return {t: points[of[0]][0] for t, of in towns.items() if len(of) == 1 and of[0] in points}


def _by_subject(statements: Iterable[Statement]) -> dict[str, tuple[Statement, ...]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        found[s.subject].append(s)
    return {subject: tuple(of) for subject, of in found.items()}


def _targets(statements: Iterable[Statement], predicate: str) -> set[str]:
    return {s.target for s in statements if s.predicate == predicate and s.target}
