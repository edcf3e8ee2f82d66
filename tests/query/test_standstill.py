"""Paths that may have no step, from things that the data do not hold."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph import formats
from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.output import Limits
from enact_graph.sparql.ask import Ask

DATA = "<urn:a> <urn:p> <urn:b>, 1 . <urn:b> <urn:q> <urn:c> ."
#: Says nothing that a path below follows, but of one thing that there is.
BESIDE = "<urn:none> <urn:else> <urn:nobody> ."
P = "PREFIX : <urn:> "


def store(data: str) -> ox.Store:
    found = ox.Store()
    found.load(data, format=ox.RdfFormat.TURTLE)
    for quad in list(found):
        found.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("urn:g")))
    return found


SMALL = store(DATA)


def rows(query: str, of: ox.Store = SMALL) -> list[str]:
    ask = Ask(P + query, formats.RESULTS_CSV)
    return sorted(evaluate(of, ask, Limits(100_000)).body.decode().split("\r\n")[1:-1])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT ?o { :none :p* ?o }", ["urn:none"]),
        ("SELECT ?o { :none :p? ?o }", ["urn:none"]),
        ("SELECT ?s { ?s :p* :none }", ["urn:none"]),
        ("SELECT ?s { ?s (:p|^:q)? 'nobody says this' }", ["nobody says this"]),
        ("SELECT ?o { :none !:p* ?o }", ["urn:none"]),
        ("SELECT ?o { :none !(:p|^a)? ?o }", ["urn:none"]),
        ("SELECT ?o { :none a? ?o }", ["urn:none"]),
        ("SELECT ?o { :none :p*?o }", ["urn:none"]),
        ("SELECT ?o { :none :p??o }", ["urn:none"]),
        ("SELECT ?o { :none (:p?)+ ?o }", ["urn:none"]),
        ("SELECT ?o { :none :p*/:q ?o }", []),
        ("SELECT ?o { :none :p+ ?o }", []),
        ("SELECT ?x ?o { ?x :p 1 . :none :p* ?o . ?x :p ?y }", ["urn:a,urn:none"] * 2),
        ("SELECT ?o { ?x :p 1 FILTER(?x != :b) :none :p* ?o OPTIONAL { ?o :q ?z } }", ["urn:none"]),
        ("SELECT ?o { { :none :p? ?o } UNION { :b :q* ?o } }", ["urn:b", "urn:c", "urn:none"]),
        ("SELECT (COUNT(*) AS ?n) { :none :p* :none }", ["1"]),
        ("SELECT (COUNT(*) AS ?n) { :none :p* :other }", ["0"]),
        ("SELECT ?o { :a :p? ?o }", ["1", "urn:a", "urn:b"]),
        ("SELECT ?o { _:x :p 1 . :none :p* ?o . _:x :p ?y }", ["urn:none"] * 2),
        ("SELECT ?o { :none :p?|:q* ?o }", ["urn:none"] * 2),
        # What follows by a semicolon or within GRAPH is left to the engine.
        ("SELECT ?o { :none :p* ?o ; :q ?z }", []),
        ("SELECT ?o { GRAPH :g { :none :p* ?o } }", []),
    ],
)
def test_a_thing_that_nobody_mentions_is_tied_to_itself(query: str, wanted: list[str]) -> None:
    assert rows(query) == wanted


def test_what_counts_is_the_graph_that_is_asked() -> None:
    assert rows("SELECT ?o FROM :g { :b :q* ?o }") == ["urn:b", "urn:c"]
    assert rows("SELECT ?o FROM :empty { :b :q* ?o }") == ["urn:b"]


STEPS = st.sampled_from([":p", ":q", "^:p", "a"])
PATHS = st.recursive(
    STEPS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("*?+")).map(lambda t: f"({t[0]}){t[1]}"),
        st.tuples(inner, inner).map("/".join),
        st.tuples(inner, inner).map(lambda t: f"({t[0]}|{t[1]})"),
    ),
    max_leaves=5,
)


@given(PATHS, st.booleans())
def test_it_is_as_if_the_thing_were_mentioned_elsewhere(path: str, is_subject: bool) -> None:
    pattern = f":none {path} ?x" if is_subject else f"?x {path} :none"
    query = f"SELECT ?x {{ {pattern} }}"
    # The engine gives what two alternatives share once, where SPARQL gives it twice.
    assert set(rows(query)) == set(rows(query, store(DATA + BESIDE)))
