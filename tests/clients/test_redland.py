"""Redland's commands: rapper reads what an address gives, roqet asks the endpoint."""

from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from enact_graph import terms
from tests.conftest import Site

from .programs import needed, run
from .questions import ABOUT, MADE, MEMBERS, NAMED, NAMES, triples

INTO: Final = ("--quiet", "--output", "ntriples")


@needed("Raptor")
@pytest.mark.parametrize("path", ["/id/inria", "/doc/inria", "/doc/inria.ttl", "/doc/inria.rdf"])
def test_rapper_reads_documents(site: Site, described: set[str], path: str) -> None:
    assert described <= triples(run("rapper", *INTO, "--guess", site.url + path))


@needed("Raptor")
def test_rapper_reads_the_answer_of_a_query(endpoint: str, described: set[str]) -> None:
    for query, expected in ((MEMBERS, MADE), (ABOUT, described)):
        address = f"{endpoint}?{urlencode({'query': query})}"
        assert triples(run("rapper", *INTO, "--guess", address)) == expected


@needed("Raptor")
def test_rapper_reads_a_graph(site: Site) -> None:
    asked = urlencode({"graph": terms.GRAPH + "press-release-2024-05-22-p16"})
    assert len(triples(run("rapper", *INTO, "--guess", f"{site.url}/graphs?{asked}"))) == 8


@needed("Rasqal")
def test_roqet_asks_for_rows(endpoint: str, tmp_path: Path) -> None:
    # It reads nothing but tables of an endpoint; its long option --protocol takes no address.
    query = tmp_path / "query.rq"
    query.write_text(NAMES, "utf-8")
    told = run("roqet", "--quiet", "-p", endpoint, query, "--results", "xml")
    found = ox.parse_query_results(told, ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    assert [[row["member"].value, row["name"].value] for row in found] == NAMED
