"""The columns of a table stand in the order in which the query names them."""

import pyoxigraph as ox
import pytest

from enact_graph.engine.dialect import in_order
from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.output import Limits
from enact_graph.formats import RESULTS_CSV
from enact_graph.sparql.ask import Ask


def head(query: str) -> list[str]:
    store = ox.Store()
    store.update("INSERT DATA { <urn:a> <urn:b> <urn:c> . <urn:d> <urn:b> <urn:e> }")
    answer = evaluate(store, Ask(query, RESULTS_CSV), Limits(10_000))
    first, *rows = answer.body.decode().split("\r\n")[:-1]
    assert all(row.count(",") == first.count(",") for row in rows)
    return first.split(",")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT * { ?s ?p ?o }", "s p o"),
        ("select*where{ ?s ?p ?o }", "s p o"),
        ("SELECT DISTINCT * { ?z ?p ?a }", "z p a"),
        ("SELECT REDUCED * FROM <urn:g> { ?z ?p ?a }", "z p a"),
        ("SELECT * # { ?a\n{ ?z ?p ?a }", "z p a"),
        ("PREFIX x: <urn:x*> SELECT * { ?z ?p ?a }", "z p a"),
        ("SELECT * { ?z ?p ?a FILTER NOT EXISTS { ?hidden ?p ?z } }", "z p a"),
        ("SELECT * { ?z ?p ?o { SELECT ?o ?b { ?o ?x ?b } } }", "z p o b"),
        ("SELECT * { { SELECT * { ?z ?p ?a } } }", "z p a"),
        ("SELECT ?o ?s { ?s ?p ?o { SELECT * { ?s ?p ?o } } }", "o s"),
        ("SELECT (2 * 3 AS ?n) ?z ?a { ?z ?p ?a }", "n z a"),
        ("SELECT * { ?z <urn:b>* ?a }", "z a"),
        ("SELECT * { $z ?p $a BIND(?z AS ?c) }", "z p a c"),
        ("SELECT * {}", ""),
    ],
)
def test_select_star(query: str, wanted: str) -> None:
    assert head(query) == wanted.split(" ")


def test_what_is_in_order_is_left_alone() -> None:
    assert in_order("SELECT * { ?a ?b ?c }", ["a", "b", "c"]) is None
    assert in_order("SELECT ?b ?a { ?a ?b ?c }", ["b", "a"]) is None
