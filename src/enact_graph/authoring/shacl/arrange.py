"""Shapes arranged for speed: on one line, with their targets hoisted, narrowed to a change."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib import namespace
from rdflib.collection import Collection
from rdflib.namespace import SH

from enact_graph.vocabulary import ENACT, OWL, RDF, RDFS


def flatten(shapes: rdflib.Graph) -> None:
    """Write the text of each query on one line, unless a `#` in it may start a comment."""
    for query, text in sorted(shapes.subject_objects(SH.select)):
        if isinstance(text, rdflib.Literal) and "#" not in text:
            line = rdflib.Literal(" ".join(text.split("\n")), datatype=text.datatype)
            shapes.set((query, SH.select, line))


_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_TERM: Final = r"(?:[?$]\w+|[\w-]*:[\w-]+|<[^>]*>)"
#: A variable between two terms, or after a semicolon or bracket; or all properties but some.
_ANY: Final = re.compile(
    rf"(?:{_TERM}|[;\[])\s+[?$]\w+\s+(?:{_TERM}|[\"'\[(])|!\s*\(?\s*(?:\^|a\b|[\w-]*:\w|<)"
)
#: A class that is not named: `a ?class`, `rdf:type/rdfs:subClassOf* $class`.
_ANY_CLASS: Final = re.compile(r"(?:\ba|rdf:type)(?:/\S+)?\s+[?$]\w+")
#: By these the classes and properties are ordered, and so everything hangs on them.
_ORDERING: Final = frozenset(
    (
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        OWL.inverseOf,
        ENACT.checkAlgorithm,
    )
)


def narrow(shapes: rdflib.Graph, changed: Iterable[ox.Quad]) -> None:
    """Take away the targets of every shape that the changed quads do not concern."""
    quads = tuple(changed)
    for shape in _roots(shapes) - concerned(shapes, quads):
        for target in _TARGETS:
            shapes.remove((shape, target, None))


def concerned(shapes: rdflib.Graph, changed: Iterable[ox.Quad]) -> set[rdflib.term.Node]:
    """Return the shapes with targets whose results the changed quads can alter."""
    quads = tuple(changed)
    properties = {quad.predicate.value for quad in quads}
    if properties & _ORDERING:
        return _roots(shapes)
    named = {_local(iri) for iri in properties - {RDF.type}}
    classes = {
        _local(quad.object.value)
        for quad in quads
        if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode)
    }
    return {shape for shape in _roots(shapes) if _concerns(shapes, shape, named, classes)}


def _roots(shapes: rdflib.Graph) -> set[rdflib.term.Node]:
    return {shape for target in _TARGETS for shape in shapes.subjects(target)}


def _concerns(
    shapes: rdflib.Graph, shape: rdflib.term.Node, named: set[str], classes: set[str]
) -> bool:
    words, queries, is_closed = _told(shapes, shape)
    if is_closed or any(_ANY.search(query) for query in queries):
        return True
    if named & words:
        return True
    return bool(classes) and (
        bool(classes & words) or any(_ANY_CLASS.search(query) for query in queries)
    )


def _told(shapes: rdflib.Graph, shape: rdflib.term.Node) -> tuple[set[str], list[str], bool]:
    """The local names a shape and its parts mention, their queries, whether one is closed."""
    seen: set[rdflib.term.Node] = set()
    rest = [shape]
    words: set[str] = set()
    queries: list[str] = []
    is_closed = False
    while rest:
        node = rest.pop()
        if node in seen:
            continue
        seen.add(node)
        for predicate, value in shapes.predicate_objects(node):
            if predicate in (SH.message, SH.name, SH.description, SH.prefixes):
                continue
            is_closed = is_closed or predicate == SH.closed
            if isinstance(value, rdflib.Literal):
                words |= set(re.findall(r"[\w-]+", value))
                queries += [str(value)] if predicate in (SH.select, SH.ask) else []
            else:
                words.add(_local(str(value)))
                rest.append(value)
    return words, queries, is_closed


def _local(iri: str) -> str:
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1]


#: By these a shape is used for nodes that are not its targets, so it must keep its properties.
_USES: Final = (SH.node, SH["not"], SH.property, SH.qualifiedValueShape, namespace.RDF.first)


def hoist(shapes: rdflib.Graph) -> None:
    """Give each property shape the targets of its node shapes, in place of the nesting."""
    for node in sorted(set(shapes.subjects(SH.property)), key=str):
        targets = [(p, o) for p, o in shapes.predicate_objects(node) if p in _TARGETS]
        if not targets or not _is_hoistable(shapes, node):
            continue
        properties = sorted(shapes.objects(node, SH.property), key=str)
        if (node, SH.closed, None) in shapes:
            _ignore(shapes, node, {p for s in properties for p in shapes.objects(s, SH.path)})
        for shape in properties:
            shapes.remove((node, SH.property, shape))
            for predicate, target in targets:
                shapes.add((shape, predicate, target))


def _is_hoistable(shapes: rdflib.Graph, node: rdflib.term.Node) -> bool:
    """Whether a node shape is applied to its explicit targets and to nothing else."""
    is_used = any((None, use, node) in shapes for use in _USES)
    is_off = (node, SH.deactivated, None) in shapes
    return (
        not is_used
        and not is_off
        and (node, namespace.RDF.type, namespace.RDFS.Class) not in shapes
    )


def _ignore(shapes: rdflib.Graph, node: rdflib.term.Node, paths: set[rdflib.term.Node]) -> None:
    """Let a closed shape know the paths that it no longer sees in its properties."""
    known = shapes.value(node, SH.ignoredProperties)
    items = [*_items(shapes, known), *sorted(p for p in paths if isinstance(p, rdflib.URIRef))]
    fresh = rdflib.BNode()
    Collection(shapes, fresh, items)
    shapes.remove((node, SH.ignoredProperties, None))
    shapes.add((node, SH.ignoredProperties, fresh))


def _items(shapes: rdflib.Graph, head: rdflib.term.Node | None) -> Iterator[rdflib.term.Node]:
    if head is not None:
        yield from shapes.items(head)
