"""What the home page asks beside the cluster: alliances compared, seats near."""

import asyncio

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.engine.local import InProcess
from enact_graph.graph.cluster import cluster
from enact_graph.graph.reader import Reader
from enact_graph.site import Map
from enact_graph.topics.home.read import ask

PREFIXES = """
@prefix e: <https://w3id.org/enact-graph/ontology#> .
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
"""
ALLIANCES = """
id:ai a e:Cluster ; e:hasMember id:a , id:b , id:c .
id:north-a a e:AllianceMembership ; org:organization id:north ; org:member id:a .
id:south-a a e:AllianceMembership ; org:organization id:south ; org:member id:a .
id:south-b a e:AllianceMembership ; org:organization id:south ; org:member id:b ;
  schema:endDate "2022-12-31" .
id:east-b a e:AllianceMembership ; org:organization id:east ; org:member id:b .
id:north-x a e:AllianceMembership ; org:organization id:north ; org:member id:stranger .
"""
SEATS = """
id:ai a e:Cluster ; e:hasMember id:near , id:far , id:unknown .
id:strasbourg geo:hasGeometry id:strasbourg-point .
id:strasbourg-point geo:asWKT "POINT(7.75 48.58)"^^geo:wktLiteral .
id:near org:hasPrimarySite id:near-seat . id:near-seat dcterms:spatial id:strasbourg .
id:far org:hasPrimarySite id:far-seat . id:far-seat geo:hasGeometry id:far-point .
id:far-point geo:asWKT "POINT(2.35 48.85)"^^geo:wktLiteral .
"""


WHERE = Map(centre="strasbourg")


def read(data: str) -> Reader:
    store = ox.Store()
    for triple in ox.parse(PREFIXES + data, format=ox.RdfFormat.TURTLE):
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
        graph = ox.NamedNode(terms.GRAPH + "test")
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    return Reader(InProcess(store))


def iris(*names: str) -> tuple[str, ...]:
    return tuple(terms.ID + name for name in names)


def test_members_are_compared_by_the_alliances_they_are_in_today() -> None:
    found = asyncio.run(ask(read(ALLIANCES), terms.ID + "ai", WHERE)).alliances
    assert found.of == {
        terms.ID + "a": iris("north", "south"),
        terms.ID + "b": iris("east"),
    }
    assert found.shared == ()
    assert set(found.said.nodes) == set(iris("north-a", "south-a", "east-b"))


def test_an_alliance_of_two_members_is_shared() -> None:
    more = "id:east-a a e:AllianceMembership ; org:organization id:east ; org:member id:a ."
    found = asyncio.run(ask(read(ALLIANCES + more), terms.ID + "ai", WHERE)).alliances
    assert found.shared == iris("east")


def test_a_member_is_near_by_its_seat_or_the_city_of_it() -> None:
    found = asyncio.run(ask(read(SEATS), terms.ID + "ai", WHERE)).near
    assert found.kilometres == {terms.ID + "near": 0}
    assert found.members == 3


def test_the_cluster_is_that_most_is_said_about() -> None:
    data = ALLIANCES + "id:other a e:Cluster . id:note dcterms:about id:ai ."
    assert asyncio.run(cluster(read(data))) == terms.ID + "ai"
    assert asyncio.run(cluster(read(""))) is None


def test_a_graph_without_either_has_nothing_to_compare() -> None:
    found = asyncio.run(ask(read(""), terms.ID + "ai", WHERE))
    assert (found.alliances.of, found.near.kilometres, found.near.members) == ({}, {}, 0)
