"""Every class and property that the code speaks of, as an attribute: `ORG.member` is an IRI.

Of our own ontology all terms are there, of others those in use; a test holds each against
ontology/enact.ttl or the vocabulary it is reused from. Concepts are data: `terms.VOCAB`.
"""

from typing import Final

from enact_graph.ontology import ENACT, Namespace

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
    "PRECISION",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SH",
    "SKOS",
    "VOID",
    "XSD",
]


class ADMS(Namespace, prefix="adms"):
    """Asset Description Metadata Schema."""

    Identifier: str
    identifier: str
    status: str


class DCAT(Namespace, prefix="dcat"):
    """Data Catalog Vocabulary."""

    Catalog: str
    DataService: str
    Dataset: str
    Distribution: str


class DCTERMS(Namespace, prefix="dcterms"):
    """DCMI Metadata Terms."""

    Location: str
    abstract: str
    conformsTo: str
    creator: str
    date: str
    description: str
    isPartOf: str
    isReplacedBy: str
    issued: str
    license: str
    modified: str
    publisher: str
    replaces: str
    source: str
    spatial: str
    subject: str
    title: str
    type: str


class FOAF(Namespace, prefix="foaf"):
    """Friend of a Friend."""

    Agent: str
    Document: str
    Group: str
    Person: str
    name: str
    primaryTopic: str


class FRAPO(Namespace, prefix="frapo"):
    """Funding, Research Administration and Projects Ontology."""

    FundingProgramme: str
    ProjectBudget: str


class GEO(Namespace, prefix="geo"):
    """OGC GeoSPARQL."""

    Feature: str
    Geometry: str
    asWKT: str
    hasGeometry: str


class LOCN(Namespace, prefix="locn"):
    """ISA Core Location Vocabulary."""

    Address: str
    fullAddress: str


class OA(Namespace, prefix="oa"):
    """Web Annotation Vocabulary."""

    TextPositionSelector: str
    end: str
    hasSelector: str
    hasSource: str
    start: str


class ORG(Namespace, prefix="org"):
    """The Organization Ontology."""

    ChangeEvent: str
    Membership: str
    Organization: str
    OrganizationalUnit: str
    Post: str
    Site: str
    classification: str
    hasPrimarySite: str
    hasSite: str
    heldBy: str
    linkedTo: str
    member: str
    organization: str
    originalOrganization: str
    postIn: str
    resultingOrganization: str
    role: str
    subOrganizationOf: str
    unitOf: str


class OWL(Namespace, prefix="owl"):
    """OWL 2."""

    AnnotationProperty: str
    Class: str
    DatatypeProperty: str
    ObjectProperty: str
    Ontology: str
    deprecated: str
    disjointWith: str
    inverseOf: str
    sameAs: str


class PROV(Namespace, prefix="prov"):
    """PROV-O."""

    Activity: str
    wasDerivedFrom: str
    wasGeneratedBy: str


class RDF(Namespace, prefix="rdf"):
    """RDF."""

    Property: str
    first: str
    langString: str
    nil: str
    rest: str
    type: str


class RDFS(Namespace, prefix="rdfs"):
    """RDF Schema."""

    Class: str
    comment: str
    label: str
    seeAlso: str
    subClassOf: str
    subPropertyOf: str


class SCHEMA(Namespace, prefix="schema"):
    """schema.org."""

    Claim: str
    ContactPoint: str
    Event: str
    MonetaryAmount: str
    MonetaryGrant: str
    Observation: str
    QuantitativeValue: str
    about: str
    amount: str
    currency: str
    description: str
    domainIncludes: str
    duration: str
    endDate: str
    fundedItem: str
    funder: str
    legalName: str
    measuredProperty: str
    name: str
    observationAbout: str
    organizer: str
    participant: str
    position: str
    rangeIncludes: str
    sameAs: str
    sponsor: str
    startDate: str
    url: str
    value: str


class SH(Namespace, prefix="sh"):
    """SHACL."""

    NodeShape: str
    PropertyShape: str
    ValidationReport: str
    ValidationResult: str
    conforms: str
    result: str
    resultMessage: str
    resultSeverity: str
    sourceConstraintComponent: str


class SKOS(Namespace, prefix="skos"):
    """Simple Knowledge Organization System."""

    Concept: str
    ConceptScheme: str
    altLabel: str
    broadMatch: str
    closeMatch: str
    definition: str
    exactMatch: str
    hiddenLabel: str
    inScheme: str
    notation: str
    prefLabel: str


class VOID(Namespace, prefix="void"):
    """Vocabulary of Interlinked Datasets."""

    inDataset: str
    uriSpace: str


class XSD(Namespace, prefix="xsd"):
    """The datatypes of XML Schema."""

    boolean: str
    date: str
    dateTime: str
    decimal: str
    double: str
    duration: str
    integer: str
    nonNegativeInteger: str
    string: str


#: Each date, and the property that says to the day, the month or the year.
PRECISION: Final = {
    SCHEMA.startDate: ENACT.startPrecision,
    SCHEMA.endDate: ENACT.endPrecision,
    ENACT.dueBy: ENACT.duePrecision,
    DCTERMS.date: ENACT.datePrecision,
    DCTERMS.issued: ENACT.issuedPrecision,
}
