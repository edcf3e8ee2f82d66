"""The ways in from the home page: alliances with their members of today, clusters."""

import asyncio

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.query.portal import ways
from enact_graph.query.reader import Reader
from tests.runner import Runner

DATA = """
@prefix e: <https://w3id.org/enact-graph/ontology#> .
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix v: <https://w3id.org/enact-graph/vocab/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:north a e:UniversityAlliance ; skos:prefLabel "Nord"@fr, "North"@en ;
  schema:description "An alliance."@en .
id:north-a a e:AllianceMembership ; org:organization id:north ; org:member id:a ;
  org:role v:role-member .
id:north-b a e:AllianceMembership ; org:organization id:north ; org:member id:b ;
  org:role v:role-coordinating-member .
id:north-c a e:AllianceMembership ; org:organization id:north ; org:member id:c ;
  org:role v:role-associated-member .
id:north-d a e:AllianceMembership ; org:organization id:north ; org:member id:d ;
  org:role v:role-member ; schema:endDate "2022-12-31" .
id:empty a e:UniversityAlliance .
id:ai a e:Cluster ; skos:prefLabel "AI"@en .
"""


def read(data: str) -> Reader:
    store = ox.Store()
    for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
        graph = ox.NamedNode(terms.GRAPH + "test")
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    return Reader(Runner(store))


def test_an_alliance_counts_those_who_are_members_today() -> None:
    found = asyncio.run(ways(read(DATA)))
    (north,) = found.alliances
    assert north.iri == terms.ID + "north"
    assert north.members == 2
    assert north.labels == {"fr": "Nord", "en": "North"}
    assert north.gists == {"en": "An alliance."}


def test_a_cluster_is_a_way_in_with_or_without_members() -> None:
    found = asyncio.run(ways(read(DATA)))
    assert [(d.iri, d.members) for d in found.clusters] == [(terms.ID + "ai", 0)]


def test_a_graph_without_either_has_no_ways_in() -> None:
    found = asyncio.run(ways(read("")))
    assert (found.alliances, found.clusters) == ((), ())
