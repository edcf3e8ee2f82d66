"""The syntax tests of SPARQL 1.0, 1.1 and 1.2 as requests: what is a query, and what is none."""

import httpx
import pytest

from tests.conformance import suites
from tests.conformance.expected import outcome, parameters
from tests.conformance.suites import Case
from tests.conftest import Site

DIRECT = {"Content-Type": "application/sparql-query", "Accept": "*/*"}
POSITIVE = suites.of_kind("PositiveSyntaxTest", "PositiveSyntaxTest11")
NEGATIVE = suites.of_kind("NegativeSyntaxTest", "NegativeSyntaxTest11")
UPDATES = [case for case in suites.cases() if "Update" in case.kind and case.query]


def kind(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("/")[2]


@pytest.mark.parametrize("case", parameters(POSITIVE))
def test_a_query_is_answered(suite_site: Site, case: Case) -> None:
    content = f"BASE <{case.query}>\n".encode() + suites.read(case.query)
    # No graph of the store is meant, so that the answer is small whatever is asked.
    dataset = {"default-graph-uri": "urn:x-none", "named-graph-uri": "urn:x-none"}
    answer = suite_site.client.post("/sparql", params=dataset, content=content, headers=DIRECT)
    if outcome(case) == "refused":
        assert (answer.status_code, kind(answer)) == (403, "query-refused")
    elif answer.status_code != 200:
        # A triple term that no data can have is SPARQL, but the engine does not ask for it.
        assert kind(answer) == "query", answer.text
        assert "triple term" in answer.json()["detail"]


@pytest.mark.parametrize("case", parameters(NEGATIVE))
def test_what_is_no_query_is_refused(suite_site: Site, case: Case) -> None:
    content = f"BASE <{case.query}>\n".encode() + suites.read(case.query)
    answer = suite_site.client.post("/sparql", content=content, headers=DIRECT)
    assert answer.status_code == 400, answer.text
    assert kind(answer) == "query-syntax"


@pytest.mark.parametrize("case", parameters(UPDATES))
def test_an_update_is_refused_as_an_update_and_as_a_query(suite_site: Site, case: Case) -> None:
    content = suites.read(case.query)
    update = suite_site.client.post("/sparql", data={"update": content.decode()})
    assert update.status_code == 403
    assert kind(update) == "query-refused"
    query = suite_site.client.post("/sparql", content=content, headers=DIRECT)
    assert query.status_code in (400, 403), query.text
