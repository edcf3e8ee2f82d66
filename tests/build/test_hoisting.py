"""Hoisting: the same results, with the targets moved inward."""

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from enact_graph.authoring import dataset
from enact_graph.authoring.shacl.hoisting import hoist
from enact_graph.authoring.shacl.shapes import graph
from enact_graph.authoring.shacl.validate import _Merge, _with_typed_strings
from tests.authored import definitions_and, read_shapes

SHAPES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:Person a sh:NodeShape ; sh:targetClass :Person ; sh:targetSubjectsOf :name ; sh:closed true ;
    sh:ignoredProperties ( :type ) ; sh:property :Person-name, :Person-friend .
:Person-name a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ; sh:maxCount 1 .
:Person-friend a sh:PropertyShape ; sh:path :friend ; sh:node :Friend .
:Friend a sh:NodeShape ; sh:targetNode :carla ; sh:property :Friend-age .
:Friend-age a sh:PropertyShape ; sh:path :age ; sh:minCount 1 .
"""
DATA = """
@prefix : <http://example.org/> .
:ada a :Person ; :name "Ada" ; :friend :berta .
:berta :name "Berta", "B." .
:carla a :Person ; :nam "Carla" .
"""


def results(data: rdflib.Graph | _Merge, shapes: rdflib.Graph) -> set[tuple[object, ...]]:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=False)
    told = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent)
    return {tuple(report.value(r, p) for p in told) for r in report.objects(None, SH.result)}


def test_the_results_of_small_shapes_stay_the_same() -> None:
    data = rdflib.Graph().parse(data=DATA, format="turtle")
    nested = rdflib.Graph().parse(data=SHAPES, format="turtle")
    flat = rdflib.Graph().parse(data=SHAPES, format="turtle")
    hoist(flat)
    assert len(results(data, nested)) >= 5
    assert results(data, flat) == results(data, nested)


def test_a_shape_that_others_use_keeps_its_properties() -> None:
    flat = rdflib.Graph().parse(data=SHAPES, format="turtle")
    hoist(flat)
    example = rdflib.Namespace("http://example.org/")
    assert list(flat.objects(example.Friend, SH.property)) == [example["Friend-age"]]
    assert not list(flat.objects(example.Person, SH.property))


def test_the_results_of_the_project_s_shapes_stay_the_same() -> None:
    store = dataset.collect(definitions_and(()))
    # Labels, dates and figures lost here and there give results of many kinds.
    texts = [q for q in dataset.merge(store) if isinstance(q.object, ox.Literal)]
    for triple in texts[::97]:
        subject, predicate, value = triple
        store.remove(ox.Quad(subject, predicate, value, dataset.DEFAULT))
        store.add(ox.Quad(subject, predicate, ox.Literal("x"), dataset.DEFAULT))
    nested = _with_typed_strings(graph(read_shapes()))
    flat = _with_typed_strings(graph(read_shapes()))
    hoist(flat)
    found = results(_Merge(store), nested)
    assert len(found) > 50
    assert results(_Merge(store), flat) == found
