"""The VoID description of a release: how large, of which classes and properties, where to get."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from enact_graph import formats
from enact_graph.build.describe import About
from enact_graph.build.document import Document, term
from enact_graph.release import ReleaseFile
from enact_graph.terms import BASE, ID, PREFIXES, RDF_TYPE, shorten

ADDRESS: Final = BASE + ".well-known/void"
DOWNLOAD: Final = BASE + "download/"
ENDPOINT: Final = ox.NamedNode(BASE + "sparql")

#: Names of the formats in the list that VoID points to (https://www.w3.org/ns/formats/).
_FEATURES: Final = {
    formats.TURTLE: "Turtle",
    formats.N_TRIPLES: "N-Triples",
    formats.RDF_XML: "RDF_XML",
    formats.JSON_LD: "JSON-LD",
    formats.TRIG: "TriG",
    formats.N_QUADS: "N-Quads",
}
_COPIED: Final = ("title", "description", "license", "publisher", "issued", "modified", "creator")


def describe(
    about: About,
    counts: Mapping[str, int],
    triples: Sequence[ox.Triple],
    dumps: Sequence[ReleaseFile],
) -> bytes:
    """Return the VoID document (Turtle) of the merge `triples` and its `dumps`."""
    document = Document()
    described, dataset = ox.NamedNode(ADDRESS), about.iri
    document.say(described, "rdf:type", term("void:DatasetDescription"))
    document.say(described, "foaf:primaryTopic", dataset)
    document.say(dataset, "rdf:type", term("void:Dataset"))
    for name in _COPIED:
        document.say(dataset, f"dcterms:{name}", *about.values(term(f"dcterms:{name}")))
    document.say(dataset, "void:uriSpace", ID)
    document.say(dataset, "void:sparqlEndpoint", ENDPOINT)
    document.say(dataset, "void:dataDump", *(ox.NamedNode(DOWNLOAD + f.name) for f in dumps))
    for name in _FEATURES.values():
        document.say(dataset, "void:feature", ox.NamedNode("http://www.w3.org/ns/formats/" + name))
    sizes = {
        "triples": len(triples),
        "entities": counts["entities"],
        "distinctSubjects": len({t.subject for t in triples}),
        "distinctObjects": len({t.object for t in triples}),
    }
    for name, number in sizes.items():
        document.say(dataset, f"void:{name}", number)
    _partitions(document, dataset, triples)
    return document.turtle()


def _partitions(document: Document, dataset: ox.NamedNode, triples: Sequence[ox.Triple]) -> None:
    properties = Counter(t.predicate for t in triples)
    classes = Counter(t.object for t in triples if t.predicate.value == RDF_TYPE)
    document.say(dataset, "void:properties", len(properties))
    document.say(dataset, "void:classes", len(classes))
    for predicate, number in properties.items():
        part = _part("property", predicate)
        document.say(dataset, "void:propertyPartition", part)
        document.say(part, "void:property", predicate)
        document.say(part, "void:triples", number)
    for kind, number in classes.items():
        if isinstance(kind, ox.NamedNode):
            part = _part("class", kind)
            document.say(dataset, "void:classPartition", part)
            document.say(part, "void:class", kind)
            document.say(part, "void:entities", number)
    nodes = [node for node in (*properties, *classes) if isinstance(node, ox.NamedNode)]
    used = {shorten(node.value).partition(":")[0] for node in nodes}
    vocabularies = sorted(PREFIXES[prefix] for prefix in used if prefix in PREFIXES)
    document.say(dataset, "void:vocabulary", *map(ox.NamedNode, vocabularies))


def _part(kind: str, node: ox.NamedNode) -> ox.NamedNode:
    return ox.NamedNode(f"{ADDRESS}#{kind}-{shorten(node.value).replace(':', '-')}")
