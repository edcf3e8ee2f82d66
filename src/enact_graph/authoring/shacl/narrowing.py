"""Shapes narrowed to a change: those whose results the changed statements cannot alter rest.

A shape looks at statements whose property it names, or at any where it is closed or its query has a
variable in the place of a property. Data that conformed before can thus be broken only as the
shapes left over say. A change of the classes or properties themselves leaves every shape.
"""

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH

from enact_graph.vocabulary import ENACT, OWL, RDF, RDFS

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
