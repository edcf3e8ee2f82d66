"""The DCAT-AP 3 description of a release: what is authored, and what the files add to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph import formats
from enact_graph.authoring.dataset import Document, term, typed
from enact_graph.authoring.metadata import About
from enact_graph.formats import Carries, Format
from enact_graph.publishing.describe.void import DOWNLOAD, ENDPOINT
from enact_graph.publishing.dumps import NAME
from enact_graph.release.store import ReleaseFile
from enact_graph.terms import BASE, ID

ADDRESS: Final = BASE + "catalog"

_MEDIA: Final = "http://www.iana.org/assignments/media-types/"
_FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type/"
#: The formats in the authority table "file type" of the Publications Office of the EU.
_FILE_TYPES: Final = {
    formats.TURTLE: "RDF_TURTLE",
    formats.N_TRIPLES: "RDF_N_TRIPLES",
    formats.RDF_XML: "RDF_XML",
    formats.JSON_LD: "JSON_LD",
    formats.TRIG: "RDF_TRIG",
    formats.N_QUADS: "RDF_N_QUADS",
}
#: What a value has to be an instance of, for harvesters that look no further than this document.
_RANGES: Final = {
    "dcat:compressFormat": "dcterms:MediaType",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dcterms:MediaType",
    "dcterms:accessRights": "dcterms:RightsStatement",
    "dcterms:accrualPeriodicity": "dcterms:Frequency",
    "dcterms:conformsTo": "dcterms:Standard",
    "dcterms:creator": "foaf:Agent",
    "dcterms:format": "dcterms:MediaTypeOrExtent",
    "dcterms:language": "dcterms:LinguisticSystem",
    "dcterms:license": "dcterms:LicenseDocument",
    "dcterms:publisher": "foaf:Agent",
    "dcterms:rights": "dcterms:RightsStatement",
    "dcterms:spatial": "dcterms:Location",
    "foaf:homepage": "foaf:Document",
}
#: What is repeated here of things the catalogue names and the graph describes.
_REPEATED: Final = frozenset(
    term(short) for short in ("rdf:type", "foaf:name", "rdfs:label", "skos:prefLabel")
)
_PROTOCOL: Final = ox.NamedNode("https://www.w3.org/TR/sparql11-protocol/")
_CATALOGUE_TITLE: Final = {"fr": "Catalogue", "en": "Catalogue", "de": "Katalog"}
_SERVICE_TITLE: Final = {
    "fr": "Point d’accès SPARQL",
    "en": "SPARQL endpoint",
    "de": "SPARQL-Endpunkt",
}
_OF_SERVICE: Final = (
    "dcat:contactPoint",
    "dcat:keyword",
    "dcat:theme",
    "dcterms:accessRights",
    "dcterms:license",
    "dcterms:publisher",
)
_FILE_TITLE: Final = {
    "fr": "Le graphe en {title}",
    "en": "The graph as {title}",
    "de": "Der Graph als {title}",
}
_MERGE: Final = {
    "fr": "Tous les énoncés en un seul graphe, chacun une fois.",
    "en": "All statements in one graph, each once.",
    "de": "Alle Aussagen in einem Graphen, jede einmal.",
}
_GRAPHS: Final = {
    "fr": "Tous les graphes nommés : chaque énoncé avec le passage ou la règle d’où il vient.",
    "en": "All named graphs: each statement with the passage or rule it comes from.",
    "de": "Alle benannten Graphen: jede Aussage mit der Textstelle oder Regel, aus der sie stammt.",
}
_PACKED_TITLE: Final = {
    "fr": "Le graphe en {title}, compressé",
    "en": "The graph as {title}, compressed",
    "de": "Der Graph als {title}, komprimiert",
}


@dataclass(frozen=True)
class Dump:
    """One dump and its compressed twin as they lie in the release."""

    form: Format
    plain: ReleaseFile
    packed: ReleaseFile


def describe(
    about: About,
    triples: Sequence[ox.Triple],
    dumps: Sequence[Dump],
    titles: Mapping[str, str],
) -> bytes:
    """Return the catalogue (Turtle): the authored triples, with distributions and the endpoint.

    `triples` is the merge, from which the names of publisher and places are repeated; `titles` are
    those of a catalogue that the data do not describe.
    """
    document = Document(about.triples)
    dataset = about.iri
    catalogue = _catalogue(document, about, titles or _CATALOGUE_TITLE)
    service = ox.NamedNode(f"{ADDRESS}#sparql")
    document.say(catalogue, "dcat:dataset", dataset)
    document.say(catalogue, "dcat:service", service)
    document.say(dataset, "dqv:hasQualityMetadata", ox.NamedNode(BASE + "quality"))
    document.say(service, "rdf:type", term("dcat:DataService"))
    document.say_in_words(service, "dcterms:title", _SERVICE_TITLE)
    document.say(service, "dcat:endpointURL", ENDPOINT)
    document.say(service, "dcat:endpointDescription", ENDPOINT)
    document.say(service, "dcat:servesDataset", dataset)
    document.say(service, "dcterms:conformsTo", _PROTOCOL)
    _pass_on(document, about, service, *_OF_SERVICE)
    for dump in dumps:
        for entry, title in ((dump.plain, _FILE_TITLE), (dump.packed, _PACKED_TITLE)):
            part = ox.NamedNode(
                f"{ADDRESS}#{entry.name.removeprefix(NAME + '.').replace('.', '-')}"
            )
            document.say(dataset, "dcat:distribution", part)
            _pass_on(document, about, part, "dcterms:license")
            words = {tag: text.format(title=dump.form.title) for tag, text in title.items()}
            document.say_in_words(part, "dcterms:title", words)
            _distribution(document, part, dump.form, entry)
        packed = ox.NamedNode(f"{ADDRESS}#{dump.form.extension}-gz")
        document.say(packed, "dcat:compressFormat", ox.NamedNode(_MEDIA + "application/gzip"))
    _complete(document, triples)
    return document.turtle()


def _complete(document: Document, triples: Sequence[ox.Triple]) -> None:
    named = {
        node for predicate in _RANGES for node in document.objects(predicate) if _is_ours(node)
    }
    for triple in triples:
        if triple.subject in named and triple.predicate in _REPEATED:
            document.add(triple)
    for predicate, kind in _RANGES.items():
        for node in document.objects(predicate):
            document.say(node, "rdf:type", term(kind))


def _is_ours(node: ox.NamedNode) -> bool:
    return node.value.startswith(ID)


def _catalogue(document: Document, about: About, titles: Mapping[str, str]) -> ox.NamedNode:
    kind = term("dcat:Catalog")
    authored = (t.subject for t in about.triples if t.object == kind)
    found = next((s for s in authored if isinstance(s, ox.NamedNode)), None)
    if found is not None:
        return found
    made = ox.NamedNode(ADDRESS)
    document.say(made, "rdf:type", kind)
    document.say_in_words(made, "dcterms:title", titles)
    document.say(made, "dcterms:description", *about.values(term("dcterms:description")))
    _pass_on(document, about, made, "dcterms:publisher", "dcterms:license", "dcterms:language")
    return made


def _pass_on(document: Document, about: About, part: ox.NamedNode, *predicates: str) -> None:
    for predicate in predicates:
        document.say(part, predicate, *about.values(term(predicate)))


def _distribution(document: Document, part: ox.NamedNode, form: Format, entry: ReleaseFile) -> None:
    file = ox.NamedNode(DOWNLOAD + entry.name)
    document.say(part, "rdf:type", term("dcat:Distribution"))
    is_dataset = form.carries is Carries.DATASET
    document.say_in_words(part, "dcterms:description", _GRAPHS if is_dataset else _MERGE)
    document.say(part, "dcat:accessURL", ox.NamedNode(DOWNLOAD))
    document.say(part, "dcat:downloadURL", file)
    document.say(part, "dcat:mediaType", ox.NamedNode(_MEDIA + form.media_type))
    document.say(part, "dcterms:format", ox.NamedNode(_FILE_TYPE + _FILE_TYPES[form]))
    document.say(part, "dcat:byteSize", typed(str(entry.size), "xsd:nonNegativeInteger"))
    checksum = ox.NamedNode(f"{part.value}-checksum")
    document.say(part, "spdx:checksum", checksum)
    document.say(checksum, "rdf:type", term("spdx:Checksum"))
    document.say(checksum, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
    document.say(checksum, "spdx:checksumValue", typed(entry.sha256, "xsd:hexBinary"))
