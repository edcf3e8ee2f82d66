"""The service description tests, and what a description promises held against the server."""

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.formats import RDF_FORMATS, Format
from enact_graph.vocabulary import RDF
from tests.conformance import suites
from tests.conformance.expected import parameters
from tests.conformance.suites import Case
from tests.conftest import Site

SD = terms.PREFIXES["sd"]
#: Domain and range of the properties, after the vocabulary of the Recommendation.
DOMAINS = {
    "endpoint": "Service",
    "feature": "Service",
    "defaultEntailmentRegime": "Service",
    "extensionFunction": "Service",
    "languageExtension": "Service",
    "supportedLanguage": "Service",
    "defaultDataset": "Service",
    "availableGraphs": "Service",
    "resultFormat": "Service",
    "defaultGraph": "Dataset",
    "namedGraph": "GraphCollection",
    "name": "NamedGraph",
    "graph": "NamedGraph",
}
RANGES = {
    "extensionFunction": "Function",
    "defaultDataset": "Dataset",
    "availableGraphs": "GraphCollection",
    "defaultGraph": "Graph",
    "namedGraph": "NamedGraph",
    "graph": "Graph",
}


def triples(site: Site, accept: str = "text/turtle") -> list[ox.Triple]:
    answer = site.get("/sparql", accept)
    assert answer.status_code == 200
    syntax = ox.RdfFormat.from_media_type(answer.headers["content-type"].split(";")[0])
    assert syntax is not None
    return [quad.triple for quad in ox.parse(answer.content, format=syntax)]


@pytest.mark.parametrize("case", parameters(suites.of_kind("ServiceDescriptionTest")))
def test_w3c(suite_site: Site, case: Case) -> None:
    said = triples(suite_site)
    match case.name:
        case "returns-rdf":
            assert said
        case "has-endpoint-triple":
            endpoint = ox.NamedNode(suite_site.url + "/sparql")
            found = [t for t in said if t.predicate.value == SD + "endpoint"]
            assert [(t.subject, t.object) for t in found] == [(endpoint, endpoint)]
        case "conforms-to-schema":
            conforms(said)
        case name:
            pytest.fail(f"this test is new: {name}")


def conforms(said: list[ox.Triple]) -> None:
    types = {(str(t.subject), str(t.object)) for t in said if t.predicate.value == RDF.type}
    used = 0
    for t in said:
        name = t.predicate.value.removeprefix(SD)
        if name == t.predicate.value:
            continue
        used += 1
        assert (str(t.subject), f"<{SD}{DOMAINS[name]}>") in types, f"{name} of {t.subject}"
        if name in RANGES:
            assert (str(t.object), f"<{SD}{RANGES[name]}>") in types, f"{name}: {t.object}"
    assert used > 100


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.key)
def test_every_format_tells_the_same(site: Site, format_: Format) -> None:
    assert set(triples(site, format_.media_type)) == set(triples(site))
