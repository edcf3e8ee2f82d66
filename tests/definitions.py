"""The ontology, the extract of reused terms and the vocabularies, as their files define them."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from enact_graph import terms

ROOT = Path(__file__).parent.parent
P = terms.PREFIXES
ONTOLOGY = ox.NamedNode(terms.ONTOLOGY_IRI)
#: The languages of RDF itself, which need no entry in the extract, and the one of shapes.
LANGUAGE_OF_RDF = tuple(P[name] for name in ("rdf", "rdfs", "owl", "xsd", "sh"))
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG}


def term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(P[prefix] + local)


A = term("rdf:type")
SUB_CLASS, SUB_PROPERTY = term("rdfs:subClassOf"), term("rdfs:subPropertyOf")
PROPERTY_KINDS = {
    term("owl:ObjectProperty"),
    term("owl:DatatypeProperty"),
    term("owl:AnnotationProperty"),
}


@cache
def quads(pattern: str) -> tuple[ox.Quad, ...]:
    """All statements of the files that match, each as it is written."""
    found: list[ox.Quad] = []
    for path in sorted(ROOT.glob(pattern)):
        found += ox.parse(path=path, format=FORMATS[path.suffix])
    return tuple(found)


@cache
def store(*patterns: str) -> ox.Store:
    """The files that match, merged."""
    merged = ox.Store()
    for pattern in patterns:
        merged.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads(pattern))
    return merged


ENACT, REUSED = "ontology/enact.ttl", "ontology/reused.ttl"
VOCAB, DATA, CATALOGUE, SHAPES = "vocab/*.ttl", "data/**/*.trig", "data/*.ttl", "shapes/*.ttl"
EVERYTHING = (ENACT, REUSED, VOCAB, DATA, CATALOGUE)


def objects(file: str, subject: ox.NamedNode, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    found = store(file).quads_for_pattern(subject, term(predicate), None)
    return [q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)]


def only(file: str, subject: ox.NamedNode, predicate: str) -> str:
    values = objects(file, subject, predicate)
    assert len(values) == 1, f"{subject} has {len(values)} values of {predicate}"
    return values[0].value


def languages(file: str, subject: ox.NamedNode, predicate: str) -> list[str]:
    values = objects(file, subject, predicate)
    return sorted(str(v.language) for v in values if isinstance(v, ox.Literal))


def subjects(file: str, base: str = "") -> list[ox.NamedNode]:
    found = {q.subject for q in quads(file) if isinstance(q.subject, ox.NamedNode)}
    return sorted((s for s in found if s.value.startswith(base)), key=str)


def short(nodes: Iterable[ox.NamedNode]) -> list[str]:
    return sorted(terms.shorten(n.value) for n in nodes)


def minted() -> list[ox.NamedNode]:
    return subjects(ENACT, terms.ENACT)


def nodes(quad: ox.Quad) -> Iterator[ox.NamedNode]:
    for node in (quad.subject, quad.predicate, quad.object):
        if isinstance(node, ox.NamedNode):
            yield node


THREE = sorted(terms.LANGUAGES)


def types(node: ox.NamedNode) -> set[ox.NamedNode]:
    rows = store(*EVERYTHING).query(f"SELECT ?class WHERE {{ {node} {A}/{SUB_CLASS}* ?class }}")
    assert isinstance(rows, ox.QuerySolutions)
    found = {row["class"] for row in rows}
    if found & PROPERTY_KINDS:
        found.add(term("rdf:Property"))
    return {node for node in found if isinstance(node, ox.NamedNode)}
