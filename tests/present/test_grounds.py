"""What rows rest on: the graphs named are those without which a row would not be there."""

import asyncio
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.authoring import questions
from enact_graph.engine.local import InProcess
from enact_graph.graph.reader import Reader
from enact_graph.release.questions import find
from enact_graph.sparql.patterns import read
from enact_graph.topics.questions.grounds import Ground, Grounds, grounds, tying
from tests.conftest import ROOT
from tests.present.conftest import Real

QUESTIONS = questions.read(ROOT)
#: Counted over whole kinds of things, of which no row is anybody's statement.
COUNTED = {"freshness", "single-source"}


def rows(store: ox.Store, query: str) -> list[dict[str, object]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [v.value for v in found.variables]
    return [{n: row[n] for n in names} for row in found]


def without(store: ox.Store, graphs: Iterable[str]) -> ox.Store:
    """The merge of all graphs but some."""
    left = set(graphs)
    rest = ox.Store()
    for quad in store:
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode) and graph.value not in left:
            rest.add(quad)
            rest.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return rest


def read_grounds(real: Real, query: str) -> Grounds:
    return asyncio.run(grounds(real.reader, query))


@pytest.mark.parametrize("name", [q.name for q in QUESTIONS])
def test_every_row_names_its_graphs(real: Real, name: str) -> None:
    query = find(QUESTIONS, name).text
    found = read_grounds(real, query)
    lacking = [row for row in rows(real.store, query) if not found.of(row).graphs]
    if name in COUNTED:
        assert lacking
    else:
        assert not lacking


@pytest.mark.parametrize(
    "name", ["members", "partners", "money", "office-holders", "members-on-date", "promises-2030"]
)
def test_a_row_is_gone_with_its_graphs(real: Real, name: str) -> None:
    query = find(QUESTIONS, name).text
    found = read_grounds(real, query)
    row = rows(real.store, query)[-1]
    rest = without(real.store, found.of(row).graphs)
    assert row not in rows(rest, query)


@pytest.mark.parametrize("name", ["partners", "money", "promises-2030"])
def test_a_row_stays_when_other_graphs_go(real: Real, name: str) -> None:
    query = find(QUESTIONS, name).text
    found = read_grounds(real, query)
    row = rows(real.store, query)[-1]
    kept = found.of(row).graphs
    stated = {g for g in kept if not g.startswith(terms.GRAPH_INFERRED)}
    others = {
        g.value
        for g in real.store.named_graphs()
        if isinstance(g, ox.NamedNode)
        and g.value not in kept
        # Names and classes are no ground: those of the project stay.
        and g.value not in (terms.GRAPH_CURATION, terms.GRAPH_VOCABULARY, terms.GRAPH_ONTOLOGY)
        and not g.value.startswith((terms.GRAPH_CURATION, terms.GRAPH_INFERRED))
    }
    assert stated
    assert row in rows(without(real.store, others), query)


def test_a_date_is_as_precise_as_where_it_stands(real: Real) -> None:
    query = find(QUESTIONS, "coordination-terms").text
    found = read_grounds(real, query)
    told = {found.of(row).precision.get("from") for row in rows(real.store, query)}
    assert told == {"month", None}


def test_a_number_has_the_unit_of_its_amount() -> None:
    store = ox.Store()
    store.update(
        f"PREFIX s: <https://schema.org/> PREFIX e: <{terms.ENACT}> PREFIX v: <{terms.VOCAB}>"
        " INSERT DATA { GRAPH <urn:g> { <urn:a> s:value 5 ; s:currency 'CHF' ."
        " <urn:t> e:targetValue <urn:b> ; e:valueKind v:ratio-to-baseline . <urn:b> s:value 2 .} }"
    )
    for quad in list(store):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    query = "SELECT ?x ?n WHERE { ?x <https://schema.org/value> ?n }"
    found = asyncio.run(grounds(Reader(InProcess(store)), query))
    assert {str(row["n"]): found.of(row).units for row in rows(store, query)} == {
        str(ox.Literal(5)): {"n": "CHF"},
        str(ox.Literal(2)): {"n": "×"},
    }


def test_what_ties_two_things_are_the_nodes_that_have_both(real: Real) -> None:
    pair = (terms.ID + "enact", terms.ID + "inria")
    found = asyncio.run(tying(real.reader, [pair]))
    assert terms.ID + "enact-membership-inria" in found[pair]


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "SELECT ?s FROM <urn:g> WHERE { ?s ?p ?o }",
    ],
)
def test_what_no_row_can_rest_on_has_no_grounds(real: Real, query: str) -> None:
    assert read_grounds(real, query) == Grounds()
    assert Grounds().of({}) == Ground()


def test_paths_become_the_statements_they_stand_for() -> None:
    found = read(
        "PREFIX : <urn:> SELECT ?a ?b WHERE { ?a :p/:q ?b . ?a (:r|:s) ?b . ?b ^:t ?a . ?a :u* ?b"
        " FILTER NOT EXISTS { ?a :v ?b } OPTIONAL { ?a :w ?b } { SELECT ?a { ?a :x ?c } } }"
    )
    assert found
    predicates = [p.predicates for p in found.patterns]
    assert ("<urn:p>",) in predicates
    assert ("<urn:q>",) in predicates
    assert ("<urn:r>", "<urn:s>") in predicates
    assert ("<urn:t>",) in predicates
    assert ("<urn:w>",) in predicates
    assert not {("<urn:u>",), ("<urn:v>",), ("<urn:x>",)} & set(predicates)
