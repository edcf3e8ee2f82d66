"""A namespace whose terms are attributes, and that of our own ontology."""

from typing import ClassVar

from enact_graph.terms import PREFIXES


class Namespace:
    """The terms of one namespace: each annotated name becomes its IRI.

    A term that is a word of Python has an underscore behind its name: `SH.in_` is `sh:in`.
    """

    iri: ClassVar[str]

    def __init_subclass__(cls, prefix: str) -> None:
        cls.iri = PREFIXES[prefix]
        for name in cls.__annotations__:
            setattr(cls, name, cls.iri + name.removesuffix("_"))


class ENACT(Namespace, prefix="enact"):
    """Our own ontology, ontology/enact.ttl."""

    Agreement: str
    AllianceMembership: str
    Ambition: str
    AssertionGraph: str
    CallForProjects: str
    Chair: str
    Cluster: str
    Commitment: str
    ConsortiumMembership: str
    CrossBorderAssociation: str
    EuropeanUniversity: str
    Founding: str
    Funding: str
    FundingProgramme: str
    HistoricalOrigin: str
    Indicator: str
    Initiative: str
    InnovationCoordination: str
    Institution: str
    Involvement: str
    LabelAward: str
    PartnersPartnership: str
    Partnership: str
    Passage: str
    PolicyFramework: str
    Register: str
    ResearchAxis: str
    Selection: str
    SourceDocument: str
    Support: str
    Target: str
    TerritorialGrouping: str
    UniversityAlliance: str
    UnnamedGroup: str
    acronym: str
    addressSpace: str
    agent: str
    alignsWith: str
    attestedOn: str
    axisOf: str
    baseline: str
    budgetOf: str
    call: str
    cardinality: str
    checkAlgorithm: str
    commitmentOf: str
    concerns: str
    consortium: str
    cooperatesWith: str
    coordinatesActionsOf: str
    dataKind: str
    datePrecision: str
    differsFrom: str
    domainName: str
    dueBy: str
    duePrecision: str
    dueWithinMonths: str
    educationLevel: str
    endPrecision: str
    fieldOfAction: str
    fundedBy: str
    fundedUnder: str
    hasAxis: str
    hasCoordinator: str
    hasMember: str
    hasPartner: str
    indicator: str
    initiativeKind: str
    involvesDiscipline: str
    involvesStakeholder: str
    isHeldByOne: str
    issuedPrecision: str
    leadInstitution: str
    legalBasis: str
    legalForm: str
    notStated: str
    officialName: str
    onBehalfOf: str
    openListOf: str
    operatedBy: str
    paragraph: str
    partnersCooperateWith: str
    party: str
    qualifier: str
    recordClass: str
    recordProperty: str
    role: str
    selected: str
    sha256: str
    startPrecision: str
    supportedBy: str
    targetValue: str
    urlTemplate: str
    valueKind: str
    valuePattern: str
