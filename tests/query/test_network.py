"""Things and their ties read from Turtle: a node between two things is one tie."""

import asyncio

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.engine.local import InProcess
from enact_graph.graph.network import Network, evidence, read
from enact_graph.graph.reader import Reader
from enact_graph.topics.connections.around import query
from enact_graph.topics.connections.chains import Search, ways

PREFIXES = "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in terms.PREFIXES.items())
TRIG = (
    PREFIXES
    + """
GRAPH g:curation {
  id:one a enact:Institution ; skos:prefLabel "Université Une"@fr , "University One"@en .
  id:two a enact:Institution ; skos:prefLabel "Deux"@fr , "Two"@en ; skos:altLabel "U2"@en .
  id:lab a org:OrganizationalUnit ; skos:prefLabel "Œuvre Lab"@fr , "Works Lab"@en .
  id:city a dcterms:Location ; skos:prefLabel "Nancy"@fr , "Nancy"@en ; dcterms:type v:kind-city .
  id:alone a enact:Institution ; skos:prefLabel "Seul"@fr , "Alone"@en .
  id:namesake a enact:Institution ; skos:prefLabel "Two"@en .
  v:role-member skos:prefLabel "member"@en .
}
GRAPH g:p1 {
  id:m1 a enact:AllianceMembership , org:Membership ; skos:prefLabel "Membership"@en ;
    org:member id:one ; org:organization id:two ; org:role v:role-member ;
    schema:startDate "2020-01-01"^^xsd:date ; schema:endDate "2021-12-31"^^xsd:date .
  id:lab org:unitOf id:one , id:namesake .
  id:one org:hasPrimarySite id:seat1 ; org:hasSite id:seat1 .
  id:seat1 a org:Site ; skos:prefLabel "Seat"@en ; dcterms:spatial id:city .
  id:two org:hasPrimarySite id:seat2 .
  id:seat2 a org:Site ; skos:prefLabel "Seat"@en ; dcterms:spatial id:city .
  id:pact a enact:Agreement ; skos:prefLabel "Pact"@en ; enact:party id:two , id:lab ;
    dcterms:date "2022-05-01"^^xsd:date .
}
GRAPH g:inferred-inverse { id:lab org:subOrganizationOf id:one . id:two dcterms:isPartOf id:one . }
"""
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.load(TRIG.encode(), format=ox.RdfFormat.TRIG)
    for quad in list(found):
        found.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return found


@pytest.fixture(scope="module")
def network(store: ox.Store) -> Network:
    return asyncio.run(read(Reader(InProcess(store))))


def told(network: Network, slug: str) -> set[tuple[str, str, str]]:
    return {
        (t.relation.key, t.one.removeprefix(terms.ID), t.other.removeprefix(terms.ID))
        for t in network.ties[terms.ID + slug]
    }


def test_nodes_are_ties_and_no_things(network: Network) -> None:
    assert {terms.ID + s for s in ("m1", "seat1", "pact")}.isdisjoint(network.ties)
    assert told(network, "one") == {
        ("member", "one", "two"),
        ("unit", "lab", "one"),
        ("seat", "one", "city"),
    }
    assert told(network, "two") == {
        ("member", "one", "two"),
        ("seat", "two", "city"),
        ("agreement", "lab", "two"),
    }
    assert told(network, "alone") == set()


def test_what_rules_repeat_of_two_things_is_not_told_again(network: Network) -> None:
    assert not any(t.is_inferred for ties in network.ties.values() for t in ties)


def test_a_tie_has_the_dates_and_the_role_of_its_node(network: Network) -> None:
    tie = next(t for t in network.ties[terms.ID + "one"] if t.relation.key == "member")
    assert (tie.start, tie.end, tie.role) == (
        "2020-01-01",
        "2021-12-31",
        terms.VOCAB + "role-member",
    )
    assert tie.of(terms.ID + "one") == terms.ID + "two"
    assert [tie.holds_on(day) for day in ("2019-12-31", "2020-01-01", "2022-01-01")] == [
        False,
        True,
        False,
    ]
    assert not network.on("2023-01-01").between(terms.ID + "one", terms.ID + "two")


def test_a_chain_leads_through_no_place_unless_asked_to(network: Network) -> None:
    one, two = terms.ID + "one", terms.ID + "two"
    later = network.on("2023-01-01")
    found = ways(later, one, two, Search())
    assert [w.chain for w in found.found] == [(one, terms.ID + "lab", two)]
    assert found.by_hub == ()
    every = ways(later, one, two, Search(avoids_hubs=False))
    assert {w.hubs for w in every.found} == {(), (terms.ID + "city",)}
    without = ways(later, one, two, Search(without=(terms.ID + "lab",)))
    assert without.found == ()
    assert [w.hubs for w in without.by_hub] == [(terms.ID + "city",)]


def test_the_query_of_a_chain_answers_with_its_stops(store: ox.Store, network: Network) -> None:
    found = ways(network, terms.ID + "one", terms.ID + "two", Search(avoids_hubs=False))
    assert found.all
    for way in found.all:
        text = query(way.chain, [ties[0] for ties in way.steps])
        answer = store.query(text)
        if isinstance(answer, ox.QueryBoolean):
            assert bool(answer)
            continue
        assert isinstance(answer, ox.QuerySolutions)
        wanted = {f"stop{n}": iri for n, iri in enumerate(way.chain[1:-1], 1)}
        rows = [{str(v)[1:]: row[v] for v in answer.variables} for row in answer]
        assert any(all(row[k].value == iri for k, iri in wanted.items()) for row in rows), text


def test_evidence_names_the_graph_of_each_tie(store: ox.Store, network: Network) -> None:
    ties = {t for of in network.ties.values() for t in of}
    said = asyncio.run(evidence(Reader(InProcess(store)), ties)).said
    for tie in ties:
        graphs = {g for s in said[tie.node or tie.one] for g in s.graphs}
        assert terms.GRAPH + "p1" in graphs
