"""The description of the service, held against what the service does."""

from typing import Final

import pytest
import rdflib
from rdflib import RDF, RDFS, SDO, URIRef

from enact_graph import terms
from enact_graph.settings import Settings
from enact_graph.topics.sparql.description import LIMITS
from tests.conftest import Site

SD: Final = rdflib.Namespace(terms.PREFIXES["sd"])
VOID: Final = rdflib.Namespace(terms.PREFIXES["void"])
GEOF: Final = "http://www.opengis.net/def/function/geosparql/"
POINT: Final = '"POINT(1 1)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'


@pytest.fixture(scope="module")
def said(site: Site) -> rdflib.Graph:
    return rdflib.Graph().parse(data=site.get("/sparql", "text/turtle").text, format="turtle")


@pytest.fixture(scope="module")
def service(site: Site) -> URIRef:
    return URIRef(site.url + "/sparql")


def test_only_features_that_are_there(said: rdflib.Graph, service: URIRef) -> None:
    features = {f for f in said.objects(service, SD.feature) if str(f).startswith(SD)}
    assert features == {SD.UnionDefaultGraph}
    languages = set(said.objects(service, SD.supportedLanguage))
    assert languages == {SD.SPARQL10Query, SD.SPARQL11Query}


def test_the_functions_told_are_known_and_the_others_of_the_engine_are_wrong(
    site: Site, said: rdflib.Graph, service: URIRef
) -> None:
    told = {str(f) for f in said.objects(service, SD.extensionFunction)}
    assert {GEOF + name for name in ("distance", "sfWithin", "ehMeet", "rcc8po")} < told
    assert all((URIRef(iri), RDF.type, SD.Function) in said for iri in told)
    for iri in told:
        query = f"SELECT (<{iri}>({POINT}, {POINT}) AS ?x) {{}}"
        assert site.client.get("/sparql", params={"query": query}).status_code == 200
    # These the engine knows by name, but a point of the plane has two dimensions.
    query = f"SELECT (<{GEOF}spatialDimension>({POINT}) AS ?x) {{}}"
    answer = site.client.get("/sparql", params={"query": query, "format": "csv"})
    assert answer.text.split() == ["x", "0"]
    assert GEOF + "spatialDimension" not in told


def test_each_extension_of_the_language_is_told_with_its_name(
    said: rdflib.Graph, service: URIRef
) -> None:
    told = list(said.objects(service, SD.languageExtension))
    names = {str(node).rpartition("#")[2] for node in told}
    assert names == {"triple-terms", "base-direction", "version"}
    for node in told:
        assert said.value(node, RDFS.label)
        assert (node, RDF.type, SD.Feature) in said


def test_every_limit_is_told_with_its_number_and_unit(said: rdflib.Graph, service: URIRef) -> None:
    told = {
        str(said.value(node, SDO.propertyID)): (
            float(str(said.value(node, SDO.maxValue))),
            str(said.value(node, SDO.unitText)),
        )
        for node in said.objects(service, SD.feature)
        if (node, RDF.type, SDO.PropertyValue) in said
    }
    settings = Settings()
    assert told == {name: (getattr(settings, name), unit) for name, unit in LIMITS.items()}


def test_the_dataset_leads_to_void_and_back(
    site: Site, said: rdflib.Graph, service: URIRef
) -> None:
    void = said.value(service, RDFS.seeAlso)
    assert void is not None
    described = rdflib.Graph().parse(data=site.client.get(str(void)).text, format="turtle")
    dataset = said.value(predicate=VOID.sparqlEndpoint, object=service)
    assert (dataset, RDF.type, VOID.Dataset) in described
    default = said.value(said.value(service, SD.defaultDataset), SD.defaultGraph)
    assert said.value(default, VOID.triples) == described.value(dataset, VOID.triples)


def test_it_has_an_address_of_its_own_in_each_format(site: Site) -> None:
    answer = site.get("/sparql", "application/n-triples")
    assert answer.headers["content-location"] == "/sparql?format=ntriples"
    assert site.get("/sparql?format=ntriples", "text/html").content == answer.content
