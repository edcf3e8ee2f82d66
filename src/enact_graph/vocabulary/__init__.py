"""Every class and property that the code speaks of, as an attribute: `ORG.member` is an IRI.

Of our own ontology all terms are here, of others those in use; a test holds each against
ontology/enact.ttl or the vocabulary it is reused from. Concepts are data: `terms.VOCAB`.
"""

from enact_graph.vocabulary.enact import ENACT
from enact_graph.vocabulary.reused import (
    ADMS,
    DCAT,
    DCTERMS,
    FOAF,
    FRAPO,
    GEO,
    LOCN,
    OA,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    VOID,
    XSD,
)

__all__ = [
    "ADMS",
    "DCAT",
    "DCTERMS",
    "ENACT",
    "FOAF",
    "FRAPO",
    "GEO",
    "LOCN",
    "OA",
    "ORG",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SKOS",
    "VOID",
    "XSD",
]
