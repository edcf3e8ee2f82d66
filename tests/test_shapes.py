"""The shapes: real data conform, and each rule alone fails on its own counter-example."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH, XSD

from enact_graph.authoring import dataset
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.locations import Places
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.shacl.validate import validate
from enact_graph.release.store import current
from enact_graph.terms import BASE, ENACT, LANGUAGES, PREFIXES, SHAPES, VOCAB
from tests.authored import definitions_and, read_shapes, read_sources
from tests.strata import EVERY, some

ROOT: Final = Path(__file__).parents[1]
BROKEN: Final = ROOT / "tests/broken"
SHACL_SHACL: Final = ROOT.parent / "shared/conformance/shacl-shacl.ttl"
#: Says in the header of a counter-example that the rules of inference do not see it.
AFTER: Final = "# Joins the dataset after inference."
#: Any day will do: no counter-example has dates that a rule of inference compares with it.
DAY: Final = "2026-11-24"
#: Warnings about real data that have been looked into and stand.
KNOWN_WARNINGS: Final[frozenset[tuple[str, str]]] = frozenset()

_GRAPH: Final = shapes.graph(read_shapes())
_KINDS: Final = (SH.NodeShape, SH.PropertyShape)
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_ALL: Final = sorted({str(s) for kind in _KINDS for s in _GRAPH.subjects(RDF.type, kind)})
#: A rule can be broken by itself: it has a severity. The other shapes are parts of rules, or
#: give several rules their targets.
_RULES: Final = sorted({str(s) for s in _GRAPH.subjects(SH.severity, None)})


def _local(iri: str) -> str:
    return iri.removeprefix(SHAPES)


@dataclass(frozen=True)
class Counterexample:
    """One file of tests/broken: its quads, and the names that only it uses."""

    quads: tuple[ox.Quad, ...]
    own: frozenset[str]
    is_late: bool


def _iris(quad: ox.Quad) -> Iterator[str]:
    for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(term, ox.NamedNode):
            yield term.value


def _read(path: Path, known: frozenset[str]) -> Counterexample:
    text = path.read_text("utf-8")
    quads = tuple(ox.parse(text, format=ox.RdfFormat.TRIG))
    used = {iri for quad in quads for iri in _iris(quad) if iri.startswith(BASE)}
    return Counterexample(quads, frozenset(used - known), AFTER in text.splitlines())


@pytest.fixture(scope="module")
def examples() -> dict[str, Counterexample]:
    known = frozenset(iri for s in read_sources().statements for iri in _iris(s.quad))
    return {path.stem: _read(path, known) for path in sorted(BROKEN.glob("*.trig"))}


@pytest.fixture(scope="module")
def failures(examples: dict[str, Counterexample]) -> dict[str, set[str]]:
    """The rules that fail on each counter-example, all of them merged with real data at once.

    These are the definitions and what is said of the things that the counter-examples name; with
    EVERY all there is, of which then nothing may fail. The counter-examples share no name of their
    own, so no one of them can change what another breaks; a result belongs to the one whose names
    it speaks of. What is found between two of them, such as that their bodies bear one name, is no
    fault of either.
    """
    owner = {iri: name for name, example in examples.items() for iri in example.own}
    quads = [quad for example in examples.values() for quad in example.quads]
    named: set[object] = {term for q in quads for term in (q.subject, q.object, q.graph_name)}
    beside = [s.quad for s in read_sources().statements] if EVERY else definitions_and(named)
    store = dataset.collect(beside)
    dataset.extend(store, (q for e in examples.values() if not e.is_late for q in e.quads))
    infer(store, rules(), DAY)
    dataset.extend(store, (q for e in examples.values() if e.is_late for q in e.quads))
    found: dict[str, set[str]] = defaultdict(set)
    for finding in validate(store, _GRAPH, Places(read_sources().statements)):
        ends = {owner[iri] for iri in (finding.focus, finding.value) if iri and iri in owner}
        if len(ends) > 1:
            continue
        name = ends.pop() if ends else "real data"
        found[name].add(_local(finding.rule or ""))
        templates = _GRAPH.objects(rdflib.URIRef(finding.rule or ""), SH.message)
        written = {t.language: str(t) for t in templates if isinstance(t, rdflib.Literal)}
        assert finding.messages == written, finding.rule
    return found


def test_real_data_conform(real_public: Path) -> None:
    """The release of the real data says so: its build has applied every shape to all of them."""
    report = rdflib.Graph().parse(current(real_public).file("report.ttl"))
    results = set(report.objects(None, SH.result))
    assert {report.value(r, SH.resultSeverity) for r in results} <= {SH.Warning}
    warnings = {
        (_local(str(report.value(r, SH.sourceShape))), str(report.value(r, SH.focusNode)))
        for r in results
    }
    assert warnings == KNOWN_WARNINGS
    (conforms,) = report.objects(None, SH.conforms)
    assert conforms == rdflib.Literal(not KNOWN_WARNINGS)


@pytest.mark.parametrize("rule", [_local(iri) for iri in _RULES])
def test_a_counterexample_breaks_its_rule_alone(rule: str, failures: dict[str, set[str]]) -> None:
    assert failures[rule] == {rule}


@pytest.mark.skipif(
    not EVERY, reason="part of the real data lacks what the rest says: make test-all"
)
def test_counterexamples_break_nothing_of_the_real_data(failures: dict[str, set[str]]) -> None:
    assert "real data" not in failures


def test_there_is_one_counterexample_a_rule() -> None:
    assert sorted(path.name for path in BROKEN.iterdir()) == sorted(
        f"{_local(rule)}.trig" for rule in _RULES
    )


def test_counterexamples_do_not_meet(examples: dict[str, Counterexample]) -> None:
    seen: dict[str, str] = {}
    for name, example in examples.items():
        assert example.own, name
        for iri in example.own:
            assert seen.setdefault(iri, name) == name, f"{iri} is in {seen[iri]} and {name}"
            local = iri.removeprefix(BASE).partition("/")[2]
            assert local.startswith(f"broken-{name.lower()}") or iri.startswith(ENACT), iri
        for quad in example.quads:
            about_own = not isinstance(quad.subject, ox.NamedNode) or (
                quad.subject.value in example.own
            )
            assert about_own, f"{name}.trig speaks of {quad.subject}, which is real"


def test_counterexamples_say_what_is_wrong() -> None:
    for path in BROKEN.iterdir():
        first = path.read_text("utf-8").splitlines()[0]
        assert re.fullmatch(r"# [A-Z].{8,}\.", first), path.name


@pytest.mark.parametrize("rule", [_local(iri) for iri in _RULES])
def test_a_rule_looks_at_real_things(rule: str, real_store: ox.Store) -> None:
    shape = rdflib.URIRef(SHAPES + rule)
    bearers = [shape, *_GRAPH.subjects(SH.property, shape)]
    targets = [
        (kind, str(target))
        for bearer in bearers
        for kind in _TARGETS
        for target in _GRAPH.objects(bearer, kind)
    ]
    assert targets, f"{rule} has no target"
    assert any(_has_focus(real_store, kind, target) for kind, target in targets)


def _has_focus(store: ox.Store, kind: rdflib.URIRef, target: str) -> bool:
    patterns = {
        SH.targetClass: f"?focus a/rdfs:subClassOf* <{target}>",
        SH.targetNode: f"<{target}> a ?class",
        SH.targetSubjectsOf: f"?focus <{target}> ?value",
        SH.targetObjectsOf: f"?subject <{target}> ?focus",
    }
    return bool(store.query(f"ASK {{ {patterns[kind]} }}", prefixes=PREFIXES))


@pytest.mark.parametrize("shape", [_local(iri) for iri in _ALL])
def test_a_shape_speaks_three_languages(shape: str) -> None:
    iri = rdflib.URIRef(SHAPES + shape)
    is_rule = SHAPES + shape in _RULES
    for predicate, is_due in ((SH.name, True), (SH.message, is_rule)):
        texts = [t for t in _GRAPH.objects(iri, predicate) if isinstance(t, rdflib.Literal)]
        expected = sorted(LANGUAGES) if is_due else []
        assert sorted(t.language or "" for t in texts) == expected, predicate
    for message in _GRAPH.objects(iri, SH.message):
        assert re.search(r"\w.* ?: .*\w", str(message)), f"no cure after a colon: {message}"


def test_severities_are_written_out() -> None:
    severities = set(_GRAPH.objects(None, SH.severity))
    assert severities == {SH.Violation, SH.Warning}
    for shape in _GRAPH.subjects(SH.message, None):
        assert len(list(_GRAPH.objects(shape, SH.severity))) == 1, shape


def test_every_part_is_used_and_every_name_described() -> None:
    described = {str(s) for s in _GRAPH.subjects() if isinstance(s, rdflib.URIRef)}
    used = {str(o) for o in _GRAPH.objects() if str(o).startswith(SHAPES)}
    assert used <= described
    targeted = {str(s) for kind in _TARGETS for s in _GRAPH.subjects(kind, None)}
    assert described - used - targeted == set()


def test_shapes_have_no_blank_nodes_but_lists() -> None:
    cells = set(_GRAPH.subjects(RDF.first, None))
    blank = {t for triple in _GRAPH for t in triple if isinstance(t, rdflib.BNode)}
    assert blank == cells


def test_shapes_name_only_what_exists(real_store: ox.Store) -> None:
    known = {iri for quad in real_store for iri in _iris(quad)}
    written = {str(t) for triple in _GRAPH for t in triple if isinstance(t, rdflib.URIRef)}
    for query in _GRAPH.objects(None, SH.select):
        for prefix, local in re.findall(r"(?<![\w?$])(enact|v):([A-Za-z][\w-]*)", str(query)):
            written.add(PREFIXES[prefix] + local)
    minted = {iri for iri in written if iri.startswith((ENACT, VOCAB))}
    assert minted - known == set()


def test_shapes_are_well_formed() -> None:
    if not SHACL_SHACL.is_file():
        pytest.skip("the shapes of SHACL itself are not beside the checkout")
    rules_of_shapes = rdflib.Graph().parse(SHACL_SHACL)
    # Some of the shapes, each with its parts: the rules look at one shape at a time.
    judged = rdflib.Graph()
    rest: list[rdflib.term.Node] = [rdflib.URIRef(iri) for iri in some(_ALL, 0.1)]
    while rest:
        node = rest.pop()
        for predicate, value in _GRAPH.predicate_objects(node):
            if (node, predicate, value) not in judged:
                judged.add((node, predicate, value))
                rest += [] if isinstance(value, rdflib.Literal) else [value]
    conforms, _, text = pyshacl.validate(judged, shacl_graph=rules_of_shapes)
    assert conforms, text


def test_queries_use_declared_prefixes_only() -> None:
    declared = {str(p) for p in _GRAPH.objects(None, SH.prefix)}
    used: set[str] = set()
    for query in _GRAPH.objects(None, SH.select):
        text = re.sub(r'"[^"]*"', "", str(query))
        used |= set(re.findall(r"(?<![\w?$])([a-z]+):[A-Za-z]", text))
    assert used == declared
    for node in _GRAPH.subjects(RDF.type, SH.PrefixDeclaration):
        prefix = str(_GRAPH.value(node, SH.prefix))
        expected = rdflib.Literal(PREFIXES[prefix], datatype=XSD.anyURI)
        assert _GRAPH.value(node, SH.namespace) == expected
