"""Misspelt and doubled parameters: refused wherever data are asked for, passed over by pages."""

from typing import Any

import pytest

from enact_graph.app import addresses
from enact_graph.authoring.questions import read
from enact_graph.settings import Settings
from enact_graph.topics.lists.kinds import KINDS
from enact_graph.topics.service.address import describe
from tests.conftest import TINY, Site

#: An address of data for each description that has parameters, and what it needs to be answered.
ADDRESSES = {
    "/graphs": "/graphs?default",
    "/list/{kind}": "/list/organisations.csv",
    "/glance.{form}": "/glance.csv",
    "/network/{name}": "/network/inria.csv",
    "/path.json": "/path.json?from=inria&to=enact",
    "/queries/{name}": "/queries/members.csv",
    "/cite.{suffix}": "/cite.bib",
    "/problem/{slug}": None,  # a page; what it says to programs has no language
    "/correct.patch": None,  # needs a statement that is there; it takes what its page takes
    "/sparql": None,  # takes what clients add, beside a query
}


def parameters(told: dict[str, Any]) -> dict[str, bool]:
    """The parameters of the query string, and whether each may be there more than once."""
    found = [p for p in told["parameters"] if p["in"] == "query"]
    return {p["name"]: p["schema"].get("type") == "array" for p in found}


def described() -> list[tuple[str, dict[str, bool]]]:
    """Every address of data whose answer depends on parameters, as the OpenAPI document has it."""
    found = []
    for path, methods in describe(addresses(), Settings(), "1.0", read(TINY))["paths"].items():
        told = methods["get"]
        content = told["responses"].get("200", {}).get("content", {})
        names = parameters(told)
        # Of a document about an IRI, only the page has a language.
        is_document = "text/turtle" in content and set(names) <= {"lang"}
        is_page = set(content) <= {"text/html", "application/xhtml+xml"}
        if not names or is_page or is_document or path == "/queries":
            continue
        suffix = "json" if "/queries/" in path else "csv"
        address = ADDRESSES.get(path, path.replace("{suffix}", suffix))
        if path == "/list/{kind}":
            # One description has the facets of every kind; a table is not cut into pages.
            organisations = next(kind for kind in KINDS if kind.key == "organisations")
            facets = {facet.key for facet in organisations.facets}
            names = {name: names[name] for name in names if name in {*facets, "lang"}}
        if address:
            found.append((address, names))
    return found


DATA = described()


def asking(address: str, query: str) -> str:
    return address + ("&" if "?" in address else "?") + query


@pytest.mark.parametrize(("address", "names"), DATA, ids=[address for address, _ in DATA])
def test_what_is_misspelt_or_doubled_is_refused_by_name(
    site: Site, address: str, names: dict[str, bool]
) -> None:
    for unknown in ("langg", "formatt", "x"):
        answer = site.get(asking(address, f"{unknown}=1"))
        assert answer.status_code == 400, address
        problem = answer.json()
        assert problem["parameter"] == unknown
        assert set(names) <= set(problem["allowed"])
        assert unknown != "langg" or problem["nearest"] == ["lang"]
    for name, is_many in names.items():
        if name == "default":
            continue
        twice = site.get(asking(address, f"{name}=&{name}="))
        problem = twice.json() if twice.status_code == 400 else {}
        if not is_many and name not in ("format", "output"):
            assert problem.get("parameter") == name, name
        else:
            assert "twice" not in problem.get("detail", ""), name


@pytest.mark.parametrize("address", [address for address, _ in DATA])
def test_what_others_add_changes_nothing(site: Site, address: str) -> None:
    plain = site.get(address)
    assert plain.status_code in (200, 404), plain.text  # the little graph has no tree
    for added in ("_=1701348000", "utm_source=letter&utm_medium=mail", "_=1&_=2"):
        answer = site.get(asking(address, added))
        assert (answer.status_code, answer.content) == (plain.status_code, plain.content)


def test_there_are_data_to_look_at() -> None:
    known = {address.partition("?")[0] for address, _ in DATA}
    wanted = {"/map.csv", "/places.geojson", "/search.csv", "/funding.csv", "/timeline.svg"}
    assert wanted | {"/suggest", "/terms.json", "/alliances.csv", "/graphs"} <= known


@pytest.mark.parametrize(
    "page",
    [
        "/list/organisations",
        "/map",
        "/funding",
        "/path",
        "/network/inria",
        "/alliances",
        "/timeline",
        "/queries/members",
        "/search",
        "/sparql",
        "/cite",
    ],
)
def test_a_page_passes_over_what_is_none_of_its_own(site: Site, page: str) -> None:
    for added in ("utm_source=letter", "fbclid=1", "colour=red"):
        assert site.get(asking(page, added), "text/html").status_code == 200


@pytest.mark.parametrize("name", ["q", "Query", "sparql", "query_"])
def test_a_query_under_another_name_is_told_its_own(site: Site, name: str) -> None:
    for accept in ("application/json", "text/turtle", "*/*"):
        answer = site.get(f"/sparql?{name}=ASK%7B%7D", accept)
        assert answer.status_code == 400
        assert "query" in answer.json()["allowed"]
    assert site.get("/sparql?format=ttl&download=x&_=1").status_code == 200


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/network/inria.csv?open=nosuch", "open"),
        ("/network/inria.json?open=enact,nosuch", "open"),
        ("/path.json?from=inria&to=enact&avoid=nosuch", "avoid"),
        ("/timeline.csv?of=nosuch", "of"),
        ("/timeline?of=nosuch", "of"),
        ("/alliances.csv?members=nosuch", "members"),
        ("/path.json?from=nosuch&to=enact", "from"),
    ],
)
def test_a_name_that_nothing_has_is_told_alike_everywhere(
    site: Site, address: str, parameter: str
) -> None:
    answer = site.get(address)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter
