"""Shapes arranged for speed: property shapes with the targets of the node shape they belong to.

pySHACL builds the constraints of a nested property shape anew for each focus node, but those of a
shape with targets of its own once for all of them. Moving the targets inward changes no result:
the focus nodes, paths, values and source shapes are the same.
"""

from collections.abc import Iterator
from typing import Final

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH

_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
#: By these a shape is used for nodes that are not its targets, so it must keep its properties.
_USES: Final = (SH.node, SH["not"], SH.property, SH.qualifiedValueShape, RDF.first)


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
    return not is_used and not is_off and (node, RDF.type, RDFS.Class) not in shapes


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
