"""Statements of an answer: each once, with every graph that makes it."""

import pyoxigraph as ox

from enact_graph.graph.provenance import statements

SAID = """
<urn:inria> <urn:memberOf> <urn:enact> <urn:p1> .
<urn:inria> <urn:memberOf> <urn:enact> <urn:p16> .
<urn:cnrs> <urn:memberOf> <urn:enact> <urn:p16> .
"""


def test_a_statement_of_two_sources_is_there_once_with_both() -> None:
    store = ox.Store()
    store.load(SAID.encode(), format=ox.RdfFormat.N_QUADS)
    rows = store.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(rows, ox.QuerySolutions)
    assert [(s.subject, s.graphs) for s in statements(rows)] == [
        ("urn:cnrs", ("urn:p16",)),
        ("urn:inria", ("urn:p1", "urn:p16")),
    ]
