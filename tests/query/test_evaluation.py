import json

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from enact_graph import formats
from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.forkserver import MERGE
from enact_graph.engine.output import Limits
from enact_graph.errors import AnswerTooLarge, NotAcceptable, QueryError, QuerySyntax
from enact_graph.formats import Format
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.terms import ID

from .conftest import NQUADS

TRIPLES = f"CONSTRUCT {{ ?s ?p ?o . <{ID}enact> <urn:is> ?s }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(NQUADS, format=ox.RdfFormat.N_QUADS)
    store.update(MERGE)
    return store


def answer(
    store: ox.Store,
    query: str,
    results: Format | None = formats.RESULTS_CSV,
    graph: Format | None = formats.N_TRIPLES,
    limit: int = 100_000,
) -> Answer:
    return evaluate(store, Ask(query, results, graph), Limits(limit))


def parsed(store: ox.Store, query: str) -> list[ox.Triple]:
    body = answer(store, query).body
    return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]


@pytest.mark.parametrize("target", formats.RESULT_FORMATS, ids=lambda f: f.key)
def test_a_table_is_written_in_every_format_of_results(store: ox.Store, target: Format) -> None:
    got = answer(store, "SELECT ?name { <urn:inria> <urn:name> ?name }", target)
    assert (got.form, got.format) == ("select", target)
    assert b"Inria" in got.body
    if target is formats.RESULTS_JSON:
        assert json.loads(got.body)["results"]["bindings"] == [
            {"name": {"type": "literal", "value": "Inria", "xml:lang": "fr"}}
        ]


@pytest.mark.parametrize("target", formats.RESULT_FORMATS, ids=lambda f: f.key)
def test_a_yes_is_written_in_every_format_of_results(store: ox.Store, target: Format) -> None:
    got = answer(store, "ASK { <urn:inria> ?p ?o }", target)
    assert got.form == "ask"
    assert b"true" in got.body


@pytest.mark.parametrize("target", formats.RDF_FORMATS, ids=lambda f: f.key)
def test_triples_are_written_in_every_format_of_graphs(store: ox.Store, target: Format) -> None:
    if target is formats.RDF_XML:
        query = TRIPLES.replace("<urn:is>", "<urn:x#is>").replace("?s ?p ?o .", "", 1)
    else:
        query = TRIPLES
    got = answer(store, query, graph=target)
    assert (got.form, got.format) == ("construct", target)
    expected = Graph().parse(answer(store, query).body, format="nt")
    if target in (formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML):
        reader = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}[target.key]
        assert isomorphic(Graph().parse(got.body, format=reader), expected)
    else:
        read = ox.parse(got.body, format=ox.RdfFormat.from_extension(target.extension))
        assert {str(quad.triple) for quad in read} == {str(t) for t in parsed(store, query)}


def test_triples_come_once_each_and_sorted(store: ox.Store) -> None:
    lines = answer(store, TRIPLES).body.decode().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == 7


def test_turtle_declares_the_prefixes_it_uses_and_no_others(store: ox.Store) -> None:
    text = answer(store, TRIPLES, graph=formats.TURTLE).body.decode()
    assert text.count("@prefix") == 1
    assert "id:enact" in text


def test_blank_nodes_made_by_the_query_are_named_the_same_each_time(store: ox.Store) -> None:
    query = "CONSTRUCT { ?s <urn:has> [ <urn:p> ?p ] } WHERE { ?s ?p ?o }"
    assert answer(store, query) == answer(store, query)
    assert b"_:c14n0" in answer(store, query).body


def test_describe_tells_what_is_said_of_a_thing(store: ox.Store) -> None:
    got = answer(store, "DESCRIBE <urn:inria>")
    assert got.form == "describe"
    assert got.body.count(b"\n") == 2


def test_a_client_that_takes_no_format_of_this_form_is_told_which_there_are(
    store: ox.Store,
) -> None:
    with pytest.raises(NotAcceptable, match="answers with a graph; ask for one of text/turtle"):
        answer(store, "DESCRIBE <urn:inria>", graph=None)
    with pytest.raises(NotAcceptable, match=r"with a table; .*text/csv"):
        answer(store, "ASK {}", results=None)


@pytest.mark.parametrize("query", ["SELECT * { ?a ?b ?c . ?d ?e ?f }", TRIPLES])
def test_an_answer_beyond_the_limit_is_refused_whole(store: ox.Store, query: str) -> None:
    with pytest.raises(AnswerTooLarge, match="larger than 100 bytes") as caught:
        answer(store, query, limit=100)
    assert caught.value.extra == {"limit": 100}


def test_what_the_engine_cannot_do_is_said_in_its_words(store: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"The engine cannot answer this query: .*triple term"):
        answer(store, "ASK { ?s ?p <<( <<( <urn:a> <urn:b> <urn:c> )>> <urn:p> 1 )>> }")


@pytest.mark.parametrize("clause", ["", "FROM <urn:p1> "])
def test_a_fault_of_syntax_has_its_place(store: ox.Store, clause: str) -> None:
    with pytest.raises(QuerySyntax) as caught:
        answer(store, f"SELECT * {clause}\nWHERE {{ ?s ?p }}")
    assert caught.value.extra.items() >= {"line": 2, "column": 15}.items()
