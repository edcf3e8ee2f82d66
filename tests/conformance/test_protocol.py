"""The tests of the SPARQL 1.1 Protocol and of the Graph Store HTTP Protocol."""

import httpx
import pyoxigraph as ox
import pytest

from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS
from tests.conformance import answers, suites
from tests.conformance.exchanges import Exchange, exchanges
from tests.conformance.expected import outcome, parameters
from tests.conformance.suites import Case
from tests.conftest import Site


@pytest.mark.parametrize("case", parameters(suites.of_kind("ProtocolTest")))
def test_protocol(suite_site: Site, case: Case) -> None:
    asked = list(exchanges(case))
    assert asked
    for exchange in asked:
        answer = exchange.send(suite_site.client, "/sparql/", "/sparql")
        if outcome(case) == "refused" and answer.status_code == 403:
            assert answer.json()["type"].endswith("/query-refused")
            return  # without the update there is nothing to ask for
        check(exchange, answer)
    assert outcome(case) == "passes", "nothing was refused: take the test out of the table"


def check(exchange: Exchange, answer: httpx.Response) -> None:
    assert exchange.admits(answer.status_code), (exchange.statuses, answer.text)
    if exchange.boolean is not None:
        assert answers.from_json(answer.text) is exchange.boolean
    media_type = answer.headers["content-type"].partition(";")[0]
    match exchange.format:
        case "RDF":
            syntax = ox.RdfFormat.from_media_type(media_type)
            assert media_type in [f.media_type for f in RDF_FORMATS]
            assert list(ox.parse(answer.content, format=syntax)) is not None
        case "tabular" | "boolean":
            assert media_type in [f.media_type for f in RESULT_FORMATS]
            found = answers.from_json(answer.text)
            assert isinstance(found, bool) is (exchange.format == "boolean")


@pytest.mark.parametrize("case", parameters(suites.of_kind("GraphStoreProtocolTest")))
def test_graph_store(suite_site: Site, case: Case) -> None:
    # Graphs are named by parameter at one address, and by their own addresses beside it.
    is_direct = case.manifest == "manifest-direct.ttl"
    service, address = ("/gsp/person/", "/graph/") if is_direct else ("/gsp", "/graphs")
    for exchange in exchanges(case):
        answer = exchange.send(suite_site.client, service, address)
        if outcome(case) == "refused" and answer.status_code == 405:
            assert exchange.method not in answer.headers["allow"].split(", ")
            assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))
            return
        check(exchange, answer)
    assert outcome(case) == "passes", "nothing was refused: take the test out of the table"
