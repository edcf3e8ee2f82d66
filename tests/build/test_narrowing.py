"""Narrowing: a change is judged by every rule it can break, and by few others."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import SH

from enact_graph.authoring import dataset
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.locations import Places
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.shacl.hoisting import hoist
from enact_graph.authoring.shacl.narrowing import concerned, narrow
from enact_graph.authoring.shacl.validate import validate
from enact_graph.terms import ENACT, PREFIXES, SHAPES
from tests.authored import ROOT, definitions_and, read_shapes, read_sources
from tests.strata import EVERY

DAY = "2026-11-24"
BROKEN = sorted((ROOT / "tests/broken").glob("*.trig"))
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def named(store: ox.Store) -> frozenset[ox.Quad]:
    return frozenset(q for q in store if q.graph_name != dataset.DEFAULT)


def store_of(quads: list[ox.Quad]) -> ox.Store:
    store = dataset.collect(quads)
    infer(store, rules(), DAY)
    return store


def real() -> list[ox.Quad]:
    """The definitions and one document; with EVERY the whole of the data."""
    return [s.quad for s in read_sources().statements] if EVERY else definitions_and(())


@cache
def hoisted() -> rdflib.Graph:
    graph = shapes.graph(read_shapes())
    hoist(graph)
    return graph


@cache
def counterexamples() -> dict[Path, frozenset[ox.Quad]]:
    """What each counter-example adds to the real data, conclusions among it."""
    told = {path: list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG)) for path in BROKEN}
    before = named(store_of(real()))
    after = named(store_of([*real(), *(q for quads in told.values() for q in quads)])) - before
    about: dict[object, set[ox.Quad]] = {}
    for quad in after:
        for term in (quad.subject, quad.object):
            about.setdefault(term, set()).add(quad)
    return {
        path: frozenset(
            {*quads, *(q for quad in quads for q in about.get(quad.subject, ()))} - before
        )
        for path, quads in told.items()
    }


def parts(graph: rdflib.Graph, shape: rdflib.term.Node) -> set[str]:
    found: set[str] = set()
    rest = [shape]
    while rest:
        node = rest.pop()
        if str(node) not in found:
            found.add(str(node))
            rest += [o for o in graph.objects(node) if not isinstance(o, rdflib.Literal)]
    return found


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_rule_that_a_counterexample_breaks_is_left(path: Path) -> None:
    left = concerned(hoisted(), counterexamples()[path])
    assert any(SHAPES + path.stem in parts(hoisted(), shape) for shape in left)


def test_most_rules_rest_when_a_role_changes() -> None:
    graph = shapes.graph(read_shapes())
    hoist(graph)
    before = {shape for target in TARGETS for shape in graph.subjects(target)}
    role = ox.NamedNode(PREFIXES["org"] + "role")
    thing = ox.NamedNode(PREFIXES["id"] + "enact-membership-inria")
    narrow(graph, [ox.Quad(thing, role, ox.NamedNode(PREFIXES["v"] + "role-lead"))])
    after = {shape for target in TARGETS for shape in graph.subjects(target)}
    assert after < before
    assert len(after) < len(before) / 2


def test_a_change_of_the_classes_themselves_leaves_every_rule() -> None:
    graph = shapes.graph(read_shapes())
    size = len(graph)
    above = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
    narrow(graph, [ox.Quad(ox.NamedNode(ENACT + "A"), above, ox.NamedNode(ENACT + "B"))])
    assert len(graph) == size


def test_a_change_is_judged_as_by_all_rules() -> None:
    """Names, types and dates lost here and there: the narrowed rules find all that all find."""
    whole = real()
    store = store_of(whole)
    before = named(store)
    graph, places = shapes.graph(read_shapes()), Places(read_sources().statements)
    # What a part of the data lacks is found whatever changes.
    standing = set() if EVERY else {*map(str, validate(store, graph, places))}
    lost = [q for q in whole if str(q.graph_name).startswith(f"<{PREFIXES['g']}press-release")]
    lost = [*lost[::37], *(q for q in whole[::997] if str(q.graph_name).endswith("/curation>"))]
    after = store_of([q for q in whole if q not in set(lost)])
    changed = before ^ named(after)
    everything = {*map(str, validate(after, graph, places))}
    narrowed = {*map(str, validate(after, graph, places, changed))}
    assert len(everything - standing) > 5
    assert narrowed <= everything
    assert everything - narrowed <= standing
