"""Agreement: how many documents make each statement, and where two of them differ."""

from collections import Counter
from typing import Any, Final

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.authoring.dataset import term
from enact_graph.publishing.quality.evidence import Evidence
from enact_graph.vocabulary import RDF

_DIFFERS: Final = term("enact:differsFrom")
_NOTATION: Final = term("skos:notation")
_IDENTIFIER: Final = term("adms:identifier")
_GEOMETRY: Final = term("geo:hasGeometry")


def statements(evidence: Evidence) -> dict[str, Any]:
    """Count the statements by the number of documents that make them."""
    counts = Counter(len(documents) for documents in evidence.stated.values())
    return {
        "statements": len(evidence.stated),
        "by_documents": [
            {"documents": number, "statements": counts[number]} for number in sorted(counts)
        ],
    }


def things(evidence: Evidence) -> dict[str, Any]:
    """Count the things a document describes, only names, or leaves to the project alone."""
    described = [t for t in evidence.things if t in evidence.describing]
    named = [
        t for t in evidence.things if t in evidence.mentioning and t not in evidence.describing
    ]
    ours = sorted(set(evidence.things) - set(described) - set(named), key=str)
    classes = Counter(
        kind
        for thing in ours
        for kind in evidence.objects(thing, ox.NamedNode(RDF.type))
        if isinstance(kind, ox.NamedNode)
    )
    return {
        "things": len(evidence.things),
        "described": len(described),
        "named": len(named),
        "project_only": len(ours),
        "project_only_by_class": [
            {"class": kind.value, "things": classes[kind]}
            for kind in sorted(classes, key=lambda k: (-classes[k], k.value))
        ],
    }


def disagreements(evidence: Evidence) -> list[dict[str, Any]]:
    """Return each pair of statements that differ, once, with the documents of both sides.

    Each side has `iri`, `names`, the `values` in which they differ, and of each of its `sources`
    IRI, names, day of issue with its precision, and day of reading.
    """
    differing = evidence.store.quads_for_pattern(None, _DIFFERS, None, dataset.DEFAULT)
    pairs = {tuple(sorted(_iri(end) for end in (q.subject, q.object))) for q in differing}
    found = []
    for pair in sorted(pairs):
        nodes = [ox.NamedNode(iri) for iri in pair]
        said = [_said(evidence, node) for node in nodes]
        disputed = {p for p, _ in said[0] - said[1]} & {p for p, _ in said[1] - said[0]}
        sides = [
            {
                "iri": node.value,
                "names": _names(evidence, node),
                "values": [
                    {"property": name.value, "value": value}
                    for name, value in sorted(own, key=str)
                    if name in disputed
                ],
                "sources": _sources(evidence, node),
            }
            for node, own in zip(nodes, said, strict=True)
        ]
        found.append({"sides": sides})
    return found


def _iri(node: Any) -> str:
    return str(node.value)


def _said(evidence: Evidence, node: Any) -> set[tuple[ox.NamedNode, str]]:
    """Return property and value of what documents say of a node; texts for people are left out."""
    quads = evidence.store.quads_for_pattern(node, None, None, None)
    return {
        (quad.predicate, _value(evidence, quad.object))
        for quad in quads
        if quad.graph_name in evidence.graphs
        and not (isinstance(quad.object, ox.Literal) and quad.object.language)
    }


def _value(evidence: Evidence, value: Any) -> str:
    """Return a value as text; of a node without a name, the literals it holds."""
    if isinstance(value, ox.Literal):
        return value.value
    if evidence.names(value):
        return str(value.value)
    held = evidence.store.quads_for_pattern(value, None, None, dataset.DEFAULT)
    objects = [quad.object for quad in held]
    literals = sorted(o.value for o in objects if isinstance(o, ox.Literal))
    return " ".join(literals) or str(value.value)


def _names(evidence: Evidence, node: Any) -> dict[str, str]:
    """Return the names of a node, else those of what has it as identifier or place."""
    if names := evidence.names(node):
        return names
    notation = "".join(f" ({o.value})" for o in evidence.objects(node, _NOTATION)[:1])
    holders = [h for p in (_IDENTIFIER, _GEOMETRY) for h in evidence.subjects(p, node)]
    names = evidence.names(holders[0]) if holders else {}
    return {tag: name + notation for tag, name in names.items()}


def _sources(evidence: Evidence, node: Any) -> list[dict[str, Any]]:
    """Return the documents that speak of a node, the oldest first, undated ones last."""
    documents = evidence.describing.get(node, set())
    rows = [
        {
            "iri": document.value,
            "names": evidence.names(document),
            "issued": evidence.issued(document),
            "precision": evidence.precision(document),
            "read": evidence.read(document),
        }
        for document in documents
    ]
    return sorted(rows, key=lambda r: (r["issued"] or "9999", r["iri"]))
