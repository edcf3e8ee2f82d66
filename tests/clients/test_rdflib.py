"""rdflib: the endpoint as a store, by SERVICE, and what its addresses give to parse()."""

from typing import Final

import pytest
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.namespace import RDF
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from rdflib.term import Identifier

from enact_graph import terms
from tests.conftest import Site

from .programs import needed
from .questions import (
    ABOUT,
    ENACT,
    INRIA,
    LONG,
    LONG_PATTERN,
    LORRAINE,
    MADE,
    MEMBERS,
    NAMED,
    NAMES,
    NO,
    PATTERN,
    YES,
    through,
    triples,
)

pytestmark = [
    needed("rdflib"),
    # Its parser of JSON-LD uses a class of its own that it has deprecated.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
HAS_MEMBER: Final = URIRef(terms.ENACT + "hasMember")
EXPECTED: Final = [
    (URIRef(INRIA), Literal("Inria", lang="fr")),
    (URIRef(LORRAINE), Literal("Université de Lorraine", lang="fr")),
]


def rows(result: Result) -> list[tuple[Identifier, ...]]:
    return [(row[Variable("member")], row[Variable("name")]) for row in result.bindings]


def lines(graph: Graph) -> set[str]:
    return triples(graph.serialize(format="nt", encoding="utf-8"))


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def store(endpoint: str, request: pytest.FixtureRequest) -> Graph:
    return Graph(SPARQLStore(endpoint, method=request.param))


def test_a_store_answers_every_form_of_query(store: Graph, described: set[str]) -> None:
    assert rows(store.query(NAMES)) == EXPECTED
    assert (store.query(YES).askAnswer, store.query(NO).askAnswer) == (True, False)
    made, about = store.query(MEMBERS).graph, store.query(ABOUT).graph
    assert made is not None
    assert about is not None
    assert (lines(made), lines(about)) == (MADE, described)


def test_a_store_is_used_like_a_graph(store: Graph, site: Site) -> None:
    assert set(store.objects(URIRef(ENACT), HAS_MEMBER)) == {URIRef(INRIA), URIRef(LORRAINE)}
    assert (URIRef(INRIA), RDF.type, URIRef(terms.ENACT + "Institution")) in store
    assert len(store) == site.release.manifest.counts["triples"]


@pytest.mark.parametrize("results", ["xml", "json", "csv", "tsv"])
def test_a_store_takes_any_format_of_results(endpoint: str, results: str) -> None:
    store = SPARQLStore(endpoint, returnFormat=results)
    assert [[str(value) for value in row] for row in rows(store.query(NAMES))] == NAMED


@pytest.mark.parametrize("method", ["POST", "POST_FORM"])
def test_a_store_posts_a_long_query(endpoint: str, method: str) -> None:
    assert rows(SPARQLStore(endpoint, method=method).query(LONG)) == EXPECTED


@pytest.mark.parametrize("pattern", [PATTERN, LONG_PATTERN], ids=["short", "long"])
def test_a_part_of_a_query_is_passed_on(endpoint: str, pattern: str) -> None:
    assert rows(Graph().query(through(endpoint, pattern))) == EXPECTED


@pytest.mark.parametrize(
    "path", ["/id/inria", "/doc/inria", "/doc/inria.ttl", "/doc/inria.rdf", "/doc/inria.jsonld"]
)
def test_a_document_is_parsed_by_its_address(site: Site, described: set[str], path: str) -> None:
    assert described <= lines(Graph().parse(site.url + path))


def test_a_graph_is_parsed_by_its_address(site: Site) -> None:
    name = terms.GRAPH + "press-release-2024-05-22-p16"
    graph = Graph().parse(f"{site.url}/graphs?graph={name}")
    assert set(graph.objects(None, RDF.type)) == {URIRef(terms.ENACT + "ConsortiumMembership")}
    assert len(graph) == 8
