"""SPARQLWrapper: all it can ask for, in every way it can ask."""

import csv
from collections.abc import Callable
from typing import Any, Final

import pyoxigraph as ox
import pytest
from rdflib import Graph
from SPARQLWrapper import Wrapper as sw  # noqa: N813
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from .programs import needed
from .questions import ABOUT, LONG, MADE, MEMBERS, NAMED, NAMES, NO, YES, triples

pytestmark = [
    needed("SPARQLWrapper"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    # It has no type for the format "rdf" and says that it takes any.
    pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning"),
]


def of_json(told: dict[str, Any]) -> Any:
    if "boolean" in told:
        return told["boolean"]
    rows = told["results"]["bindings"]
    return [[row[name]["value"] for name in told["head"]["vars"]] for row in rows]


def of_xml(told: Any) -> Any:
    if answer := told.getElementsByTagName("boolean"):
        return answer[0].firstChild.nodeValue == "true"
    rows = told.getElementsByTagName("result")
    return [[b.firstChild.firstChild.nodeValue for b in row.childNodes] for row in rows]


def of_csv(told: bytes) -> Any:
    lines = list(csv.reader(told.decode().splitlines()))
    return lines[1:] if len(lines) > 1 else lines[0] == ["true"]


def of_tsv(told: bytes) -> Any:
    head, *lines = [line.split("\t") for line in told.decode().splitlines()]
    return [[iri[1:-1], name[1 : -len('"@fr')]] for iri, name in lines] or head == ["true"]


def of_graph(told: Graph) -> set[str]:
    return triples(told.serialize(format="nt", encoding="utf-8"))


def of_turtle(told: bytes) -> set[str]:
    return triples(told, ox.RdfFormat.TURTLE)


Readers = dict[str, Callable[[Any], Any]]
#: What it makes of each format, by kind of query, and how that is read.
ROWS: Final[Readers] = {sw.JSON: of_json, sw.XML: of_xml, sw.CSV: of_csv, sw.TSV: of_tsv}
GRAPHS: Final[Readers] = {
    sw.XML: of_graph,
    sw.RDF: of_graph,
    sw.RDFXML: of_graph,
    sw.JSONLD: of_graph,
    sw.TURTLE: of_turtle,
    sw.N3: of_turtle,
}
#: Method, and how the query is sent with it.
WAYS: Final = {
    "get": (sw.GET, sw.URLENCODED),
    "form": (sw.POST, sw.URLENCODED),
    "direct": (sw.POST, sw.POSTDIRECTLY),
}


def test_all_its_formats_are_asked_for() -> None:
    assert {*ROWS, *GRAPHS} == set(sw._allowedFormats)


def answer(endpoint: str, query: str, form: str, way: str, is_named: bool) -> Any:
    wrapper = sw.SPARQLWrapper(endpoint, returnFormat=form)
    method, sent = WAYS[way]
    wrapper.setMethod(method)
    wrapper.setRequestMethod(sent)
    wrapper.setOnlyConneg(not is_named)
    wrapper.setQuery(query)
    return wrapper.queryAndConvert()


@pytest.mark.parametrize("is_named", [True, False], ids=["named", "negotiated"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ROWS)
def test_rows_and_answers_come_in_every_format(
    endpoint: str, form: str, way: str, is_named: bool
) -> None:
    read = ROWS[form]
    assert read(answer(endpoint, NAMES, form, way, is_named)) == NAMED
    assert read(answer(endpoint, YES, form, way, is_named)) is True
    assert read(answer(endpoint, NO, form, way, is_named)) is False


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("form", "is_named"),
    # What it means by "rdf" only the name tells: its Accept takes anything.
    [(form, named) for form in GRAPHS for named in (True, False) if named or form != sw.RDF],
)
def test_graphs_come_in_every_format(
    endpoint: str, described: set[str], form: str, way: str, is_named: bool
) -> None:
    read = GRAPHS[form]
    assert read(answer(endpoint, MEMBERS, form, way, is_named)) == MADE
    assert read(answer(endpoint, ABOUT, form, way, is_named)) == described


@pytest.mark.parametrize("way", ["form", "direct"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_long_query_is_posted(endpoint: str, way: str, slash: str) -> None:
    assert of_json(answer(endpoint + slash, LONG, sw.JSON, way, is_named=True)) == NAMED


def test_a_fault_of_the_query_is_told_with_its_place(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="Line 1, column 18"):
        answer(endpoint, "SELECT * { ?s ?p }", sw.JSON, "get", is_named=True)
