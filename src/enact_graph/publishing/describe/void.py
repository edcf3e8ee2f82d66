"""The VoID description of a release: how large, of which classes and properties, where to get."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from enact_graph import formats
from enact_graph.authoring.dataset import Document, term, typed
from enact_graph.authoring.linksets import Linkset
from enact_graph.authoring.metadata import About
from enact_graph.release.store import ReleaseFile
from enact_graph.terms import BASE, ID, PREFIXES, shorten
from enact_graph.vocabulary import RDF

ADDRESS: Final = BASE + ".well-known/void"
DOWNLOAD: Final = BASE + "download/"
#: The table of links as it lies in a release.
TABLE: Final = "links.sssom.tsv"
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
_LINKSET_TITLE: Final = {
    "fr": "Liens {predicate} vers {target}",
    "en": "{predicate} links to {target}",
    "de": "{predicate}-Links zu {target}",
}
_LINKSET_METHOD: Final = {
    "fr": "Chaque lien repose sur un identifiant ou une notion lus dans une source ; la table SSSOM"
    " en donne la justification et la date, et garde les candidats rejetés.",
    "en": "Each link rests on an identifier or a concept read in a source; the SSSOM table gives"
    " its justification and date, and keeps the rejected candidates.",
    "de": "Jeder Link beruht auf einem Identifikator oder Begriff aus einer Quelle; die"
    " SSSOM-Tabelle nennt Begründung und Datum und bewahrt die verworfenen Kandidaten.",
}
_COPIED: Final = ("title", "description", "license", "publisher", "issued", "modified", "creator")


def describe(
    about: About,
    counts: Mapping[str, int],
    triples: Sequence[ox.Triple],
    dumps: Sequence[ReleaseFile],
    linksets: Sequence[Linkset],
) -> bytes:
    """Return the VoID document (Turtle) of the merge `triples`, its `dumps` and `linksets`."""
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
    for linkset in linksets:
        _linkset(document, about, linkset)
    return document.turtle()


def _partitions(document: Document, dataset: ox.NamedNode, triples: Sequence[ox.Triple]) -> None:
    properties = Counter(t.predicate for t in triples)
    classes = Counter(t.object for t in triples if t.predicate.value == RDF.type)
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


def _linkset(document: Document, about: About, linkset: Linkset) -> None:
    """Say how many links with one predicate lead to one dataset, and how they came about."""
    target, predicate = linkset.target, shorten(linkset.predicate.value)
    name = target.iri.value.rpartition("/")[2].removeprefix("dataset-")
    part = ox.NamedNode(f"{ADDRESS}#linkset-{name}-{predicate.partition(':')[2].lower()}")
    document.say(about.iri, "void:subset", part)
    document.say(part, "rdf:type", term("void:Linkset"))
    names = {value.language: value.value for value in target.literals("skos:prefLabel")}
    for texts, property_ in ((_LINKSET_TITLE, "title"), (_LINKSET_METHOD, "description")):
        words = {
            tag: text.format(target=names.get(tag, target.space), predicate=predicate)
            for tag, text in texts.items()
        }
        document.say_in_words(part, f"dcterms:{property_}", words)
    document.say(part, "void:subjectsTarget", about.iri)
    document.say(part, "void:objectsTarget", target.iri)
    document.say(part, "void:linkPredicate", linkset.predicate)
    document.say(part, "void:triples", len(linkset.links))
    document.say(part, "dcterms:modified", typed(linkset.date, "xsd:date"))
    document.say(part, "dcterms:source", ox.NamedNode(DOWNLOAD + TABLE))
    for copied in ("dcterms:license", "dcterms:publisher"):
        document.say(part, copied, *about.values(term(copied)))
    document.say(target.iri, "rdf:type", term("void:Dataset"))
    document.say(target.iri, "dcterms:title", *target.literals("skos:prefLabel"))
    document.say(target.iri, "void:uriSpace", target.space)
    document.say(target.iri, "foaf:homepage", *target.said.get(term("schema:url"), ()))


def _part(kind: str, node: ox.NamedNode) -> ox.NamedNode:
    return ox.NamedNode(f"{ADDRESS}#{kind}-{shorten(node.value).replace(':', '-')}")
