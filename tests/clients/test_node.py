"""Programs of JavaScript under Node: what websites and scripts ask the endpoint with."""

import json
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from enact_graph import terms
from tests.conftest import Site

from .programs import NODE, needed, run
from .questions import (
    ABOUT,
    INRIA,
    LONG,
    LONG_PATTERN,
    LORRAINE,
    MADE,
    MEMBERS,
    NAMED,
    NAMES,
    PATTERN,
    YES,
    through,
    triples,
)

#: The question of each kind, by the name under which the scripts in node/ are told it.
ASKED: Final = {"rows": NAMES, "yes": YES, "triples": MEMBERS}


def node(script: str, **asked: Any) -> Any:
    return json.loads(run("node", f"{script}.mjs", json.dumps(asked), cwd=NODE))


def check(told: dict[str, Any]) -> None:
    """Hold what a program tells of ASKED against what is so."""
    assert (told["rows"], told["yes"]) == (NAMED, True)
    assert triples("\n".join(told["triples"])) == MADE


GET: Final = {"method": "GET"}
FORM: Final = {"method": "POST"}
DIRECT: Final = {"method": "POST", "directPost": True}


@needed("fetch-sparql-endpoint")
@pytest.mark.parametrize(
    ("options", "rows"),
    [(GET, NAMES), (FORM, NAMES), (FORM, LONG), (DIRECT, NAMES), (DIRECT, LONG)],
    ids=["get", "form", "long form", "direct", "long direct"],
)
def test_fetch_sparql_endpoint_asks_in_every_way(
    endpoint: str, options: dict[str, Any], rows: str
) -> None:
    asked = ASKED | {"rows": rows}
    check(node("fetch-sparql-endpoint", endpoint=endpoint, options=options, **asked))


@needed("sparql-http-client")
@pytest.mark.parametrize("operation", ["get", "postUrlencoded", "postDirect"])
def test_sparql_http_client_asks_in_every_way(site: Site, endpoint: str, operation: str) -> None:
    told = node(
        "sparql-http-client",
        endpoint=endpoint,
        store=site.url + "/graphs",
        graph=terms.GRAPH + "press-release-2024-05-22-p16",
        operation=operation,
        **ASKED,
    )
    for kind in ("simple", "parsing", "stream"):
        check(told[kind])
    assert len(triples("\n".join(told["graph"]))) == 8


@needed("Comunica")
@pytest.mark.parametrize("is_told", [True, False], ids=["told", "found out"])
def test_comunica_finds_out_that_this_is_an_endpoint(endpoint: str, is_told: bool) -> None:
    source = {"type": "sparql", "value": endpoint} if is_told else endpoint
    context = {"sources": [source]}
    assert node("comunica", kind="rows", query=NAMES, context=context) == NAMED
    assert node("comunica", kind="yes", query=YES, context=context) is True


@needed("Comunica")
@pytest.mark.parametrize("pattern", [PATTERN, LONG_PATTERN], ids=["short", "long"])
def test_comunica_passes_a_part_of_a_query_on(site: Site, endpoint: str, pattern: str) -> None:
    context = {"sources": [site.url + "/doc/inria"]}
    query = through(endpoint, pattern)
    assert node("comunica", kind="rows", query=query, context=context) == NAMED


@needed("Comunica")
def test_comunica_reads_triples_of_a_query_and_of_a_document(
    site: Site, endpoint: str, described: set[str]
) -> None:
    told = node("comunica", kind="triples", query=ABOUT, context={"sources": [endpoint]})
    assert triples("\n".join(told)) == described
    # It takes N-Quads of a document, whose triples stand in the graphs that say them.
    context = {"sources": [site.url + "/doc/inria"], "unionDefaultGraph": True}
    query = f"CONSTRUCT WHERE {{ <{INRIA}> ?p ?o }}"
    told = node("comunica", kind="triples", query=query, context=context)
    assert described <= triples("\n".join(told))


@needed("jsonld.js")
def test_jsonld_loads_what_addresses_give(site: Site, endpoint: str, described: set[str]) -> None:
    asked = f"{endpoint}?{urlencode({'query': ABOUT})}"
    things = (asked, site.url + "/id/inria", site.url + "/doc/inria")
    told = node("jsonld", addresses=[*things, site.url + "/catalog"])
    answer, thing, document, catalogue = (triples(one, ox.RdfFormat.N_QUADS) for one in told)
    assert answer == described
    assert described < thing == document
    read = triples(site.get("/catalog", "application/n-triples").content)
    assert catalogue == read


@needed("LDkit")
def test_ldkit_makes_objects_of_things(endpoint: str) -> None:
    told = node(
        "ldkit",
        endpoint=endpoint,
        type=terms.ENACT + "Institution",
        name=terms.PREFIXES["skos"] + "prefLabel",
        iri=LORRAINE,
        language="fr",
    )
    assert told == {"all": NAMED, "one": "Université de Lorraine"}
