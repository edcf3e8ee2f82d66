"""The dataset: the merge has each triple once, however many graphs state it."""

import pyoxigraph as ox

from enact_graph.authoring import dataset
from tests.build.sample import store

TWICE = 'GRAPH g:a { id:x org:role v:r . } GRAPH g:b { id:x org:role v:r ; skos:note "n" . }'


def test_a_triple_in_two_graphs_is_counted_once() -> None:
    counted = store(TWICE).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(counted, ox.QuerySolutions)
    assert [row["n"].value for row in counted] == ["2"]


def test_quads_and_triples_come_sorted_and_apart() -> None:
    held = store(TWICE)
    assert len(dataset.named(held)) == 3
    assert [str(t) for t in dataset.merge(held)] == sorted(str(t) for t in dataset.merge(held))
    assert {q.graph_name for q in dataset.as_quads(dataset.merge(held))} == {ox.DefaultGraph()}
