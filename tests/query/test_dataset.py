from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from enact_graph import formats
from enact_graph.engine.dataset import Dataset, form_of
from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.forkserver import MERGE
from enact_graph.engine.output import Limits
from enact_graph.errors import BadParameter
from enact_graph.sparql.ask import Ask

from .conftest import NQUADS

MEMBERS = "{ ?s <urn:memberOf> ?o }"
ANYWHERE = "{ GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(NQUADS, format=ox.RdfFormat.N_QUADS)
    store.update(MERGE)
    return store


def count(
    store: ox.Store, head: str, pattern: str, default: Sequence[str] = (), named: Sequence[str] = ()
) -> int:
    query = f"{head.replace('COUNT', 'SELECT (COUNT(*) AS ?n)')} {pattern}"
    ask = Ask(query, formats.RESULTS_CSV, formats.TURTLE, default, named)
    answer = evaluate(store, ask, Limits(4096))
    return int(answer.body.split()[1])


def test_a_fact_that_two_passages_state_counts_once_in_the_default_graph(store: ox.Store) -> None:
    assert count(store, "COUNT", MEMBERS) == 2
    assert count(store, "COUNT", ANYWHERE) == 5


def test_several_default_graphs_of_a_request_are_merged(store: ox.Store) -> None:
    assert count(store, "COUNT", MEMBERS, ["urn:p1", "urn:p16"]) == 2
    assert count(store, "COUNT", "{ ?s ?p ?o }", ["urn:p1", "urn:p16", "urn:p2", "urn:p1"]) == 4


def test_default_graphs_alone_leave_no_named_graph(store: ox.Store) -> None:
    assert count(store, "COUNT", ANYWHERE, ["urn:p1"]) == 0
    assert count(store, "COUNT", ANYWHERE, ["urn:p1", "urn:p16"]) == 0


def test_named_graphs_alone_leave_an_empty_default_graph(store: ox.Store) -> None:
    assert count(store, "COUNT", "{ ?s ?p ?o }", [], ["urn:p16"]) == 0
    assert count(store, "COUNT", ANYWHERE, [], ["urn:p16", "urn:p16"]) == 3


def test_named_graphs_stand_beside_a_merge(store: ox.Store) -> None:
    assert count(store, "COUNT", ANYWHERE, ["urn:p1", "urn:p16"], ["urn:p2"]) == 1


def test_a_graph_that_is_not_there_is_empty(store: ox.Store) -> None:
    assert count(store, "COUNT", "{ ?s ?p ?o }", ["urn:none"]) == 0


@pytest.mark.parametrize(
    "head",
    [
        "COUNT FROM <urn:p1> FROM <urn:p16>",
        "COUNT FROM<urn:p1>FROM<urn:p16>",
        "PREFIX u: <urn:> COUNT FROM u:p1 FROM u:p16 FROM u:p1",
        "BASE <urn:x> COUNT FROM <urn:p1> # FROM <urn:p2>\n FROM <urn:p16>",
        r"COUNT FROM <urn:p1> FROM <urn:\u00701\u0036>",
    ],
)
def test_several_from_clauses_are_merged(store: ox.Store, head: str) -> None:
    assert count(store, head, f"WHERE {MEMBERS}") == 2
    assert count(store, head, f"WHERE {ANYWHERE}") == 0


def test_from_named_alone_leaves_an_empty_default_graph(store: ox.Store) -> None:
    head = "PREFIX u: <urn:> COUNT FROM NAMED u:p1 FROM NAMED <urn:p16>"
    assert count(store, head, "{ ?s ?p ?o }") == 0
    assert count(store, head, ANYWHERE) == 4


def test_the_request_overrides_from(store: ox.Store) -> None:
    head = "COUNT FROM <urn:p1> FROM <urn:p16>"
    assert count(store, head, "{ ?s ?p ?o }", ["urn:p2"]) == 1


def test_the_word_from_in_a_string_changes_nothing(store: ox.Store) -> None:
    assert count(store, "COUNT", "{ ?s ?p ?o FILTER(?o != 'FROM <urn:p1>') }") == 4


def test_a_relative_iri_is_read_against_the_base_of_the_graph() -> None:
    dataset = Dataset.of_query("SELECT * FROM <graph/x> {}")
    assert dataset is not None
    assert dataset.default == (ox.NamedNode("https://w3id.org/enact-graph/graph/x"),)


def test_what_is_no_iri_is_a_bad_parameter(store: ox.Store) -> None:
    with pytest.raises(BadParameter, match="default-graph-uri: <p 1> is not an absolute IRI"):
        count(store, "COUNT", MEMBERS, ["p 1"])
    with pytest.raises(BadParameter, match="named-graph-uri"):
        count(store, "COUNT", MEMBERS, [], ["p1"])


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT(1 AS ?x){}", "select"),
        ("ask{}", "ask"),
        ("PREFIX ask: <urn:> DESCRIBE ask:x", "describe"),
        ("PREFIX u: <urn:> DESCRIBEu:x", "describe"),
        ("# SELECT\nCONSTRUCT WHERE {}", "construct"),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(query: str, form: str) -> None:
    assert form_of(query) == form
